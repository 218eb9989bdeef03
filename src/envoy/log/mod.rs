//! What Envoy's error codes, alerts and log texts mean.

mod alert;
mod code;
pub(crate) mod facts;
pub(crate) mod meaning;
mod reason;
mod verify_reason;

pub use alert::Alert;
pub use code::Decoded;
pub(crate) use code::named_reason;
pub(crate) use meaning::{CERTIFICATE_WANTED, TLS_WANTED, TRUSTED_CERTIFICATE_WANTED};
pub use meaning::{Meaning, of_code};
pub use verify_reason::VerifyReason;
