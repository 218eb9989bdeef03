//! X.509 facts, without YAML and without network.
//!
//! Text becomes [`pem`] blocks; blocks become a [`Chain`] of [`Certificate`]s, a [`PrivateKey`] or
//! [`Crl`]s; [`envoy`] says what Envoy would do with them, and [`webpki`] what a strict client would.
//! A live chain ([`Chain::from_der`]) is judged exactly like one on disk ([`Chain::from_pem`]).
//! Nothing here asks what time it is, and nothing shows the bytes of a private key.

mod alternative_names;
mod certificate;
mod chain;
mod chain_problem;
mod crl;
pub(crate) mod der;
mod digest;
pub mod golang;
mod identity;
mod key;
mod kinship;
mod name;
pub mod pem;
mod strict_facts;
mod validity;
pub mod webpki;
mod words;
pub(crate) mod x509;

pub use alternative_names::AlternativeNames;
pub use certificate::{BasicConstraints, Certificate};
pub use chain::{Chain, ChainPart, Link};
pub use chain_problem::ChainProblem;
pub use crl::Crl;
pub use der::DerError;
pub use digest::{sha1, sha256};
pub use identity::{IstioAccount, SpiffeId, WorkloadIdentity};
pub(crate) use key::TRAILING_DATA;
pub use key::{KeyError, KeyFault, KeyForm, KeyKind, PrivateKey, PublicKey, as_pkcs8};
pub use kinship::Renewed;
pub use name::Name;
pub use validity::{ExpiryMargin, InvalidMargin, Phase, Validity};
pub use webpki::{StrictVerdict, judge};
