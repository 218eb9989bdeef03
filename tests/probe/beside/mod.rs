//! The probe compared with a real Envoy, configured as by Emissary: both connect to the same
//! servers, and the probe's verdict must be Envoy's result. Cases are named as in the reference's
//! appendix.

pub(crate) mod ambassador;
pub(crate) mod case;
mod cases;
mod hello;
mod made;

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use mtlsctl::probe::{EnvoyOutcome as Verdict, Misfit, Offer, Story};
use rcgen::PKCS_RSA_SHA256;

use crate::common::{conduct, identity, probed, story, target, trusting};
use crate::support::peer::{Pki, Process, Tls, Wanted, folder, multiplexing};
use ambassador::{Ambassador, Made, bare, validate};
use case::{Case, serve};
use cases::{client, codecs, names, options, server, transport};
use made::made_by_openssl;

#[test]
fn the_probe_predicts_envoys_result() {
    let pki = Pki::new(folder("beside"));
    let rsa = pki.authority.issue(&Wanted {
        name: "server",
        usage: rcgen::ExtendedKeyUsagePurpose::ServerAuth,
        algorithm: &PKCS_RSA_SHA256,
        ..Wanted::default()
    });
    pki.write("stranger.pem", &pki.stranger.pem);
    pki.write("rsa.pem", &rsa.cert);
    pki.write("rsa.key", &rsa.key);

    let mut cases = transport(&pki);
    cases.extend(client(&pki));
    cases.extend(options());
    cases.extend(server(&pki));
    cases.extend(made_by_openssl(&pki));
    cases.extend(names());
    let multiplexing = multiplexing(&pki);
    cases.extend(codecs(&multiplexing.doors));
    let served: Vec<(Option<Process>, u16)> = cases.iter().map(|case| serve(&pki, case)).collect();
    let ports: Vec<u16> = served.iter().map(|(_, port)| *port).collect();
    let ambassador = Ambassador::start(&pki, &cases, &ports);
    let made: HashMap<&str, Made> =
        cases.iter().map(|case| (case.id, ambassador.asked(case.id))).collect();

    let mut wrong = Vec::new();
    for (case, port) in cases.iter().zip(&ports) {
        let mut target = target(*port, Tls::V12, case.client.as_ref().map(identity));
        target.offer = case.offer.clone();
        let ca = fs::read_to_string(pki.folder.join(case.ca())).expect("a CA");
        target.trust = trusting(Some(&ca));
        let mut conduct = conduct(Duration::from_millis(1500));
        conduct.negative = false;
        let outcome = probed(target, &conduct);
        let envoy = &made[case.id];
        println!("{}: {envoy:?}", case.id);
        if let Verdict::Refused(refusal) = &outcome.envoy
            && !ambassador.counted(case.id, refusal.stat)
        {
            wrong.push(format!("{}: Envoy did not count {}", case.id, refusal.stat));
        }
        if !agree(envoy, &outcome, case) {
            wrong.push(format!(
                "{}: Envoy {envoy:?}, probe {:?}\n{}",
                case.id,
                outcome.envoy,
                story(&outcome)
            ));
        }
    }
    println!("{} cases beside Envoy, {} wrong", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn agree(envoy: &Made, outcome: &Story, case: &Case) -> bool {
    match (envoy, &outcome.envoy) {
        (_, Verdict::Unknown(_)) => case.beyond_us,
        (Made::Accepted, Verdict::Accepted) => true,
        (Made::Refused { flags, reason }, Verdict::Refused(refusal)) => {
            let told = refusal.log.as_deref().map(bare).unwrap_or_default();
            flags == refusal.flags && (*reason == told || case.other_words)
        }
        _ => false,
    }
}

/// Fields for which Envoy rejects its configuration, and others that it accepts.
#[test]
fn the_probe_rejects_contexts_with_envoys_message() {
    let pki = Pki::new(folder("words"));
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let suites = |names: &[&str]| Offer { cipher_suites: list(names), ..Offer::default() };
    let curves = |names: &[&str]| Offer { ecdh_curves: list(names), ..Offer::default() };
    for offer in [
        suites(&["NOPE-SHA"]),
        suites(&["TLS_AES_128_GCM_SHA256"]),
        suites(&["ECDHE-RSA-AES128-GCM-SHA256", "NOPE"]),
        suites(&["[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-CHACHA20-POLY1305]", "AES128-SHA"]),
        suites(&["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]),
        suites(&["ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384"]),
        curves(&["P-256", "nope"]),
        curves(&["secp384r1", "X25519"]),
        curves(&["P-521:P-256"]),
    ] {
        let case = Case { offer: offer.clone(), ..case::case("words", "") };
        let said = validate(&pki, &case);
        match (offer.hello("localhost"), said) {
            (Ok(_), None) => {}
            (Err(Misfit::ConfigRejected(words)), Some(said)) => {
                assert!(said.contains(&words), "{words}: {said}");
            }
            (ours, said) => panic!("{offer:?}: {ours:?}, Envoy {said:?}"),
        }
    }
}
