//! Compares the two sides of one upstream, aspect by aspect.

use crate::cert::Phase;
use crate::envoy::EnvoyVerdict;
use crate::world::{
    Because, CertificateFacts, Dropped, Pem, PemFrom, Tls, TlsMode, Upstream, Versions,
};

use super::difference::{Aspect, Difference, Rank};
use super::place::place;
use super::revocation::Revocation;
use super::side::Side;
use super::verdict;

/// The differences of the two sides, the worst first.
pub(super) fn compare(before: Side<'_>, after: Side<'_>) -> Vec<Difference> {
    let mut found = Found { before, after, differences: Vec::new() };
    found.cluster();
    let tls = |side: Side<'_>| side.world.tls_with_certificates(side.upstream);
    if let (Some(old), Some(new)) = (tls(before), tls(after)) {
        found.route();
        found.tls(&old, &new);
        found.validity();
        found.verdict();
    }
    found.differences.sort_by_key(|difference| (difference.rank, difference.aspect));
    found.differences
}

struct Found<'w> {
    before: Side<'w>,
    after: Side<'w>,
    differences: Vec<Difference>,
}

impl Found<'_> {
    fn add(&mut self, aspect: Aspect, before: String, after: String, rank: Rank) {
        let at = |side: Side<'_>| Some(place(side.world, side.upstream, aspect));
        let (place_before, place_after) = (at(self.before), at(self.after));
        let difference = Difference { aspect, before, after, rank, place_before, place_after };
        self.differences.push(difference);
    }

    /// Adds a difference; `rank` is evaluated only then.
    fn unless_equal(&mut self, aspect: Aspect, before: String, after: String, rank: Rank) {
        if before != after {
            self.add(aspect, before, after, rank);
        }
    }

    /// Whether Emissary creates a cluster.
    fn cluster(&mut self) {
        let told = |upstream: &Upstream| match (&upstream.dropped, upstream.cluster) {
            (Some(Dropped::Redirects), _) => "none: it redirects".to_owned(),
            (Some(Dropped::Faulty(fault)), _) => format!("none: {fault}"),
            (None, Some(_)) => "made".to_owned(),
            (None, None) => "none".to_owned(),
        };
        let is_made = |side: Side<'_>| side.upstream.cluster.is_some();
        let rank = Rank::of_change(is_made(self.before), is_made(self.after));
        let (before, after) = (told(self.before.upstream), told(self.after.upstream));
        self.unless_equal(Aspect::Cluster, before, after, rank);
    }

    fn route(&mut self) {
        let told = |routed: bool| if routed { "routed" } else { "not routed" };
        let (before, after) = (self.before.upstream.routed, self.after.upstream.routed);
        let (old, new) = (told(before).to_owned(), told(after).to_owned());
        self.unless_equal(Aspect::Route, old, new, Rank::of_change(before, after));
    }

    fn tls(&mut self, old: &Tls, new: &Tls) {
        let rank = Rank::of_change(old.mode, new.mode);
        self.unless_equal(Aspect::Mode, old.mode.to_string(), new.mode.to_string(), rank);
        let (before, after) = (old.to.to_string(), new.to.to_string());
        self.unless_equal(Aspect::Destination, before, after, Rank::Neutral);
        let name = |tls: &Tls| match &tls.context {
            Some(context) => format!("{}/{}", context.namespace, context.name),
            None => "none".to_owned(),
        };
        let rank = Rank::of_change(!is_unasked(old), !is_unasked(new));
        self.unless_equal(Aspect::Context, name(old), name(new), rank);
        self.sharing(old, new);
        self.certificate(old, new);
        // Without verification, nothing can be more or less strict.
        if old.mode != TlsMode::Plaintext && new.mode != TlsMode::Plaintext {
            self.trust(old, new);
            self.unless_equal(Aspect::Sni, sni(old), sni(new), Rank::Neutral);
            let (before, after) = (list(&old.alpn), list(&new.alpn));
            self.unless_equal(Aspect::Alpn, before, after, Rank::Neutral);
            self.versions(old, new);
            let (before, after) = (list(&old.ciphers), list(&new.ciphers));
            self.unless_equal(Aspect::Ciphers, before, after, Rank::Neutral);
            let (before, after) = self.curves(old, new);
            self.unless_equal(Aspect::Curves, before, after, Rank::Neutral);
        }
    }

    /// Another object's cluster, with its certificate and CAs instead of the configured ones.
    fn sharing(&mut self, old: &Tls, new: &Tls) {
        let told = |tls| made_by(tls).unwrap_or_else(|| "own cluster".to_owned());
        let is_alike = old.mode == new.mode
            && old.presents == new.presents
            && old.trusts == new.trusts
            && old.revokes == new.revokes;
        let rank = match is_alike {
            true => Rank::Neutral,
            false => Rank::of_change(made_by(old).is_none(), made_by(new).is_none()),
        };
        self.unless_equal(Aspect::Sharing, told(old), told(new), rank);
    }

    fn certificate(&mut self, old: &Tls, new: &Tls) {
        let (before, after) = (pem(old.presents.as_ref()), pem(new.presents.as_ref()));
        if let (Some(was), Some(is)) = (&old.presents, &new.presents) {
            let leaf = |pem: &Pem| pem.certificates.first().map(|leaf| leaf.subject.clone());
            // Another subject is another identity to the server, unless the previous one came from
            // another object through a shared cluster; a certificate that is not in the input may
            // have any identity.
            let is_own_again = made_by(old).is_some() && made_by(new).is_none();
            let rank = match (leaf(was), leaf(is)) {
                (Some(was), Some(is)) if was != is && !is_own_again => Rank::Downgrade,
                _ => Rank::Neutral,
            };
            self.unless_equal(Aspect::Certificate, before, after, rank);
            let from = |tls: &Tls| {
                tls.key.as_ref().map_or_else(|| "none".to_owned(), |pem| from(&pem.from))
            };
            self.unless_equal(Aspect::Key, from(old), from(new), Rank::Neutral);
        }
    }

    fn trust(&mut self, old: &Tls, new: &Tls) {
        let any = "any certificate".to_owned();
        let told = |tls: &Tls| match &tls.trusts {
            Some(_) => pem(tls.trusts.as_ref()),
            None => any.clone(),
        };
        let rank = Rank::of_change(old.trusts.is_some(), new.trusts.is_some());
        self.unless_equal(Aspect::Trust, told(old), told(new), rank);
        let (was, is) = (self.before.revocation(), self.after.revocation());
        let worth = |tls: &Tls, lists: &Revocation| match (&tls.revokes, lists.refuses_all) {
            (Some(_), true) => 0,
            (None, _) => 1,
            (Some(_), false) => 2,
        };
        let rank = Rank::of_change(worth(old, &was), worth(new, &is));
        let told = |tls: &Tls, lists: &Revocation| match &tls.revokes {
            Some(pem) => format!("{}{}", from(&pem.from), lists.told),
            None => "none".to_owned(),
        };
        self.unless_equal(Aspect::Revocation, told(old, &was), told(new, &is), rank);
    }

    fn versions(&mut self, old: &Tls, new: &Tls) {
        let (Some(was), Some(is)) = (&old.versions, &new.versions) else { return };
        let offers = |versions: &Versions| versions.min <= versions.max;
        let of_range = match Rank::of_change(&was.min, &is.min) {
            Rank::Neutral => Rank::of_change(&was.max, &is.max),
            rank => rank,
        };
        let rank = match (offers(was), offers(is)) {
            (true, true) => of_range,
            (was, is) => Rank::of_change(was, is),
        };
        self.unless_equal(Aspect::Versions, range(was), range(is), rank);
    }

    /// The groups; Envoy's defaults are listed if the two sides have different Envoy versions.
    fn curves(&self, old: &Tls, new: &Tls) -> (String, String) {
        let version = |side: Side<'_>| side.world.settings.envoy();
        let is_same = version(self.before) == version(self.after);
        let told = |side: Side<'_>, tls: &Tls| match tls.curves.is_empty() && !is_same {
            true => verdict::default_groups(side.world, tls),
            false => list(&tls.curves),
        };
        (told(self.before, old), told(self.after, new))
    }

    /// Certificates that are valid on only one side, because of the time or the file.
    fn validity(&mut self) {
        let (before, after) = (self.before.phases(), self.after.phases());
        for (name, (new, said)) in after.iter() {
            let Some((old, was)) = before.get(name) else { continue };
            let rank = Rank::of_change(*old == Phase::Valid, *new == Phase::Valid);
            self.unless_equal(Aspect::Validity, was.clone(), said.clone(), rank);
        }
    }

    /// Whether a peer with the same CAs accepts the client certificate, if it does on one side.
    fn verdict(&mut self) {
        let has = |aspect| self.differences.iter().any(|one| one.aspect == aspect);
        let sides = (self.before.verdict(), self.after.verdict());
        let (Some(before), Some(after)) = sides else { return };
        let is_accepted = |verdict: &EnvoyVerdict| *verdict == EnvoyVerdict::Accepted;
        let (was, is) = (is_accepted(&before), is_accepted(&after));
        let is_unknown = |verdict: &EnvoyVerdict| matches!(verdict, EnvoyVerdict::Unknown { .. });
        let unknown = is_unknown(&before) || is_unknown(&after);
        // If one side is unknown, only a rejection on the other is reported.
        let is_same = if unknown { was || is || before == after } else { was == is };
        // An expired certificate is already reported.
        if is_same || has(Aspect::Validity) {
            return;
        }
        // The server's CAs are unknown: if they change here, they may change there as well.
        let rank = match has(Aspect::Trust) {
            true => Rank::Neutral,
            false if unknown => Rank::Neutral,
            false => Rank::of_change(was, is),
        };
        self.add(Aspect::Verdict, verdict::told(&before), verdict::told(&after), rank);
    }
}

