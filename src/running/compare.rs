//! The whole comparison: every cluster, the server, and extra clusters.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use super::divergence::{Divergence, Kind};
use super::frozen;
use super::held::{Held, HeldCluster, Server};
use super::tls::{Found, Look};
use super::wanted::Wanted;
use crate::cert::ExpiryMargin;
use crate::diagnostic::Severity;
use crate::world::{ClusterId, World};

/// The differences between Envoy and the input, and what was compared.
#[derive(Debug)]
pub struct Comparison {
    /// The server's information, if available.
    pub server: Option<Server>,
    /// The running Ambassador release, if its diagnostics show it.
    pub emissary: Option<String>,
    /// Every cluster of the input.
    pub clusters: Vec<Compared>,
    /// Envoy's clusters that are not in the input.
    pub left_over: Vec<String>,
    /// Differences, the worst first.
    pub divergences: Vec<Divergence>,
    /// What is unknown, and for which clusters.
    pub unknown: Vec<(String, Vec<ClusterId>)>,
    /// Notes that are not differences.
    pub notes: Vec<String>,
}

/// One cluster of the input.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Which one.
    pub cluster: ClusterId,
    /// Its name in Envoy.
    pub name: String,
    /// Whether Envoy has it.
    pub is_held: bool,
    /// `mutual TLS`, `TLS`, `plaintext`: what Envoy does.
    pub mode: &'static str,
    /// Handshakes that succeeded.
    pub handshakes: u64,
    /// Failed handshakes, by any counter.
    pub failures: u64,
}

/// Compares both sides. `now` and `margin` decide which certificates expire soon.
pub fn compare(
    world: &World,
    wanted: &[Wanted],
    held: &Held,
    margin: ExpiryMargin,
    now: OffsetDateTime,
) -> Comparison {
    let version = held.server.as_ref().map(|server| server.version.as_str()).unwrap_or_default();
    let look = Look {
        held,
        whole_bundles: minor(version).is_some_and(|minor| minor >= 40),
        frozen_note: frozen::note(world, held),
        margin,
        now,
    };
    let mut comparison = Comparison {
        server: held.server.clone(),
        emissary: held.emissary.clone(),
        clusters: Vec::new(),
        left_over: Vec::new(),
        divergences: Vec::new(),
        unknown: Vec::new(),
        notes: Vec::new(),
    };
    let mut taken = BTreeSet::new();
    for wanted in wanted {
        let found_cluster = of(held, wanted);
        let mut found = Found::default();
        match found_cluster {
            Some(cluster) => {
                taken.insert(cluster.name.clone());
                one(&look, &mut found, wanted, cluster);
            }
            None => missing(&look, &mut found, wanted),
        }
        comparison.clusters.push(compared(held, wanted, found_cluster));
        comparison.add(found, Some(wanted.cluster));
    }
    comparison.left_over = left_over(held, &taken);
    comparison.about_the_server(world, held);
    comparison.sort();
    comparison
}

/// Envoy's cluster for one of the input. Old Emissary releases number long names instead of hashing
/// them.
fn of<'h>(held: &'h Held, wanted: &Wanted) -> Option<&'h HeldCluster> {
    held.cluster(&wanted.name).or_else(|| {
        let (start, hash) = wanted.name.split_at_checked(40)?;
        if !hash.starts_with('-') {
            return None;
        }
        let numbered = |cluster: &&HeldCluster| {
            let rest = cluster.name.strip_prefix(start).and_then(|rest| rest.strip_prefix('-'));
            rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
                && cluster.address == wanted.address
        };
        held.clusters.iter().find(numbered)
    })
}

fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

fn missing(look: &Look<'_>, found: &mut Found, wanted: &Wanted) {
    found.push(
        Kind::Frozen,
        Severity::Error,
        format!("Envoy has no cluster {}, which the input asks for", wanted.name),
        vec![look.frozen_note.clone()],
        Some(
            "wait a few seconds; if it persists, look for `not updating` in Ambassador's log"
                .to_owned(),
        ),
    );
}

fn one(look: &Look<'_>, found: &mut Found, wanted: &Wanted, held: &HeldCluster) {
    if held.warming {
        found.push(
            Kind::NotReady,
            Severity::Error,
            format!("cluster {} is warming: Envoy does not use it yet", held.name),
            vec!["it is waiting for DNS or for endpoints".to_owned()],
            Some("check that the service's name resolves and that there are endpoints".to_owned()),
        );
    }
    let place = |address: &Option<(String, u16)>, endpoints: &Option<String>| match address {
        Some((host, port)) => format!("{host}:{port}"),
        None => endpoints.clone().unwrap_or_else(|| "nowhere".to_owned()),
    };
    let (is, should) =
        (place(&held.address, &held.endpoints), place(&wanted.address, &wanted.endpoints));
    if is != should {
        look.differs(found, "address", &is, &should);
    }
    if held.http2 != wanted.http2 {
        let word = |http2| if http2 { "HTTP/2" } else { "HTTP/1.1" };
        look.differs(found, "protocol", word(held.http2), word(wanted.http2));
    }
    match (&wanted.tls, &held.tls) {
        (None, None) => {}
        (Some(wanted), Some(held)) => look.tls(found, wanted, held),
        (wanted, held) => {
            let word = |tls: bool| if tls { "TLS" } else { "plaintext" };
            look.differs(found, "encryption", word(held.is_some()), word(wanted.is_some()));
        }
    }
    if held.tls.is_some() {
        counters(look.held, found, held);
    }
}

