//! `note`, `warning`, `error`, `never` on the command line.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::lint::Threshold;

impl ValueEnum for Threshold {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Note, Self::Warning, Self::Error, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Never => "never",
        }))
    }
}
