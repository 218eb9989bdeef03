//! An entry that Envoy needs but cannot read.

use crate::cert::KeyError;
use crate::envoy::{EnvoyVersion, ValidationContext};
use crate::world::{Credential, CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-pem-invalid",
    severity: Error,
    summary: "a certificate, key or CRL cannot be read",
    rows: [62],
    finds: "A Secret entry that a context uses as a certificate, key, CA or CRL and that Envoy \
            cannot read: not PEM, base64 that was encoded twice, a byte order mark, indented \
            lines, `\\n` instead of newlines, `-----END` and `-----BEGIN` on one line, or a \
            certificate that is not valid DER.",
    matters: "Ambassador passes the text on unchecked. Envoy rejects the whole configuration, so \
              no configuration change takes effect until this is fixed. BoringSSL is stricter than \
              OpenSSL here and may reject text that `openssl x509` reads.",
    remedy: "Store the PEM text itself and let kubectl encode it. `mtlsctl inspect` shows the \
             faulty line.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.uses.iter().map(|(id, _)| *id).collect();
        let Some(place) = credential.place else { continue };
        let version = world.settings.envoy();
        let broken =
            credential.uses.iter().find_map(|(_, role)| broken(credential, *role, version));
        let Some((what, why)) = broken else { continue };
        let finding = found
            .at(place, format!("{what} in {} cannot be read: {why}", credential.name))
            .about_maybe(credential.object.as_ref())
            .label("this entry")
            .note(frozen(world, &uses))
            .help(
                "store the PEM text itself, base64-encoded once: `kubectl create secret` does that",
            );
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

/// Which part of an entry cannot be read, and why.
fn broken(
    credential: &Credential,
    role: CredentialRole,
    version: EnvoyVersion,
) -> Option<(&'static str, String)> {
    let fault =
        credential.faults.iter().find(|fault| fault.is_fatal() || credential.chain.is_empty());
    let first = fault.map(|fault| format!("line {}: {}", fault.line, fault.kind));
    let nothing = |what: &str| first.clone().unwrap_or_else(|| format!("there is no {what} in it"));
    match role {
        CredentialRole::Certificate => {
            let unreadable =
                credential.chain.certificates().iter().find_map(|one| one.fault.clone());
            if credential.chain.is_empty() {
                Some(("the certificate", nothing("certificate")))
            } else {
                let fatal = credential.faults.iter().any(|fault| fault.is_fatal());
                unreadable.or(first.filter(|_| fatal)).map(|why| ("the certificate", why))
            }
        }
        CredentialRole::PrivateKey => match &credential.key {
            Err(KeyError::Missing) => {
                let fault = credential.faults.first();
                let why = fault.map(|fault| format!("line {}: {}", fault.line, fault.kind));
                Some((
                    "the private key",
                    why.unwrap_or_else(|| "there is no private key in it".to_owned()),
                ))
            }
            Err(error @ KeyError::Unreadable { .. }) => {
                Some(("the private key", error.to_string()))
            }
            _ => None,
        },
        CredentialRole::TrustedCa => {
            ValidationContext::load(Some(credential.source()), None, version).err()?;
            Some(("the trusted CA", nothing("certificate")))
        }
        CredentialRole::Crl => {
            let unreadable = credential.crls.iter().find_map(|crl| crl.fault.clone());
            if credential.crls.is_empty() {
                Some(("the CRL", nothing("CRL")))
            } else {
                unreadable.map(|why| ("the CRL", why))
            }
        }
    }
}
