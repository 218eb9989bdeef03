//! `inspect` as users run it: verdicts in JSON, views, targets, and no private key anywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::program::mtlsctl;

const AT: [&str; 2] = ["--at", "2026-06-01"];

fn run(arguments: &[&str]) -> Output {
    mtlsctl().arg("inspect").args(arguments).args(AT).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["-o", "json"]].concat());
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", text(&output.stderr)))
}

fn case(id: &str, name: &str) -> Option<String> {
    let path = format!("testdata/verify/{id}/{name}");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(&path).exists().then_some(path)
}

/// A verdict in JSON, as [`mtlsctl::envoy::EnvoyVerdict`] displays it.
fn written(verdict: &Value) -> String {
    let reason = verdict["reason"].as_str().unwrap_or_default();
    match (verdict["result"].as_str().unwrap(), verdict["depth"].as_i64()) {
        ("accepted", _) => "accepted".to_owned(),
        ("refused", Some(depth)) => format!("refused at depth {depth}: {reason}"),
        ("refused", None) => format!("refused: {reason}"),
        ("config_rejected", _) => format!("configuration rejected: {reason}"),
        (other, _) => format!("{other}: {reason}"),
    }
}

#[test]
fn every_case_has_its_verdict_in_json() {
    for case_ in crate::support::cases::all() {
        let chain = case(case_.id, "chain.pem").unwrap();
        let (ca, crl) = (case(case_.id, "ca.pem"), case(case_.id, "crl.pem"));
        if ca.is_none() && crl.is_none() {
            continue;
        }
        let curves = case_.curves.join(",");
        let mut arguments = vec![chain.as_str()];
        for (flag, file) in [("--ca", &ca), ("--crl", &crl)] {
            if let Some(file) = file {
                arguments.extend([flag, file.as_str()]);
            }
        }
        if case_.tls13 {
            arguments.extend(["--max-tls-version", "v1.3"]);
        }
        if !curves.is_empty() {
            arguments.extend(["--ecdh-curves", curves.as_str()]);
        }
        // As when the table was created: servers' chains, for the newest Envoy that was measured.
        arguments.extend(["--envoy", "1.38", "--as", "server"]);
        let report = json(&arguments);
        assert_eq!(report["version"], 1);
        let verdict = written(&report["subjects"][0]["verdict"])
            .replace(&format!("testdata/verify/{}/", case_.id), "");
        assert_eq!(verdict, case_.verdict, "{}", case_.id);
    }
}

#[test]
fn pairs_have_their_verdict_in_json() {
    for case_ in crate::support::file_cases::pairs() {
        let (Some(chain), Some(key)) = (case(case_.id, "c.pem"), case(case_.id, "test-only.key"))
        else {
            continue;
        };
        let report = json(&[&chain, "--key", &key, "--envoy", "1.38"]);
        let verdict = written(&report["subjects"][0]["verdict"])
            .replace(&chain, "c.pem")
            .replace(&key, "c.key");
        assert_eq!(verdict, case_.verdict, "{}", case_.id);
    }
}

#[test]
fn views_match_their_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/inspect");
    let manifest = "testdata/inspect/bookinfo.yaml";
    let calls: [(&str, &[&str]); 10] = [
        ("chain.txt", &["testdata/verify/S07/chain.pem", "--ca", "testdata/verify/S07/ca.pem"]),
        ("order.txt", &["testdata/verify/C10/c.pem"]),
        ("bundle.txt", &["testdata/verify/S80/ca.pem"]),
        ("glued.txt", &["testdata/verify/C16t/c.pem"]),
        ("secret.txt", &["secret/default/client-cert", "-f", manifest]),
        ("context.txt", &["context/mesh-upstream", "-f", manifest]),
        ("mounted.txt", &["context/istio-upstream", "-f", "testdata/mount/seed.yaml"]),
        ("table.txt", &[manifest, "-o", "table"]),
        ("wide.txt", &[manifest, "-o", "wide"]),
        ("prom.txt", &[manifest, "-o", "prom"]),
    ];
    for (file, arguments) in calls {
        let output = run(arguments);
        assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
        crate::support::golden::assert_golden(&folder.join(file), &text(&output.stdout));
    }
    let report = json(&[manifest]);
    crate::support::golden::assert_golden(&folder.join("secrets.json"), &format!("{report:#}\n"));
}

