//! Durations on the command line.

use std::time::Duration;

/// Parses `3s`, `500ms`, `2m`, `1h`, or a bare number of seconds; more than zero, less than a day.
pub(crate) fn read(text: &str) -> Result<Duration, String> {
    let usage = || format!("`{text}` is not a duration like 3s, 500ms or 2m");
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: f64 = digits.parse().map_err(|_| usage())?;
    let seconds = match &text[digits.len()..] {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return Err(usage()),
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|time| !time.is_zero() && *time < Duration::from_secs(86_400))
        .ok_or_else(usage)
}
