//! Rotations, both rehearsed and real: in every intermediate state, `mtlsctl rehearse rotation`
//! must predict what a real Envoy and a real server do.
//!
//! Thirty each time, random only in their keys; for others, and more: `ROTATIONS=200 SEED=7`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::rotation::{
    BOTH, CLIENT, LISTS, NEW, OLD, SERVER, SERVER_TRUST, Stages, TRUST, rotation, servers,
};
use crate::scene::{Running, mtlsctl};
use crate::support::dice::Dice;
use crate::support::peer::{Kind, Mode, Pki, Server, State, folder};

/// The predicted or real result of a state.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Accepted,
    Configuration,
    Envoy(String),
    Server,
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap())
}

fn version() -> String {
    std::env::var("ENVOY").unwrap_or_else(|_| "1.38.3".to_owned())
}

/// The places of a rehearsal, as positions in [`Stages`].
fn places(names: &Value) -> Vec<usize> {
    let names = names.as_array().unwrap().iter();
    let position = |name: &Value| match name.as_str().unwrap() {
        "Secret default/client" => CLIENT,
        "Secret default/ca" => TRUST,
        "Secret default/lists" => LISTS,
        "the server's certificate" => SERVER,
        "the server's CAs" => SERVER_TRUST,
        other => panic!("{other}"),
    };
    names.map(position).collect()
}

/// A state to test, with its prediction.
struct Moment {
    state: Stages,
    said: Verdict,
}

/// Every state of the rotation, each one step from the previous one, and then the recommended
/// order.
fn moments(report: &Value) -> Vec<Moment> {
    let steps = places(&report["steps"]);
    let gaps: BTreeMap<Stages, &Value> = report["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| {
            let mut state = [OLD; 5];
            places(&gap["done"]).into_iter().for_each(|place| state[place] = NEW);
            (state, &gap["breaks"])
        })
        .collect();
    let mut all = Vec::new();
    for count in 0..1_usize << steps.len() {
        // A Gray code: one place changes at a time.
        let done = count ^ (count >> 1);
        let mut state = [OLD; 5];
        for (at, place) in steps.iter().enumerate() {
            state[*place] = (done >> at) & 1;
        }
        let said = gaps.get(&state).map_or(Verdict::Accepted, |breaks| first_to_break(breaks));
        all.push(Moment { state, said });
    }
    let mut state = [OLD; 5];
    for step in report["way"].as_array().into_iter().flatten() {
        let place = places(&json!([step["place"]]))[0];
        state[place] = if step["bundle"] == true { BOTH } else { NEW };
        all.push(Moment { state, said: Verdict::Accepted });
    }
    all
}

/// Without a configuration there is no handshake, and Envoy verifies before the server does.
fn first_to_break(breaks: &Value) -> Verdict {
    let message = |who: &str| {
        let found = breaks.as_array().unwrap().iter().find(|one| one["who"] == who);
        found.map(|one| one["message"].as_str().unwrap().to_owned())
    };
    if message("configuration").is_some() {
        return Verdict::Configuration;
    }
    match message("envoy") {
        Some(why) => Verdict::Envoy(why),
        None => Verdict::Server,
    }
}

/// What a request through Envoy shows about the handshake to the upstream.
fn lived(place: &str, tls13: bool, (status, reason): (u16, String)) -> Verdict {
    match status {
        200 => Verdict::Accepted,
        // nginx completes the handshake and then rejects.
        400 => Verdict::Server,
        503 if reason.contains("CERTIFICATE VERIFY FAILED") => Verdict::Envoy(reason),
        503 if reason.contains("ALERT") => Verdict::Server,
        // In TLS 1.3 the client's handshake is complete before the server has checked its
        // certificate.
        503 if reason == "-" && tls13 => Verdict::Server,
        _ => panic!("{place}: {status}: {reason}"),
    }
}

fn agree(said: &Verdict, lived: &Verdict) -> bool {
    match (said, lived) {
        // The rehearsal has BoringSSL's reason at its end.
        (Verdict::Envoy(said), Verdict::Envoy(lived)) => {
            let reason = said.rsplit(": ").next().unwrap_or_default();
            // Before 1.37 Envoy logs no reason.
            lived.contains(reason) || !lived.contains("verify cert failed")
        }
        _ => said == lived,
    }
}

