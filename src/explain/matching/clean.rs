//! Normalises a pasted line for comparison: without escapes and quotes, with single spaces,
//! ignoring case and `_`.

/// A normalised line, with the same bytes as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explain) struct Cleaned {
    /// The line without colours, escapes and repeated spaces, but with quotes.
    pub(in crate::explain) quoted: String,
    /// The same without quotes.
    pub(in crate::explain) plain: String,
    /// `plain` in lower case with spaces for underscores, as in access logs; same length.
    pub(in crate::explain) folded: String,
}

/// Words that occur only in lines about TLS.
const ABOUT_TLS: [&str; 9] =
    ["ssl", "tls", "handshake", "x509", "x.509", "certificate", "crypto", "cert ", "pem"];

impl Cleaned {
    /// Whether the line is about TLS or certificates.
    pub(in crate::explain) fn is_about_tls(&self) -> bool {
        ABOUT_TLS.iter().any(|word| self.folded.contains(word))
    }

    /// Whether a part is surrounded only by punctuation.
    pub(in crate::explain) fn is_all(&self, start: usize, end: usize) -> bool {
        let around = [&self.plain[..start], &self.plain[end..]];
        around.iter().all(|text| !text.chars().any(char::is_alphanumeric))
    }
}

/// Only the beginning of a longer line is compared; such lines are blobs.
pub(in crate::explain) const LONGEST: usize = 32 * 1024;

/// Normalises one line, or several related ones.
pub(in crate::explain) fn clean(text: &str) -> Cleaned {
    let quoted = unescape(cut(text));
    let plain: String = quoted.chars().filter(|c| !is_quote(*c)).collect();
    let plain = single_blanks(&plain);
    let folded = fold(&plain);
    Cleaned { quoted, plain, folded }
}

/// Words as [`Cleaned::folded`] has them.
pub(in crate::explain) fn fold(text: &str) -> String {
    let fold = |c: char| if c == '_' { ' ' } else { c.to_ascii_lowercase() };
    text.chars().map(fold).collect()
}

/// Normalises words of the dictionary for comparison with a line.
pub(in crate::explain) fn fold_words(words: &str) -> String {
    fold(&words.chars().filter(|c| !is_quote(*c)).collect::<String>())
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '“' | '”' | '‘' | '’' | '«' | '»' | '´')
}

/// Undoes escaping by JSON, shells, terminals and web pages.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (put, used) = match c {
            '\u{1b}' => ("", escape_sequence(rest)),
            '\\' => match rest.as_bytes().get(1) {
                Some(b'"') => ("\"", 2),
                Some(b'\'') => ("'", 2),
                Some(b'n' | b't' | b'r') => (" ", 2),
                Some(b'u') => match rest.get(2..6) {
                    Some("003c" | "003C") => ("<", 6),
                    Some("003e" | "003E") => (">", 6),
                    Some("0026") => ("&", 6),
                    Some("0027") => ("'", 6),
                    Some("0022") => ("\"", 6),
                    _ => ("\\", 1),
                },
                Some(b'\\') => ("", 1),
                _ => ("\\", 1),
            },
            '&' if rest.starts_with("&quot;") => ("\"", 6),
            '&' if rest.starts_with("&#39;") => ("'", 5),
            '&' if rest.starts_with("&lt;") => ("<", 4),
            '&' if rest.starts_with("&gt;") => (">", 4),
            '\u{a0}' | '\t' | '\r' | '\n' => (" ", c.len_utf8()),
            // A dash that a web page made from two hyphens.
            '\u{2013}' | '\u{2014}' => ("-", c.len_utf8()),
            c if c.is_control() => ("", c.len_utf8()),
            c => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        out.push_str(put);
        rest = &rest[used..];
    }
    single_blanks(&out)
}

/// The length of a terminal's colour code, or of its first byte.
fn escape_sequence(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 1 };
    match rest.bytes().position(|byte| byte.is_ascii_alphabetic()) {
        Some(end) if end < 12 => end + 3,
        _ => 1,
    }
}

fn single_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shells_json_terminals_and_pages_add_is_undone() {
        for text in [
            "no such field: 'sni'",
            r#"{"m":"no such field: \"sni\""}"#,
            "\u{1b}[31mno  such field:\u{1b}[0m “sni”",
            "no such\nfield: &#39;sni&#39;",
            r"no such field: \u0027sni\u0027",
            "no_such_field:_'SNI'",
        ] {
            assert!(clean(text).folded.contains("no such field: sni"), "{text}");
        }
    }

    #[test]
    fn folded_bytes_stand_where_the_written_ones_do() {
        let cleaned = clean("Größe_X “a”  b\t\\u003cinline\\u003e");
        assert_eq!(cleaned.plain, "Größe_X a b <inline>");
        assert_eq!(cleaned.plain.len(), cleaned.folded.len());
        assert_eq!(cleaned.folded, "größe x a b <inline>");
    }

    #[test]
    fn a_line_of_a_megabyte_is_compared_by_its_beginning() {
        assert!(clean(&"ä".repeat(1 << 20)).plain.len() <= LONGEST);
    }
}
