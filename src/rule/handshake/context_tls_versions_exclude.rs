//! `min_tls_version` above `max_tls_version`, which is 1.2 unless it is set.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-tls-versions-exclude",
    severity: Error,
    summary: "the TLS versions of a context leave nothing to negotiate",
    rows: [28, 29],
    finds: "A `min_tls_version` above `max_tls_version`. As a client, Envoy offers TLS 1.2 at most \
            unless `max_tls_version` is set, so `min_tls_version: v1.3` alone is a contradiction.",
    matters: "No version is left, and every connection to the upstream fails.",
    remedy: "Set `max_tls_version: v1.3` together with `min_tls_version: v1.3`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        // Termination has other defaults.
        let upstream = context.linked_by.is_empty() || world.users(id).next().is_some();
        let (Some(min), true) = (context.min_version(), upstream) else { continue };
        let (_, max) = context.offered_versions();
        let Some(field) = resource.settings.min_tls_version.as_ref().filter(|_| min > max) else {
            continue;
        };
        let highest = resource.settings.max_tls_version.as_ref();
        let finding = found
            .at(
                field,
                format!(
                    "TLSContext `{}` allows no TLS version: at least {min}, at most {max}",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("at least this")
            .note("every connection fails: NO_SUPPORTED_VERSIONS_ENABLED");
        match highest {
            Some(highest) => finding.also(highest, "at most this").help("raise `max_tls_version`"),
            None => finding
                .note("as a client, Envoy offers TLS 1.2 at most unless `max_tls_version` is set")
                .help("add `max_tls_version: v1.3`")
                .fix(
                    "add `max_tls_version: v1.3`",
                    [Change::add(field.key(), "max_tls_version", "v1.3")],
                ),
        };
    }
}