fn counters(held: &Held, found: &mut Found, cluster: &HeldCluster) {
    let name = &cluster.stat_name;
    let good = held.counters.of(name, "ssl.handshake");
    let others = held.clusters.iter().filter(|other| other.stat_name == *name).count() - 1;
    for (counter, count, means) in held.counters.failures(name) {
        let mut notes = vec![format!("cluster.{name}.{counter}: {count}; ssl.handshake: {good}")];
        if others > 0 {
            notes.push(format!("{others} other cluster(s) share these counters"));
        }
        found.push(
            Kind::HandshakesFail,
            // Counted since startup, so it may be long over.
            Severity::Warning,
            format!("{count} handshake(s) failed since Envoy started: {means}"),
            notes,
            Some("run `mtlsctl probe` to see whether they still fail".to_owned()),
        );
    }
}

fn compared(held: &Held, wanted: &Wanted, cluster: Option<&HeldCluster>) -> Compared {
    let tls = cluster.and_then(|cluster| cluster.tls.as_ref());
    let count =
        |counter| cluster.map_or(0, |cluster| held.counters.of(&cluster.stat_name, counter));
    let failures = cluster.map_or(0, |cluster| {
        held.counters.failures(&cluster.stat_name).map(|(_, count, _)| count).sum()
    });
    Compared {
        cluster: wanted.cluster,
        name: cluster.map_or(&wanted.name, |cluster| &cluster.name).clone(),
        is_held: cluster.is_some(),
        mode: match (cluster, tls) {
            (None, _) => "missing",
            (Some(_), None) => "plaintext",
            (Some(_), Some(tls)) if tls.certificate.is_some() => "mutual TLS",
            (Some(_), Some(_)) => "TLS",
        },
        handshakes: count("ssl.handshake"),
        failures,
    }
}

/// Emissary's internal clusters have loopback addresses or are in the bootstrap.
fn left_over(held: &Held, taken: &BTreeSet<String>) -> Vec<String> {
    let own = |cluster: &&HeldCluster| {
        let loopback = cluster
            .address
            .as_ref()
            .is_some_and(|(host, port)| host == "127.0.0.1" && matches!(port, 8003..=8006 | 8877));
        loopback || cluster.name == "xds_cluster"
    };
    let rest = held.clusters.iter().filter(|cluster| !taken.contains(&cluster.name));
    let names: BTreeSet<String> =
        rest.filter(|cluster| !own(cluster)).map(|cluster| cluster.name.clone()).collect();
    names.into_iter().collect()
}

impl Comparison {
    fn about_the_server(&mut self, world: &World, held: &Held) {
        self.divergences.extend(frozen::by_input(world));
        if let Some(server) = held.server.as_ref().filter(|server| server.state != "LIVE") {
            self.divergences.push(Divergence {
                kind: Kind::NotReady,
                severity: Severity::Error,
                message: format!("Envoy is {}, not LIVE", server.state),
                notes: Vec::new(),
                help: Some("read Ambassador's log".to_owned()),
                clusters: Vec::new(),
            });
        }
        let frozen = self.divergences.iter().any(|one| one.kind == Kind::Frozen);
        for name in &self.left_over {
            self.divergences.push(Divergence {
                kind: Kind::Frozen,
                severity: Severity::Warning,
                message: format!("Envoy has cluster {name}, which nothing in the input asks for"),
                notes: vec![frozen::note(world, held)],
                help: Some(
                    "check that the input is complete; if it is, Envoy has an older configuration"
                        .to_owned(),
                ),
                clusters: Vec::new(),
            });
        }
        if let Some(rejected) = frozen::rejected(held).filter(|_| !frozen) {
            self.notes.push(format!("{rejected}, but it now matches the input"));
        }
    }

    fn add(&mut self, found: Found, cluster: Option<ClusterId>) {
        for mut divergence in found.divergences {
            let same = |other: &&mut Divergence| {
                other.kind == divergence.kind
                    && other.message == divergence.message
                    && other.notes == divergence.notes
            };
            match self.divergences.iter_mut().find(same) {
                Some(other) => other.clusters.extend(cluster),
                None => {
                    divergence.clusters.extend(cluster);
                    self.divergences.push(divergence);
                }
            }
        }
        for unknown in found.unknown {
            match self.unknown.iter_mut().find(|(other, _)| *other == unknown) {
                Some((_, clusters)) => clusters.extend(cluster),
                None => self.unknown.push((unknown, cluster.into_iter().collect())),
            }
        }
    }

    fn sort(&mut self) {
        // Errors first; then frozen configurations before stale ones.
        self.divergences.sort_by(|one, other| {
            (other.severity, one.kind, &one.clusters).cmp(&(
                one.severity,
                other.kind,
                &other.clusters,
            ))
        });
    }
}
