//! What Envoy says to certificates: BoringSSL's verification as Envoy sets it up, rebuilt.
//!
//! Envoy asks BoringSSL with `X509_V_FLAG_PARTIAL_CHAIN` and the purpose "TLS server" (the default
//! validator), looks at no names, and searches its trust store before what the server sent. The
//! rules are BoringSSL's own: [`ValidationContext`] loads files as Envoy does and judges chains,
//! [`load_pair`] judges a client certificate and its key. What neither can tell is
//! [`EnvoyVerdict::Unknown`], never a guess.
//!
//! Where Envoy versions differ, [`EnvoyVersion`] decides. Compared with real Envoys and with
//! BoringSSL in `tests/cert/verdicts.rs` and `tests/peers/`.

mod alpn;
mod cipher_list;
mod cipher_suites;
mod curves;
mod load;
pub(crate) mod log;
mod verify;
mod version;

pub use alpn::{AlpnFault, read_alpn};
pub use cipher_list::{ListFault, RefusedList, read_ciphers, unknown_ciphers};
pub use cipher_suites::{cipher_suite_names, works_before_tls12};
pub use curves::{CURVES, read_curves};
pub use load::{PemSource, ValidationContext, load_pair};
pub use log::{Alert, Decoded, Meaning, VerifyReason, of_code};
pub use verify::{EnvoyVerdict, Purpose};
pub use version::{EnvoyVersion, InvalidVersion, OfferedTls};
