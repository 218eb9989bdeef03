//! The revocation lists of an upstream, with identifying details.

use time::OffsetDateTime;

use crate::cert::Crl;
use crate::world::{ContextId, CredentialRole, World};

/// The revocation lists of an upstream.
#[derive(Default)]
pub(super) struct Revocation {
    /// The lists in parentheses, as the end of a sentence; empty if they are not in the input.
    pub(super) told: String,
    /// Whether Envoy rejects every server because of them: it needs a current list from every
    /// issuer.
    pub(super) refuses_all: bool,
}

/// The lists that Envoy verifies with at the given time.
pub(super) fn of(world: &World, id: ContextId) -> Revocation {
    let held = |role| world.credential(id, role);
    let Some(lists) = held(CredentialRole::Crl).map(|credential| &credential.crls) else {
        return Revocation::default();
    };
    let each: Vec<String> = lists.iter().map(one).collect();
    let each = if each.is_empty() { "no list".to_owned() } else { each.join("; ") };
    let refused = held(CredentialRole::TrustedCa).and_then(|ca| {
        let all: Vec<Crl> = lists.iter().chain(&ca.crls).cloned().collect();
        let is_readable = all.iter().all(|list| list.fault.is_none());
        let now = world.settings.now;
        let is_due = |list: &Crl| list.next_update.zip(now).is_some_and(|(due, now)| due < now);
        let current: Vec<Crl> = all.iter().filter(|list| !is_due(list)).cloned().collect();
        let passes = |lists: &[Crl]| !ca.chain.fully_covered_by(lists).is_empty();
        match (is_readable, passes(&all), passes(&current)) {
            (false, ..) | (_, _, true) => None,
            (true, false, _) => Some("unable to get certificate CRL"),
            (true, true, false) => Some("CRL has expired"),
        }
    });
    let why = refused.map(|words| format!("; Envoy rejects every server: {words}"));
    Revocation {
        told: format!(" ({each}{})", why.unwrap_or_default()),
        refuses_all: refused.is_some(),
    }
}

fn one(list: &Crl) -> String {
    let day = |moment: OffsetDateTime| moment.date().to_string();
    let due = list.next_update.map_or_else(|| "none".to_owned(), day);
    let print = list.fingerprint();
    let print = print.get(..12).unwrap_or(&print);
    format!(
        "list of `{}`, {} revoked, next update {due}, sha256 {print}…",
        list.issuer,
        list.revoked.len()
    )
}
