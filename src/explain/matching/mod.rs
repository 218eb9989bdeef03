//! Text made ready for the dictionary, the patterns of its entries, and what an entry says.

pub(super) mod clean;
pub(super) mod entry;
pub(super) mod pattern;
pub(super) mod said;
pub(super) mod secrecy;
