//! Compares a running Envoy with the input.
//!
//! The admin interface's [`Answers`] are parsed into [`Held`]; the world gives the expected
//! clusters ([`Wanted`]); [`compare`] lists the differences, one [`Divergence`] per cause.

mod admin;
mod answers;
mod compare;
mod counters;
mod divergence;
mod files;
mod findings;
mod frozen;
mod held;
mod secret_file;
mod tls;
mod wanted;

pub use admin::{AdminError, AdminStream, fetch};
pub use answers::{AdminPart, Answers, UnreadablePart};
pub use compare::{Compared, Comparison, compare};
pub use divergence::{Divergence, Kind};
pub use files::FileReader;
pub use findings::findings;
pub use held::{Held, HeldCertificate, HeldCluster, HeldFile, HeldTls, Server};
pub use wanted::{Wanted, WantedFile, WantedTls, wanted};
