//! Certificates in delivery order: who issued whom, and what is unusual about the order.

use std::collections::HashMap;

use super::certificate::Certificate;
use super::chain_problem::ChainProblem;
use super::pem::{PemFile, scan};

/// Signatures in longer chains are not checked: those are CA bundles.
const MOST_CHECKED: usize = 100;

/// Certificates in the order of a file or handshake.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chain {
    certificates: Vec<Certificate>,
}

/// The issuer of a certificate, as far as it is in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// It is self-issued.
    SelfIssued,
    /// The certificate at this position, starting at 0.
    IssuedBy(usize),
    /// It is not in the chain.
    Outside,
}

/// The relation of a certificate to the leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainPart {
    /// The leaf itself.
    Leaf,
    /// An issuer on the path from the leaf, and the only certificate with its name and key.
    Issuer,
    /// The first of several certificates with the same name and key, as left by renewals that
    /// append to a file; the path goes through it or a later one.
    First,
    /// Not on any path from the leaf: a later certificate with the same name and key, an included
    /// root, or an unrelated one.
    Spare,
}

impl Chain {
    /// The relation of the certificate at this position to the leaf.
    pub fn part(&self, position: usize) -> ChainPart {
        let path = self.path();
        let Some(own) = self.certificates.get(position) else { return ChainPart::Spare };
        if path.first().is_none_or(|leaf| *leaf == position) {
            return ChainPart::Leaf;
        }
        let mut twins = self.certificates.iter().enumerate().filter(|(_, other)| {
            other.subject == own.subject && other.key.is_some() && other.key == own.key
        });
        let first = twins.next().map(|(at, _)| at);
        let has_others = twins.next().is_some();
        let issues = path.iter().any(|step| {
            self.certificates.get(*step).is_some_and(|below| {
                *step != position && !below.is_self_issued() && below.names_issuer(own)
            })
        });
        match (issues && !own.is_self_issued(), first == Some(position)) {
            (true, true) if has_others => ChainPart::First,
            (true, true) => ChainPart::Issuer,
            _ => ChainPart::Spare,
        }
    }

    /// A chain from a handshake, as DER, leaf first.
    pub fn from_der(certificates: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { certificates: certificates.into_iter().map(Certificate::from_der).collect() }
    }

    /// The certificates in a PEM text, in order; other blocks are skipped.
    pub fn from_pem(text: &[u8]) -> Self {
        Self::from_file(&scan(text))
    }

    /// The certificates of a scanned text.
    pub fn from_file(file: &PemFile) -> Self {
        let blocks = file.blocks().filter(|block| block.label.is_certificate());
        Self {
            certificates: blocks
                .map(|block| Certificate::from_block(block.der(), block.line))
                .collect(),
        }
    }

