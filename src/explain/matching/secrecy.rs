//! Keys and tokens that were pasted along are never repeated.

use crate::cert::pem::without_private_keys;

/// What stands where something secret was.
const HIDDEN: &str = "<hidden>";
/// A run of letters and digits as long as this is no name: a line of PEM has 64 of them.
const LONGEST_RUN: usize = 40;
/// No part of a path is.
const LONGEST_PART: usize = 24;
/// Words before a secret.
const BEFORE: [&str; 12] = [
    "authorization:",
    "bearer",
    "basic",
    "token",
    "password",
    "passwd",
    "secret-key",
    "api-key",
    "apikey",
    "cookie",
    "x-consul-token:",
    "client-secret",
];

/// The text without what looks like a key, a token or a password.
pub fn hide(text: &str) -> String {
    let text = without_private_keys(text);
    let mut out = String::with_capacity(text.len());
    let mut after_label = false;
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let folded = word.to_ascii_lowercase();
        let label = folded.trim_matches(['"', '\'', '=', ',']);
        if after_label && !word.is_empty() && !is_label(label) {
            out.push_str(HIDDEN);
            after_label = false;
            continue;
        }
        after_label = is_label(label) && out_is_header(&folded);
        out.push_str(&hide_runs(word));
    }
    out
}

/// `token` alone is a usual word; before `:` or `=` it announces one.
fn out_is_header(word: &str) -> bool {
    word.ends_with([':', '=']) || word.ends_with("bearer") || word.ends_with("basic")
}

fn is_label(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    BEFORE.iter().any(|label| word == label.trim_end_matches(':'))
}

/// Hides what follows `token=` within a word, and runs that only keys and tokens have.
fn hide_runs(word: &str) -> String {
    let folded = word.to_ascii_lowercase();
    let assigned = BEFORE.iter().find_map(|label| {
        let label = label.trim_end_matches(':');
        let at = folded.find(label)? + label.len();
        let rest = folded.get(at..)?;
        rest.starts_with(['=', ':']).then_some(at + 1).filter(|from| *from < word.len())
    });
    if let Some(from) = assigned {
        return format!("{}{HIDDEN}", &word[..from]);
    }
    let mut out = String::with_capacity(word.len());
    let mut run = String::new();
    for c in word.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=') {
            run.push(c);
            continue;
        }
        put_run(&mut out, &run);
        run.clear();
        out.push(c);
    }
    put_run(&mut out, &run);
    out
}

/// A path has slashes, too: each of its parts is looked at by itself. A digest in hexadecimal is no
/// secret.
fn put_run(out: &mut String, run: &str) {
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_token = run.starts_with("eyJ") && run.len() > 12;
    let looks_random = run.len() >= LONGEST_RUN
        && run
            .split('/')
            .any(|part| part.len() >= LONGEST_PART && !is_hex(part) || part.contains(['+', '=']));
    out.push_str(if is_token || looks_random { HIDDEN } else { run });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_bare_lines_of_keys_are_hidden() {
        let key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        for text in [
            key.to_owned(),
            format!("up {key} down"),
            "Authorization: Bearer abc.def.ghi".to_owned(),
            "X-Consul-Token: 0f4d8cd8-aaaa-bbbb-cccc-2a0be0d1cf9f".to_owned(),
            "token=0f4d8cd8-aaaa".to_owned(),
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9".to_owned(),
        ] {
            let hidden = hide(&text);
            assert!(hidden.contains(HIDDEN), "{hidden}");
            assert!(!hidden.contains(&key[..20]) && !hidden.contains("0f4d8cd8"), "{hidden}");
            assert!(!hidden.contains("abc.def"), "{hidden}");
        }
    }

    #[test]
    fn names_paths_and_digests_stay() {
        for text in [
            "/ambassador/snapshots/default/secrets-decoded/up-cert/0123456789012345678901234567890123456789.crt",
            "cluster_https___web_shop_otls_shop",
            "spiffe://cluster.local/ns/shop/sa/cart",
            "outbound|443||cart.shop.svc.cluster.local",
        ] {
            assert_eq!(hide(text), text);
        }
    }
}