#[test]
fn each_state_of_thirty_rotations_behaves_as_rehearsed() {
    let here = folder("rotations");
    let (seed, count) = (number("SEED", 1), number("ROTATIONS", 30));
    let mut rotations = Vec::new();
    let mut walks: Vec<Vec<Moment>> = Vec::new();
    let (mut throw, mut held) = (0, Vec::new());
    while (rotations.len() as u64) < count {
        let mut made = rotation(&mut Dice::new(seed, throw), throw);
        throw += 1;
        made.settle(&here, &mut held);
        if let Some(report) = made.rehearsed(&here, &version()) {
            rotations.push(made);
            walks.push(moments(&report));
        }
    }
    drop(held);
    let (_nginx, _envoy) = servers(&here, &rotations);
    let routes: Vec<Value> = rotations
        .iter()
        .map(|one| json!({"match": {"path": format!("/{}", one.id)}, "route": {"cluster": one.id}}))
        .collect();
    let clusters = |round: usize| -> Vec<Value> {
        let state = |walk: &Vec<Moment>| walk.get(round).map_or([OLD; 5], |moment| moment.state);
        rotations.iter().zip(&walks).map(|(one, walk)| one.cluster(&here, state(walk))).collect()
    };
    let mut envoy = Running::start(&version(), &here, &clusters(0), &routes);
    let mut wrong = String::new();
    let mut seen = [0; 4];
    let mut read = 0;
    for round in 0..walks.iter().map(Vec::len).max().unwrap_or_default() {
        if round > 0 {
            envoy.hand_over(&here, &clusters(round), "cluster_manager.cds.update_attempt");
            // The worker takes over the clusters a moment later.
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(here.join("envoy.err")).unwrap();
        let refused = &log[read..];
        for (one, walk) in rotations.iter().zip(&walks) {
            let Some(Moment { state, said }) = walk.get(round) else { continue };
            let live = match refused.contains(&format!("{}: ", one.id)) {
                true => Verdict::Configuration,
                false => {
                    let place = format!("{} {state:?}", one.id);
                    lived(&place, one.tls13, envoy.answer(&format!("/{}?{round}", one.id)))
                }
            };
            seen[match live {
                Verdict::Accepted => 0,
                Verdict::Configuration => 1,
                Verdict::Envoy(_) => 2,
                Verdict::Server => 3,
            }] += 1;
            if !agree(said, &live) {
                let peer = if one.nginx { "nginx" } else { "Envoy" };
                let _ = writeln!(wrong, "{} {state:?} with {peer}: {said:?}, but {live:?}", one.id);
            }
        }
        read = log.len();
    }
    println!("accepted, configuration, Envoy, server: {seen:?}");
    assert!(wrong.is_empty(), "seed {seed}:\n{wrong}{refused}", refused = here.display());
    assert!(seen.iter().all(|count| *count > 4), "{seen:?}");
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn a_live_rehearsal_uses_the_chains_that_servers_present() {
    let pki = Pki::new(folder("live"));
    let server = Server::start(Kind::Nginx, &pki);
    let door = server.doors.iter().find(|door| door.mode == Mode::Required).unwrap();
    let client = pki.client(State::Good).unwrap();
    let manifest = |ca: &str| {
        let [cert, key, ca] = [&client.cert, &client.key, ca].map(|pem| STANDARD.encode(pem));
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m}}\n\
             spec: {{hostname: '*', prefix: /, service: 'https://127.0.0.1:{}', tls: c}}\n\
             ---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: c}}\n\
             spec: {{secret: client, ca_secret: ca, max_tls_version: v1.3}}\n\
             ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: client}}\ntype: kubernetes.io/tls\n\
             data: {{tls.crt: {cert}, tls.key: {key}}}\n\
             ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: ca}}\ndata: {{tls.crt: {ca}}}\n",
            door.port
        )
    };
    pki.write("now.yaml", &manifest(&pki.authority.pem));
    pki.write("next.yaml", &manifest(&pki.stranger.pem));
    let rehearse = |more: &[&str]| {
        let (now, next) = (pki.path("now.yaml"), pki.path("next.yaml"));
        let usual = ["rehearse", "rotation", "--no-config", "-o", "json", &now, &next];
        let (_, out, err) = mtlsctl(&[&usual[..], more].concat());
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {err}"));
        report["rotations"][0].clone()
    };
    let chain = pki.path("server.pem");
    let (live, given) = (rehearse(&["--live"]), rehearse(&["--server-chain", &chain]));
    assert_eq!(live["gaps"], given["gaps"]);
    assert_eq!(live["gaps"][0]["breaks"][0]["who"], "envoy", "{live}");
    assert_eq!(live["way"], Value::Null);
    drop(server);
    let gone = rehearse(&["--live"]);
    assert!(gone["unknown"][0].as_str().unwrap().contains("presented no chain"), "{gone}");
}
