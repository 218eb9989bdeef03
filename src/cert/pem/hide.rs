//! Removes private keys from texts that may be shown.

use std::borrow::Cow;

/// The replacement for a private key.
pub const HIDDEN_KEY: &str = "<private key>";

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const KEY: &str = "PRIVATE KEY-----";

/// The start of the label at the end of a text, if it belongs to a `BEGIN`.
fn begins(text: &str) -> Option<usize> {
    let begin = text.rfind(BEGIN)?;
    text.rfind(END).is_none_or(|end| end < begin).then_some(begin)
}

/// Whether the text has a private key in PEM, or a part of one.
pub fn holds_private_key(text: &str) -> bool {
    text.len() > KEY.len() && text.contains(KEY)
}

/// The text with each private key replaced by [`HIDDEN_KEY`]; a key without `END` extends to the
/// end of the text.
pub fn without_private_keys(text: &str) -> Cow<'_, str> {
    if !holds_private_key(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut rest = text;
    while let Some(key) = rest.find(KEY) {
        // Without a `BEGIN` this is an `END`, and the key is before it.
        let begin = begins(&rest[..key]);
        shown.push_str(&rest[..begin.unwrap_or(0)]);
        shown.push_str(HIDDEN_KEY);
        let after = &rest[key + KEY.len()..];
        rest = match (begin, after.find(KEY)) {
            (None, _) => after,
            (Some(_), None) => "",
            // A truncated key, followed by another one.
            (Some(_), Some(next)) => match begins(&after[..next]) {
                Some(begin) => &after[begin..],
                None => &after[next + KEY.len()..],
            },
        };
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncated_and_consecutive_keys_are_hidden() {
        let key = "-----BEGIN PRIVATE KEY-----\nbody\n-----END PRIVATE KEY-----";
        let broken = "-----BEGIN PRIVATE KEY-----\nbody";
        for text in [
            format!("a {key} b {key} c"),
            format!("a {broken} {broken}"),
            format!("a {broken} {key} c"),
            format!("a {key} {broken}"),
            "body\n-----END PRIVATE KEY----- c".to_owned(),
        ] {
            let shown = without_private_keys(&text);
            assert!(!shown.contains("body") && shown.contains(HIDDEN_KEY), "{shown}");
            assert_eq!(shown.ends_with('c'), text.ends_with('c'), "{shown}");
        }
    }
}
