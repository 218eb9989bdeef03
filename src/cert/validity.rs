//! The validity period of a certificate, and how much of it has passed.

use time::{Duration, OffsetDateTime};

/// `notBefore` and `notAfter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The start.
    pub not_before: OffsetDateTime,
    /// The end; Envoy treats this moment as expired.
    pub not_after: OffsetDateTime,
}

/// The position of a moment relative to a validity period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before `notBefore`.
    NotYetValid,
    /// In between.
    Valid,
    /// At or after `notAfter`.
    Expired,
}

impl Validity {
    /// The phase at `now`. As in BoringSSL, it is valid at `notBefore` and expired at `notAfter`.
    pub fn phase(&self, now: OffsetDateTime) -> Phase {
        if now < self.not_before {
            Phase::NotYetValid
        } else if now >= self.not_after {
            Phase::Expired
        } else {
            Phase::Valid
        }
    }

    /// Whole days until the end, rounded down; negative afterwards.
    pub fn days_left(&self, now: OffsetDateTime) -> i64 {
        let seconds = (self.not_after - now).whole_seconds();
        seconds.div_euclid(86_400)
    }

    /// The length of the period; zero if its end is before its start.
    pub fn lifetime(&self) -> Duration {
        (self.not_after - self.not_before).max(Duration::ZERO)
    }

    /// The share of the lifetime that has passed, from 0 to 1.
    pub fn share_used(&self, now: OffsetDateTime) -> f64 {
        let lifetime = self.lifetime().as_seconds_f64();
        if lifetime <= 0.0 {
            return 1.0;
        }
        ((now - self.not_before).as_seconds_f64() / lifetime).clamp(0.0, 1.0)
    }

    /// Whether it ends within `margin` of `now`, or has ended.
    pub fn expires_within(&self, margin: ExpiryMargin, now: OffsetDateTime) -> bool {
        self.not_after - now <= margin.of(self.lifetime())
    }
}

/// How long before its end a certificate is reported.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum ExpiryMargin {
    /// The smaller of 30 days and a third of the lifetime, so that 24-hour certificates are not
    /// always reported.
    #[default]
    Usual,
    /// A fixed time.
    Within(Duration),
    /// A share of the lifetime, from 0 to 1.
    Share(f64),
}

impl ExpiryMargin {
    /// The margin for a certificate with this lifetime.
    pub fn of(self, lifetime: Duration) -> Duration {
        match self {
            Self::Usual => Duration::min(lifetime / 3_i32, Duration::days(30)),
            Self::Within(margin) => margin,
            Self::Share(share) => lifetime * share,
        }
    }
}

impl std::fmt::Display for ExpiryMargin {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usual => out.write_str("30d or a third of its life"),
            Self::Within(margin) => {
                let seconds = margin.whole_seconds();
                let units = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
                let (unit, letter) =
                    units.into_iter().find(|(unit, _)| seconds % unit == 0).unwrap_or((1, "s"));
                write!(out, "{}{letter}", seconds / unit)
            }
            Self::Share(share) => write!(out, "{}%", share * 100.0),
        }
    }
}

/// A margin that is neither a time like `30d` nor a share like `25%`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a time like 30d, 12h or 45m nor a share like 25%")]
pub struct InvalidMargin(String);

impl std::str::FromStr for ExpiryMargin {
    type Err = InvalidMargin;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidMargin(text.to_owned());
        let text = text.trim();
        if let Some(share) = text.strip_suffix('%') {
            let share: f64 = share.trim().parse().map_err(|_| invalid())?;
            return if (0.0..=100.0).contains(&share) {
                Ok(Self::Share(share / 100.0))
            } else {
                Err(invalid())
            };
        }
        let unit = text.chars().last().ok_or_else(invalid)?;
        let seconds = match unit {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            'w' => 7 * 86_400,
            _ => return Err(invalid()),
        };
        let count: u32 = text[..text.len() - 1].trim().parse().map_err(|_| invalid())?;
        Ok(Self::Within(Duration::seconds(i64::from(count) * seconds)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_ends_of_a_validity_are_treated_as_by_boringssl() {
        let validity = Validity {
            not_before: datetime!(2026-01-01 0:00 UTC),
            not_after: datetime!(2026-01-31 0:00 UTC),
        };
        assert_eq!(validity.phase(validity.not_before), Phase::Valid);
        assert_eq!(validity.phase(validity.not_after), Phase::Expired);
        assert_eq!(validity.days_left(datetime!(2026-01-30 12:00 UTC)), 0);
        assert_eq!(validity.days_left(datetime!(2026-01-31 12:00 UTC)), -1);
        assert!((validity.share_used(datetime!(2026-01-16 0:00 UTC)) - 0.5).abs() < 1e-9);
        assert!(!validity.expires_within(ExpiryMargin::Usual, datetime!(2026-01-20 0:00 UTC)));
        assert!(validity.expires_within(ExpiryMargin::Usual, datetime!(2026-01-21 0:00 UTC)));
        assert_eq!("25%".parse(), Ok(ExpiryMargin::Share(0.25)));
        assert_eq!("30d".parse(), Ok(ExpiryMargin::Within(Duration::days(30))));
        assert!("30".parse::<ExpiryMargin>().is_err());
    }
}
