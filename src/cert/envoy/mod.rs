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

mod any;
mod check;
mod choices;
mod constrained_name;
mod constraints;
mod context;
mod crl;
mod extensions;
mod general_name;
mod handshake;
mod issuer;
mod key;
mod load;
mod name;
mod oid;
mod pair;
mod path;
mod policy;
mod profile;
mod purpose;
mod reason;
mod revocation;
mod rsa;
mod signature;
mod store;
mod time;
mod trust_file;
mod verdict;
mod x509;

pub use context::ValidationContext;
pub(super) use issuer::{canonical_names, is_signed_by, names_issuer};
pub use load::PemSource;
pub use pair::load_pair;
pub use profile::{EnvoyVersion, InvalidVersion, TlsSettings};
pub use purpose::Purpose;
pub use verdict::EnvoyVerdict;
