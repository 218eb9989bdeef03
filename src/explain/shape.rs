//! The shape of a log line: its words without times, ids and addresses, the same for lines that say
//! the same.

use std::hash::{DefaultHasher, Hasher};

/// A hash that equal lines share. Lines that differ in a name, a code or a flag get different ones.
pub(super) fn shape(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut before = "";
    for word in line.split(' ') {
        if !is_passing(word, before) {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
        before = word;
    }
    hasher.finish()
}

/// Words before a number that is significant.
const ANNOUNCE: [&str; 7] = ["depth", "number", "num", "code", "error", "alert", "status"];

/// Whether a word is a time, an id, an address, a size or a request's path.
fn is_passing(word: &str, before: &str) -> bool {
    if word.len() > 64 {
        return false;
    }
    if word.starts_with('/') {
        // A file path is a name; a request path follows its method.
        return before.starts_with('"')
            && before.len() > 3
            && before[1..].bytes().all(|byte| byte.is_ascii_uppercase());
    }
    let (mut digits, mut capitals) = (0, 0);
    for byte in word.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'f' | b'm' | b's' => {}
            // Kubernetes names have none.
            b'A'..=b'Z' => capitals += 1,
            b'.' | b':' | b',' | b'+' | b'-' | b'[' | b']' | b'"' | b'(' | b')' | b'/' => {}
            _ => return false,
        }
    }
    let bare = word.trim_matches(|c: char| !c.is_ascii_digit());
    let is_code = (8..=10).contains(&digits) && bare.len() == digits;
    let is_status = digits == 3 && word.len() == 3 && matches!(word.as_bytes()[0], b'4' | b'5');
    // `depth 0`, `alert number 48`: a number introduced by a word is significant.
    let is_announced = word.len() <= 4 && ANNOUNCE.contains(&before);
    // A timestamp has two capitals, a hexadecimal id more; a counter (`C12`) has one.
    let is_moment_or_id = || {
        word.bytes()
            .all(|byte| !byte.is_ascii_uppercase() || matches!(byte, b'A'..=b'F' | b'T' | b'Z'))
    };
    let is_counter = capitals <= 1 || is_moment_or_id();
    digits > 0 && is_counter && !is_code && !is_status && !is_announced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_ids_and_addresses_pass_and_names_and_codes_stay() {
        let line = "ACCESS [2021-03-04T10:11:12.000Z] \"GET /a HTTP/1.1\" 503 UF,URX 0 91 2 - \"10.1.2.3\" \"0d1f-00\" \"10.0.0.7:443\"";
        let other = "ACCESS [2021-03-04T10:19:12.000Z] \"GET /b?c=1 HTTP/1.1\" 503 UF,URX 0 93 27 - \"10.1.2.9\" \"0d1e-07\" \"10.0.0.9:443\"";
        assert_eq!(shape(line), shape(other));
        for (one, other) in [
            ("TLSContext up1 found no", "TLSContext up2 found no"),
            ("at depth 0: x", "at depth 1: x"),
            ("268435581 x", "268435703 x"),
            ("a 503 UF", "a 503 UC"),
            ("\"- - -\" 421 -", "\"- - -\" 503 -"),
            ("no file /etc/a.pem", "no file /etc/b.pem"),
        ] {
            assert_ne!(shape(one), shape(other), "{one}");
        }
    }
}
