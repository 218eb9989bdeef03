//! What makes Envoy refuse the whole configuration, as far as manifests alone can tell.

use crate::diagnostic::ObjectName;
use crate::source::Span;

use super::context::{Context, ContextId, Material};

/// Something that keeps every configuration change from taking effect, for everybody.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// The object at fault.
    pub object: ObjectName,
    /// Where it is at fault.
    pub place: Option<Span>,
    /// What is wrong.
    pub cause: FreezeCause,
    /// What Emissary or Envoy says about it.
    pub reason: String,
    /// The context at fault.
    pub context: Option<ContextId>,
}

/// The kinds of [`Freeze`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreezeCause {
    /// Emissary's Python raises before there is a configuration.
    Crash,
    /// `cert_required` on a context that an upstream uses.
    CertRequired,
    /// `sni` on a context that terminates TLS.
    SniOnTermination,
    /// A private key without a certificate.
    KeyWithoutCertificate,
    /// A revocation list without trust anchors.
    CrlWithoutCa,
    /// A Secret without the key that `ca_secret` or `crl_secret` needs.
    EmptyFileName,
    /// A cipher suite that BoringSSL does not know, or cannot be told.
    CipherSuite,
    /// A key agreement group that BoringSSL does not know.
    Curve,
    /// A server name of more than 255 bytes.
    LongSni,
}

/// Cipher suite names of TLS 1.2 and below that Envoy's BoringSSL takes.
pub const CIPHERS: [&str; 34] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-PSK-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-PSK-AES128-CBC-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "ECDHE-PSK-AES256-CBC-SHA",
    "ECDHE-ECDSA-AES128-SHA256",
    "ECDHE-RSA-AES128-SHA256",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "PSK-AES128-CBC-SHA",
    "AES256-SHA",
    "PSK-AES256-CBC-SHA",
    "DES-CBC3-SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_AES_256_CBC_SHA",
];

/// Suites of TLS 1.3, which are on whenever TLS 1.3 is and cannot be named.
pub const TLS13_CIPHERS: [&str; 6] = [
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "AEAD-AES128-GCM-SHA256",
    "AEAD-AES256-GCM-SHA384",
    "AEAD-CHACHA20-POLY1305-SHA256",
];

/// Key agreement groups that Envoy's BoringSSL takes.
pub const CURVES: [&str; 13] = [
    "P-224",
    "P-256",
    "P-384",
    "P-521",
    "X25519",
    "X25519MLKEM768",
    "X25519Kyber768Draft00",
    "prime256v1",
    "secp224r1",
    "secp384r1",
    "secp521r1",
    "x25519",
    "MLKEM1024",
];

/// Longest server name that Envoy takes, in bytes.
const MAX_SNI: usize = 255;

impl Context {
    /// Why Envoy refuses the configuration if this context is in it.
    pub(super) fn freezes(
        &self,
        used_upstream: bool,
        terminates: bool,
    ) -> Vec<(FreezeCause, Option<Span>, String)> {
        let mut found = Vec::new();
        let settings = &self.settings;
        let nothing =
            |material: &Option<Material>| matches!(material, Some(Material::Nothing { .. }));
        if let Some(required) = settings.cert_required.as_ref().filter(|_| used_upstream) {
            let reason = "no such field: 'require_client_certificate'".to_owned();
            found.push((FreezeCause::CertRequired, Some(required.key), reason));
        }
        if let Some(sni) = settings.sni.as_ref().filter(|_| terminates) {
            let reason = "no such field: 'sni'".to_owned();
            found.push((FreezeCause::SniOnTermination, Some(sni.key), reason));
        }
        if self.certificate.is_none() && self.private_key.is_some() {
            let place = settings.private_key_file.as_ref().map(|file| file.span);
            let reason = "Failed to load incomplete certificate from".to_owned();
            found.push((FreezeCause::KeyWithoutCertificate, place, reason));
        }
        if self.crl.is_some() && self.trusted_ca.is_none() {
            let crl = settings.crl_secret.as_ref().or(settings.crl_file.as_ref());
            let reason = "Failed to load CRL from … without trusted CA".to_owned();
            found.push((FreezeCause::CrlWithoutCa, crl.map(|crl| crl.span), reason));
        }
        let empty = [(&self.trusted_ca, &settings.ca_secret), (&self.crl, &settings.crl_secret)];
        for (material, field) in empty {
            if nothing(material) {
                let place = field.as_ref().map(|field| field.span);
                let reason = "a file name is missing in the validation context".to_owned();
                found.push((FreezeCause::EmptyFileName, place, reason));
            }
        }
        let suites = settings.cipher_suites.as_ref().map_or(&[][..], |suites| &suites.value);
        for suite in suites {
            let unknown = cipher_parts(suite).find(|part| !CIPHERS.contains(part));
            if let Some(part) = unknown {
                let reason = format!("Failed to initialize cipher suites: {part}");
                found.push((FreezeCause::CipherSuite, Some(suite.span), reason));
            }
        }
        let curves = settings.ecdh_curves.as_ref().map_or(&[][..], |curves| &curves.value);
        for curve in curves {
            if curve.split(':').any(|part| !CURVES.contains(&part)) {
                let reason = format!("Failed to initialize ECDH curves {}", curve.value);
                found.push((FreezeCause::Curve, Some(curve.span), reason));
            }
        }
        if let Some(sni) = settings.sni.as_ref().filter(|sni| sni.len() > MAX_SNI) {
            let reason = "value length must be at most 255 bytes".to_owned();
            found.push((FreezeCause::LongSni, Some(sni.span), reason));
        }
        found
    }
}

/// The names in one list entry: Envoy joins entries with `:`, and `[a|b]` are of equal preference.
fn cipher_parts(suite: &str) -> impl Iterator<Item = &str> {
    suite
        .split([':', '[', ']', '|'])
        .map(|part| part.trim_start_matches(['-', '!', '+']))
        .filter(|part| !part.is_empty())
}
