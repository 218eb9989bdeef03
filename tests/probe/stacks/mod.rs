//! Server stacks in common use: never, optional and required, with seven credentials over TLS 1.2
//! and 1.3. A real Envoy connects to the same doors, and the probe's verdict must be Envoy's
//! result; the detected requirement must be the configured one.

mod credential;
mod door;
mod envoy;
mod haproxy;
mod languages;
mod nginx;
mod plain_tcp;
mod servers;
mod starttls;
mod stunnel;
mod web;

use std::fmt::Write;
use std::time::Duration;

use mtlsctl::probe::{
    Codec, EnvoyOutcome as Verdict, Mutual, Offer, Story, Target, TlsVersion, probe_all,
};

use crate::beside::ambassador::{Ambassador, bare};
use crate::beside::case::{Case, Serving, case};
use crate::common::{conduct, identity, run, story, target, trusting};
use crate::support::peer::{Pki, Tls, folder};
use credential::{Credential, Wallet};
use door::Door;
use servers::Stack;

/// The results for all cells of a stack.
#[derive(Debug, Default)]
struct Tally {
    cells: usize,
    unknown: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    /// Records an unknown result; if it cannot be known it does not count, but a wrong one does.
    fn open(&mut self, cell: &Cell<'_>, what: &str) {
        let good = matches!(cell.credential, Credential::Right | Credential::WithIntermediate);
        if !cell.door.veiled || good {
            self.unknown.push(format!("{}: {what}", cell.id));
        }
    }
}

struct Cell<'d> {
    door: &'d Door,
    tls: Tls,
    credential: Credential,
    id: &'static str,
}

fn cells(doors: &[Door]) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for door in doors {
        for tls in [Tls::V12, Tls::V13] {
            for credential in Credential::ALL {
                let id = format!(
                    "{}-{}-{credential:?}",
                    door.name.replace([' ', '/'], "-"),
                    tls.number()
                );
                cells.push(Cell { door, tls, credential, id: Box::leak(id.into_boxed_str()) });
            }
        }
    }
    cells
}

fn aimed(cell: &Cell<'_>, wallet: &Wallet, ca: &str) -> Target {
    let pair = wallet.pair(cell.credential);
    let mut target = target(cell.door.port, cell.tls, pair.map(identity));
    target.offer.codec = cell.door.codec;
    target.path = cell.door.path.to_owned();
    target.starttls = cell.door.starttls;
    target.trust = trusting(Some(ca));
    target
}

/// Probes every door with every credential, also with a real Envoy if it speaks HTTP.
fn judge(stack: Stack) -> Tally {
    let pki = Pki::new(folder("stacks"));
    let wallet = Wallet::new(&pki);
    let (doors, processes) = servers::start(stack, &pki);
    let cells = cells(&doors);
    let cases: Vec<Case> = cells
        .iter()
        .filter(|cell| cell.door.codec != Codec::Raw)
        .map(|cell| Case {
            server: Serving::There(cell.door.port),
            offer: Offer {
                max: (cell.tls == Tls::V13).then_some(TlsVersion::V1_3),
                codec: cell.door.codec,
                ..Offer::default()
            },
            client: wallet.pair(cell.credential).cloned(),
            path: cell.door.path,
            ..case(cell.id, "")
        })
        .collect();
    let ports: Vec<u16> = cells
        .iter()
        .filter(|cell| cell.door.codec != Codec::Raw)
        .map(|cell| cell.door.port)
        .collect();
    let ambassador = (!cases.is_empty()).then(|| Ambassador::start(&pki, &cases, &ports));
    let targets = cells.iter().map(|cell| aimed(cell, &wallet, &pki.authority.pem)).collect();
    let stories =
        run(probe_all(targets, conduct(Duration::from_secs(3)), 6, |_| (), std::future::pending()));

    let mut tally = Tally { cells: cells.len(), ..Tally::default() };
    for (cell, told) in cells.iter().zip(&stories) {
        let mut faults = String::new();
        let demand = cell.door.demand(cell.tls);
        if told.mutual == Mutual::Unknown {
            assert!(told.mutual_unknown.is_some(), "{}: unknown without a reason", cell.id);
            if demand != Mutual::Unknown {
                tally.open(cell, "demand");
            }
        } else if told.mutual != demand {
            let _ = write!(faults, "demand {:?}, not {demand:?}; ", told.mutual);
        }
        match ambassador.as_ref().filter(|_| cell.door.codec != Codec::Raw) {
            Some(ambassador) => {
                let got = ambassador.answered(cell.id, cell.door.codec);
                match agrees(&got, told) {
                    Some(true) => {}
                    None => tally.open(cell, "verdict"),
                    Some(false) => {
                        let _ =
                            write!(faults, "Envoy got {got:?}, the probe says {:?}", told.envoy);
                    }
                }
            }
            None => faults.push_str(&unseen(cell, told)),
        }
        if !faults.is_empty() {
            tally.wrong.push(format!("{stack:?} {}: {faults}\n{}", cell.id, story(told)));
        }
    }
    println!(
        "{stack:?}: {} cells, {} unknown, {} wrong",
        tally.cells,
        tally.unknown.len(),
        tally.wrong.len()
    );
    if !tally.wrong.is_empty() {
        let logs: String = processes.iter().map(crate::support::peer::Process::said).collect();
        println!("{logs}");
    }
    tally
}

