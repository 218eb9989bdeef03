//! A Secret as it is stored, and whether what is in it is good enough to stay.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use time::OffsetDateTime;

use crate::cert::Chain;

use crate::consul::agent::Sensitive;
use crate::consul::pair::Contents;
use crate::consul::pair::Facts;
use crate::consul::pair::Pair;

/// What the API server has.
#[derive(Debug)]
pub(crate) struct Stored {
    /// `type`, which can never change.
    pub(crate) kind: String,
    /// With which a write is refused if somebody else was faster.
    pub(crate) version: Option<String>,
    /// Whether `kubectl apply` left a copy of everything, the key included, in an annotation.
    pub(crate) has_copy: bool,
    data: BTreeMap<String, Sensitive>,
}

/// Where `kubectl apply` keeps what it was given (kubernetes#23564).
pub(crate) const COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type", default)]
    kind: String,
    metadata: Metadata,
    #[serde(default)]
    data: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "resourceVersion")]
    version: Option<String>,
    #[serde(default)]
    annotations: Option<BTreeMap<String, IgnoredAny>>,
}

/// What to do about what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opinion {
    /// It is ours already.
    Same,
    /// It is as good as ours, or better: writing would only make Envoy reload.
    Stays { why: String, facts: Facts },
    /// Ours is better.
    Replace,
    /// It belongs to somebody else of another identity.
    Foreign(String),
}

impl Stored {
    /// Reads a Secret; `None` if its fields have other types than a Secret's.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let object: Object = serde_json::from_slice(body).ok()?;
        let data = object.data.unwrap_or_default().into_iter();
        // What is no text is not of our making, and gets replaced.
        let text = |value: String| String::from_utf8(STANDARD.decode(value).ok()?).ok();
        let data = data.filter_map(|(name, value)| Some((name, Sensitive::new(text(value)?))));
        let annotations = object.metadata.annotations.unwrap_or_default();
        Some(Self {
            kind: object.kind,
            version: object.metadata.version,
            has_copy: annotations.contains_key(COPY),
            data: data.collect(),
        })
    }

    /// The chain in it.
    pub(crate) fn chain(&self) -> Option<&str> {
        self.data.get("tls.crt").map(Sensitive::reveal)
    }

    /// Compares with what we would write. `ours` says whether we wrote what is stored ourselves.
    ///
    /// Two writers with different agents get different leaves for one service. If each wrote its
    /// own, they would do so forever; so what is stored stays while it is good: the same identity,
    /// the active root, less than two thirds of its life used (reference: mesh-connectors §1.7).
    pub(crate) fn opinion(
        &self,
        pair: &Pair,
        contents: &Contents,
        ours: bool,
        now: OffsetDateTime,
    ) -> Opinion {
        let same = |(name, value): &(&str, Sensitive)| self.data.get(*name) == Some(value);
        if contents.entries().iter().all(same) {
            return Opinion::Same;
        }
        let (Some(chain), Some(key)) = (self.chain(), self.data.get("tls.key")) else {
            return Opinion::Replace;
        };
        if ours {
            return Opinion::Replace;
        }
        let bundle = contents
            .entry("root-cert.pem")
            .map(|_| self.data.get("root-cert.pem").map(Sensitive::reveal).unwrap_or_default());
        if let Ok(facts) = pair.examine_stored(chain, key, now) {
            // An entry that Ambassador reads must be there, and must not lack a root that we know.
            if bundle.is_some_and(|bundle| !covers(bundle, pair.bundle())) {
                return Opinion::Replace;
            }
            let better = (facts.by_active_root, !facts.is_old(now))
                >= (pair.facts.by_active_root, !pair.facts.is_old(now));
            return match better {
                true => Opinion::Stays {
                    why: "another writer's certificate in it is equally good".to_owned(),
                    facts,
                },
                false => Opinion::Replace,
            };
        }
        // Our agent may be behind: then the other's is newer, of roots that we do not know yet.
        if let Some(bundle) = bundle
            && let Ok(facts) = pair.examine_alone(chain, key, bundle, now)
            && facts.validity.not_before > pair.facts.validity.not_before
        {
            let why = "another writer's certificate in it is newer".to_owned();
            return Opinion::Stays { why, facts };
        }
        match Chain::from_pem(chain.as_bytes()).leaf() {
            Some(leaf) if !leaf.alternative_names.uri.contains(&pair.facts.uri) => {
                Opinion::Foreign(leaf.alternative_names.uri.join(" and "))
            }
            _ => Opinion::Replace,
        }
    }
}

/// Whether every certificate of one bundle is in another.
fn covers(bundle: &str, wanted: &str) -> bool {
    let (bundle, wanted) = (Chain::from_pem(bundle.as_bytes()), Chain::from_pem(wanted.as_bytes()));
    wanted.certificates().iter().all(|wanted| {
        bundle.certificates().iter().any(|certificate| certificate.der() == wanted.der())
    })
}
