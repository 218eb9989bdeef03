//! Emissary's own check of Secrets, compared with Go: two thousand unusual and damaged pairs.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use mtlsctl::cert::golang::{check_certificate, check_key};

use super::damage;
use crate::support::installed;

const PAIRS: usize = 2000;

/// Differences between Debian's Go 1.19 and the Go that Emissary is built with, or without effect
/// on the result: since 1.20 Go reads X25519 keys (one of the other algorithms), and a date without
/// seconds, which Go reads and BoringSSL does not, fails either way.
const NEWER_OR_ALIKE: [&str; 2] = ["ed25519: PKCS#8, another algorithm", "a date without seconds"];

#[test]
fn keys_and_certificates_are_parsed_as_go_parses_them() {
    let pairs = damage::pairs(PAIRS, 20_261_130);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-check");
    let mut names = String::new();
    for (index, pair) in pairs.iter().enumerate() {
        let here = folder.join(index.to_string());
        fs::create_dir_all(&here).unwrap();
        fs::write(here.join("key"), &pair.key).unwrap();
        fs::write(here.join("cert"), &pair.certificate).unwrap();
        names += &format!("{}\n", here.display());
    }
    let mut command = installed::command("go-server/check");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || input.write_all(names.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    let _ = fs::remove_dir_all(&folder);
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stdout).unwrap();
    let (mut taken, mut wrong) = (0, Vec::new());
    for (pair, line) in pairs.iter().zip(told.lines()) {
        let [_, key, certificate] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        for (which, go, ours) in [
            ("key", key == "key", check_key(&pair.key)),
            ("certificate", certificate == "cert", check_certificate(&pair.certificate)),
        ] {
            taken += usize::from(go);
            if NEWER_OR_ALIKE.iter().any(|known| pair.what.contains(known)) {
                continue;
            }
            if go != ours.is_ok() {
                wrong.push(format!("{which} of {}: Go takes it: {go}, we say {ours:?}", pair.what));
            }
        }
    }
    assert_eq!(told.lines().count(), PAIRS);
    println!("{taken} of {} taken, {} wrong", 2 * PAIRS, wrong.len());
    assert!((PAIRS / 5..2 * PAIRS).contains(&taken), "{taken} taken: the list is one-sided");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), 2 * PAIRS, wrong.join("\n"));
}