#[test]
fn exit_codes_depend_on_the_findings() {
    let code = |arguments: &[&str]| run(arguments).status.code().unwrap();
    let good = "testdata/verify/S01/chain.pem";
    assert_eq!(code(&[good]), 0);
    assert_eq!(code(&["testdata/verify/S05/chain.pem"]), 1);
    assert_eq!(code(&["testdata/verify/S05/chain.pem", "--exit-zero"]), 0);
    assert_eq!(code(&[good, "--expires-in", "40000d"]), 1);
    assert_eq!(code(&[good, "--expires-in", "50%"]), 0);
    assert_eq!(code(&[good, "--expires-in", "95%"]), 1);
    assert_eq!(code(&["testdata/verify/no-such-file.pem"]), 2);
    assert_eq!(code(&["secret/default/no-such-secret", "-f", "testdata/inspect/bookinfo.yaml"]), 2);
    assert_eq!(code(&[good, "--ca", "no-such-file"]), 2);
    assert_eq!(code(&["testdata/verify/A07/ca.pem"]), 1);
}

/// Every run of base64 from a private key that is long enough to be secret.
fn secrets() -> Vec<String> {
    let mut lines = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                collect(&text, &mut lines);
            }
        }
    }
    lines.sort();
    lines.dedup();
    assert!(lines.len() > 100, "only {} lines of keys", lines.len());
    lines
}

/// The secret lines between `PRIVATE KEY` lines: the modulus of an RSA key and the point of an EC
/// key are public, and also in certificates.
fn collect(text: &str, lines: &mut Vec<String>) {
    let mut block: Option<Vec<&str>> = None;
    for line in text.lines().map(str::trim) {
        if line.contains("PRIVATE KEY-----") {
            let ended = block.take().unwrap_or_default();
            let secret = if ended.len() > 4 {
                &ended[ended.len() / 2..]
            } else {
                ended.get(1..2).unwrap_or_default()
            };
            let long = secret.iter().filter(|line| line.len() >= 24);
            // The first characters of a line are as secret as the whole line.
            lines.extend(long.map(|line| line.chars().take(24).collect::<String>()));
            block = line.contains("BEGIN").then(Vec::new);
        } else if let Some(block) = &mut block {
            block.push(line);
        }
    }
}

#[test]
fn no_private_key_reaches_any_output() {
    let secrets = secrets();
    let mut targets: Vec<PathBuf> = vec!["testdata/inspect/bookinfo.yaml".into()];
    for case_ in crate::support::file_cases::pairs() {
        targets.extend(case(case_.id, "test-only.key").map(PathBuf::from));
        targets.extend(case(case_.id, "c.pem").map(PathBuf::from));
    }
    for rule in
        ["secret-key-mismatch", "secret-key-encrypted", "secret-pem-invalid", "private-key-shared"]
    {
        targets.push(format!("testdata/rule/{rule}/bad.yaml").into());
    }
    let targets: Vec<&str> = targets.iter().map(|path| path.to_str().unwrap()).collect();
    let mut outputs = Vec::new();
    for format in ["text", "table", "wide", "json", "prom"] {
        outputs.push(run(&[&targets[..], &["-o", format]].concat()));
    }
    let key = "testdata/verify/C01/test-only.key";
    // Calls with errors.
    for arguments in [
        &[key, "--ca", key][..],
        &["testdata/verify/C01/c.pem", "--crl", key, "--ca", key],
        &["testdata/verify/C06/c.pem", "--key", "testdata/verify/C06/test-only.key"],
        &["secret/default/none", "-f", "testdata/inspect/bookinfo.yaml"],
        &["-f", key, "context/none"],
    ] {
        outputs.push(run(arguments));
    }
    for output in outputs {
        let all = format!("{}{}", text(&output.stdout), text(&output.stderr));
        for secret in &secrets {
            assert!(!all.contains(secret.as_str()), "a private key is shown: {secret}");
        }
    }
}

#[test]
fn a_verdict_that_an_upgrade_changes_is_reported() {
    let texts = |envoy: &str| -> Vec<String> {
        let arguments = ["testdata/verify/S40/chain.pem", "--ca", "testdata/verify/S40/ca.pem"];
        let report = json(&[&arguments[..], &["--envoy", envoy]].concat());
        let remarks = report["subjects"][0]["remarks"].as_array().unwrap().clone();
        remarks.iter().map(|remark| remark["message"].as_str().unwrap().to_owned()).collect()
    };
    let before = texts("1.37");
    let after = "fails after the upgrade to Envoy 1.38: refused: KEY_USAGE_BIT_INCORRECT";
    assert!(before.iter().any(|text| text.contains(after)), "{before:?}");
    let now = texts("1.38");
    assert!(now.iter().any(|text| text.contains("Envoy 1.37 accepts it")), "{now:?}");
}

