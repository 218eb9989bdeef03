//! Any pasted text explained: the dictionary of what programs write about TLS, and the reading of lines and logs.

mod access;
mod alerts;
mod bearing;
mod clean;
mod codes;
pub mod dictionary;
mod entry;
mod facts;
mod line;
mod listener;
mod log;
mod moment;
mod pattern;
mod said;
mod secrecy;
mod shape;
mod sieve;

pub use bearing::{Bearing, Named, bearing};
pub use entry::{Entry, Grade, Side};
pub use line::{Reading, read, shown};
pub use log::{Cause, LogReading, read_log};
pub use said::Said;
pub use secrecy::hide;
