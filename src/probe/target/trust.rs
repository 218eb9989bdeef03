//! Two verdicts on the server's chain: Envoy's and a strict client's.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::cert::{Chain, Crl};
use crate::cert::{StrictVerdict, judge};
use crate::envoy::{EnvoyVerdict, EnvoyVersion, OfferedTls, PemSource, ValidationContext};

/// Why a chain is not verified if a file or Secret of the context is missing.
pub(crate) const NOT_AVAILABLE: &str = "the context's files are not available here";

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// The chain is accepted.
    Accepted,
    /// The chain is rejected, which ends the connection.
    Refused {
        /// The certificate in question, if it is about one; 0 is the leaf.
        depth: Option<i32>,
        /// The message of the client that rejects it.
        reason: String,
    },
    /// Unknown, for this reason.
    Unknown(String),
}

/// The CAs and revocation lists of a context, loaded as Envoy does; cheap to clone.
#[derive(Debug, Clone)]
pub struct Trust(Arc<Loaded>);

#[derive(Debug)]
struct Loaded {
    context: ValidationContext,
    roots: Chain,
    crls: Vec<Crl>,
    version: EnvoyVersion,
    /// The same for each newer Envoy, or its message if it rejects the files.
    newer: Vec<(EnvoyVersion, Result<ValidationContext, String>)>,
}

/// The first newer Envoy with another verdict on a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// Its version.
    pub version: EnvoyVersion,
    /// Accepted if the current one rejects the chain, refused if it accepts it.
    pub opinion: Opinion,
}

impl Trust {
    /// Loads `trusted_ca` and `crl`.
    ///
    /// # Errors
    /// Envoy's message, if it would reject its configuration.
    pub fn load(
        ca: Option<PemSource<'_>>,
        crl: Option<PemSource<'_>>,
        version: EnvoyVersion,
    ) -> Result<Self, String> {
        let load = |version| {
            ValidationContext::load(ca, crl, version)
                .map_err(|verdict| verdict.reason().unwrap_or_default().to_owned())
        };
        let context = load(version)?;
        let newer = EnvoyVersion::ALL.into_iter().filter(|other| *other > version);
        Ok(Self(Arc::new(Loaded {
            context,
            newer: newer.map(|other| (other, load(other))).collect(),
            roots: ca.map(|ca| Chain::from_pem(ca.bytes)).unwrap_or_else(|| Chain::from_der([])),
            crls: crl.map(|crl| Crl::from_pem(crl.bytes)).unwrap_or_default(),
            version,
        })))
    }

    /// Whether there is a CA; without one Envoy verifies nothing.
    pub fn verifies(&self) -> bool {
        self.0.context.verifies()
    }

    /// The certificates of the CA file.
    pub fn authorities(&self) -> &Chain {
        &self.0.roots
    }

    /// The issuers of the revocation lists, in readable form.
    pub fn revokes_for(&self) -> Vec<String> {
        self.0.crls.iter().map(|list| list.issuer.to_string()).collect()
    }

    /// The version of Envoy.
    pub fn version(&self) -> EnvoyVersion {
        self.0.version
    }

    /// Envoy's verdict on this chain, given the TLS version that was chosen.
    pub fn envoy(
        &self,
        chain: &Chain,
        tls13: bool,
        curves: &[String],
        now: OffsetDateTime,
    ) -> Opinion {
        opinion(&self.0.context, chain, tls13, curves, now)
    }

    /// Whether an upgrade of Envoy changes the verdict on this chain.
    pub fn upgrade(
        &self,
        chain: &Chain,
        tls13: bool,
        curves: &[String],
        now: OffsetDateTime,
    ) -> Option<Upgrade> {
        let accepts = match self.envoy(chain, tls13, curves, now) {
            Opinion::Unknown(_) => return None,
            own => own == Opinion::Accepted,
        };
        self.0.newer.iter().find_map(|(version, context)| {
            let opinion = match context {
                Ok(context) => opinion(context, chain, tls13, curves, now),
                Err(words) => Opinion::Refused { depth: None, reason: words.clone() },
            };
            let known = !matches!(opinion, Opinion::Unknown(_));
            let differs = known && (opinion == Opinion::Accepted) != accepts;
            differs.then_some(Upgrade { version: *version, opinion })
        })
    }

    /// The verdict of a client that follows WebPKI rules, including the name.
    pub fn strict(&self, chain: &Chain, host: &str, now: OffsetDateTime) -> Opinion {
        if !self.verifies() {
            return Opinion::Unknown("no CA is configured to verify with".to_owned());
        }
        match judge(chain, &self.0.roots, &self.0.crls, Some(host), now) {
            StrictVerdict::Accepted => Opinion::Accepted,
            StrictVerdict::Refused { reason } => Opinion::Refused { depth: None, reason },
        }
    }
}

fn opinion(
    context: &ValidationContext,
    chain: &Chain,
    tls13: bool,
    curves: &[String],
    now: OffsetDateTime,
) -> Opinion {
    let settings = OfferedTls { tls13, ..OfferedTls::default() }
        .with_curves(curves.iter().map(String::as_str));
    match context.clone().with_tls(settings).verify(chain, now) {
        EnvoyVerdict::Accepted => Opinion::Accepted,
        EnvoyVerdict::Refused { depth, reason } => Opinion::Refused { depth, reason },
        EnvoyVerdict::ConfigRejected { reason } => Opinion::Refused { depth: None, reason },
        EnvoyVerdict::Unknown { why } => Opinion::Unknown(why),
    }
}
