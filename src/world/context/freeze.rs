//! What makes Envoy reject the whole configuration, as far as the manifests show.

use super::context::{Context, ContextId, Material};
use super::crash::Crash;
use crate::diagnostic::ObjectName;
use crate::envoy::EnvoyVersion;
use crate::envoy::{AlpnFault, ListFault, read_alpn, read_ciphers, read_curves};
use crate::resource::Mapping;
use crate::source::Span;

/// Something that keeps every configuration change from taking effect.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// The object at fault.
    pub object: ObjectName,
    /// The place of the fault.
    pub place: Option<Span>,
    /// What is wrong.
    pub cause: FreezeCause,
    /// Emissary's or Envoy's message.
    pub reason: String,
    /// The context at fault.
    pub context: Option<ContextId>,
}

/// The kinds of [`Freeze`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreezeCause {
    /// Emissary's Python code raises an exception before there is a configuration.
    Crash(Crash),
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
    /// A cipher suite unknown to BoringSSL.
    CipherSuite,
    /// A cipher list that leaves nothing: only TLS 1.3 suites, or everything removed again.
    NoCipherSuite,
    /// A key agreement group unknown to BoringSSL.
    Curve,
    /// A key agreement group listed twice, which Envoy 1.38 and later reject.
    CurveTwice,
    /// A server name of more than 255 bytes.
    LongSni,
    /// An `alpn_protocols` value that violates RFC 7301.
    Alpn,
}

impl Freeze {
    /// A crash, with the place that causes it.
    pub(in crate::world) fn crash(object: ObjectName, place: Span, crash: Crash) -> Self {
        let reason = crash.to_string();
        let cause = FreezeCause::Crash(crash);
        Self { object, place: Some(place), cause, reason, context: None }
    }

    /// A crash caused by a Mapping or an object of a related kind.
    pub(in crate::world) fn crash_of(mapping: &Mapping, crash: Crash) -> Self {
        let place = mapping.service.as_ref().map(|service| service.span);
        let place = place.unwrap_or_else(|| mapping.object.place());
        Self::crash(mapping.object.identity(), place, crash)
    }

    /// Whether Emissary crashes, rather than Envoy rejecting the configuration.
    pub fn is_crash(&self) -> bool {
        matches!(self.cause, FreezeCause::Crash(_))
    }
}

/// Longest server name that Envoy accepts, in bytes.
const MAX_SNI: usize = 255;

impl Context {
    /// The reasons why Envoy rejects a configuration with this context.
    pub(in crate::world) fn freezes(
        &self,
        used_upstream: bool,
        terminates: bool,
        envoy: EnvoyVersion,
    ) -> Vec<(FreezeCause, Option<Span>, String)> {
        let mut found = Vec::new();
        let settings = &self.settings;
        let nothing =
            |material: &Option<Material>| matches!(material, Some(Material::Nothing { .. }));
        if let Some(required) = settings.cert_required.as_ref().filter(|_| used_upstream) {
            let reason = "no such field: 'require_client_certificate'".to_owned();
            found.push((FreezeCause::CertRequired, Some(required.key()), reason));
        }
        if let Some(sni) = settings.sni.as_ref().filter(|_| terminates) {
            let reason = "no such field: 'sni'".to_owned();
            found.push((FreezeCause::SniOnTermination, Some(sni.key()), reason));
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
        found.extend(self.refused_lists(envoy));
        if let Some(sni) = settings.sni.as_ref().filter(|sni| sni.len() > MAX_SNI) {
            let reason = "value length must be at most 255 bytes".to_owned();
            found.push((FreezeCause::LongSni, Some(sni.span), reason));
        }
        if let Some(alpn) = &settings.alpn_protocols
            && let Err(fault) = read_alpn(alpn)
        {
            let reason = match fault {
                AlpnFault::TooLong => "Invalid ALPN protocol string".to_owned(),
                AlpnFault::NoName => {
                    "not a list of protocol names (RFC 7301): Envoy aborts when it loads it"
                        .to_owned()
                }
            };
            found.push((FreezeCause::Alpn, Some(alpn.span), reason));
        }
        found
    }

    /// Faults of `cipher_suites` and `ecdh_curves`, with Envoy's message.
    fn refused_lists(&self, envoy: EnvoyVersion) -> Vec<(FreezeCause, Option<Span>, String)> {
        let mut found = Vec::new();
        if let Some(suites) = &self.settings.cipher_suites {
            let entries: Vec<&str> = suites.value.iter().map(|entry| entry.as_str()).collect();
            if let Err(refused) = read_ciphers(&entries, envoy) {
                let joined = entries.join(":");
                let reason = format!("Failed to initialize cipher suites {joined}");
                let cause = match refused.fault {
                    ListFault::Unknown => FreezeCause::CipherSuite,
                    _ => FreezeCause::NoCipherSuite,
                };
                let place = refused.entry.map_or(suites.key(), |entry| suites.value[entry].span);
                found.push((cause, Some(place), reason));
            }
        }
        if let Some(curves) = &self.settings.ecdh_curves {
            let entries: Vec<&str> = curves.value.iter().map(|entry| entry.as_str()).collect();
            if let Err(refused) = read_curves(&entries, envoy) {
                let reason = format!("Failed to initialize ECDH curves {}", entries.join(":"));
                let cause = match refused.fault {
                    ListFault::Twice => FreezeCause::CurveTwice,
                    _ => FreezeCause::Curve,
                };
                let place = refused.entry.map_or(curves.key(), |entry| curves.value[entry].span);
                found.push((cause, Some(place), reason));
            }
        }
        found
    }
}
