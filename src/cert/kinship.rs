//! Which authority stands behind a certificate, where names alone would mislead.

use super::certificate::Certificate;
use super::chain::Chain;
use super::crl::Crl;
use super::key::PrivateKey;
use super::x509::canonical_names;

/// An authority that was renewed with another key: a chain needs the one, and the other is trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewed<'c> {
    /// The last certificate of the chain: its issuer is not trusted, or it is that issuer itself.
    pub member: &'c Certificate,
    /// The trusted certificate under the issuer's name, whose key did not sign it.
    pub trusted: &'c Certificate,
}

impl Chain {
    /// Whether all certificates are authorities', and `key` belongs to none of them: a chain from which
    /// the leaf was left out.
    pub fn lacks_leaf(&self, key: &PrivateKey) -> bool {
        !self.is_empty()
            && self
                .certificates()
                .iter()
                .all(|one| one.is_ca() && !one.is_self_issued() && key.matches(one) == Some(false))
    }

    /// Whether the chain ends below an authority whose name is trusted with another key only. None if
    /// some trusted certificate did issue a member of the chain, or no name fits.
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

    /// The authorities of a CA file that have no revocation list of their own among `lists`, in the
    /// order of the file. Envoy wants one of every issuer on the way up to a self-signed certificate.
    pub fn without_list<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        self.certificates()
            .iter()
            .filter(|authority| !lists.iter().any(|list| list.is_of(authority)))
            .collect()
    }

    /// The self-signed authorities of a CA file that none of their own lists speaks of, since those are
    /// for certificates of one distribution point, or for none of authorities. Envoy looks there for the
    /// authority itself, too.
    pub fn beyond_lists<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        let is_beyond = |authority: &&Certificate| {
            let mut own = lists.iter().filter(|list| list.is_of(authority)).peekable();
            own.peek().is_some() && own.all(|list| list.speaks_of(authority) == Some(false))
        };
        self.certificates().iter().filter(|one| one.is_self_issued()).filter(is_beyond).collect()
    }

    /// The authorities of a CA file below which a server's certificate passes, as far as there are
    /// revocation lists: each of them, and those above it in the file, have one that speaks of them.
    pub fn with_lists_all_the_way<'c>(&'c self, lists: &[Crl]) -> Vec<&'c Certificate> {
        let certificates = self.certificates();
        let mut lacking = self.without_list(lists);
        lacking.extend(self.beyond_lists(lists));
        let links = self.links();
        let covered = |start: usize| {
            let mut at = start;
            // No way up is longer than the file.
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
    /// Whether this list is issued under the name of `authority`, as BoringSSL compares names.
    pub fn is_of(&self, authority: &Certificate) -> bool {
        let Ok(list) = super::x509::Crl::parse(self.der()) else { return false };
        canonical_names(authority.der())
            .is_some_and(|(subject, _)| subject == list.issuer.canonical)
    }

    /// Whether this list speaks of a certificate that its issuer made; `None` if that cannot be told.
    fn speaks_of(&self, certificate: &Certificate) -> Option<bool> {
        let list = super::x509::Crl::parse(self.der()).ok()?;
        list.speaks_of(&super::x509::X509::parse(certificate.der()).ok()?)
    }
}
