//! What a running Envoy holds, beside what the input asks for.
//!
//! The admin interface's [`Answers`] are read into what is [`Held`]; the world is asked what each
//! cluster should be ([`Wanted`]); [`compare`] says where the two differ, one [`Divergence`] a cause.

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
