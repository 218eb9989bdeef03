//! Scalars as `kubectl` reads them: sigs.k8s.io/yaml with its fork of go-yaml v2.
//!
//! The table is in reference/yaml.md §3.2; no Rust crate matches it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The API server's reading of a scalar.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'t> {
    /// `null`, `~` or empty.
    Null,
    /// `true`, `yes`, `on`, `y` and so on.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A number with a fraction, or too large for 64 bits.
    Float(f64),
    /// Text.
    Text(Cow<'t, str>),
}

impl Scalar<'_> {
    /// The name of its JSON type, as in the API server's messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Integer(_) => "integer",
            Self::Float(_) => "number",
            Self::Text(_) => "string",
        }
    }
}

/// A scalar as a mapping key: JSON keys are text.
pub(super) fn key<'t>(text: &'t str, plain: bool, tag: Option<&str>) -> Cow<'t, str> {
    match resolve(text, plain, tag) {
        Scalar::Null => Cow::Borrowed("null"),
        Scalar::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Scalar::Integer(value) => Cow::Owned(value.to_string()),
        Scalar::Float(value) => Cow::Owned(value.to_string()),
        Scalar::Text(text) => text,
    }
}

/// Resolves a scalar by its text, whether it is plain, and its tag's suffix (`str`, `int`, …).
pub(super) fn resolve<'t>(text: &'t str, plain: bool, tag: Option<&str>) -> Scalar<'t> {
    match tag {
        Some("binary") => STANDARD
            .decode(text.split_whitespace().collect::<String>())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map_or(Scalar::Text(Cow::Borrowed(text)), |text| Scalar::Text(Cow::Owned(text))),
        Some("int" | "float" | "bool" | "null") => resolve_plain(text),
        Some(_) => Scalar::Text(Cow::Borrowed(text)),
        None if plain => resolve_plain(text),
        None => Scalar::Text(Cow::Borrowed(text)),
    }
}

fn resolve_plain(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        _ => number(text).unwrap_or(Scalar::Text(Cow::Borrowed(text))),
    }
}

fn number(text: &str) -> Option<Scalar<'static>> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let digits: Cow<'_, str> =
        if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    if let Some(value) = integer(&digits) {
        return Some(Scalar::Integer(value));
    }
    if !is_float(&digits) {
        return None;
    }
    let value: f64 = digits.parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    // A float without a fraction becomes a JSON integer.
    if value.fract() == 0.0 && value.abs() < 9.0e15 {
        return Some(Scalar::Integer(value as i64));
    }
    Some(Scalar::Float(value))
}

/// Go's `strconv.ParseInt(text, 0, 64)`: a leading zero means octal.
fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().next()?.is_ascii_alphanumeric() {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    i64::try_from(if negative { -value } else { value }).ok()
}

/// go-yaml's `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`.
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && all_digits(fraction),
        Some((whole, fraction)) => all_digits(whole) && all_digits(fraction),
        None => !mantissa.is_empty() && all_digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    mantissa_fits && exponent_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar<'_> {
        resolve(text, true, None)
    }

    #[test]
    fn plain_scalars_are_read_as_kubectl_reads_them() {
        for text in ["yes", "YES", "y", "On", "true", "TRUE"] {
            assert_eq!(plain(text), Scalar::Bool(true), "{text}");
        }
        for text in ["no", "n", "off", "False"] {
            assert_eq!(plain(text), Scalar::Bool(false), "{text}");
        }
        let integers =
            [("0o14", 12), ("014", 12), ("012", 10), ("08", 8), ("0x1F", 31), ("0b11", 3)];
        let more = [("1_000", 1000), ("1__0", 10), ("1e3", 1000), ("+1", 1), ("-0", 0), ("1.", 1)];
        for (text, value) in integers.into_iter().chain(more) {
            assert_eq!(plain(text), Scalar::Integer(value), "{text}");
        }
        assert_eq!(plain(".5"), Scalar::Float(0.5));
        for text in ["~", "null", "Null", "NULL", ""] {
            assert_eq!(plain(text), Scalar::Null, "{text}");
        }
        for text in ["1:30", "190:20:30", "2024-01-01", "=", "nUll", "1e400", "tRue", "-", "0x"] {
            assert_eq!(plain(text), Scalar::Text(text.into()), "{text}");
        }
    }

    #[test]
    fn tags_and_quotes_take_precedence_over_the_text() {
        assert_eq!(resolve("1", true, Some("str")), Scalar::Text("1".into()));
        assert_eq!(resolve("3", false, Some("int")), Scalar::Integer(3));
        assert_eq!(resolve("yes", true, Some("bool")), Scalar::Bool(true));
        assert_eq!(resolve("aGk=", true, Some("binary")), Scalar::Text("hi".into()));
        assert_eq!(resolve("bar", true, Some("!foo")), Scalar::Text("bar".into()));
        assert_eq!(resolve("true", false, None), Scalar::Text("true".into()));
    }
}
