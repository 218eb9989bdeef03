//! Values as `--show-settings` shows them.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cert::ExpiryMargin;
use crate::lint::Threshold;
use crate::world::{External, Profile};

/// A value that can be shown on one line.
pub(crate) trait Shown {
    /// The value as it would be typed.
    fn shown(&self) -> String;
}

/// The text for a value that was not given.
pub(super) const UNSET: &str = "-";

macro_rules! shown_as_text {
    ($($kind:ty),*) => { $(impl Shown for $kind {
        fn shown(&self) -> String { self.to_string() }
    })* };
}

shown_as_text!(bool, String, u8, usize, NonZeroUsize, Profile, External, ExpiryMargin);

impl Shown for PathBuf {
    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Shown for (String, PathBuf) {
    fn shown(&self) -> String {
        format!("{}={}", self.0, self.1.display())
    }
}

impl Shown for Duration {
    fn shown(&self) -> String {
        format!("{self:?}")
    }
}

impl Shown for OffsetDateTime {
    fn shown(&self) -> String {
        self.format(&Rfc3339).unwrap_or_default()
    }
}

impl Shown for Threshold {
    fn shown(&self) -> String {
        choice(self)
    }
}

/// A choice as it is written on the command line.
pub(crate) fn choice<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map_or_else(|| UNSET.to_owned(), Shown::shown)
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown(&self) -> String {
        match self.as_slice() {
            [] => UNSET.to_owned(),
            all => all.iter().map(Shown::shown).collect::<Vec<_>>().join(", "),
        }
    }
}
