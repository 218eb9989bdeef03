//! Envoy's verdicts on certificates: a reimplementation of BoringSSL's verification as Envoy
//! configures it.
//!
//! Envoy calls BoringSSL with `X509_V_FLAG_PARTIAL_CHAIN` and the purpose "TLS server" (the default
//! validator), checks no names, and searches its trust store before the certificates that the
//! server sent. The rules are BoringSSL's own: [`ValidationContext`] loads files as Envoy does and
//! verifies chains; [`load_pair`] checks a client certificate and its key. What neither can
//! determine is [`EnvoyVerdict::Unknown`], never a guess.
//!
//! [`EnvoyVersion`] selects between differing versions. `tests/cert/verdicts.rs` and `tests/peers/`
//! compare the verdicts with real Envoys and with BoringSSL.

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
