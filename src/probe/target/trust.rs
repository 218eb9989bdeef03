//! Two opinions on the server's chain: Envoy's, and that of a strict client.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::cert::{Chain, Crl};
use crate::cert::{StrictVerdict, judge};
use crate::envoy::{EnvoyVerdict, EnvoyVersion, OfferedTls, PemSource, ValidationContext};

/// Why a chain is not judged where a file or Secret of the context is missing.
pub(crate) const NOT_AT_HAND: &str = "the context's files are not available here";

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// The chain is taken.
    Accepted,
    /// The connection ends here.
    Refused {
        /// The certificate it is about, 0 being the leaf, where it is about one.
        depth: Option<i32>,
        /// In the words of the one who refuses.
        reason: String,
    },
    /// Cannot be told, because of this.
    Unknown(String),
}

/// What the context trusts, loaded as Envoy loads it; cheap to hand around.
#[derive(Debug, Clone)]
pub struct Trust(Arc<Loaded>);

#[derive(Debug)]
struct Loaded {
    context: ValidationContext,
    roots: Chain,
    crls: Vec<Crl>,
    version: EnvoyVersion,
    /// The same for each newer Envoy, or the words with which it refuses the files.
    newer: Vec<(EnvoyVersion, Result<ValidationContext, String>)>,
}

/// The first newer Envoy that says otherwise to a chain, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// Which Envoy.
    pub version: EnvoyVersion,
    /// Accepted where the present one refuses, refused where it accepts.
    pub opinion: Opinion,
}

impl Trust {
    /// Loads `trusted_ca` and `crl`.
    ///
    /// # Errors
    /// The words with which Envoy would refuse its configuration.
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

    /// The issuers of the revocation lists, as people write them.
    pub fn revokes_for(&self) -> Vec<String> {
        self.0.crls.iter().map(|list| list.issuer.to_string()).collect()
    }

    /// Which Envoy is spoken for.
    pub fn version(&self) -> EnvoyVersion {
        self.0.version
    }

    /// What Envoy says to this chain, under the TLS version that was chosen.
    pub fn envoy(
        &self,
        chain: &Chain,
        tls13: bool,
        curves: &[String],
        now: OffsetDateTime,
    ) -> Opinion {
        opinion(&self.0.context, chain, tls13, curves, now)
    }

    /// Whether the connection fails, or works, after an upgrade of Envoy, for the same chain.
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

    /// What a client says that follows the web's rules, the name included.
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
