//! Keys in files: broken, in the wrong place, or given where something else is expected.

use std::fs;
use std::path::Path;

use super::command::{INSPECT, LINT, PROBE, RESOLVE, root, run, scratch};
use super::pieces::{Pieces, assert_silent, of_keys};

fn key(name: &str) -> String {
    let path = root().join(format!("testdata/pki/keys/{name}.key.pem"));
    let text = fs::read_to_string(path).unwrap();
    text[text.find("-----BEGIN").unwrap()..].to_owned()
}

/// Ways to damage a key's text.
fn spoilt(key: &str) -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<&str> = key.lines().collect();
    let middle = lines.len() / 2;
    let mut bad_character = lines.clone();
    let broken = format!("{}*{}", &lines[middle][..9], &lines[middle][10..]);
    bad_character[middle] = &broken;
    let mut without_line = lines.clone();
    without_line.remove(middle);
    let mut cut_der = base64_of(&lines);
    cut_der.truncate(cut_der.len() / 2);
    vec![
        ("whole", key.as_bytes().to_vec()),
        ("no END", lines[..lines.len() - 1].join("\n").into_bytes()),
        ("no BEGIN", lines[1..].join("\n").into_bytes()),
        ("bare base64", lines[1..lines.len() - 1].join("\n").into_bytes()),
        ("a bad character", bad_character.join("\n").into_bytes()),
        ("a line lost", without_line.join("\n").into_bytes()),
        ("a byte order mark", format!("\u{feff}{key}").into_bytes()),
        ("indented", key.replace("-----BEGIN", "   -----BEGIN").into_bytes()),
        ("newlines as text", key.replace('\n', "\\n").into_bytes()),
        ("newlines as blanks", key.replace('\n', " ").into_bytes()),
        ("carriage returns", key.replace('\n', "\r").into_bytes()),
        ("as a certificate", key.replace("PRIVATE KEY", "CERTIFICATE").into_bytes()),
        ("as a CRL", key.replace("PRIVATE KEY", "X509 CRL").into_bytes()),
        ("as an unknown thing", key.replace("PRIVATE KEY", "SECRET THING").into_bytes()),
        ("END differs", key.replace("-----END ", "-----END X").into_bytes()),
        ("twice", format!("{key}{key}").into_bytes()),
        ("glued", format!("{}{key}", key.trim_end()).into_bytes()),
        ("DER", base64_of(&lines)),
        ("half of the DER", cut_der),
        ("as YAML", format!("key: |\n  {}", key.replace('\n', "\n  ")).into_bytes()),
        ("as broken YAML", format!("kind: Secret\nkey: [\n{key}").into_bytes()),
        ("as JSON", format!("{{\"kind\": \"Secret\", \"key\": {key:?}").into_bytes()),
    ]
}

fn base64_of(lines: &[&str]) -> Vec<u8> {
    use base64::Engine as _;
    let body = lines[1..lines.len() - 1].concat();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

fn assert_calls_silent(path: &Path, bytes: &[u8], keys: &Pieces, about: &str) {
    let file = path.to_str().unwrap();
    let chain = "testdata/verify/S14/chain.pem";
    let nowhere = ["127.0.0.1:1", "--timeout", "200ms"];
    let probe = |flags: &[&str]| run(&[&["probe"][..], &nowhere, flags].concat(), PROBE, b"");
    let calls = [
        run(&["inspect", file], INSPECT, b""),
        run(&["inspect", "-"], INSPECT, bytes),
        run(&["inspect", chain, "--key", file], INSPECT, b""),
        run(&["inspect", chain, "--ca", file], INSPECT, b""),
        run(&["inspect", chain, "--ca", chain, "--crl", file], INSPECT, b""),
        run(&["inspect", file, "--ca", file, "--key", file], INSPECT, b""),
        probe(&["--cert", file, "--key", file]),
        probe(&["--cert", chain, "--key", file]),
        probe(&["--ca", file]),
        probe(&["--ca", chain, "--crl", file]),
        run(&["lint", file], LINT, b""),
        run(&["lint", "-"], LINT, bytes),
        run(&["resolve", "-f", file], RESOLVE, b""),
        run(&["probe", "--all", "-f", file], PROBE, b""),
    ];
    for (number, output) in calls.iter().enumerate() {
        assert_silent(output, keys, &format!("{about}, call {}", number + 1));
    }
}

#[test]
fn a_damaged_or_misplaced_key_file_is_never_shown() {
    let folder = scratch();
    for name in ["p256-leaf", "rsa2048"] {
        let key = key(name);
        let keys = of_keys(&key);
        assert!(!keys.is_empty(), "{name}");
        for (index, (about, bytes)) in spoilt(&key).into_iter().enumerate() {
            // The effect of a name ending in .yaml hardly depends on the rest.
            let files = if index % 4 == 0 { 2 } else { 1 };
            for file in ["key.pem", "key.yaml"].into_iter().take(files) {
                let path = folder.join(file);
                fs::write(&path, &bytes).unwrap();
                assert_calls_silent(&path, &bytes, &keys, &format!("{name}, {about}, {file}"));
            }
        }
    }
}

#[test]
fn errors_about_a_line_do_not_show_its_neighbours() {
    let folder = scratch();
    let key = key("p256-leaf");
    fs::write(folder.join("tls.key"), &key).unwrap();
    let (folder, keys) = (folder.to_str().unwrap(), of_keys(&key));
    let missing = format!("{folder}/tls.crt");
    for arguments in [
        &["inspect", folder][..],
        &["inspect", &missing, "--key", &format!("{folder}/tls.key")],
        &["inspect", "context/c", "-f", folder],
        &["probe", "127.0.0.1:1", "--cert", folder, "--key", &format!("{folder}/tls.key")],
        &["probe", "127.0.0.1:1", "--cert", &missing, "--key", &format!("{folder}/tls.key")],
        &["lint", folder],
        &["resolve", "-f", folder],
    ] {
        assert_silent(&run(arguments, &[], b""), &keys, &format!("{arguments:?}"));
    }
}

/// `--key "$(cat tls.key)"` instead of a path.
#[test]
fn a_key_given_as_an_argument_is_not_repeated() {
    let key = key("p256-leaf");
    let keys = of_keys(&key);
    for arguments in [
        &["inspect", &key][..],
        &["inspect", "-", "--key", &key],
        &["inspect", "-", "--ca", &key],
        &["inspect", "-", "-f", &key],
        &["probe", "127.0.0.1:1", "--cert", &key, "--key", &key],
        &["probe", "127.0.0.1:1", "--ca", &key],
        &["probe", &key],
        &["lint", &key],
        &["resolve", "-f", &key],
        &["resolve", &key],
        &["explain", &key],
        &["inspect", &format!("secret/default/{key}")],
        &["inspect", &format!("context/{key}")],
        &["lint", "-o", &format!("json={key}"), "testdata/bookinfo"],
        &["lint", "-o", &key],
        &["lint", "--at", &key],
    ] {
        assert_silent(&run(arguments, &[], b""), &keys, &format!("{:?}", &arguments[..1]));
    }
}
