//! A context with a second value of `redirect_cleartext_from`, which is dropped.

use crate::document::Change;
use crate::world::{Behaviour, ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-redirect-conflict",
    severity: Error,
    summary: "two contexts redirect cleartext from different ports, and the later one is lost",
    rows: [42],
    finds: "A TLSContext whose `redirect_cleartext_from` differs from that of an earlier context.",
    matters: "Ambassador drops the later context. Mappings that name it get plaintext, or TLS \
              without a client certificate.",
    remedy: "Remove the field. Since 2.0 redirects are configured on Hosts \
             (`requestPolicy.insecure`).",
}

fn check(world: &World, found: &mut Findings) {
    let first = world.tls_contexts().find_map(|(_, context, resource)| {
        resource.settings.redirect_cleartext_from.as_ref().filter(|_| context.is_kept())
    });
    for (id, context, resource) in world.tls_contexts() {
        let conflict =
            context.has_fault(|kind| matches!(kind, ContextFaultKind::RedirectConflict { .. }));
        let Some(field) = resource.settings.redirect_cleartext_from.as_ref().filter(|_| conflict)
        else {
            continue;
        };
        let finding = found
            .at(
                field,
                format!(
                    "TLSContext `{}` redirects from a different port than an earlier \
                                one, and is dropped",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("a different port")
            .also_maybe(first.map(|first| first.span), "the port that is used")
            .help("remove `redirect_cleartext_from`: it has no effect since 2.0");
        // Before 2.0 the field redirects, so this is unsafe where the release is only assumed.
        let finding = match world.knows_release() {
            true => finding.fix_if(
                !world.settings.profile.has(Behaviour::RedirectsCleartext),
                "remove `redirect_cleartext_from`",
                [Change::Remove { key: field.key() }],
            ),
            false => finding,
        };
        tell_let_down(finding, world, id);
    }
}
