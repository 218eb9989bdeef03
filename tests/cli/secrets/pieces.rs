//! Substrings that would reveal a Secret.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The length of a substring that reveals a value.
const WINDOW: usize = 24;
/// The same for a key, where less is enough.
const SHORT_WINDOW: usize = 16;

/// Substrings that must not be shown.
pub(crate) type Pieces = BTreeSet<String>;

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    text.split(move |c: char| !is_base64(c))
        .filter(|word| word.len() > 2 * WINDOW && word.contains(|c: char| c.is_uppercase()))
}

/// Substrings of everything that looks like Secret data or a line of PEM.
pub(crate) fn of_secrets(text: &str) -> Pieces {
    words(text)
        .flat_map(|word| [&word[..WINDOW], &word[word.len() / 2 - WINDOW / 2..][..WINDOW]])
        .map(str::to_owned)
        .collect()
}

/// Substrings of private keys only: as PEM, as Secret data, and as hexadecimal bytes.
pub(crate) fn of_keys(text: &str) -> Pieces {
    let mut pieces = Pieces::new();
    for word in words(text) {
        let decoded = STANDARD.decode(word).unwrap_or_default();
        let decoded = String::from_utf8_lossy(&decoded);
        if decoded.contains("PRIVATE KEY") {
            pieces.extend(of_secrets(word));
            pieces.extend(of_blocks(&decoded));
        }
    }
    pieces.extend(of_blocks(text));
    pieces
}

/// Substrings of PEM blocks of private keys, without the public key at the end of some.
fn of_blocks(text: &str) -> Pieces {
    let mut pieces = Pieces::new();
    for block in text.split("-----BEGIN ").skip(1).filter(|block| {
        block.split("-----").next().is_some_and(|label| label.ends_with("PRIVATE KEY"))
    }) {
        let body = block.split("-----END").next().unwrap_or_default();
        let lines: Vec<&str> = body.lines().skip(1).map(str::trim).collect();
        let bytes = STANDARD.decode(lines.concat()).unwrap_or_default();
        // The secret numbers start after a header of up to 36 bytes, 48 characters; short PEM lines
        // are Ed25519 keys with a header of 16 bytes.
        let longest = lines.iter().map(|line| line.len()).max().unwrap_or_default();
        if let Some(first) = lines.first() {
            let start = if longest > 62 && lines.len() > 1 { 48 } else { 24 };
            pieces.extend(first.get(start..start + SHORT_WINDOW).map(str::to_owned));
        }
        // In RSA keys the public modulus follows, then the secret numbers; in EC keys the rest of
        // the secret number and a public point.
        let secret = if lines.len() > 8 { lines.len() / 2..lines.len() - 1 } else { 1..2 };
        for line in lines.get(secret).unwrap_or_default() {
            pieces.extend(line.get(..SHORT_WINDOW).map(str::to_owned));
        }
        let hex: String = bytes.iter().skip(36).take(16).map(|b| format!("{b:02x}")).collect();
        if hex.len() == 32 {
            pieces.insert(hex.to_uppercase());
            pieces.insert(hex);
        }
    }
    pieces
}

/// Fails if a substring is shown, even wrapped or escaped.
pub(crate) fn assert_silent(output: &str, secrets: &Pieces, about: &str) {
    let dense: String = output.chars().filter(|c| !c.is_whitespace()).collect();
    let shown = |secret: &&String| output.contains(*secret) || dense.contains(*secret);
    let shown = secrets.iter().find(shown);
    assert_eq!(shown, None, "{about} shows a part of a Secret:\n{output}");
}
