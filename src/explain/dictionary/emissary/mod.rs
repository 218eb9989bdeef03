//! Emissary's own sentences, one file per subject.

mod context;
mod go_half;
mod host;
mod input;
mod mapping;
mod module;
mod object;

use crate::explain::matching::entry::DictionaryEntry;

pub(super) const SOURCES: [&[DictionaryEntry]; 7] = [
    context::ENTRIES,
    host::ENTRIES,
    mapping::ENTRIES,
    object::ENTRIES,
    input::ENTRIES,
    module::ENTRIES,
    go_half::ENTRIES,
];
