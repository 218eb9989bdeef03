//! A client certificate and its key, as Envoy loads them with its configuration.

use super::load::{Blocks, PemSource};
use super::trust_file::read_trust;
use crate::cert::Certificate;
use crate::cert::WITH_PUBLIC_HALF;
use crate::cert::der::Reader;
use crate::cert::pem::{Block, Label};
use crate::cert::x509::DIGITAL_SIGNATURE;
use crate::cert::x509::Key;
use crate::cert::x509::X509;
use crate::cert::{KeyError, PrivateKey};
use crate::envoy::EnvoyVersion;
use crate::envoy::verify::EnvoyVerdict;

/// RSA keys below this many bits are refused.
const SMALLEST_RSA: usize = 2048;

/// Says whether Envoy would load this pair. Dates do not matter here, nor who signed what.
///
/// The answer is [`EnvoyVerdict::Accepted`], [`EnvoyVerdict::ConfigRejected`] with the reason (Envoy
/// then keeps its whole old configuration), or [`EnvoyVerdict::Unknown`].
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

/// Loads the chain and gives the leaf's DER.
fn load_chain(source: PemSource<'_>, version: EnvoyVersion) -> Result<Vec<u8>, EnvoyVerdict> {
    let failed = |why: &str| {
        EnvoyVerdict::config(format!("Failed to load certificate chain from {}{why}", source.name))
    };
    let mut blocks = Blocks::of(source.bytes, version);
    let first = blocks.next(Label::is_certificate).ok().flatten().ok_or_else(|| failed(""))?;
    let mut reader = Reader::new(first.der());
    let leaf = X509::read(&mut reader).map_err(|_| failed(""))?;
    // The first certificate is read with OpenSSL's trust settings behind it, whatever the label.
    if !reader.is_empty() {
        read_trust(&mut reader).map_err(|_| failed(""))?;
    }
    let facts = leaf.facts.as_ref().ok();
    match &leaf.key {
        None => return Err(failed("")),
        // None of these kinds may authenticate a TLS peer.
        Some(Key::Dsa | Key::Unjudged(_)) => return Err(failed("")),
        Some(Key::Ec { .. }) if facts.is_some_and(|facts| facts.forbids(DIGITAL_SIGNATURE)) => {
            return Err(failed(""));
        }
        Some(_) => {}
    }
    // Each certificate behind it has to parse too.
    while let Some(block) =
        blocks.next(|label| *label == Label::Certificate).map_err(|_| failed(""))?
    {
        X509::read(&mut Reader::new(block.der())).map_err(|_| failed(""))?;
    }
    if leaf.key.as_ref().and_then(Key::rsa_bits).is_some_and(|bits| bits < SMALLEST_RSA) {
        return Err(failed(", only RSA certificates with 2048-bit or larger keys are supported"));
    }
    Ok(leaf.whole.to_vec())
}

fn load_key(source: PemSource<'_>, leaf: &[u8], version: EnvoyVersion) -> EnvoyVerdict {
    let failed = |cause: &str| {
        EnvoyVerdict::config(format!(
            "Failed to load private key from {}, Cause: {cause}",
            source.name
        ))
    };
    let mut blocks = Blocks::of(source.bytes, version);
    let wanted = |label: &Label| {
        matches!(
            label,
            Label::Pkcs8
                | Label::EncryptedPrivateKey
                | Label::RsaPrivateKey
                | Label::EcPrivateKey
                | Label::DsaPrivateKey
        )
    };
    let block: Block = match blocks.next(wanted) {
        Ok(Some(block)) => block,
        Ok(None) => return failed("NO_START_LINE"),
        Err(_) => return failed("the PEM text is broken"),
    };
    if block.is_encrypted() {
        return failed("BAD_PASSWORD_READ");
    }
    let key = match PrivateKey::from_block(&block) {
        Ok(key) => key,
        Err(KeyError::Unreadable { reason: WITH_PUBLIC_HALF, .. }) => return failed("WRONG_TAG"),
        Err(_) => return failed("DECODE_ERROR"),
    };
    let certificate = Certificate::from_der(leaf.to_vec());
    match key.matches(&certificate) {
        Some(true) => EnvoyVerdict::Accepted,
        Some(false) => {
            let same_type = certificate.key_kind().is_some_and(|kind| {
                std::mem::discriminant(kind) == std::mem::discriminant(key.kind())
            });
            failed(if same_type { "KEY_VALUES_MISMATCH" } else { "KEY_TYPE_MISMATCH" })
        }
        None => EnvoyVerdict::unknown(format!(
            "whether this {} key belongs to the certificate is not checked",
            key.kind()
        )),
    }
}
