//! Explains pasted text: the dictionary of what programs write about TLS, and how lines and logs
//! are read.

mod access;
mod alert_codes;
mod alerts;
mod bearing;
mod code;
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

pub use bearing::{EnvironmentFacts, ManifestFacts, NamedObject, bearing, found};
pub use line::{LineReading, read, shown};
pub use log::{LogReading, LoggedCause, read_log};
pub use matching::entry::{DictionaryEntry, Grade, Side};
pub use matching::said::Said;
pub use matching::secrecy::hide;
