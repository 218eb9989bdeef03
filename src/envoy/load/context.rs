//! An Envoy validation context: a CA file, an optional CRL file, and its verdicts.

use std::cell::Cell;

use time::OffsetDateTime;

use super::load::PemSource;
use super::trust_file::{Trusted, Unreadable, load_ca, read_all};
use crate::cert::DerError;
use crate::cert::x509::Crl;
use crate::cert::x509::X509;
use crate::cert::{Certificate, Chain};
use crate::envoy::verify::Choices;
use crate::envoy::verify::EnvoyVerdict;
use crate::envoy::verify::Purpose;
use crate::envoy::verify::Verification;
use crate::envoy::verify::handshake;
use crate::envoy::verify::{Anchor, Loader};
use crate::envoy::{EnvoyVersion, OfferedTls};

/// The text of these reasons in Envoy's log, and their origin.
const LEFT_ERROR: &str = "ASN.1_encoding_routines (left behind by a malformed certificate that is \
                          skipped)";

/// A longer chain does not fit into the largest TLS message that Envoy reads (about 100 KB).
const LONGEST_CHAIN: usize = 1000;

/// The configuration with which Envoy verifies a peer's chain.
///
/// Load it once and use it for any number of chains.
#[derive(Debug, Clone)]
pub struct ValidationContext {
    version: EnvoyVersion,
    tls: OfferedTls,
    purpose: Purpose,
    /// `None` without a `trusted_ca`: Envoy accepts any chain.
    trusted: Option<Vec<Trusted>>,
}

impl ValidationContext {
    /// Loads `trusted_ca` and `crl` as Envoy does when it receives its configuration.
    ///
    /// # Errors
    ///
    /// [`EnvoyVerdict::ConfigRejected`] with Envoy's message if it would reject the whole
    /// configuration because of one of the files.
    pub fn load(
        ca: Option<PemSource<'_>>,
        crl: Option<PemSource<'_>>,
        version: EnvoyVersion,
    ) -> Result<Self, EnvoyVerdict> {
        let mut trusted = None;
        if let Some(ca) = ca {
            trusted = Some(load_ca(ca, version)?);
        }
        if let Some(crl) = crl {
            if crl.bytes.is_empty() {
                return Err(EnvoyVerdict::config(format!("file {} is empty", crl.name)));
            }
            let Some(trusted) = &mut trusted else {
                return Err(EnvoyVerdict::config(format!(
                    "Failed to load CRL from {} without trusted CA",
                    crl.name
                )));
            };
            let loaded = read_all(crl.bytes, version).map_err(|Unreadable| {
                EnvoyVerdict::config(format!("Failed to load CRL from {}", crl.name))
            })?;
            // Certificates in a CRL file are read and ignored. If it has no CRL, revocation is
            // still checked, and every certificate is rejected.
            trusted
                .extend(loaded.into_iter().filter(|object| matches!(object, Trusted::Crl { .. })));
            trusted.push(Trusted::Crl { der: Vec::new() });
        }
        Ok(Self { version, tls: OfferedTls::default(), purpose: Purpose::default(), trusted })
    }

    /// Uses other TLS settings than Emissary's defaults.
    #[must_use]
    pub fn with_tls(mut self, tls: OfferedTls) -> Self {
        self.tls = tls;
        self
    }

    /// Verifies for another purpose than a server's chain.
    #[must_use]
    pub fn with_purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    /// Whether there is a CA; without one Envoy verifies nothing.
    pub fn verifies(&self) -> bool {
        self.trusted.is_some()
    }

