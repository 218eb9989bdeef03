//! `max_tls_version` of 1.1 or less.

use crate::diagnostic::Severity;
use crate::envoy::{read_ciphers, works_before_tls12};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-tls-too-old",
    severity: Warning,
    summary: "a context allows only TLS versions that are broken",
    rows: [32],
    finds: "A `max_tls_version` of `v1.0` or `v1.1`.",
    matters: "Both versions are deprecated (RFC 8996). Most servers reject them, so connections \
              fail; those that succeed are weak. Since Envoy 1.23 all default cipher suites need \
              TLS 1.2, so without older `cipher_suites` no handshake is even attempted: an error.",
    remedy: "Remove the field, or raise it.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        let Some(field) = &resource.settings.max_tls_version else { continue };
        if matches!(context.max_version(), Some("v1.0" | "v1.1")) {
            let suites = resource.settings.cipher_suites.as_ref();
            let entries: Vec<&str> = suites
                .map(|suites| suites.value.iter().map(|entry| entry.as_str()).collect())
                .unwrap_or_default();
            // Another rule reports lists that Envoy rejects.
            let Ok(named) = read_ciphers(&entries, world.settings.envoy()) else { continue };
            if !named.iter().any(|suite| works_before_tls12(suite)) {
                let what = if named.is_empty() {
                    "none of Envoy's default cipher suites works there"
                } else {
                    "none of its `cipher_suites` works there"
                };
                found
                    .at(
                        field,
                        format!(
                            "TLSContext `{}` allows at most TLS {}, and {what}",
                            context.name,
                            field.trim_start_matches('v')
                        ),
                    )
                    .severity(Severity::Error)
                    .about(&resource.object)
                    .label("no suite is left")
                    .note(
                        "Envoy loads this, but every handshake fails before anything is sent: \
                           NO_CIPHERS_AVAILABLE",
                    )
                    .help("remove `max_tls_version`, or raise it to `v1.2` or `v1.3`")
                    .help(
                        "for a server that supports nothing newer, list older cipher suites: \
                           `cipher_suites: [ECDHE-RSA-AES128-SHA]`",
                    );
                continue;
            }
            found
                .at(
                    field,
                    format!(
                        "TLSContext `{}` allows at most TLS {}",
                        context.name,
                        field.trim_start_matches('v')
                    ),
                )
                .about(&resource.object)
                .label("deprecated since 2021")
                .note(
                    "current servers reject it, and Envoy offers at least 1.2 unless \
                       `min_tls_version` is lower",
                )
                .help("remove `max_tls_version`, or raise it to `v1.2` or `v1.3`");
        }
    }
}
