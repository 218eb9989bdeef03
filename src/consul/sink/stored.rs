//! A stored Secret, and whether its pair is good enough to be kept.

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

/// A Secret as stored by the API server.
#[derive(Debug)]
pub(crate) struct Stored {
    /// `type`, which is immutable.
    pub(crate) kind: String,
    /// With this version, a write is rejected if another client wrote first.
    pub(crate) version: Option<String>,
    /// Whether `kubectl apply` left a copy of everything, including the key, in an annotation.
    pub(crate) has_copy: bool,
    data: BTreeMap<String, Sensitive>,
}

/// The annotation in which `kubectl apply` stores its input (kubernetes#23564).
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

/// What to do about a stored Secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opinion {
    /// It already has our pair.
    Same,
    /// It is as good as ours, or better: writing would only make Envoy reload.
    Stays { why: String, facts: Facts },
    /// Ours is better.
    Replace,
    /// It belongs to another writer with another identity.
    Foreign(String),
}

impl Stored {
    /// Reads a Secret; `None` if its fields have unexpected types.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let object: Object = serde_json::from_slice(body).ok()?;
        let data = object.data.unwrap_or_default().into_iter();
        // Values that are not text were not written by us, and are replaced.
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

    /// The stored chain.
    pub(crate) fn chain(&self) -> Option<&str> {
        self.data.get("tls.crt").map(Sensitive::reveal)
    }

    /// Compares it with our pair. `ours` is true if we wrote what is stored.
    ///
    /// Two writers with different agents get different leaf certificates for the same service. If
    /// each wrote its own, they would overwrite each other forever; so what is stored is kept while
    /// it is good: the same identity, the active root, less than two thirds of its lifetime used
    /// (reference: mesh-connectors §1.7).
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
            // An entry that Ambassador reads must exist and have all roots that we know.
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
        // Our agent may be behind: then the other pair is newer, from roots that we do not know
        // yet.
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

/// Whether one bundle has every certificate of another.
fn covers(bundle: &str, wanted: &str) -> bool {
    let (bundle, wanted) = (Chain::from_pem(bundle.as_bytes()), Chain::from_pem(wanted.as_bytes()));
    wanted.certificates().iter().all(|wanted| {
        bundle.certificates().iter().any(|certificate| certificate.der() == wanted.der())
    })
}