    /// Verifies a chain as sent by a peer, leaf first, at `now`.
    ///
    /// Names are not checked: Emissary configures no matcher for them.
    pub fn verify(&self, chain: &Chain, now: OffsetDateTime) -> EnvoyVerdict {
        let ders: Vec<&[u8]> =
            chain.certificates().iter().map(|certificate| certificate.der()).collect();
        if ders.is_empty() {
            return EnvoyVerdict::refused_by_tls(handshake::NO_CERTIFICATE);
        }
        if ders.len() > LONGEST_CHAIN {
            return EnvoyVerdict::unknown(format!(
                "a chain of {} certificates is too long for a handshake",
                ders.len()
            ));
        }
        let parsed: Result<Vec<X509<'_>>, DerError> =
            ders.iter().map(|der| X509::parse(der)).collect();
        let Ok(sent) = parsed else {
            return EnvoyVerdict::refused_by_tls("CANNOT_PARSE_LEAF_CERT")
                .unless_leaf_is_fine(&ders);
        };
        if let Some(verdict) = handshake::before_verification(&sent[0], self.purpose, &self.tls) {
            return verdict;
        }
        if let Some(trusted) = &self.trusted {
            let verdict = self.verify_path(&sent, trusted, now);
            if verdict != EnvoyVerdict::Accepted {
                return verdict;
            }
        }
        handshake::after_verification(&sent[0], self.purpose, &self.tls, self.version)
            .unwrap_or(EnvoyVerdict::Accepted)
    }

    /// The certificates to which the depths in Envoy's reasons refer, leaf first: those of the
    /// chain that it builds, trusted or not. Empty without a CA, or if the chain cannot be parsed.
    pub fn depths(&self, chain: &Chain, now: OffsetDateTime) -> Vec<Certificate> {
        let ders: Vec<&[u8]> =
            chain.certificates().iter().map(|certificate| certificate.der()).collect();
        let parsed: Result<Vec<X509<'_>>, DerError> =
            ders.iter().take(LONGEST_CHAIN).map(|der| X509::parse(der)).collect();
        let (Ok(sent), Some(trusted)) = (parsed, &self.trusted) else { return Vec::new() };
        if sent.is_empty() {
            return Vec::new();
        }
        self.with_verification(&sent, trusted, now, |verification, sent| {
            let found = verification.depths(sent);
            found.iter().map(|one| Certificate::from_der(one.whole.to_vec())).collect()
        })
    }

    fn verify_path(
        &self,
        sent: &[X509<'_>],
        trusted: &[Trusted],
        now: OffsetDateTime,
    ) -> EnvoyVerdict {
        self.with_verification(sent, trusted, now, |verification, sent| {
            let verdict = verification.verify(sent);
            if verdict == EnvoyVerdict::Accepted && verification.leaves_error() && !self.tls.tls13 {
                return EnvoyVerdict::refused_by_tls(LEFT_ERROR);
            }
            verdict
        })
    }

    /// Loads the store and runs `ask`.
    fn with_verification<A>(
        &self,
        sent: &[X509<'_>],
        trusted: &[Trusted],
        now: OffsetDateTime,
        ask: impl for<'v, 'a> FnOnce(&Verification<'v, 'a>, &'v [X509<'a>]) -> A,
    ) -> A {
        let mut loader = Loader::new(self.version);
        let mut check_crls = false;
        for object in trusted {
            match object {
                Trusted::Certificate { der, rejects_servers, rejects_clients } => {
                    // It was parsed when it was loaded.
                    if let Ok(certificate) = X509::parse(der) {
                        loader.add_certificate(Anchor {
                            certificate,
                            rejects_servers: *rejects_servers,
                            rejects_clients: *rejects_clients,
                        });
                    }
                }
                Trusted::Crl { der } => {
                    check_crls = true;
                    if let Ok(crl) = Crl::parse(der) {
                        loader.add_crl(crl);
                    }
                }
            }
        }
        let store = loader.finish();
        let verification = Verification {
            store: &store,
            now: now.unix_timestamp(),
            purpose: self.purpose,
            version: self.version,
            check_crls,
            choices: Choices::default(),
            passed_over_malformed: Cell::default(),
        };
        ask(&verification, sent)
    }
}

impl EnvoyVerdict {
    /// The reason is different if the unreadable certificate is not the leaf.
    fn unless_leaf_is_fine(self, ders: &[&[u8]]) -> Self {
        if X509::parse(ders[0]).is_ok() { Self::refused_by_tls("DECODE_ERROR") } else { self }
    }
}