    /// The certificates in delivery order.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The certificate that Envoy uses as the leaf.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.certificates.first()
    }

    /// Whether it has no certificates.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }

    /// Whether this looks like a bundle of trust anchors: at least two certificates, the first of
    /// which is a CA that neither issued nor was issued by any of the others.
    pub fn is_bundle(&self) -> bool {
        let links = self.links();
        match self.certificates.first() {
            Some(first) if self.certificates.len() > 1 && first.is_ca() => {
                !matches!(links[0], Link::IssuedBy(_)) && !links.contains(&Link::IssuedBy(0))
            }
            _ => false,
        }
    }

    /// The issuer of each certificate. The next position is preferred.
    pub fn links(&self) -> Vec<Link> {
        let mut by_subject: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
        let names: Vec<_> = self
            .certificates
            .iter()
            .map(|certificate| crate::cert::x509::canonical_names(certificate.der()))
            .collect();
        for (position, name) in names.iter().enumerate() {
            if let Some((subject, _)) = name {
                by_subject.entry(subject.clone()).or_default().push(position);
            }
        }
        let link = |position: usize| {
            let Some((subject, issuer)) = &names[position] else {
                return Link::Outside;
            };
            if subject == issuer {
                return Link::SelfIssued;
            }
            let own = &self.certificates[position];
            let candidates = by_subject.get(issuer).map(Vec::as_slice).unwrap_or_default();
            let fits = |candidate: &&usize| own.names_issuer(&self.certificates[**candidate]);
            // Usually only a few certificates share a name; looking at more would be quadratic.
            let mut near =
                candidates.iter().skip_while(|candidate| **candidate <= position).take(8);
            let found = near.find(fits).or_else(|| candidates.iter().take(8).find(fits));
            found.map_or(Link::Outside, |issuer| Link::IssuedBy(*issuer))
        };
        (0..names.len()).map(link).collect()
    }

    /// The positions on the path from the leaf upwards, as far as the chain goes.
    pub fn path(&self) -> Vec<usize> {
        let links = self.links();
        let Some(leaf) = self.leaf_position(&links) else {
            return Vec::new();
        };
        let mut path = vec![leaf];
        let mut seen = vec![false; links.len()];
        seen[leaf] = true;
        let mut last = leaf;
        while let Link::IssuedBy(issuer) = links[last] {
            if seen[issuer] {
                break;
            }
            seen[issuer] = true;
            path.push(issuer);
            last = issuer;
        }
        path
    }

    /// The first certificate that issued none of the others, preferably not a CA.
    fn leaf_position(&self, links: &[Link]) -> Option<usize> {
        let mut issues = vec![false; links.len()];
        for link in links {
            if let Link::IssuedBy(issuer) = link {
                issues[*issuer] = true;
            }
        }
        let free = |position: &usize| !issues[*position];
        let all = 0..links.len();
        all.clone()
            .filter(free)
            .find(|position| !self.certificates[*position].is_ca())
            .or_else(|| all.clone().find(free))
            .or_else(|| all.clone().next())
    }

    /// Problems of the chain by position. For a bundle of anchors only duplicates and unreadable
    /// certificates are reported.
    pub fn problems(&self) -> Vec<ChainProblem> {
        let mut problems = self.individual_problems();
        if self.certificates.len() < 2 || self.is_bundle() {
            return problems;
        }
        let links = self.links();
        let path = self.path();
        if let Some(leaf) = path.first().filter(|leaf| **leaf != 0) {
            problems.push(ChainProblem::LeafNotFirst { leaf: *leaf });
        }
        let mut duplicate = vec![false; links.len()];
        for problem in &problems {
            if let ChainProblem::Duplicate { position, .. } = problem {
                duplicate[*position] = true;
            }
        }
        let mut on_path = vec![false; links.len()];
        for position in &path {
            on_path[*position] = true;
        }
        for pair in path.windows(2) {
            let (subject, issuer) = (pair[0], pair[1]);
            if issuer < subject && subject == path[0] && path[0] != 0 {
                // Reported as a leaf that is not first.
            } else if issuer != subject + 1
                && !(subject + 1..issuer).all(|between| duplicate[between])
            {
                problems.push(ChainProblem::OutOfOrder { position: issuer });
            }
            if self.certificates.len() <= MOST_CHECKED
                && self.certificates[subject].is_signed_by(&self.certificates[issuer])
                    == Some(false)
            {
                problems.push(ChainProblem::BadSignature { position: subject, issuer });
            }
        }
        for (position, link) in links.iter().enumerate() {
            if *link == Link::SelfIssued && position != path[0] && on_path[position] {
                problems.push(ChainProblem::RootIncluded { position });
            } else if !on_path[position]
                && !duplicate[position]
                && self.certificates[position].fault.is_none()
            {
                problems.push(ChainProblem::Stray { position });
            }
        }
        problems.sort_by_key(ChainProblem::position);
        problems
    }

    fn individual_problems(&self) -> Vec<ChainProblem> {
        let mut first: HashMap<[u8; 32], usize> = HashMap::new();
        let mut problems = Vec::new();
        for (position, certificate) in self.certificates.iter().enumerate() {
            match first.get(&certificate.sha256) {
                Some(of) => problems.push(ChainProblem::Duplicate { position, of: *of }),
                None => {
                    first.insert(certificate.sha256, position);
                }
            }
            if let Some(why) = &certificate.fault {
                problems.push(ChainProblem::Unreadable { position, why: why.clone() });
            }
        }
        problems
    }
}