#[test]
fn a_context_without_secrets_is_still_inspected() {
    let manifest = "testdata/rule/secret-type-unknown/bad.yaml";
    let output = run(&["context/mesh-upstream", "-f", manifest]);
    assert!(text(&output.stderr).contains("Ambassador drops context `mesh-upstream`"));
    let told = text(&output.stdout);
    assert!(told.contains("Ambassador does not read Secrets of type `example.com/tls`"), "{told}");
    let output = run(&["secret-that-is-not.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["testdata/bookinfo"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("nothing to inspect"));
}

#[test]
fn a_folder_is_searched_for_certificates_and_manifests() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect-folder");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("deep/..data")).unwrap();
    let pem = fs::read(case("C01", "c.pem").unwrap()).unwrap();
    for name in ["a.pem", "deep/tls.crt", "ca-bundle", "deep/..data/tls.crt", ".hidden.pem"] {
        fs::write(folder.join(name), &pem).unwrap();
    }
    fs::write(folder.join("README.txt"), "nothing here").unwrap();
    fs::copy("testdata/inspect/bookinfo.yaml", folder.join("secrets.yaml")).unwrap();
    let report = json(&[folder.to_str().unwrap()]);
    let origins: Vec<String> = report["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|subject| subject["origin"]["file"].as_str())
        .map(|path| path.strip_prefix(folder.to_str().unwrap()).unwrap().to_owned())
        .collect();
    assert_eq!(origins, ["/a.pem", "/ca-bundle", "/deep/tls.crt"]);
    assert!(report["subjects"].as_array().unwrap().len() > 3, "the Secrets, too: {report:#}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_client_certificate_is_judged_as_one() {
    let pki = crate::support::peer::Pki::new(crate::support::peer::folder("inspect-client"));
    let client = pki.client(crate::support::peer::State::Good).unwrap();
    let path = pki.path("only-client.pem");
    fs::write(&path, &client.cert).unwrap();
    let ca = pki.path("ca.pem");
    let call = |more: &[&str]| {
        let arguments = [&[path.as_str(), "--ca", ca.as_str()][..], more].concat();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
        let output = command.arg("inspect").args(arguments).output().unwrap();
        (output.status.code(), text(&output.stdout))
    };
    let (code, told) = call(&[]);
    assert!(told.contains("checked as a client's certificate") && code == Some(0), "{told}");
    let (code, told) = call(&["--as", "server"]);
    assert!(told.contains("unsupported certificate purpose") && code == Some(1), "{told}");
}

#[test]
fn the_chain_that_a_server_presents_is_inspected() {
    let read = |name: &str| fs::read(case("C01", name).unwrap()).unwrap();
    let chain = mtlsctl::cert::Chain::from_pem(&read("c.pem"));
    let key = rustls_pemfile::private_key(&mut read("test-only.key").as_slice()).unwrap().unwrap();
    let der = chain.certificates()[0].der().to_vec();
    let address = crate::support::tls_server::start(vec![der], key.secret_der()).unwrap();
    let report = json(&[&address.to_string()]);
    let subject = &report["subjects"][0];
    assert_eq!(subject["origin"]["server"], address.to_string());
    assert_eq!(subject["certificates"].as_array().unwrap().len(), 1, "{report:#}");
    let closed = crate::support::peer::free_port();
    let output = run(&[&format!("127.0.0.1:{closed}")]);
    assert_eq!(output.status.code(), Some(4));
    assert!(
        text(&output.stderr).contains("no certificate received from `127.0.0.1:"),
        "{output:?}"
    );
}

#[test]
fn a_key_alone_is_described_and_not_loaded_as_a_pair() {
    let key = "testdata/verify/C01/test-only.key";
    let output = run(&[key]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("the PKCS#8") && !told.contains("rejected"), "{told}");
    assert!(json(&[key])["subjects"][0]["verdict"].is_null());
    // Inspected as a pair, it gets Envoy's verdict.
    let output = run(&[key, "--key", key]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("Failed to load certificate chain"));
}

#[test]
fn the_envoy_is_that_of_the_given_emissary_release() {
    let chain = ["testdata/verify/S40/chain.pem", "--ca", "testdata/verify/S40/ca.pem"];
    let result = |more: &[&str]| {
        let report = json(&[&chain[..], more].concat());
        report["subjects"][0]["verdict"]["result"].as_str().unwrap().to_owned()
    };
    // Only Envoy 1.38 checks the key usage of this chain.
    assert_eq!(result(&[]), "accepted", "the default is that of all commands, Emissary 4.1");
    for emissary in ["4.1", "4.0", "3.9"] {
        assert_eq!(result(&["--emissary", emissary]), "accepted", "{emissary}");
    }
    assert_eq!(result(&["--emissary", "4.1", "--envoy", "1.38"]), "refused");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect-emissary");
    fs::create_dir_all(&folder).unwrap();
    let config = folder.join("mtlsctl.yaml");
    fs::write(&config, "emissary: 4.1\n").unwrap();
    assert_eq!(result(&["--config", config.to_str().unwrap()]), "accepted");
}

#[test]
fn a_secret_that_ambassador_ignores_is_not_reported_as_clean() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect-unread");
    fs::create_dir_all(&folder).unwrap();
    let look = |name: &str, secrets: &str| {
        let path = folder.join(name);
        let rest = "
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: up}
spec: {secret: client, ca_secret: ca}
";
        fs::write(&path, format!("{secrets}{rest}")).unwrap();
        let output = run(&[path.to_str().unwrap()]);
        let told = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        (output.status.code(), told)
    };
    let read = |name: &str| fs::read(case("C01", name).unwrap()).unwrap();
    let base64 = |bytes: &[u8]| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(bytes)
    };
    let secret = |name: &str, entries: &[(&str, &[u8])]| {
        let data: String =
            entries.iter().map(|(key, bytes)| format!("  {key}: {}\n", base64(bytes))).collect();
        format!("---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\ndata:\n{data}")
    };
    let (pem, key) = (read("c.pem"), read("test-only.key"));
    let der = {
        use base64::Engine as _;
        let body: String =
            text(&pem).lines().skip(1).take_while(|line| !line.starts_with('-')).collect();
        base64::engine::general_purpose::STANDARD.decode(body).unwrap()
    };
    let ca = secret("ca", &[("tls.crt", &pem)]);
    let client = secret("client", &[("tls.crt", &pem), ("tls.key", &key)]);

    let (code, told) = look("good.yaml", &format!("{client}{ca}"));
    assert_eq!(code, Some(0), "{told}");
    let (code, told) =
        look("nokey.yaml", &format!("{}{ca}", secret("client", &[("tls.crt", &pem)])));
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Ambassador drops context `up`: TLSContext up found no private key"));

    let bad = secret("client", &[("tls.crt", &der), ("tls.key", &key)]);
    let (code, told) = look("der.yaml", &format!("{bad}{ca}"));
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Ambassador treats the entry as absent"), "{told}");
    assert!(!told.contains("configuration rejected"), "{told}");

    let (code, told) =
        look("cacrt.yaml", &format!("{client}{}", secret("ca", &[("ca.crt", &pem)])));
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Ambassador never reads `ca.crt`"), "{told}");
    assert!(told.contains("found no validation certificate in secret ca"), "{told}");
}

