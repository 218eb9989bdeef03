//! What TLS itself requires of a leaf, before and after its chain is verified.

use super::purpose::Purpose;
use super::verdict::EnvoyVerdict;
use crate::cert::x509::DIGITAL_SIGNATURE;
use crate::cert::x509::X509;
use crate::cert::x509::{Curve, Key};
use crate::envoy::{EnvoyVersion, OfferedTls};

/// The server finds nothing in Envoy's ClientHello that suits its key, and sends this alert.
const NOTHING_IN_COMMON: &str = "ALERT_HANDSHAKE_FAILURE";
/// The shortest RSA key with which servers can sign in TLS 1.3 (OpenSSL at security level 0, Envoy
/// 1.38.3: 521 bits fail, 522 succeed).
const PSS_BITS: usize = 522;
/// The client sends no certificate, or has none that it can sign with.
pub(crate) const NO_CERTIFICATE: &str = "PEER_DID_NOT_RETURN_A_CERTIFICATE";
const WRONG_KEY_USAGE: &str = "KEY_USAGE_BIT_INCORRECT";

/// Checks the kind of key, which decides whether the chain is sent at all, and keyUsage in TLS 1.3.
pub(crate) fn before_verification(
    leaf: &X509<'_>,
    purpose: Purpose,
    tls: &OfferedTls,
) -> Option<EnvoyVerdict> {
    let refused = |reason| Some(EnvoyVerdict::refused_by_tls(reason));
    if purpose == Purpose::Client {
        return of_client(leaf, tls);
    }
    match &leaf.key {
        Some(Key::Rsa { .. }) => {
            // Servers that allow such keys succeed on TLS 1.2, from 512 bits on (OpenSSL at
            // security level 0, Envoy 1.38.3). TLS 1.3 signs with PSS, whose encoding of a SHA-256
            // digest and a salt of that length takes 521 bits below the first one.
            let bits = leaf.key.as_ref().and_then(Key::rsa_bits);
            if tls.tls13 && bits.is_some_and(|bits| bits < PSS_BITS) {
                return refused(NOTHING_IN_COMMON);
            }
        }
        Some(Key::Ec { curve, point }) => {
            // In TLS 1.2 the groups limit the curve, in TLS 1.3 the signature algorithms, where
            // Envoy never lists P-521.
            let offered = match curve {
                Curve::P256 => tls.tls13 || tls.p256,
                Curve::P384 => tls.tls13 || tls.p384,
                Curve::P521 => false,
            };
            if !offered || point.first() != Some(&0x04) {
                return refused(NOTHING_IN_COMMON);
            }
        }
        Some(Key::Ed25519(_) | Key::Dsa | Key::Unjudged(_)) | None => {
            return refused(NOTHING_IN_COMMON);
        }
    }
    if lacks_digital_signature(leaf) {
        if tls.tls13 {
            return refused(WRONG_KEY_USAGE);
        }
        // A server that knows its certificate offers no ECDSA cipher with such a key; OpenSSL does.
        if matches!(leaf.key, Some(Key::Ec { .. })) {
            return refused(NOTHING_IN_COMMON);
        }
    }
    None
}

/// Checks a client's key against the algorithms in Envoy's CertificateRequest, which have no
/// Ed25519 and, in TLS 1.3, no P-521. A client that can sign with none of them sends no certificate
/// (OpenSSL 3.0; Envoy 1.36.4 and 1.40.0).
fn of_client(leaf: &X509<'_>, tls: &OfferedTls) -> Option<EnvoyVerdict> {
    let signs = match &leaf.key {
        None => return Some(EnvoyVerdict::refused_by_tls("CANNOT_PARSE_LEAF_CERT")),
        // P-224 on TLS 1.2 depends on the version of Envoy.
        Some(Key::Unjudged(kind)) => {
            return Some(EnvoyVerdict::unknown(format!("clients with {kind} are not judged")));
        }
        Some(Key::Rsa { .. }) => {
            !tls.tls13
                || leaf.key.as_ref().and_then(Key::rsa_bits).is_some_and(|bits| bits >= PSS_BITS)
        }
        Some(Key::Ec { curve, .. }) => !tls.tls13 || *curve != Curve::P521,
        Some(Key::Ed25519(_) | Key::Dsa) => false,
    };
    (!signs).then(|| EnvoyVerdict::refused_by_tls(NO_CERTIFICATE))
}

/// Checks keyUsage in TLS 1.2, where BoringSSL checks it last.
pub(crate) fn after_verification(
    leaf: &X509<'_>,
    purpose: Purpose,
    tls: &OfferedTls,
    version: EnvoyVersion,
) -> Option<EnvoyVerdict> {
    let enforced = tls.tls13 || version.enforces_rsa_key_usage() || purpose == Purpose::Client;
    (enforced && lacks_digital_signature(leaf))
        .then(|| EnvoyVerdict::refused_by_tls(WRONG_KEY_USAGE))
}

/// Whether keyUsage is present without digitalSignature, even if another extension is broken.
fn lacks_digital_signature(leaf: &X509<'_>) -> bool {
    use crate::cert::der::{BIT_STRING, BitString, Reader};
    use crate::cert::x509::oid;
    let first = leaf.extensions.iter().find(|extension| extension.oid == oid::KEY_USAGE);
    first.is_some_and(|extension| {
        Reader::new(extension.value)
            .expect(BIT_STRING)
            .and_then(|element| BitString::parse(element.contents))
            .is_ok_and(|bits| {
                let first = u16::from(bits.bytes.first().copied().unwrap_or(0));
                first & DIGITAL_SIGNATURE == 0
            })
    })
}
