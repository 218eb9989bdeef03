//! No text makes `explain` panic, take long, or repeat a pasted key.

use std::fs;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use mtlsctl::explain::dictionary::entries;
use mtlsctl::explain::{read, read_log};

use super::explain::{CASES, err, out, piped, run};
use crate::support::dice::Dice;

#[test]
fn pasted_keys_and_tokens_are_never_repeated() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/pki/keys/p256-leaf.key.pem");
    let text = fs::read_to_string(path).unwrap();
    let key = text[text.find("-----BEGIN").unwrap()..].to_owned();
    let body = key.lines().nth(1).unwrap();
    let token = "0f4d8cd8-5a1c-4f6b-9d43-2a0be0d1cf9f";
    let jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl";
    let secret = BASE64_STANDARD.encode(&key);
    let texts = [
        key.clone(),
        key.replace('\n', "\\n"),
        format!("TLSContext {body} found no certificate in secret {body} in namespace {body}"),
        format!("could not reconfigure: {key}"),
        format!("could not reconfigure: X-Consul-Token: {token}"),
        format!("could not reconfigure: Authorization: Bearer {jwt}"),
        format!("nothing known {body}"),
        format!("http: TLS handshake error from 10.0.0.1:1: token={token}"),
        // A truncated one, one in YAML, and a Secret with its values in base64, wrapped or not.
        format!("{} and then {key}", &key[..120]),
        format!("could not reconfigure: tls.key: |\n  {}", key.replace('\n', "\n  ")),
        format!("could not reconfigure: data: tls.key: {secret}"),
        format!("could not reconfigure: {}", wrapped(&secret, 76)),
        format!("could not reconfigure: {}", wrapped(&key.replace("-----", ""), 30)),
        serde_json::json!({ "msg": format!("could not reconfigure: {key}") }).to_string(),
    ];
    for text in &texts {
        for output in [
            run(&["explain", text]),
            run(&["explain", "-o", "json", text]),
            piped(&["explain", "-"], &format!("{text}\nUF,URX\n{text}\n")),
        ] {
            let told = out(&output) + &err(&output);
            let parts = [&body[..24], &body[body.len() - 24..], &secret[60..84], token, &jwt[..20]];
            for secret in parts {
                assert!(!told.contains(secret), "{text}: {told}");
            }
        }
    }
}

/// How many mixed lines are tried; `MTLSCTL_EXPLAIN_RUNS=20000` takes about an hour.
fn runs() -> u64 {
    std::env::var("MTLSCTL_EXPLAIN_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(400)
}

#[test]
fn cut_and_mixed_lines_are_read_without_harm() {
    const SECRET: &str = "MHcCAQEEIBw5Y0m3x8h1u8bq0nq8v1k5m2p4r6s8t0uAoGCCqGSM49AwEHoUQDQgAE";
    let key = format!("-----BEGIN EC PRIVATE KEY-----\\n{SECRET}\\n-----END EC PRIVATE KEY-----");
    let scraps = [
        "\"",
        "{",
        "}}",
        "(",
        "\\",
        "\u{1b}[31m",
        "é",
        "\u{2014}",
        "\0",
        " - ",
        ":",
        "{reason}",
        "99999999999",
    ];
    let words: Vec<&str> = CASES
        .iter()
        .map(|(text, ..)| *text)
        .chain(entries().flat_map(|entry| entry.forms().map(|(words, _)| words)))
        .collect();
    for throw in 0..runs() {
        let mut dice = Dice::new(19, throw);
        let mut text = String::new();
        for _ in 0..=dice.below(4) {
            let piece: Vec<char> = dice.pick(&words).chars().collect();
            let from = dice.position(piece.len());
            let until = from + dice.position(piece.len() - from + 1);
            let all = dice.once_in(2);
            text.extend(if all { &piece[..] } else { &piece[from..until] });
            text.push_str(dice.pick(&scraps));
        }
        let has_key = dice.once_in(4);
        if has_key {
            let at = text
                .char_indices()
                .nth(dice.position(text.chars().count()))
                .map_or(0, |(at, _)| at);
            text.insert_str(at, &key);
        }
        let start = std::time::Instant::now();
        let reading = read(&text);
        let counted = read_log(&mut text.as_bytes(), &mut |_| {}).unwrap();
        assert!(start.elapsed().as_secs() < 10, "{text:?}");
        let told = format!("{reading:?}{counted:?}{}", mtlsctl::explain::shown(&text));
        assert!(!told.contains(&SECRET[..40]), "throw {throw}: {text:?}");
    }
}

/// A text wrapped to this many characters.
fn wrapped(text: &str, width: usize) -> String {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters.chunks(width).map(String::from_iter).collect::<Vec<_>>().join("\n")
}

#[test]
fn bytes_of_any_kind_are_read_without_harm() {
    for throw in 0..runs() {
        let mut dice = Dice::new(23, throw);
        let mut bytes = Vec::new();
        for _ in 0..dice.below(600) {
            // Some random bytes, and more that occur in lines.
            let any = dice.below(256) as u8;
            let usual = dice.pick(b" :\"'{}\\[]()=.,/\n0123456789abcdefSLT_-");
            bytes.push(if dice.once_in(3) { any } else { usual });
        }
        let text = String::from_utf8_lossy(&bytes);
        let reading = read(&text);
        let counted = read_log(&mut &bytes[..], &mut |_| {}).unwrap();
        assert!(reading.said.len() < 100 && counted.causes.len() < 100, "{text:?}");
    }
}

#[test]
fn no_repetitive_line_takes_long() {
    // Common prefixes of word forms, and what the code for codes, fields and secrets searches for.
    let repeated = [
        "Failed to connect to ",
        "TLS handshake error from ",
        "secrets is forbidden: User ",
        "x509: ",
        "error:0A000412:",
        "268435581:SSL routines:OPENSSL_internal:",
        "cluster_",
        "eyJ",
        "PRIVATE KEY-----",
        "-----BEGIN ",
        "upstream_host\":\"",
        "://a:",
        "\\u00",
        "{\"a\":",
        "=",
        "{",
    ];
    for piece in repeated {
        let line = piece.repeat(64 * 1024 / piece.len());
        let start = std::time::Instant::now();
        read(&line);
        let _ = mtlsctl::explain::shown(&line);
        assert!(start.elapsed().as_secs() < 10, "{piece:?} took {:?}", start.elapsed());
    }
}