#[test]
fn an_unsupported_key_store_comes_with_the_command_to_convert_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect-store");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("client.p12");
    let start =
        b"\x30\x82\x03\xeb\x02\x01\x03\x30\x82\x03\xa1\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
    fs::write(&path, start).unwrap();
    let path = path.to_str().unwrap();
    let output = run(&[path]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("is a PKCS#12 store"), "{told}");
    assert!(
        told.contains(&format!("openssl pkcs12 -in {path} -nokeys | mtlsctl inspect -")),
        "{told}"
    );
}

#[test]
fn a_chain_file_without_the_leaf_is_distinguished_from_a_wrong_key() {
    let dir = std::env::temp_dir().join(format!("mtlsctl-leafless-{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let [root_key, intermediate_key, leaf_key] =
        [(); 3].map(|()| rcgen::KeyPair::generate().unwrap());
    let authority = |name: &str| {
        let mut params = rcgen::CertificateParams::default();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
    };
    let root = rcgen::Issuer::new(authority("Root"), root_key);
    let chain = authority("Intermediate").signed_by(&intermediate_key, &root).unwrap().pem();
    let inspected = |pem: &str, key: &rcgen::KeyPair| {
        fs::write(dir.join("chain.pem"), pem).unwrap();
        fs::write(dir.join("key.pem"), key.serialize_pem()).unwrap();
        let [chain, key] =
            ["chain.pem", "key.pem"].map(|name| dir.join(name).display().to_string());
        let output = run(&[&chain, "--key", &key]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // certbot's `chain.pem`: only the issuer, with the leaf's key.
    let told = inspected(&chain, &leaf_key);
    assert!(told.contains("the leaf is missing"), "{told}");
    assert!(told.contains("`fullchain.pem`"), "{told}");
    // For the CA's own key, no leaf is missing.
    assert!(
        !text(&run(&[&dir.join("chain.pem").display().to_string()]).stdout)
            .contains("leaf is missing")
    );
    fs::write(dir.join("key.pem"), intermediate_key.serialize_pem()).unwrap();
    let paired = run(&[
        &dir.join("chain.pem").display().to_string(),
        "--key",
        &dir.join("key.pem").display().to_string(),
    ]);
    assert!(!text(&paired.stdout).contains("the leaf is missing"), "{}", text(&paired.stdout));
    fs::remove_dir_all(&dir).unwrap();
}
