//! X.509 facts, without YAML and network.
//!
//! Text becomes [`pem`] blocks; blocks become a [`Chain`] of [`Certificate`]s, a [`PrivateKey`] or
//! [`Crl`]s. [`webpki`] gives a strict client's verdict; Envoy's is in [`crate::envoy`]. A live
//! chain ([`Chain::from_der`]) is checked exactly like one on disk ([`Chain::from_pem`]). Nothing
//! here reads the clock, and nothing outputs the bytes of a private key.

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
