//! Two PKIs in one context: often intended, sometimes a mistake.

use crate::cert::Chain;
use crate::envoy::ValidationContext;
use crate::rule::{Findings, rule};
use crate::world::{CredentialRole, World};

rule! {
    id: "ca-does-not-cover-own-issuer",
    severity: Note,
    summary: "the trusted CA did not issue the client certificate",
    rows: [68],
    finds: "A context that presents a certificate of one CA and trusts another: no certificate of \
            the CA Secret issued any member of the client certificate's chain.",
    matters: "Inside one mesh, clients and servers have the same CA. If the two differ, one of the \
              Secrets is often left over from before a rotation, and each side rejects the other: \
              TLSV1_ALERT_UNKNOWN_CA, or CERTIFICATE_VERIFY_FAILED.",
    remedy: "If both sides share a CA, take both Secrets from it. Otherwise nothing is wrong: \
             ignore this note.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let own = world.credential(id, CredentialRole::Certificate);
        let (Some(own), Some(ca)) = (own, world.credential(id, CredentialRole::TrustedCa)) else {
            continue;
        };
        let Some(leaf) = own.chain.leaf().filter(|leaf| leaf.fault.is_none()) else { continue };
        let version = world.settings.envoy();
        if ValidationContext::load(Some(ca.source()), None, version).is_err()
            || issued(&own.chain, &ca.chain)
        {
            continue;
        }
        // Another rule reports a CA file that is the client certificate itself.
        if ca.chain.certificates().iter().any(|other| other.der() == leaf.der()) {
            continue;
        }
        // Another one reports a CA that was renewed with another key.
        if own.chain.renewed_authority(&ca.chain).is_some() {
            continue;
        }
        let Some(place) = context.settings.ca_secret.as_ref().map(|field| field.span) else {
            continue;
        };
        found
            .at(
                place,
                format!(
                    "the CA that this context trusts did not issue its certificate `{}`",
                    leaf.subject
                ),
            )
            .about(&resource.object)
            .label("trusted for servers")
            .also_maybe(own.place, format!("issued by `{}`", leaf.issuer))
            .note(
                "this is correct if clients and servers have different CAs, and wrong within \
                   one mesh",
            )
            .help("if servers and clients share a CA, use that CA in both Secrets");
    }
}

/// Whether a certificate of `ca` is part of the chain, or issued its last member.
fn issued(chain: &Chain, ca: &Chain) -> bool {
    let path = chain.path();
    path.iter().any(|position| {
        let member = &chain.certificates()[*position];
        ca.certificates().iter().any(|anchor| {
            anchor.der() == member.der()
                || member.names_issuer(anchor) && member.is_signed_by(anchor) != Some(false)
        })
    })
}
