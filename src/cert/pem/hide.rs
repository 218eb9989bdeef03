//! Private keys taken out of texts that somebody may see.

use std::borrow::Cow;

/// What stands where a private key stood.
pub const HIDDEN_KEY: &str = "<private key>";

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const KEY: &str = "PRIVATE KEY-----";

/// Where the label begins that a text ends in, if it is a `BEGIN`.
fn begins(text: &str) -> Option<usize> {
    let begin = text.rfind(BEGIN)?;
    text.rfind(END).is_none_or(|end| end < begin).then_some(begin)
}

/// Whether a private key in PEM, or what is left of one, is in the text.
pub fn holds_private_key(text: &str) -> bool {
    text.len() > KEY.len() && text.contains(KEY)
}

/// The text with [`HIDDEN_KEY`] for each private key in it; a key without its `END` reaches to the
/// end of the text.
pub fn without_private_keys(text: &str) -> Cow<'_, str> {
    if !holds_private_key(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut rest = text;
    while let Some(key) = rest.find(KEY) {
        // Without its `BEGIN`, this is an `END`, and what stands before it is the key.
        let begin = begins(&rest[..key]);
        shown.push_str(&rest[..begin.unwrap_or(0)]);
        shown.push_str(HIDDEN_KEY);
        let after = &rest[key + KEY.len()..];
        rest = match (begin, after.find(KEY)) {
            (None, _) => after,
            (Some(_), None) => "",
            // A key that breaks off, and then another one.
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
    fn keys_that_break_off_and_follow_each_other_are_hidden() {
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
