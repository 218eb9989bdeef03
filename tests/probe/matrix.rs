//! Six servers, seven clients, two versions, three modes: every verdict is right every time.

use std::sync::Arc;
use std::time::Instant;

use mtlsctl::probe::{Codec, Identity, Mutual, Story, probe};
use tokio::task::JoinSet;

use crate::common::{identity, patient, run, target, trusting, word};
use crate::support::peer::{Door, Kind, Mode, Pki, Server, State, Tls, folder};

/// How often each cell of the matrix is probed; `MTLSCTL_MATRIX_RUNS=100` for the full count.
fn runs() -> usize {
    std::env::var("MTLSCTL_MATRIX_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(10)
}

/// The expected result for a door and a client.
fn expected(kind: Kind, door: Door, state: State) -> (Mutual, Option<bool>, &'static str) {
    let mutual = match door.mode {
        Mode::Never => Mutual::NotRequested,
        Mode::Optional => Mutual::Optional,
        Mode::Required => Mutual::Required,
    };
    if door.mode == Mode::Never {
        return (mutual, None, "accepted");
    }
    let good = match state {
        State::None => {
            let envoy = if door.mode == Mode::Required { "refused" } else { "accepted" };
            return (mutual, None, envoy);
        }
        State::Good => true,
        // OpenSSL also treats the ClientHello's groups as a limit on the client's key in TLS 1.2.
        State::WrongKey => door.tls == Tls::V13 || !openssl_inside(kind),
        _ => false,
    };
    (mutual, Some(good), if good { "accepted" } else { "refused" })
}

fn openssl_inside(kind: Kind) -> bool {
    matches!(kind, Kind::OpenSsl | Kind::Nginx | Kind::Haproxy | Kind::Stunnel)
}

fn seen(outcome: &Story) -> (Mutual, Option<bool>, &'static str) {
    (outcome.mutual, outcome.accepted(), word(&outcome.envoy))
}

#[test]
fn six_servers_and_seven_clients_are_distinguished_every_time() {
    let pki = Arc::new(Pki::new(folder("matrix")));
    let clients: Vec<(State, Option<Identity>)> = State::ALL
        .into_iter()
        .map(|state| {
            let pair = pki.client(state);
            let identity = pair.as_ref().map(identity);
            (state, identity)
        })
        .collect();
    let servers: Vec<Server> =
        Kind::ALL.into_iter().map(|kind| Server::start(kind, &pki)).collect();
    let started = Instant::now();
    let (cells, wrong) = run(async {
        let mut doors = JoinSet::new();
        for server in &servers {
            for door in server.doors.clone() {
                let (kind, clients, pki) = (server.kind, clients.clone(), Arc::clone(&pki));
                // One client at a time per door: s_server serves one at a time.
                doors.spawn(async move { walk(kind, door, &clients, &pki.authority.pem).await });
            }
        }
        let (mut cells, mut wrong) = (0, Vec::new());
        while let Some(result) = doors.join_next().await {
            let (count, slips) = result.expect("no probe panics");
            cells += count;
            wrong.extend(slips);
        }
        (cells, wrong)
    });
    println!("{cells} probes in {:.1?}, {} wrong", started.elapsed(), wrong.len());
    let shown: Vec<_> = wrong.iter().take(40).cloned().collect();
    assert!(wrong.is_empty(), "{} of {cells} wrong:\n{}", wrong.len(), shown.join("\n"));
}

async fn walk(
    kind: Kind,
    door: Door,
    clients: &[(State, Option<Identity>)],
    ca: &str,
) -> (usize, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    for (state, identity) in clients {
        for run in 0..runs() {
            let mut target = target(door.port, door.tls, identity.clone());
            target.trust = trusting(Some(ca));
            let outcome = probe(target, &patient()).await;
            count += 1;
            let (wanted, got) = (expected(kind, door, *state), seen(&outcome));
            if wanted != got {
                let endings: Vec<_> = outcome
                    .attempts
                    .iter()
                    .map(|attempt| format!("{:?} {:?}", attempt.ending, attempt.reply))
                    .collect();
                wrong.push(format!(
                    "{kind:?} {:?} {:?}, client {state:?}, run {run}: wanted {wanted:?}, got {got:?} {:?} {endings:?}",
                    door.tls, door.mode, outcome.envoy
                ));
            }
        }
    }
    (count, wrong)
}

/// nginx rejects in HTTP, also over HTTP/2, where the page is in frames.
#[test]
fn pages_of_nginx_over_http2_count_as_rejections() {
    let pki = Pki::new(folder("h2-pages"));
    let server = Server::start(Kind::Nginx, &pki);
    for door in server.doors.iter().filter(|door| door.mode == Mode::Required) {
        for (state, accepted) in [
            (State::None, None),
            (State::Good, Some(true)),
            (State::Expired, Some(false)),
            (State::UnknownCa, Some(false)),
        ] {
            let client = pki.client(state).as_ref().map(identity);
            let mut target = target(door.port, door.tls, client);
            target.trust = trusting(Some(&pki.authority.pem));
            target.offer.codec = Codec::Http2;
            let outcome = run(probe(target, &patient()));
            let envoy = if state == State::Good { "accepted" } else { "refused" };
            let alpn = outcome.attempts[0].handshake.as_ref().and_then(|h| h.alpn.clone());
            assert_eq!(alpn.as_deref(), Some("h2"));
            assert_eq!(seen(&outcome), (Mutual::Required, accepted, envoy), "{state:?}");
        }
    }
}

/// Without a request nginx's verdict is unknown, and must not be reported as acceptance.
#[test]
fn without_a_request_nothing_unobserved_is_reported() {
    let pki = Pki::new(folder("no-request"));
    let mut conduct = patient();
    conduct.request = false;
    let mut wrong = Vec::new();
    for kind in Kind::ALL {
        let server = Server::start(kind, &pki);
        for door in server.doors.iter().filter(|door| door.mode == Mode::Required) {
            for state in [State::None, State::Good, State::Expired, State::UnknownCa] {
                let client = pki.client(state).as_ref().map(identity);
                let mut target = target(door.port, door.tls, client);
                target.trust = trusting(Some(&pki.authority.pem));
                let outcome = run(probe(target, &conduct));
                assert!(outcome.attempts.iter().all(|attempt| !attempt.asked));
                let (mutual, accepted, envoy) = seen(&outcome);
                let right = match (kind, state) {
                    (Kind::Nginx, _) => {
                        mutual == Mutual::Unknown && accepted.is_none() && envoy == "unknown"
                    }
                    (_, State::Good) => (mutual, envoy) == (Mutual::Required, "accepted"),
                    _ => (mutual, envoy) == (Mutual::Required, "refused"),
                };
                if !right {
                    let endings: Vec<_> = outcome.attempts.iter().map(|a| &a.ending).collect();
                    wrong.push(format!(
                        "{kind:?} {:?} {state:?}: {mutual:?} {accepted:?} {envoy} {endings:?}",
                        door.tls
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
