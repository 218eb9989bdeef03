//! A verified leaf certificate with its roots, ready to be written.

use std::fmt::Write as _;

use time::OffsetDateTime;

use crate::cert::pem::{encode, scan};

use super::facts::Facts;
use super::soundness::{Unsound, examine};
use crate::consul::agent::Leaf;
use crate::consul::agent::Sensitive;
use crate::consul::agent::{Root, Roots};

/// A certificate, its key, and the roots of its mesh. Values that do not verify cannot be created.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The leaf and its intermediates without roots, normalized.
    pub(crate) chain: String,
    /// The key as sent by the agent.
    pub(crate) key: Sensitive,
    /// All roots, the active one first.
    pub(crate) bundle: String,
    /// The active root and the chain, byte for byte as sent by the agent.
    pub(crate) as_sent: (String, String),
    /// Facts about it.
    pub facts: Facts,
    /// The service's name in Consul.
    pub service: String,
    roots: Roots,
}

impl Pair {
    /// Joins a leaf certificate and roots, verified at `now`.
    ///
    /// # Errors
    /// Why they do not match.
    pub fn join(leaf: &Leaf, roots: &Roots, now: OffsetDateTime) -> Result<Self, Unsound> {
        let bundle = bundle(roots)?;
        let chain = chain(&leaf.chain, &bundle)?;
        let facts = examine(&chain, leaf.key.reveal(), roots, &leaf.uri, now)?;
        let active = roots.active().map(|root| root.certificate.clone()).unwrap_or_default();
        Ok(Self {
            chain,
            key: leaf.key.clone(),
            bundle,
            as_sent: (active, leaf.chain.clone()),
            facts,
            service: leaf.service.clone(),
            roots: roots.clone(),
        })
    }

    /// Verifies a stored pair for the same identity with the same roots.
    ///
    /// # Errors
    /// Why it is unusable.
    pub fn examine_stored(
        &self,
        chain: &str,
        key: &Sensitive,
        now: OffsetDateTime,
    ) -> Result<Facts, Unsound> {
        examine(chain, key.reveal(), &self.roots, &self.facts.uri, now)
    }

    /// Verifies a stored pair for the same identity with the roots stored next to it.
    ///
    /// # Errors
    /// Why it is unusable even with those.
    pub(crate) fn examine_alone(
        &self,
        chain: &str,
        key: &Sensitive,
        bundle: &str,
        now: OffsetDateTime,
    ) -> Result<Facts, Unsound> {
        let root = Root { id: String::new(), certificate: bundle.to_owned() };
        let roots = Roots {
            active_root_id: String::new(),
            trust_domain: self.roots.trust_domain.clone(),
            roots: vec![root],
        };
        examine(chain, key.reveal(), &roots, &self.facts.uri, now)
    }

    /// The facts about the pair under different roots than those it was joined with.
    ///
    /// # Errors
    /// Why it is unusable with them.
    pub(crate) fn facts_under(&self, roots: &Roots, now: OffsetDateTime) -> Result<Facts, Unsound> {
        examine(&self.chain, self.key.reveal(), roots, &self.facts.uri, now)
    }

    /// The leaf and its intermediates in PEM.
    pub fn chain(&self) -> &str {
        &self.chain
    }

    /// Its key.
    pub fn key(&self) -> &Sensitive {
        &self.key
    }

    /// All roots of the mesh in PEM, the active one first.
    pub fn bundle(&self) -> &str {
        &self.bundle
    }

    /// The fingerprints of the roots, the active one first.
    pub fn root_ids(&self) -> Vec<&str> {
        sorted(&self.roots).into_iter().map(|root| root.id.as_str()).collect()
    }
}

/// The active root first, the others by name: agents may list them in different orders.
fn sorted(roots: &Roots) -> Vec<&Root> {
    let mut sorted: Vec<_> = roots.roots.iter().collect();
    sorted.sort_by_key(|root| (root.id != roots.active_root_id, &root.id));
    sorted
}

fn bundle(roots: &Roots) -> Result<String, Unsound> {
    let mut text = String::new();
    for root in sorted(roots) {
        let blocks = certificates(&root.certificate).map_err(Unsound::Roots)?;
        if blocks.is_empty() {
            return Err(Unsound::Roots(format!("root {} holds no certificate", root.id)));
        }
        for block in blocks {
            if !text.contains(&block) {
                text.push_str(&block);
            }
        }
    }
    Ok(text)
}

/// The certificates without roots: Consul sends none, but other versions might.
fn chain(sent: &str, bundle: &str) -> Result<String, Unsound> {
    let mut text = String::new();
    for block in certificates(sent).map_err(Unsound::Certificate)? {
        if !bundle.contains(&block) {
            let _ = write!(text, "{block}");
        }
    }
    Ok(text)
}

/// The certificates in a text, normalized: lines of 64 characters, and a final newline, which
/// Vault's lack (hashicorp/consul#8178).
fn certificates(text: &str) -> Result<Vec<String>, String> {
    // Separates adjacent blocks on one line, which BoringSSL and our scanner would not.
    let text = text.replace("----------BEGIN", "-----\n-----BEGIN");
    let file = scan(text.as_bytes());
    if let Some(fault) = file.faults().next() {
        return Err(format!("line {}: {}", fault.line, fault.kind));
    }
    let blocks = file.blocks().filter(|block| block.label.is_certificate());
    Ok(blocks.map(|block| encode("CERTIFICATE", block.der())).collect())
}
