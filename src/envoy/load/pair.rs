//! A client certificate and its key, loaded as Envoy does with its configuration.

use super::load::{Blocks, PemSource};
use super::trust_file::read_trust;
use crate::cert::der::Reader;
use crate::cert::pem::{Block, PemLabel};
use crate::cert::x509::{DIGITAL_SIGNATURE, Key, X509};
use crate::cert::{KeyError, KeyFault, KeyForm, KeyKind, PrivateKey, PublicKey, TRAILING_DATA};
use crate::envoy::EnvoyVersion;
use crate::envoy::verify::EnvoyVerdict;

/// Smaller RSA keys are rejected.
const SMALLEST_RSA: usize = 2048;

/// Whether Envoy would load this pair. Dates and issuers do not matter here.
///
/// Returns [`EnvoyVerdict::Accepted`], [`EnvoyVerdict::ConfigRejected`] with the reason (Envoy then
/// keeps its whole old configuration), or [`EnvoyVerdict::Unknown`].
pub fn load_pair(
    certificate: Option<PemSource<'_>>,
    key: Option<PemSource<'_>>,
    version: EnvoyVersion,
) -> EnvoyVerdict {
    let (certificate, key) = match (present(certificate), present(key)) {
        (None, None) => return EnvoyVerdict::Accepted,
        (None, _) => {
            let path = certificate.map_or("", |source| source.name);
            return EnvoyVerdict::config(format!(
                "Failed to load incomplete certificate from {path}: certificate chain not set"
            ));
        }
        (Some(_), None) => {
            let path = key.map_or("", |source| source.name);
            return EnvoyVerdict::config(format!(
                "Failed to load incomplete private key from path: {path}"
            ));
        }
        (Some(certificate), Some(key)) => (certificate, key),
    };
    let leaf = match load_chain(certificate, version) {
        Ok(leaf) => leaf,
        Err(verdict) => return verdict,
    };
    load_key(key, &leaf, version)
}

fn present(source: Option<PemSource<'_>>) -> Option<PemSource<'_>> {
    source.filter(|source| !source.bytes.is_empty())
}

/// Loads the chain and returns the leaf's public key.
fn load_chain(source: PemSource<'_>, version: EnvoyVersion) -> Result<PublicKey, EnvoyVerdict> {
    let failed = |why: &str| {
        EnvoyVerdict::config(format!("Failed to load certificate chain from {}{why}", source.name))
    };
    let mut blocks = Blocks::of(source.bytes, version);
    // There is no password for a certificate that is marked as encrypted.
    let readable = |block: Option<Block>| match block {
        Some(block) if block.is_encrypted() => Err(failed("")),
        block => Ok(block),
    };
    let first = blocks.next(PemLabel::is_certificate).map_err(|_| failed(""))?;
    let first = readable(first)?.ok_or_else(|| failed(""))?;
    let mut reader = Reader::new(first.der());
    let leaf = X509::read(&mut reader).map_err(|_| failed(""))?;
    // The first certificate may be followed by OpenSSL's trust settings, whatever its label.
    if !reader.is_empty() {
        read_trust(&mut reader).map_err(|_| failed(""))?;
    }
    let facts = leaf.facts.as_ref().ok();
    match &leaf.key {
        None => return Err(failed("")),
        // Keys of these kinds cannot authenticate a TLS peer.
        Some(Key::Dsa | Key::Unjudged(_)) => return Err(failed("")),
        Some(Key::Ec { .. }) if facts.is_some_and(|facts| facts.forbids(DIGITAL_SIGNATURE)) => {
            return Err(failed(""));
        }
        Some(_) => {}
    }
    // Each further certificate must parse, too.
    while let Some(block) =
        readable(blocks.next(|label| *label == PemLabel::Certificate).map_err(|_| failed(""))?)?
    {
        X509::read(&mut Reader::new(block.der())).map_err(|_| failed(""))?;
    }
    if leaf.key.as_ref().and_then(Key::rsa_bits).is_some_and(|bits| bits < SMALLEST_RSA) {
        return Err(failed(", only RSA certificates with 2048-bit or larger keys are supported"));
    }
    // What the strict reader accepted can also be read here.
    PublicKey::parse(leaf.key_info).ok_or_else(|| failed(""))
}

fn load_key(source: PemSource<'_>, leaf: &PublicKey, version: EnvoyVersion) -> EnvoyVerdict {
    let failed = |cause: &str| {
        EnvoyVerdict::config(format!(
            "Failed to load private key from {}, Cause: {cause}",
            source.name
        ))
    };
    let mut blocks = Blocks::of(source.bytes, version);
    let wanted = |label: &PemLabel| {
        matches!(
            label,
            PemLabel::Pkcs8
                | PemLabel::EncryptedPrivateKey
                | PemLabel::RsaPrivateKey
                | PemLabel::EcPrivateKey
                | PemLabel::DsaPrivateKey
        )
    };
    let block: Block = match blocks.next(wanted) {
        Ok(Some(block)) => block,
        Ok(None) => return failed("NO_START_LINE"),
        Err(broken) => return failed(broken.0),
    };
    if block.is_encrypted() {
        return failed("BAD_PASSWORD_READ");
    }
    let key = match PrivateKey::from_block(&block) {
        Ok(key) => key,
        Err(KeyError::Unreadable { reason, .. }) => return failed(name_of(reason, version)),
        Err(_) => return failed("DECODE_ERROR"),
    };
    match (key.kind(), leaf.kind()) {
        (KeyKind::Ed448 | KeyKind::Other { .. }, _) => failed("UNSUPPORTED_ALGORITHM"),
        (KeyKind::RsaPss { .. } | KeyKind::Dsa, _) => failed("UNKNOWN_CERTIFICATE_TYPE"),
        (kind @ KeyKind::Ec { .. }, _) if !kind.is_known_to_envoy() => {
            failed(match (key.form(), version < EnvoyVersion::V1_38) {
                (KeyForm::Sec1, _) => "DECODE_ERROR",
                (_, true) => "UNKNOWN_GROUP",
                (_, false) => "UNSUPPORTED_ALGORITHM",
            })
        }
        (KeyKind::Ec { curve: ours }, KeyKind::Ec { curve: theirs }) if ours != theirs => {
            failed("KEY_VALUES_MISMATCH")
        }
        (ours, theirs) if std::mem::discriminant(ours) != std::mem::discriminant(theirs) => {
            failed("KEY_TYPE_MISMATCH")
        }
        _ => match key.belongs_to(leaf) {
            Some(true) => EnvoyVerdict::Accepted,
            Some(false) => failed("KEY_VALUES_MISMATCH"),
            None => EnvoyVerdict::unknown(format!(
                "whether this {} key belongs to the certificate is not checked",
                key.kind()
            )),
        },
    }
}

/// BoringSSL's name for a fault, as this version spells it.
fn name_of(fault: KeyFault, version: EnvoyVersion) -> &'static str {
    match fault {
        TRAILING_DATA if version < EnvoyVersion::V1_38 => "DECODE_ERROR",
        other if version < EnvoyVersion::V1_39 => other.older_reason(),
        other => other.reason(),
    }
}
