//! The cases of `testdata/verify`, replayed against a real Envoy from PyPI.
//!
//! Envoy's results are compared with the verdicts recorded in the cases and with ours. A missing
//! Envoy fails the test: `tests/peers/install` installs it.

use std::path::{Path, PathBuf};

use crate::support::cases::Case;
use crate::support::keys::TestKey;
use crate::support::real_envoy::{Answer, Upstream, ask, validate};
use mtlsctl::cert::Chain;
use mtlsctl::envoy::EnvoyVerdict;

/// To use another version: `ENVOY=1.37.0 cargo test --test cert envoy`, once `tests/peers/table`
/// has it.
fn version() -> String {
    std::env::var("ENVOY").unwrap_or_else(|_| "1.38.3".to_owned())
}

/// Our verdict for that version, from the golden file.
fn written(case: &str) -> String {
    let version = version();
    let minor = version.rsplit_once('.').unwrap().0;
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify/verdicts.txt"),
    )
    .unwrap();
    let start = format!("{case} {minor} ");
    text.lines().find_map(|line| line.strip_prefix(&start)).unwrap().to_owned()
}

fn file(case: &str, name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify").join(case).join(name);
    path.exists().then_some(path)
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The upstream of a case; `None` if our server cannot use the key.
fn upstream(case: &Case) -> Option<Upstream> {
    let text = std::fs::read(file(case.id, "chain.pem")?).ok()?;
    let chain = Chain::from_pem(&text);
    let ders = chain.certificates().iter().map(|certificate| certificate.der().to_vec()).collect();
    let address = crate::support::tls_server::start(ders, &TestKey::load(&case.key).pkcs8)?;
    Some(Upstream {
        id: case.id.to_owned(),
        address,
        ca: file(case.id, "ca.pem"),
        crl: file(case.id, "crl.pem"),
        tls13: case.tls13,
        curves: case.curves.iter().map(|curve| (*curve).to_owned()).collect(),
        pair: None,
    })
}

/// Whether Envoy's answer is the verdict of the case.
fn agrees(answer: &Answer, verdict: &str) -> bool {
    if verdict == EnvoyVerdict::Accepted.to_string() {
        return answer.status == 200;
    }
    if verdict.starts_with("unknown") {
        return true;
    }
    match verdict.strip_prefix("refused at depth ") {
        // `at depth N: reason`, as in Envoy's log; 1.36 logs no reason.
        Some(_) if version().starts_with("1.36") => {
            answer.reason.contains("CERTIFICATE VERIFY FAILED")
        }
        Some(rest) => {
            let long = "certificate revocation check against provided CRLs failed: ";
            let rest = rest.replacen("CRL: ", long, 1);
            answer.reason.contains(&format!("at depth {rest}"))
        }
        // A rejection by TLS: its message depends on the kind of server.
        None => answer.status != 200,
    }
}

#[test]
fn envoy_agrees_with_the_cases() {
    let cases = crate::support::cases::all();
    let mut upstreams = Vec::new();
    let mut asked = Vec::new();
    for case in cases.iter().filter(|case| !case.verdict.starts_with("configuration")) {
        if let Some(upstream) = upstream(case) {
            upstreams.push(upstream);
            asked.push(case);
        }
    }
    assert!(asked.len() > 100, "only {} cases could be served", asked.len());
    let answers = ask(&version(), &upstreams, &scratch("envoy-cases"));
    let wrong: Vec<String> = asked
        .iter()
        .zip(&answers)
        .filter(|(case, answer)| !agrees(answer, &written(case.id)))
        .map(|(case, answer)| {
            format!("{} {}: written `{}`, Envoy {answer:?}", case.id, case.title, written(case.id))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn envoy_rejects_configurations_as_recorded() {
    for case in
        crate::support::cases::all().iter().filter(|case| case.verdict.starts_with("configuration"))
    {
        let upstream = Upstream {
            id: case.id.to_owned(),
            address: "127.0.0.1:1".parse().unwrap(),
            ca: file(case.id, "ca.pem"),
            crl: file(case.id, "crl.pem"),
            tls13: false,
            curves: Vec::new(),
            pair: None,
        };
        let told = validate(&version(), &[upstream], &scratch("envoy-rejects")).unwrap_err();
        let words = case.verdict.split_once(": ").unwrap().1.split(" from ").next().unwrap();
        assert!(told.contains(words), "{}: written `{}`, Envoy `{told}`", case.id, case.verdict);
    }
}

fn nowhere(id: &str) -> Upstream {
    Upstream {
        id: id.to_owned(),
        address: "127.0.0.1:1".parse().unwrap(),
        ca: None,
        crl: None,
        tls13: false,
        curves: Vec::new(),
        pair: None,
    }
}

/// Whether Envoy's message matches ours: the sentence before the file name, and the cause.
fn same_words(told: &str, verdict: &str) -> bool {
    let words = verdict.split_once(": ").unwrap().1;
    let sentence = words.split([':', ',']).next().unwrap();
    let sentence = sentence.split(" from ").next().unwrap();
    let cause = words
        .rsplit_once("Cause: ")
        .or_else(|| words.rsplit_once(", "))
        .map_or("", |(_, cause)| cause);
    told.contains(sentence.split(" ca.pem").next().unwrap()) && told.contains(cause)
}

#[test]
fn envoy_loads_pairs_as_recorded() {
    let missing = |id: &str, name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify").join(id).join(name)
    };
    let mut good = Vec::new();
    let mut wrong = Vec::new();
    for case in crate::support::file_cases::pairs() {
        if case.certificate.is_none() || case.key.is_none() {
            continue;
        }
        let pair = Some((missing(case.id, "c.pem"), missing(case.id, "test-only.key")));
        let upstream = Upstream { pair, ..nowhere(case.id) };
        if case.verdict == "accepted" {
            good.push(upstream);
            continue;
        }
        match validate(&version(), &[upstream], &scratch("envoy-pairs")) {
            Err(told) if same_words(&told, case.verdict) => {}
            told => wrong.push(format!(
                "{} {}: written `{}`, Envoy {told:?}",
                case.id, case.title, case.verdict
            )),
        }
    }
    if let Err(told) = validate(&version(), &good, &scratch("envoy-good-pairs")) {
        wrong.push(format!("a pair written as accepted: {told}"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn envoy_loads_authorities_as_recorded() {
    let (_, cases) = crate::support::file_cases::authorities();
    let chain = Chain::from_pem(&std::fs::read(file("A", "chain.pem").unwrap()).unwrap());
    let ders: Vec<_> =
        chain.certificates().iter().map(|certificate| certificate.der().to_vec()).collect();
    let address =
        crate::support::tls_server::start(ders, &TestKey::load("p256-leaf").pkcs8).unwrap();
    let (mut good, mut verdicts, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for case in &cases {
        let upstream = Upstream { ca: file(case.id, "ca.pem"), address, ..nowhere(case.id) };
        if case.verdict.starts_with("configuration") {
            match validate(&version(), &[upstream], &scratch("envoy-authorities")) {
                Err(told) if same_words(&told, case.verdict) => {}
                told => wrong.push(format!(
                    "{} {}: written `{}`, Envoy {told:?}",
                    case.id, case.title, case.verdict
                )),
            }
        } else {
            good.push(upstream);
            verdicts.push(case);
        }
    }
    for (case, answer) in
        verdicts.iter().zip(ask(&version(), &good, &scratch("envoy-good-authorities")))
    {
        if !agrees(&answer, case.verdict) {
            wrong.push(format!(
                "{} {}: written `{}`, Envoy {answer:?}",
                case.id, case.title, case.verdict
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
