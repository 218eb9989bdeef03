//! Any pasted text explained: the dictionary of what programs write about TLS, and the reading of lines and logs.

mod access;
mod alerts;
mod bearing;
mod codes;
pub mod dictionary;
mod facts;
mod line;
mod listener;
mod log;
mod matching;
mod moment;
mod of_access;
mod rules;
mod shape;
mod sieve;

pub use bearing::{ManifestFacts, EnvironmentFacts, NamedObject, bearing, found};
pub use line::{LineReading, read, shown};
pub use log::{LoggedCause, LogReading, read_log};
pub use matching::entry::{DictionaryEntry, Grade, Side};
pub use matching::said::Said;
pub use matching::secrecy::hide;
