//! Fields of an access log line (status, flags, details) in Ambassador's, Istio's, JSON and other
//! formats.

use super::dictionary::Flag;
use crate::explain::matching::clean::Cleaned;

/// What an access log says about a request or connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) status: Option<u16>,
    /// Response flags, in their order.
    pub(super) flags: Vec<&'static str>,
    /// Whether the upstream's own answer was passed on.
    pub(super) is_passed_on: bool,
    /// Whether the line is from an access log, and not just a flag or status.
    pub(super) is_line: bool,
}

/// Keys of flags and status, ignoring case, `_` and `-`.
const FLAG_KEYS: [&str; 5] =
    ["responseflags", "responseflag", "flags", "envoyresponseflags", "responseflagslong"];
const STATUS_KEYS: [&str; 6] =
    ["responsecode", "status", "statuscode", "code", "httpstatus", "responsestatus"];

/// The maximum length of such a value, including all flags together.
const LONGEST_VALUE: usize = 256;
/// In a text with this few words, a flag is recognised in any position.
const FEW: usize = 8;

/// Parses them, if the line has any.
pub(super) fn access(line: &Cleaned) -> Option<Access> {
    if let Some(flags) = flag_list(&line.plain) {
        return Some(Access { flags, ..Access::default() });
    }
    if let Some((status, flags)) = status_with_flags(&line.plain) {
        return Some(Access { status: Some(status), flags, ..Access::default() });
    }
    if let Some(status) = status_alone(&line.plain) {
        return Some(Access { status: Some(status), ..Access::default() });
    }
    let mut found =
        Access { is_passed_on: line.folded.contains("via upstream"), ..Access::default() };
    let words: Vec<&str> = line.quoted.split(' ').collect();
    for pair in words.windows(3) {
        let status = pair[1]
            .parse::<u16>()
            .ok()
            .filter(|status| *status == 0 || (100..600).contains(status));
        if let (Some(status), true) = (status, pair[0].ends_with('"'))
            && (pair[2] == "-" || flag_list(pair[2]).is_some())
        {
            found.status = Some(status);
            found.flags = flag_list(pair[2]).unwrap_or_default();
            found.is_line = true;
            return Some(found);
        }
    }
    for (key, value) in fields(&line.quoted) {
        let key: String = key
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if FLAG_KEYS.contains(&key.as_str()) {
            found.is_line = true;
            found.flags = flag_list(value).unwrap_or_default();
        } else if STATUS_KEYS.contains(&key.as_str()) {
            found.status =
                value.parse().ok().filter(|status| (100..600).contains(status)).or(found.status);
        }
    }
    if !found.is_line
        && words.len() <= FEW
        && let Some(flags) = words.iter().find_map(|word| flag_list(word))
    {
        found.flags = flags;
        return Some(found);
    }
    (found.is_line && (found.status.is_some() || !found.flags.is_empty())).then_some(found)
}

/// `UF,URX`, if it has only flags.
fn flag_list(text: &str) -> Option<Vec<&'static str>> {
    let text = text.trim_matches(['"', '\'', '(', ')', '[', ']']);
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    let parts = text.split([',', ' ', '|', '+', '/', ';']).filter(|part| !part.is_empty());
    parts
        .map(|part| Flag::named(part).map(|flag| flag.short))
        .collect::<Option<Vec<_>>>()
        .filter(|flags| !flags.is_empty())
}

/// `503 UF,URX`, as people abbreviate an access log line.
fn status_with_flags(text: &str) -> Option<(u16, Vec<&'static str>)> {
    let (status, flags) = text.split_once(' ')?;
    let status = status.parse().ok().filter(|status| (100..600).contains(status))?;
    Some((status, flag_list(flags)?))
}

/// `503`, `HTTP 503`, `HTTP/1.1 503 Service Unavailable`, `503 Service Unavailable`.
fn status_alone(text: &str) -> Option<u16> {
    let mut words = text.split([' ', ':']).filter(|word| !word.is_empty());
    let mut word = words.next()?;
    if word.eq_ignore_ascii_case("http")
        || word.to_ascii_uppercase().starts_with("HTTP/")
        || word.eq_ignore_ascii_case("status")
    {
        word = words.next()?;
    }
    let status =
        word.parse::<u16>().ok().filter(|status| (400..600).contains(status) && word.len() == 3)?;
    let rest: Vec<&str> = words.collect();
    (rest.len() <= 6 && rest.iter().all(|word| word.chars().all(char::is_alphabetic)))
        .then_some(status)
}

/// `key=value` and `"key":"value"` pairs of a line.
fn fields(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices([':', '=']).filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '"', '\'']);
        let begin = before
            .char_indices()
            .rfind(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let behind = text[at + 1..].trim_start_matches([' ', '"', '\'']);
        // Statuses and flags are short; without this limit, a line of colons would be searched to
        // its end from each colon.
        let mut ends = behind.char_indices().take(LONGEST_VALUE);
        let end = ends
            .find(|(_, c)| matches!(c, '"' | '\'' | ' ' | '}' | ']'))
            .map_or(behind.len(), |(end, _)| end);
        let value = behind[..end].trim_end_matches(',');
        (begin < before.len()).then_some((&before[begin..], value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::matching::clean::clean;

    fn read(text: &str) -> (Option<u16>, Vec<&'static str>) {
        access(&clean(text)).map(|found| (found.status, found.flags)).unwrap_or_default()
    }

    #[test]
    fn lines_of_every_form_are_read() {
        let ambassador = "ACCESS [2021-03-04T10:11:12.000Z] \"GET /test HTTP/1.1\" 503 UF,URX 0 91 2 - \"10.1.2.3\" \"curl/7.68.0\" \"0d1f\" \"gw.example.com\" \"10.0.0.7:443\"";
        assert_eq!(read(ambassador), (Some(503), vec!["UF", "URX"]));
        assert_eq!(
            read("[2021-03-04T10:11:12Z] \"- - -\" 0 UF,URX - - \"-\" 0 0 4 - \"-\""),
            (Some(0), vec!["UF", "URX"])
        );
        assert_eq!(
            read(r#"{"response_code":503,"response_flags":"UC","upstream_host":"10.0.0.7:443"}"#),
            (Some(503), vec!["UC"])
        );
        assert_eq!(
            read("method=GET status=503 flags=UF,URX host=a"),
            (Some(503), vec!["UF", "URX"])
        );
        assert_eq!(read("UF,URX"), (None, vec!["UF", "URX"]));
        assert_eq!(read("503 UC"), (Some(503), vec!["UC"]));
        assert_eq!(read("UpstreamConnectionFailure"), (None, vec!["UF"]));
        assert_eq!(read("HTTP/1.1 503 Service Unavailable"), (Some(503), vec![]));
    }

    #[test]
    fn other_lines_are_none() {
        for text in ["STUFF", "uf", "status of 503 things", "GET / 503", "a: b", "200"] {
            assert_eq!(read(text), (None, vec![]), "{text}");
        }
    }
}
