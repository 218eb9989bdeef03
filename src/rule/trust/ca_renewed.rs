//! A CA that was renewed under its old name with a new key, while the old one is trusted.

use crate::cert::Certificate;
use crate::envoy::ValidationContext;
use crate::rule::{Findings, rule};
use crate::world::{CredentialRole, World};

rule! {
    id: "ca-renewed",
    severity: Warning,
    summary: "the trusted CA has the issuer's name, but a different key",
    finds: "A context whose own certificate names a trusted CA as its issuer but was signed with \
            another key: subject and issuer match, the key identifier or the signature does not.",
    matters: "This is left behind when a rotation renews the CA with a new key: the names still \
              match, and `kubectl` and `openssl x509 -issuer` show no difference. If the servers \
              also have certificates of the new CA, Envoy rejects them with `unable to get local \
              issuer certificate`.",
    remedy: "Distribute the renewed CA. Keep the old one next to it until none of the certificates \
             it issued is in use. Where certificates have no authorityKeyIdentifier, Envoy tries \
             only one of two CAs with the same name: the last in the file up to Envoy 1.37, the \
             first from 1.38 on.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let own = world.credential(id, CredentialRole::Certificate);
        let (Some(own), Some(ca)) = (own, world.credential(id, CredentialRole::TrustedCa)) else {
            continue;
        };
        let version = world.settings.envoy();
        if ValidationContext::load(Some(ca.source()), None, version).is_err() {
            continue;
        }
        let Some(renewed) = own.chain.renewed_authority(&ca.chain) else { continue };
        let Some(place) = context.settings.ca_secret.as_ref().map(|field| field.span) else {
            continue;
        };
        let (member, trusted) = (renewed.member, renewed.trusted);
        found
            .at(
                place,
                format!(
                    "the trusted `{}` did not issue this context's certificate: the \
                                name is the same, but the key differs",
                    trusted.subject
                ),
            )
            .about(&resource.object)
            .label(format!("trusted: {}", told(trusted)))
            .also_maybe(own.place, format!("issued by `{}`, {}", member.issuer, asked(member)))
            .note(
                "a CA that is renewed with a new key keeps its name; one of the two Secrets has \
                   the old one",
            )
            .note(
                "servers with certificates from the renewed CA are rejected: unable to get \
                   local issuer certificate",
            )
            .help(
                "put the renewed CA certificate into `ca_secret`, and keep the old one next to \
                   it while certificates it issued are in use",
            );
    }
}

/// Identifies a CA certificate by its key identifier and its dates.
fn told(authority: &Certificate) -> String {
    let key = authority.subject_key_id.as_deref().map_or_else(
        || format!("certificate {}…", &authority.fingerprint()[..16]),
        |id| format!("key {}", short(id)),
    );
    match authority.validity {
        Some(validity) => {
            format!("{key}, {} to {}", validity.not_before.date(), validity.not_after.date())
        }
        None => key,
    }
}

/// The issuer key that a certificate names.
fn asked(member: &Certificate) -> String {
    let id = member.authority_key_id.as_deref();
    id.map_or_else(|| "with a different key".to_owned(), |id| format!("key {}", short(id)))
}

/// The start of a key identifier, enough to tell two of them apart.
fn short(id: &str) -> String {
    if id.len() > 23 { format!("{}…", &id[..23]) } else { id.to_owned() }
}
