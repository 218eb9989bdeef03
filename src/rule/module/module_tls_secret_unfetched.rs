//! A block of the legacy `tls` Module whose Secret is never fetched.

use crate::resource::Ingest;
use crate::world::{ContextOrigin, World};

use crate::rule::{Findings, rule};

rule! {
    id: "module-tls-secret-unfetched",
    severity: Error,
    summary: "a Secret of the legacy `tls` Module is never fetched",
    rows: [91],
    finds: "A block of the legacy `tls` Module with a `secret`, and a name other than `upstream`, \
            `server` or `client`.",
    matters: "Ambassador fetches only Secrets that something refers to, and in this Module it \
              looks only at those three blocks. The Secret of any other block is \"not found\", \
              although it exists: the context is dropped, and Mappings that name it fall back to \
              plaintext, or to TLS without a client certificate.",
    remedy: "Write a TLSContext with the block's name.",
}

fn check(world: &World, found: &mut Findings) {
    if world.settings.ingest != Ingest::Snapshot {
        return;
    }
    for context in world.contexts.iter().filter(|context| !context.is_good()) {
        let ContextOrigin::Legacy { module, block } = context.origin else { continue };
        let module = &world.resources.modules[module];
        let block = &module.legacy_contexts[block];
        let name = block.name.as_str();
        let Some(secret) = &block.settings.secret else { continue };
        if matches!(name, "upstream" | "server" | "client") {
            continue;
        }
        found
            .at(secret, format!("the Secret of `{name}` in the Module `tls` is never fetched"))
            .about(&module.object)
            .label("never fetched")
            .note(
                "Ambassador fetches the Secrets of `upstream`, `server` and `client` only, so the \
                 context is dropped, and its Mappings fall back to plaintext, or to TLS without a \
                 client certificate",
            )
            .help(format!("replace this block with a TLSContext called `{name}`"));
    }
}
