//! Private keys taken out of texts that somebody may see.

use std::borrow::Cow;

/// What stands where a private key stood.
pub const HIDDEN_KEY: &str = "<private key>";

const BEGIN: &str = "-----BEGIN ";
const KEY: &str = "PRIVATE KEY-----";

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
        let start = rest[..key].rfind(BEGIN).unwrap_or(0);
        shown.push_str(&rest[..start]);
        shown.push_str(HIDDEN_KEY);
        let after = &rest[key + KEY.len()..];
        let end = if start == 0 && !rest.starts_with(BEGIN) {
            Some(after)
        } else {
            after.find(KEY).map(|end| &after[end + KEY.len()..])
        };
        rest = end.unwrap_or_default();
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}
