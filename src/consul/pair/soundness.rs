//! Whether a certificate, its key and the mesh's roots match; if not, they are never written.

use time::OffsetDateTime;

use crate::cert::{Certificate, Chain, Phase, PrivateKey, SpiffeId};
use crate::cert::{StrictVerdict, judge};
use crate::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, ValidationContext};
use crate::envoy::{Purpose, load_pair};

use super::facts::Facts;
use crate::consul::agent::Roots;

/// Why a pair is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// There is no certificate, or it cannot be parsed.
    #[error("the certificate cannot be read: {0}")]
    Certificate(String),
    /// The key cannot be parsed, belongs to another certificate, or cannot be loaded by Envoy.
    #[error("the private key cannot be used: {0}")]
    Key(String),
    /// The identity is not the expected one.
    #[error("the certificate is for {found}, not for {wanted}")]
    Identity { found: String, wanted: String },
    /// The time is outside the leaf's validity.
    #[error("the certificate {0}")]
    Dates(String),
    /// No root of the mesh issued it.
    #[error("no root of the mesh issued the certificate: {0}")]
    Unsigned(String),
    /// There is no usable root.
    #[error("the roots of the mesh cannot be used: {0}")]
    Roots(String),
}

/// Verifies a pair at `now`. `uri` is the expected identity.
///
/// # Errors
/// The first reason not to write it.
pub(crate) fn examine(
    chain: &str,
    key: &str,
    roots: &Roots,
    uri: &str,
    now: OffsetDateTime,
) -> Result<Facts, Unsound> {
    let read = Chain::from_pem(chain.as_bytes());
    let leaf = read.leaf().ok_or_else(|| Unsound::Certificate("there is none".to_owned()))?;
    let faulty = read.certificates().iter().find_map(|certificate| certificate.fault.clone());
    if let Some(fault) = faulty {
        return Err(Unsound::Certificate(fault));
    }
    fits(leaf, chain, key)?;
    identity(leaf, uri, roots)?;
    let validity = leaf
        .validity
        .ok_or_else(|| Unsound::Certificate("it has no dates that can be read".to_owned()))?;
    match validity.phase(now) {
        Phase::Valid => {}
        Phase::Expired => {
            return Err(Unsound::Dates(format!("has expired at {}", validity.not_after)));
        }
        Phase::NotYetValid => {
            return Err(Unsound::Dates(format!(
                "is not valid before {}; is the clock right?",
                validity.not_before
            )));
        }
    }
    let all: Vec<&str> = roots.roots.iter().map(|root| root.certificate.as_str()).collect();
    vouched(&read, &all.join("\n"), now)?;
    let active = roots
        .active()
        .ok_or_else(|| Unsound::Roots("none of them is the active one".to_owned()))?;
    Ok(Facts {
        uri: uri.to_owned(),
        serial: leaf.serial.clone(),
        validity,
        by_active_root: vouched(&read, &active.certificate, now).is_ok(),
    })
}

fn fits(leaf: &Certificate, chain: &str, key: &str) -> Result<(), Unsound> {
    let read =
        PrivateKey::from_pem(key.as_bytes()).map_err(|error| Unsound::Key(error.to_string()))?;
    if read.matches(leaf) != Some(true) {
        return Err(Unsound::Key("it is not the certificate's".to_owned()));
    }
    let (chain, key) =
        (PemSource::new("tls.crt", chain.as_bytes()), PemSource::new("tls.key", key.as_bytes()));
    match load_pair(Some(chain), Some(key), EnvoyVersion::default()) {
        EnvoyVerdict::Accepted => Ok(()),
        verdict => Err(Unsound::Key(verdict.to_string())),
    }
}

/// Checks that there is exactly one URI: the agent's, in the mesh's trust domain.
fn identity(leaf: &Certificate, wanted: &str, roots: &Roots) -> Result<(), Unsound> {
    let wrong = |found: String, wanted: String| Err(Unsound::Identity { found, wanted });
    let found = leaf.alternative_names.uri.as_slice();
    if found != [wanted] {
        let found = if found.is_empty() { "nobody".to_owned() } else { found.join(" and ") };
        return wrong(found, wanted.to_owned());
    }
    let domain = SpiffeId::parse(wanted).map(|identity| identity.trust_domain).unwrap_or_default();
    if !domain.eq_ignore_ascii_case(&roots.trust_domain) {
        return wrong(
            format!("trust domain `{domain}`"),
            format!("`{}`, whose roots these are", roots.trust_domain),
        );
    }
    Ok(())
}

/// Verifies the chain as peers do: as Envoy would as a server. If our implementation of Envoy's
/// rules cannot tell, a strict verifier decides.
fn vouched(chain: &Chain, roots: &str, now: OffsetDateTime) -> Result<(), Unsound> {
    let source = PemSource::new("root-cert.pem", roots.as_bytes());
    let context = ValidationContext::load(Some(source), None, EnvoyVersion::default())
        .map_err(|verdict| Unsound::Roots(verdict.to_string()))?;
    match context.with_purpose(Purpose::Client).verify(chain, now) {
        EnvoyVerdict::Accepted => Ok(()),
        EnvoyVerdict::Unknown { why } => {
            let anchors = Chain::from_pem(roots.as_bytes());
            match judge(chain, &anchors, &[], None, now) {
                StrictVerdict::Accepted => Ok(()),
                StrictVerdict::Refused { reason } => {
                    Err(Unsound::Unsigned(format!("{reason} ({why})")))
                }
            }
        }
        verdict => Err(Unsound::Unsigned(verdict.reason().unwrap_or_default().to_owned())),
    }
}
