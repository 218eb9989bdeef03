//! `redirect_cleartext_from` is a leftover from 1.x.

use crate::document::Change;
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-redirect-without-effect",
    severity: Note,
    tag: Unnecessary,
    summary: "`redirect_cleartext_from` has no effect since 2.0",
    rows: [43],
    finds: "A TLSContext with `redirect_cleartext_from`.",
    matters: "Since 2.0 it redirects nothing. Two contexts with different values still break one \
              of them.",
    remedy: "Remove it. Redirects are configured on Hosts, under `requestPolicy.insecure`.",
}

fn check(world: &World, found: &mut Findings) {
    if world.settings.profile.has(Behaviour::RedirectsCleartext) {
        return;
    }
    for (_, context, resource) in world.tls_contexts() {
        if let Some(field) =
            resource.settings.redirect_cleartext_from.as_ref().filter(|_| context.is_kept())
        {
            let finding = found
                .at(field.key(), "`redirect_cleartext_from` has no effect since Ambassador 2.0")
                .about(&resource.object)
                .label("a leftover from 1.x")
                .help(
                    "remove it; redirects are configured on Hosts, under `requestPolicy.insecure`",
                );
            // Before 2.0 it redirects, so this is unsafe where the release is only assumed.
            if world.knows_release() {
                finding.fix("remove it", [Change::Remove { key: field.key() }]);
            }
        }
    }
}
