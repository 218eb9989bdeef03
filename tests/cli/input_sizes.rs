//! Very many and very large inputs, and a full disk: read completely, or rejected with a reason.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::support::keys::TestKey;
use crate::support::maker::{CrlSpec, Spec, pem, serial};
use mtlsctl::cert::{Chain, Crl};
use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, ValidationContext};
use time::macros::datetime;

const PROGRAM: &str = env!("CARGO_BIN_EXE_mtlsctl");
const BAD: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/rule/mapping-context-undefined/bad.yaml");

/// A folder for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mtlsctl-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn lint(folder: &Folder, arguments: &[String]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.current_dir(&folder.0).arg("lint").args(arguments);
    command.env_remove("GITHUB_STEP_SUMMARY").output().unwrap()
}

fn told(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr];
    texts.map(|text| String::from_utf8_lossy(text).into_owned()).concat()
}

fn mapping(name: usize) -> String {
    format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m{name}}}\n\
        spec: {{hostname: '*', prefix: /m{name}/, service: 'm:80'}}\n"
    )
}

#[test]
fn fifty_thousand_files_may_be_named() {
    let folder = Folder::new("arguments");
    let names: Vec<String> = (0..50_000).map(|number| format!("{number}.yaml")).collect();
    for (number, name) in names.iter().enumerate() {
        let text = if number % 100 == 0 { mapping(number) } else { "kind: X\n".to_owned() };
        fs::write(folder.0.join(name), text).unwrap();
    }
    let output = lint(&folder, &names);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("500 upstreams in 50000 files"), "{}", told(&output));
}

#[test]
fn a_file_larger_than_four_gibibytes_is_rejected_before_it_is_read() {
    let folder = Folder::new("sparse");
    // Positions have 32 bits. The file is sparse and takes no disk space.
    let file = fs::File::create(folder.0.join("a.yaml")).unwrap();
    file.set_len(u64::from(u32::MAX)).unwrap();
    let output = lint(&folder, &["a.yaml".to_owned()]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("it is larger than 4 GiB"), "{}", told(&output));
}

#[test]
fn an_annotation_of_twenty_megabytes_is_read_to_its_end() {
    let folder = Folder::new("annotation");
    let mut text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  annotations:\n    \
        getambassador.io/config: |\n"
        .to_owned();
    let comment = format!("      # {}\n", "x".repeat(100));
    while text.len() < 20_000_000 {
        text.push_str(&comment);
    }
    text.push_str("      ---\n      apiVersion: getambassador.io/v3alpha1\n      kind: Mapping\n");
    text.push_str(
        "      name: last\n      hostname: '*'\n      prefix: /l/\n      service: l:80\n",
    );
    text.push_str("      tls: gone\n");
    fs::write(folder.0.join("a.yaml"), &text).unwrap();
    let arguments = ["-o", "concise", "a.yaml"].map(ToOwned::to_owned);
    let output = told(&lint(&folder, &arguments));
    let place = format!("a.yaml:{}:12: ", text.lines().count());
    assert!(output.contains(&place), "{place} is not in\n{output}");
    assert!(output.contains("mapping-context-undefined"), "{output}");
}

#[test]
fn a_revocation_list_of_three_hundred_thousand_entries_is_searched_completely() {
    let (key, leaf_key) = (TestKey::load("p256-root"), TestKey::load("p256-leaf"));
    let root = Spec::root("Root", &key).self_signed(&key);
    let leaf = Spec::leaf(&leaf_key).issued_by(&root, &leaf_key);
    let list = |revoking: bool| {
        let mut spec = CrlSpec::of(&root);
        spec.revoked =
            (0..300_000_u32).map(|n| [[1; 8].as_slice(), &n.to_be_bytes()].concat()).collect();
        if revoking {
            spec = spec.revoking(&serial(&leaf));
        }
        pem("X509 CRL", &spec.signed_by(&key))
    };
    let ca = pem("CERTIFICATE", &root.der);
    let judge = |crl: &str| {
        let (ca, crl) =
            (PemSource::new("ca.pem", ca.as_bytes()), PemSource::new("c", crl.as_bytes()));
        ValidationContext::load(Some(ca), Some(crl), EnvoyVersion::V1_38)
            .unwrap()
            .verify(&Chain::from_der([leaf.der.clone()]), datetime!(2026-06-01 0:00 UTC))
    };
    let clean = list(false);
    assert!(clean.len() > 10_000_000);
    assert_eq!(Crl::from_pem(clean.as_bytes()).len(), 1);
    assert_eq!(judge(&clean), EnvoyVerdict::Accepted);
    let EnvoyVerdict::Refused { reason, .. } = judge(&list(true)) else { panic!("not refused") };
    assert_eq!(reason, "CRL: certificate revoked");
}

#[test]
fn a_full_file_system_keeps_the_old_report() {
    let folder = Folder::new("tmpfs");
    // The first page is the old report, the second fills the file system.
    let mut script =
        "mount -t tmpfs -o size=8k none . && cd \"$PWD\" && echo old > report.json && \
        dd if=/dev/zero of=fill bs=4096 count=1 2> /dev/null || exit 99\n"
            .to_owned();
    let _ = writeln!(script, "{PROGRAM} lint -o json=report.json {BAD}; echo code $?");
    script.push_str("cat report.json; ls");
    let mut command = Command::new("unshare");
    command.current_dir(&folder.0).args(["-rm", "bash", "-c", &script]);
    let output = command.output().expect("unshare, of util-linux, is there");
    let said = told(&output);
    if said.contains("not permitted") || said.contains("denied") {
        return a_full_quota_keeps_the_report_it_has(&folder);
    }
    assert!(output.status.success(), "needs user namespaces (`unshare -rm`) and tmpfs: {said}");
    assert!(said.contains("code 2\nold\nfill\nreport.json\n"), "{said}");
    assert!(said.contains("cannot write `report.json`: no space left on device"), "{said}");
}

/// The same if mounting is not allowed: files must not grow at all.
fn a_full_quota_keeps_the_report_it_has(folder: &Folder) {
    let script = format!(
        "echo old > report.json; trap '' XFSZ; ulimit -f 0; {PROGRAM} lint -o json=report.json {BAD}; \
         echo code $? | cat; cat report.json; ls"
    );
    let mut command = Command::new("bash");
    let output = command.current_dir(&folder.0).args(["-c", &script]).output().expect("bash");
    let said = told(&output);
    assert!(said.contains("code 2\nold\nreport.json\n"), "{said}");
    assert!(said.contains("cannot write `report.json`: "), "{said}");
}
