//! UTCTime and GeneralizedTime as BoringSSL reads them, in seconds since 1970.

use crate::cert::der::{DerError, GENERALIZED_TIME, Reader, UTC_TIME};

/// A moment in a certificate or CRL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    Posix(i64),
    /// A UTCTime with a time zone offset: it parses, but no comparison accepts it. The seconds
    /// still decide which of two CRLs is newer.
    WithOffset(i64),
}

impl Moment {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, DerError> {
        if reader.peeks(UTC_TIME) {
            parse(reader.expect(UTC_TIME)?.contents, false)
        } else {
            parse(reader.expect(GENERALIZED_TIME)?.contents, true)
        }
    }

    /// Whether it is at or before `now`; `None` if it cannot be compared.
    pub(crate) fn is_past(self, now: i64) -> Option<bool> {
        match self {
            Self::Posix(seconds) => Some(seconds <= now),
            Self::WithOffset(_) => None,
        }
    }

    pub(crate) fn seconds(self) -> i64 {
        match self {
            Self::Posix(seconds) | Self::WithOffset(seconds) => seconds,
        }
    }
}

/// Parses the contents of a time; UTCTime may have an offset.
pub(crate) fn parse(contents: &[u8], generalized: bool) -> Result<Moment, DerError> {
    let invalid = DerError("a time is not valid");
    let mut at = 0;
    let mut two = || -> Option<i64> {
        let pair = contents.get(at..at + 2)?;
        at += 2;
        pair.iter()
            .all(u8::is_ascii_digit)
            .then(|| i64::from(pair[0] - b'0') * 10 + i64::from(pair[1] - b'0'))
    };
    let year = if generalized {
        two().ok_or(invalid)? * 100 + two().ok_or(invalid)?
    } else {
        let year = two().ok_or(invalid)?;
        if year < 50 { 2000 + year } else { 1900 + year }
    };
    let month = two().ok_or(invalid)?;
    let day = two().ok_or(invalid)?;
    let (hour, minute, second) =
        (two().ok_or(invalid)?, two().ok_or(invalid)?, two().ok_or(invalid)?);
    if !(1..=12).contains(&month)
        || !(1..=days_in(year, month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return Err(invalid);
    }
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    match contents.get(at..) {
        Some(b"Z") => Ok(Moment::Posix(seconds)),
        Some([sign @ (b'+' | b'-'), offset @ ..]) if !generalized && offset.len() == 4 => {
            if !offset.iter().all(u8::is_ascii_digit) {
                return Err(invalid);
            }
            let digit = |index: usize| i64::from(offset[index] - b'0');
            let (hours, minutes) = (digit(0) * 10 + digit(1), digit(2) * 10 + digit(3));
            if hours > 23 || minutes > 59 {
                return Err(invalid);
            }
            let shift = hours * 3600 + minutes * 60;
            Ok(Moment::WithOffset(seconds + if *sign == b'+' { shift } else { -shift }))
        }
        _ => Err(invalid),
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && year % 100 != 0 || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted from March so that the leap
/// day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_parsed_to_seconds() {
        assert_eq!(parse(b"19700101000000Z", true), Ok(Moment::Posix(0)));
        assert_eq!(parse(b"700101000001Z", false), Ok(Moment::Posix(1)));
        assert_eq!(parse(b"99991231235959Z", true), Ok(Moment::Posix(253_402_300_799)));
        assert_eq!(parse(b"20240229000000Z", true), Ok(Moment::Posix(1_709_164_800)));
        assert_eq!(parse(b"700101010000+0100", false), Ok(Moment::WithOffset(7200)));
        for bad in [
            &b"20230229000000Z"[..],
            b"20240101240000Z",
            b"20240101000000",
            b"20240101000000.5Z",
            b"20240101000000+0000",
        ] {
            assert!(parse(bad, true).is_err(), "{bad:?}");
        }
    }
}