/// Whether the probe's verdict is Envoy's result: code, flags and reason.
fn agrees((code, flags, reason): &(u16, String, String), told: &Story) -> Option<bool> {
    Some(match &told.envoy {
        Verdict::Unknown(_) => return None,
        // The application's response to a client that the server accepts does not matter.
        Verdict::Accepted => {
            flags.is_empty() && (*code == 200 || (*code < 500 && told.accepted() == Some(true)))
        }
        Verdict::PassedOn(status) => code == status && flags.is_empty(),
        Verdict::Refused(refusal) => {
            let log = refusal.log.as_deref().map(bare).unwrap_or_default();
            refusal.flags == flags && log == *reason && (*code != 200 || !flags.is_empty())
        }
        Verdict::ConfigRejected(_) => false,
    })
}

/// For TCP services, without an Envoy: our certificate is accepted if the stack accepts it.
fn unseen(cell: &Cell<'_>, told: &Story) -> String {
    let asked = cell.door.demand != Mutual::NotRequested;
    let good = match cell.credential {
        Credential::Right | Credential::WithIntermediate => true,
        Credential::ServerOnly => cell.door.takes_servers,
        _ => false,
    };
    let expected = (asked && cell.credential != Credential::None).then_some(good);
    match told.accepted() == expected {
        true => String::new(),
        false => format!("accepted {:?}, not {expected:?}", told.accepted()),
    }
}

/// Checks the limits for the stacks of a test: nothing wrong, at most one cell in fifty unknown.
fn hold(stacks: &[Stack]) {
    let tallies: Vec<Tally> = stacks.iter().map(|stack| judge(*stack)).collect();
    let cells: usize = tallies.iter().map(|tally| tally.cells).sum();
    let unknown: Vec<&String> = tallies.iter().flat_map(|tally| &tally.unknown).collect();
    let wrong: Vec<&str> =
        tallies.iter().flat_map(|tally| tally.wrong.iter().map(String::as_str)).collect();
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unknown.len() * 50 <= cells, "{} of {cells} cells: {unknown:?}", unknown.len());
}

#[test]
fn servers_that_reject_with_alerts_are_understood() {
    hold(&[Stack::Tomcat, Stack::Jsse, Stack::Erlang, Stack::Lighttpd, Stack::Rustls]);
}

#[test]
fn servers_that_reject_by_closing_are_understood() {
    hold(&[Stack::Node, Stack::Bun, Stack::Uvicorn, Stack::Gunicorn, Stack::Puma, Stack::Grpc]);
}

#[test]
fn apache_is_understood_with_settings_for_hosts_and_paths() {
    hold(&[Stack::Apache]);
}

#[test]
fn caddy_answers_421_without_a_server_name() {
    hold(&[Stack::Caddy]);
}

#[test]
fn proxies_with_unusual_rejections_are_understood() {
    hold(&[Stack::Nginx, Stack::Haproxy, Stack::Stunnel]);
}

#[test]
fn envoy_with_unusual_rejections_is_understood() {
    hold(&[Stack::Envoy]);
}

#[test]
fn gnutls_and_tcp_services_are_understood() {
    hold(&[Stack::GnuTls, Stack::Redis, Stack::Mosquitto]);
}

#[test]
fn services_that_start_tls_later_are_understood() {
    hold(&[Stack::Postgres, Stack::Nats, Stack::Slapd, Stack::MariaDb, Stack::Smtp, Stack::Imap]);
}
