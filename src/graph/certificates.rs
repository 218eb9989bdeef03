//! Certificates as nodes: their identity and expiry.

use time::OffsetDateTime;

use crate::cert::{Certificate, Chain, Phase};
use crate::diagnostic::{Severity, counted};
use crate::world::{Credential, CredentialRole};

use super::build::Builder;
use super::graph::EdgeKind;
use super::node::{NodeId, NodeKind, id};

/// Longer lists of trust anchors are shown as one node, since a system bundle has more than a
/// hundred.
const MOST_ANCHORS: usize = 4;

impl Builder<'_, '_> {
    /// The certificates of an entry that a context uses, linked to the node that contains them.
    pub(super) fn certificates(
        &mut self,
        credential: &Credential,
        role: CredentialRole,
        holder: NodeId,
    ) -> Vec<NodeId> {
        let chain = &credential.chain;
        let certificates = chain.certificates();
        let (shown, label) = match role {
            CredentialRole::Certificate => {
                (&certificates[..certificates.len().min(1)], "certificate")
            }
            CredentialRole::TrustedCa if certificates.len() > MOST_ANCHORS => {
                return vec![self.bundle(chain, holder)];
            }
            CredentialRole::TrustedCa => (certificates, "trust anchor"),
            CredentialRole::PrivateKey | CredentialRole::Crl => return Vec::new(),
        };
        let behind = certificates.len().saturating_sub(1);
        let mut nodes = Vec::new();
        for certificate in shown {
            let chained = (role == CredentialRole::Certificate && behind > 0)
                .then(|| format!("with {}", counted(behind, "more certificate")));
            let node = self.certificate(certificate, chained);
            self.graph.connect(node, holder, EdgeKind::Used, label);
            nodes.push(node);
        }
        nodes
    }

    fn certificate(&mut self, certificate: &Certificate, chained: Option<String>) -> NodeId {
        let mut facts = Vec::new();
        let names: Vec<String> = certificate.alternative_names.all().collect();
        if !names.is_empty() {
            facts.push(names.join(", "));
        }
        let (dates, severity) = self.dates(certificate);
        facts.extend(dates);
        facts.extend(chained);
        if let Some(fault) = &certificate.fault {
            facts.push(format!("unreadable: {fault}"));
        }
        let subject = certificate.subject.to_string();
        let title = match (subject.is_empty(), names.first()) {
            (false, _) => subject,
            (true, Some(name)) => name.clone(),
            (true, None) => "no name".to_owned(),
        };
        let id = id("certificate", &[&certificate.fingerprint()]);
        self.thing(NodeKind::Certificate, id, title, severity, facts)
    }

    /// Many trust anchors as one node.
    fn bundle(&mut self, chain: &Chain, holder: NodeId) -> NodeId {
        let certificates = chain.certificates();
        let severity = certificates.iter().filter_map(|one| self.dates(one).1).max();
        let expired = certificates.iter().filter(|one| self.dates(one).1 == Some(Severity::Error));
        let expired = expired.count();
        let facts = if expired > 0 {
            vec![format!("{expired} of them expired or not yet valid")]
        } else {
            Vec::new()
        };
        let title = counted(certificates.len(), "trust anchor");
        let id = format!("bundle/{}", self.graph.node(holder).id);
        let node = self.thing(NodeKind::Certificate, id, title, severity, facts);
        self.graph.connect(node, holder, EdgeKind::Used, "trust anchors");
        node
    }

    /// Its expiry, and the resulting severity at the time of the check; the same margins as
    /// `certificate-expires-soon`.
    fn dates(&self, certificate: &Certificate) -> (Option<String>, Option<Severity>) {
        let Some(validity) = certificate.validity else { return (None, None) };
        let Some(now) = self.world.settings.now else { return (None, None) };
        let date = |moment: OffsetDateTime| moment.date().to_string();
        let days = validity.days_left(now);
        match validity.phase(now) {
            Phase::Expired => {
                (Some(format!("expired on {}", date(validity.not_after))), Some(Severity::Error))
            }
            Phase::NotYetValid => (
                Some(format!("not valid before {}", date(validity.not_before))),
                Some(Severity::Error),
            ),
            Phase::Valid => {
                let soon = validity.expires_within(self.world.settings.expiry_margin, now);
                let left = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
                let text = format!("expires on {}, {left} left", date(validity.not_after));
                (Some(text), soon.then_some(Severity::Warning))
            }
        }
    }
}
