//! Floor 0: X.509 facts, without YAML and without network.
//!
//! Text becomes [`pem`] blocks; blocks become a [`Chain`] of [`Certificate`]s, a [`PrivateKey`] or
//! [`Crl`]s; [`envoy`] says what Envoy would do with them, and [`webpki`] what a strict client would.
//! A live chain ([`Chain::from_der`]) is judged exactly like one on disk ([`Chain::from_pem`]).
//! Nothing here asks what time it is, and nothing shows the bytes of a private key.

mod certificate;
mod chain;
mod crl;
mod der;
pub mod envoy;
mod identity;
mod name;
pub mod pem;
mod private_key;
mod public_key;
mod sha256;
mod validity;
pub mod webpki;

pub use certificate::{AlternativeNames, BasicConstraints, Certificate};
pub use chain::{Chain, ChainProblem, Link};
pub use crl::Crl;
pub use der::DerError;
pub use envoy::{EnvoyVerdict, EnvoyVersion, PemSource, TlsSettings, ValidationContext};
pub use identity::{SpiffeId, Workload};
pub use name::Name;
pub use private_key::{KeyError, KeyForm, PrivateKey};
pub use public_key::{KeyKind, PublicKey};
pub use sha256::sha256;
pub use validity::{ExpiryMargin, InvalidMargin, Phase, Validity};
