//! A second knock, where the first one failed and another hello may tell why.

use crate::envoy::Alert;
use crate::probe::hello::Hello;
use crate::probe::target::{Conduct, Opinion, Target};
use crate::probe::wire::{Attempt, Ending, Presented, Reply, dial};

use super::demand::{Demand, demand};

/// What the second knock does otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    /// It sends this server name.
    ServerName(String),
    /// It offers TLS 1.3, too.
    Tls13,
}

/// A connection that Envoy would not make with this context, and what it brought to light.
#[derive(Debug, Clone)]
pub struct Knock {
    /// What was done otherwise.
    pub otherwise: Otherwise,
    /// The connection.
    pub attempt: Attempt,
    /// Whether the server insists on a certificate when it is spoken to so.
    pub demand: Demand,
}

impl Knock {
    /// Whether the server got further with it: it showed a chain, asked for a certificate, or answered
    /// where it had not before.
    pub fn helps(&self, first: &Attempt) -> bool {
        let misdirected = first.status() == Some(421) && self.attempt.status() != Some(421);
        let asks = first.requested() == Some(false) && self.attempt.requested() == Some(true);
        let shows = first.chain.is_empty() && !self.attempt.chain.is_empty();
        let trusted = matches!(first.opinion, Some(Opinion::Refused { .. }))
            && self.attempt.opinion == Some(Opinion::Accepted);
        misdirected || asks || shows || trusted
    }
}

/// Knocks once more where the first attempt ended in a way that another hello may change.
pub(super) async fn knock(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
    first: &Attempt,
) -> Option<Knock> {
    if !hello.as_envoy {
        return None;
    }
    let (otherwise, other) = match wants_version(first) {
        true => (Otherwise::Tls13, hello.with_tls13()?),
        false => {
            let name = server_name(target).filter(|_| hello.sni.is_none())?;
            if !wants_name(target, first) {
                return None;
            }
            let other = hello.with_server_name(&name)?;
            (Otherwise::ServerName(name), other)
        }
    };
    let presented = match target.identity {
        Some(_) => Presented::Context,
        None => Presented::Nothing,
    };
    let attempt = dial(target, conduct, &other, presented).await;
    let without = match (presented, conduct.negative && attempt.requested() == Some(true)) {
        (Presented::Context, true) => Some(dial(target, conduct, &other, Presented::Nothing).await),
        _ => None,
    };
    let demand = match presented {
        Presented::Context => demand(Some(&attempt), without.as_ref()),
        Presented::Nothing => demand(None, Some(&attempt)),
    };
    Some(Knock { otherwise, attempt, demand })
}

/// The server takes no version that was offered.
fn wants_version(first: &Attempt) -> bool {
    matches!(first.ending, Ending::HandshakeAlert(Alert(70)))
}

/// The server may have had another answer for a client that says whom it wants.
fn wants_name(target: &Target, first: &Attempt) -> bool {
    let silent_chain = first.chain.is_empty();
    let page = first.reply.as_ref().is_some_and(Reply::is_certificate_page);
    match &first.ending {
        Ending::HandshakeAlert(Alert(112)) => true,
        Ending::HandshakeAlert(Alert(40 | 80)) => silent_chain,
        Ending::HandshakeClosed { received: 0, .. } => true,
        _ if first.status() == Some(421) => true,
        // It never asked for the certificate that it misses.
        _ if page && first.requested() == Some(false) => true,
        // Another's certificate: it may have one for this name.
        _ => {
            matches!(first.opinion, Some(Opinion::Refused { .. }))
                && server_name(target).is_some_and(|name| !is_for(first, &name))
        }
    }
}

/// The name that clients of this upstream mean: the Host of the request, or the service's.
fn server_name(target: &Target) -> Option<String> {
    let bare = |host: &str| host.split(':').next().unwrap_or_default().to_owned();
    [&target.authority, &target.host].into_iter().map(|host| bare(host)).find(|host| is_name(host))
}

/// Whether this can be sent as SNI: a name with a letter in it, and no address.
fn is_name(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_err()
        && host.contains(|letter: char| letter.is_ascii_alphabetic())
        && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(letter))
}

/// Whether the server's certificate has this name, itself or by a wildcard.
fn is_for(attempt: &Attempt, name: &str) -> bool {
    let Some(leaf) = attempt.chain.leaf() else { return false };
    leaf.alternative_names.dns.iter().any(|own| match own.strip_prefix("*.") {
        Some(parent) => {
            name.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent))
        }
        None => own.eq_ignore_ascii_case(name),
    })
}
