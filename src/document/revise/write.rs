//! Writes scalars with their existing quotes, or with those they need.

use super::super::change::NewValue;
use super::super::scalar::{Scalar, resolve};

/// How a scalar is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Not at all, if possible.
    None,
    Single,
    Double,
}

impl Quotes {
    /// The quotes of a scalar's source text.
    pub(super) fn of(raw: &str) -> Self {
        match raw.as_bytes().first() {
            Some(b'"') => Self::Double,
            Some(b'\'') => Self::Single,
            _ => Self::None,
        }
    }
}

/// A value as YAML; `None` for values that no manifest should have, such as control characters.
pub(super) fn write(value: &NewValue, quotes: Quotes, in_flow: bool) -> Option<String> {
    let text = match value {
        NewValue::Bool(value) => return Some(value.to_string()),
        NewValue::Text(text) => text.as_str(),
    };
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')) {
        return None;
    }
    Some(match quotes {
        Quotes::None if is_plain(text, in_flow) => text.to_owned(),
        Quotes::Single => format!("'{}'", text.replace('\'', "''")),
        Quotes::None | Quotes::Double => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
    })
}

/// Whether a text is a string without quotes for every parser (libyaml and its descendants accept
/// no `:` in flow collections).
pub(super) fn is_plain(text: &str, in_flow: bool) -> bool {
    let inner = |c: char| {
        c.is_ascii_alphanumeric() || "_./+=~@-".contains(c) || (!in_flow && (c == ',' || c == ':'))
    };
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || "_./".contains(c))
        && text.chars().all(inner)
        && !text.ends_with(':')
        && !text.starts_with("...")
        && matches!(resolve(text, true, None), Scalar::Text(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, quotes: Quotes) -> Option<String> {
        write(&NewValue::Text(text.to_owned()), quotes, false)
    }

    #[test]
    fn text_that_would_be_read_as_something_else_is_quoted() {
        let plain = |word| text(word, Quotes::None).unwrap();
        assert_eq!(plain("h2,http/1.1"), "h2,http/1.1");
        assert_eq!(plain("https://a.b:443"), "https://a.b:443");
        for word in ["yes", "1e3", "012", "null", "a: b", "a #b", "*", "...", "", "é"] {
            assert!(plain(word).starts_with('"'), "{word}");
        }
        let in_flow = write(&NewValue::Text("a:1,b".into()), Quotes::None, true).unwrap();
        assert_eq!(in_flow, "\"a:1,b\"");
    }

    #[test]
    fn existing_quotes_are_kept() {
        assert_eq!(text("it's", Quotes::Single).unwrap(), "'it''s'");
        assert_eq!(text("a\"b\\", Quotes::Double).unwrap(), r#""a\"b\\""#);
        assert_eq!(text("a\nb", Quotes::Double), None);
    }
}
