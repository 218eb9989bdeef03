//! A second attempt with another ClientHello, which may show why the first one failed.

use crate::envoy::Alert;
use crate::probe::hello::Hello;
use crate::probe::target::{Conduct, Opinion, Target};
use crate::probe::wire::{Attempt, Ending, Presented, Reply, dial};

use super::demand::{Demand, demand};

/// The difference of the second attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    /// It sends this SNI.
    ServerName(String),
    /// It also offers TLS 1.3.
    Tls13,
}

/// A connection that Envoy would not make with this context, and its result.
#[derive(Debug, Clone)]
pub struct Knock {
    /// The difference.
    pub otherwise: Otherwise,
    /// The connection.
    pub attempt: Attempt,
    /// Whether the server requires a certificate with this ClientHello.
    pub demand: Demand,
}

impl Knock {
    /// Whether the connection got further: the server sent a chain, requested a certificate, or
    /// answered, unlike before.
    pub fn helps(&self, first: &Attempt) -> bool {
        let misdirected = first.status() == Some(421) && self.attempt.status() != Some(421);
        let asks = first.requested() == Some(false) && self.attempt.requested() == Some(true);
        let shows = first.chain.is_empty() && !self.attempt.chain.is_empty();
        let trusted = matches!(first.opinion, Some(Opinion::Refused { .. }))
            && self.attempt.opinion == Some(Opinion::Accepted);
        misdirected || asks || shows || trusted
    }
}

/// Makes a second attempt if the first one ended in a way that another ClientHello may change.
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

/// Whether the server supports none of the offered versions.
fn wants_version(first: &Attempt) -> bool {
    matches!(first.ending, Ending::HandshakeAlert(Alert(70)))
}

/// Whether the server may answer differently with SNI.
fn wants_name(target: &Target, first: &Attempt) -> bool {
    let silent_chain = first.chain.is_empty();
    let page = first.reply.as_ref().is_some_and(Reply::is_certificate_page);
    match &first.ending {
        Ending::HandshakeAlert(Alert(112)) => true,
        Ending::HandshakeAlert(Alert(40 | 80)) => silent_chain,
        Ending::HandshakeClosed { received: 0, .. } => true,
        _ if first.status() == Some(421) => true,
        // It never requested the certificate that it complains about.
        _ if page && first.requested() == Some(false) => true,
        // It presents another host's certificate, and may have one for this name.
        _ => {
            matches!(first.opinion, Some(Opinion::Refused { .. }))
                && server_name(target).is_some_and(|name| !is_for(first, &name))
        }
    }
}

/// The name that clients of this upstream mean: the request's Host, or the service's host.
fn server_name(target: &Target) -> Option<String> {
    let bare = |host: &str| host.split(':').next().unwrap_or_default().to_owned();
    [&target.authority, &target.host].into_iter().map(|host| bare(host)).find(|host| is_name(host))
}

/// Whether it can be sent as SNI: a name with a letter, not an address.
fn is_name(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_err()
        && host.contains(|letter: char| letter.is_ascii_alphabetic())
        && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(letter))
}

/// Whether the server's certificate has this name, literally or as a wildcard.
fn is_for(attempt: &Attempt, name: &str) -> bool {
    let Some(leaf) = attempt.chain.leaf() else { return false };
    leaf.alternative_names.dns.iter().any(|own| match own.strip_prefix("*.") {
        Some(parent) => {
            name.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent))
        }
        None => own.eq_ignore_ascii_case(name),
    })
}
