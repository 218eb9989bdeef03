//! Makes sure that pasted keys and tokens are never repeated.

use crate::cert::pem::without_private_keys;

/// The replacement for something secret.
const HIDDEN: &str = "<hidden>";
/// A run of letters and digits of this length is not a name: a line of PEM has 64.
const LONGEST_RUN: usize = 40;
/// The same for a part of a path.
const LONGEST_PART: usize = 24;
/// The same for a run with capitals, lower-case letters and digits, as in base64 but hardly ever in
/// names.
const LONGEST_MIXED: usize = 24;
/// The same next to a key, and for a run that ends in base64 padding.
const LONGEST_BESIDE_KEY: usize = 12;
/// Signs of a key, or a Secret with one: its label, and the label in base64.
const KEY_IS_NEAR: [&str; 3] = ["PRIVATE KEY", "LS0tLS1CRUdJTi", "tls.key"];
/// Words before a secret; `_` counts as `-`.
const BEFORE: [&str; 17] = [
    "authorization:",
    "bearer",
    "basic",
    "token",
    "password",
    "passwd",
    "passphrase",
    "secret-key",
    "access-key",
    "private-key",
    "key-data",
    "tls.key",
    "api-key",
    "apikey",
    "cookie",
    "x-consul-token:",
    "client-secret",
];

/// The text without what looks like a key, a token or a password.
pub fn hide(text: &str) -> String {
    let text = without_private_keys(text);
    let text = without_passwords_of_urls(&text);
    let is_near = KEY_IS_NEAR.iter().any(|sign| text.contains(sign));
    let hidden = hide_words(&text, is_near);
    // A line of a key is followed by others, including shorter ones.
    match !is_near && hidden.contains(HIDDEN) {
        true => hide_words(&text, true),
        false => hidden,
    }
}

fn hide_words(text: &str, is_near: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_label = false;
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let folded = fold(word);
        let label = folded.trim_matches(['"', '\'', '=', ',']);
        if after_label && !word.is_empty() && !is_label(label) {
            out.push_str(HIDDEN);
            after_label = false;
            continue;
        }
        after_label = is_label(label) && out_is_header(&folded);
        out.push_str(&hide_runs(word, is_near));
    }
    out
}

/// `token` alone is an ordinary word; before `:` or `=` it introduces one.
fn out_is_header(word: &str) -> bool {
    word.ends_with([':', '=']) || word.ends_with("bearer") || word.ends_with("basic")
}

fn is_label(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    BEFORE.iter().any(|label| word == label.trim_end_matches(':'))
}

fn fold(word: &str) -> String {
    word.to_ascii_lowercase().replace('_', "-")
}

/// `https://user:password@host` without the password.
fn without_passwords_of_urls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let end = after.find(['/', ' ', '"', '\'']).unwrap_or(after.len());
        rest = after;
        if let Some(at) = after[..end].rfind('@')
            && let Some(colon) = after[..at].find(':')
        {
            out.push_str(&after[..=colon]);
            out.push_str(HIDDEN);
            rest = &after[at..];
        }
    }
    out.push_str(rest);
    out
}

/// Hides the value after `token=` within a word, and runs that occur only in keys and tokens.
fn hide_runs(word: &str, is_near: bool) -> String {
    let folded = fold(word);
    let assigned = BEFORE.iter().find_map(|label| {
        let label = label.trim_end_matches(':');
        let at = folded.find(label)? + label.len();
        let rest = folded.get(at..)?;
        // In JSON there is a quote in between.
        let quote = usize::from(rest.starts_with('"'));
        rest[quote..]
            .starts_with(['=', ':'])
            .then_some(at + quote + 1)
            .filter(|from| *from < word.len())
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
        put_run(&mut out, &run, is_near);
        run.clear();
        out.push(c);
    }
    put_run(&mut out, &run, is_near);
    out
}

/// Paths have slashes, too: each part is checked separately. A hexadecimal digest is not a secret.
fn put_run(out: &mut String, run: &str, is_near: bool) {
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_token = run.starts_with("eyJ") && run.len() > 12;
    let looks_random = run.len() >= LONGEST_RUN
        && run
            .split('/')
            .any(|part| part.len() >= LONGEST_PART && !is_hex(part) || part.contains(['+', '=']));
    let is_mixed = |part: &str| {
        let has = |kind: fn(&u8) -> bool| part.bytes().any(|byte| kind(&byte));
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        digits >= if is_near { 1 } else { 2 }
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_uppercase)
    };
    let is_padded = run.ends_with('=') && run.trim_end_matches('=').len() >= LONGEST_BESIDE_KEY;
    let longest = if is_near { LONGEST_BESIDE_KEY } else { LONGEST_MIXED };
    let looks_mixed = run.split('/').any(|part| part.len() >= longest && is_mixed(part));
    let is_part = is_near
        && run.len() >= LONGEST_BESIDE_KEY
        && (run.contains(['+', '=']) || run.len() >= LONGEST_MIXED && is_mixed(run));
    let hides = is_token || looks_random || looks_mixed || is_padded && is_mixed(run) || is_part;
    out.push_str(if hides { HIDDEN } else { run });
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
            // The last line of a key, the lines of one that was wrapped anew, and one of a Secret.
            format!("{}==", &key[..26]),
            format!("up {}", &key[..30]),
            format!("tls.key: {}", &key[20..36]),
            format!("LS0tLS1CRUdJTiBQUklWQVRF {}", &key[20..36]),
            "https://user:0f4d8cd8@host/a".to_owned(),
            "DB_PASSWORD=0f4d8cd8".to_owned(),
            "client_secret=0f4d8cd80f4d8cd8".to_owned(),
            "{\"password\":\"0f4d8cd8\"}".to_owned(),
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
            "https://web.shop:8443/a@b",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "sun.security.provider.certpath.SunCertPathBuilderException",
            "getambassador.io/v3alpha1, Kind=TLSContext",
            "TLSV13_ALERT_CERTIFICATE_REQUIRED",
            "emissary-apiext-66b7c5cc4-c5wlp",
        ] {
            assert_eq!(hide(text), text);
        }
    }
}
