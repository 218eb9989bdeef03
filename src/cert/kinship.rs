//! Finds the authority of a certificate where names alone would mislead.

use super::certificate::Certificate;
use super::chain::Chain;
use super::crl::Crl;
use super::key::PrivateKey;
use super::x509::canonical_names;

/// An authority that was renewed with another key: the chain needs one, the other one is trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewed<'c> {
    /// The last certificate of the chain: its issuer is not trusted, or it is that issuer.
    pub member: &'c Certificate,
    /// The trusted certificate with the issuer's name, whose key did not sign it.
    pub trusted: &'c Certificate,
}

impl Chain {
    /// Whether all certificates are CAs and `key` belongs to none of them: a chain without its
    /// leaf.
    pub fn lacks_leaf(&self, key: &PrivateKey) -> bool {
        !self.is_empty()
            && self
                .certificates()
                .iter()
                .all(|one| one.is_ca() && !one.is_self_issued() && key.matches(one) == Some(false))
    }

    /// Whether the chain ends below an authority that is trusted only with another key. `None` if a
    /// trusted certificate issued a member of the chain, or if no name matches.
    pub fn renewed_authority<'c>(&'c self, anchors: &'c Self) -> Option<Renewed<'c>> {
        let certificates = self.certificates();
        let path: Vec<&Certificate> =
            self.path().into_iter().map(|position| &certificates[position]).collect();
        let issued = |member: &Certificate, anchor: &Certificate| {
            member.der() == anchor.der()
                || member.names_issuer(anchor) && member.is_signed_by(anchor) != Some(false)
        };
        let is_trusted = |member: &&Certificate| {
            anchors.certificates().iter().any(|anchor| issued(member, anchor))
        };
        if path.iter().any(is_trusted) {
            return None;
        }
        let member = *path.last()?;
        let (_, issuer) = canonical_names(member.der())?;
        let trusted = anchors.certificates().iter().find(|anchor| {
            canonical_names(anchor.der()).is_some_and(|(subject, _)| subject == issuer)
                && member.is_signed_by(anchor) == Some(false)
        })?;
        Some(Renewed { member, trusted })
    }

    /// The CAs in a CA file without their own revocation list among `lists`, in file order. Envoy
    /// requires a list of every issuer up to a self-signed certificate.
    pub fn without_list_among<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        self.certificates()
            .iter()
            .filter(|authority| !lists.iter().any(|list| list.is_of(authority)))
            .collect()
    }

    /// The self-signed CAs in a CA file that none of their own lists covers, since those are for
    /// certificates of a distribution point or exclude CAs. Envoy also looks up the CA itself in
    /// them.
    pub fn not_covered_by<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        let is_beyond = |authority: &&Certificate| {
            let mut own = lists.iter().filter(|list| list.is_of(authority)).peekable();
            own.peek().is_some() && own.all(|list| list.covers(authority) == Some(false))
        };
        self.certificates().iter().filter(|one| one.is_self_issued()).filter(is_beyond).collect()
    }

    /// The CAs in a CA file below which a server's certificate is accepted, as far as revocation
    /// lists are concerned: they and their issuers in the file all have a list that covers them.
    pub fn fully_covered_by<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        let certificates = self.certificates();
        let mut lacking = self.without_list_among(lists);
        lacking.extend(self.not_covered_by(lists));
        let links = self.links();
        let covered = |start: usize| {
            let mut at = start;
            // No path is longer than the file.
            for _ in 0..certificates.len() {
                if lacking.iter().any(|one| one.der() == certificates[at].der()) {
                    return false;
                }
                match links[at] {
                    super::chain::Link::IssuedBy(issuer) => at = issuer,
                    _ => break,
                }
            }
            true
        };
        (0..certificates.len()).filter(|at| covered(*at)).map(|at| &certificates[at]).collect()
    }
}

impl Crl {
    /// Whether this list has the name of `authority` as its issuer, compared as in BoringSSL.
    pub fn is_of(&self, authority: &Certificate) -> bool {
        let Ok(list) = super::x509::Crl::parse(self.der()) else { return false };
        canonical_names(authority.der())
            .is_some_and(|(subject, _)| subject == list.issuer.canonical)
    }

    /// Whether this list covers a certificate of its issuer; `None` if that cannot be determined.
    fn covers(&self, certificate: &Certificate) -> Option<bool> {
        let list = super::x509::Crl::parse(self.der()).ok()?;
        list.covers(&super::x509::X509::parse(certificate.der()).ok()?)
    }
}
