//! Text and paths for SARIF.

use crate::report::form::wrap::one_line;

/// A name in a manifest must not become a link.
pub(super) fn unlinked(text: &str) -> String {
    one_line(text).replace("](", "\\](")
}

/// A path as a relative URI.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}

/// A sentence with a capital letter, unless it begins with a name, and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let mut sentence: String = match first_word.contains(['_', '`', '=', '/']) {
        true => text.to_owned(),
        false => first.chain(letters).collect(),
    };
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

pub(super) fn pascal_case(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}