/// The object whose context the cluster uses, if it is another one.
fn made_by(tls: &Tls) -> Option<String> {
    tls.because.iter().find_map(|step| match step {
        Because::MadeBy { kind, namespace, name } => {
            Some(format!("cluster made by {kind} {namespace}/{name}"))
        }
        _ => None,
    })
}

/// Whether an unreferenced context is used because it has the name that Emissary reserves for TLS
/// without a client certificate.
fn is_unasked(tls: &Tls) -> bool {
    let is_named = |step: &Because| matches!(step, Because::Named { .. });
    tls.context.is_some() && made_by(tls).is_none() && !tls.because.iter().any(is_named)
}

fn sni(tls: &Tls) -> String {
    tls.sni.clone().unwrap_or_else(|| "none".to_owned())
}

fn list(values: &[String]) -> String {
    if values.is_empty() { "Envoy's default".to_owned() } else { values.join(", ") }
}

fn range(versions: &Versions) -> String {
    let Versions { min, max } = versions;
    if min <= max { format!("{min} to {max}") } else { format!("none: {min} to {max}") }
}

/// A source and its certificates: two with the same name may differ.
fn pem(pem: Option<&Pem>) -> String {
    let Some(pem) = pem else { return "none".to_owned() };
    let certificates: Vec<String> = pem.certificates.iter().map(certificate).collect();
    match certificates.is_empty() {
        true => from(&pem.from),
        false => format!("{} ({})", from(&pem.from), certificates.join("; ")),
    }
}

fn certificate(facts: &CertificateFacts) -> String {
    let end = facts.not_after.as_deref().and_then(|end| end.get(..10)).unwrap_or("?");
    let print = facts.sha256.get(..12).unwrap_or(&facts.sha256);
    format!("`{}`, expires {end}, sha256 {print}…", facts.subject)
}

fn from(from: &PemFrom) -> String {
    match from {
        PemFrom::File(path) => path.clone(),
        PemFrom::Secret { namespace, name, key, is_in_input: true } => {
            format!("`{key}` of Secret {namespace}/{name}")
        }
        PemFrom::Secret { namespace, name, key, is_in_input: false } => {
            format!("`{key}` of Secret {namespace}/{name} (not in the input)")
        }
        PemFrom::Nothing { namespace, name } => format!("nothing in Secret {namespace}/{name}"),
    }
}
