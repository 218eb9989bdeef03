//! Text normalisation, the dictionary's patterns, and their explanations.

pub(super) mod clean;
pub(super) mod entry;
pub(super) mod pattern;
pub(super) mod said;
pub(super) mod secrecy;
