//! Envoy's own words: of its log, its access log and its statistics.

mod config;
mod flags;
mod http;
mod stats;

use crate::explain::matching::entry::DictionaryEntry;

pub use flags::{FLAGS, Flag};

pub(super) const SOURCES: [&[DictionaryEntry]; 3] =
    [config::ENTRIES, http::ENTRIES, stats::ENTRIES];
