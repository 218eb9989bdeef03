//! The time a line was written, as given in the line.

/// The first date with a time, or time alone, in the first 200 bytes of a line: `2026-11-30
/// 10:11:12`, or `10:11:12` without a date.
pub(super) fn moment(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let head = &bytes[..bytes.len().min(200)];
    let at = head.windows(8).position(is_time)?;
    let time = std::str::from_utf8(&head[at..at + 8]).ok()?;
    let date = at.checked_sub(11).and_then(|from| head.get(from..at - 1)).and_then(date);
    Some(match date {
        Some(date) => format!("{date} {time}"),
        None => time.to_owned(),
    })
}

/// `10:11:12`
fn is_time(window: &[u8]) -> bool {
    window.iter().enumerate().all(|(at, byte)| match at {
        2 | 5 => *byte == b':',
        0 => matches!(byte, b'0'..=b'2'),
        3 | 6 => matches!(byte, b'0'..=b'5'),
        _ => byte.is_ascii_digit(),
    })
}

/// `2026-11-30` or nginx's `2026/11/30`.
fn date(window: &[u8]) -> Option<String> {
    let fits = window.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'/'),
        _ => byte.is_ascii_digit(),
    });
    let text = std::str::from_utf8(window).ok().filter(|_| fits && window.len() == 10)?;
    Some(text.replace('/', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_is_found_in_every_form() {
        for (line, found) in [
            ("[2021-03-04T10:11:12.000Z] \"GET\"", "2021-03-04 10:11:12"),
            ("2026/11/30 10:11:12 [info] 1#1", "2026-11-30 10:11:12"),
            ("I1130 10:11:12.123 1 a.go:1]", "10:11:12"),
            ("Nov 30 10:11:12 host x", "10:11:12"),
            ("time=\"2026-11-30 10:11:12.5\"", "2026-11-30 10:11:12"),
        ] {
            assert_eq!(moment(line).as_deref(), Some(found), "{line}");
        }
        assert_eq!(moment("10.0.0.7:443 ::1 99:99:99"), None);
    }
}
