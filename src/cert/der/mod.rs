//! A strict DER reader over a byte slice: what BoringSSL's `CBS` accepts, and nothing more.
//!
//! The verifier has to agree with BoringSSL on which bytes are a certificate at all, so it cannot
//! lean on a parser with other tolerances.

mod error;
mod reader;
mod tag;
mod value;

pub use error::DerError;
pub(crate) use reader::{Element, Reader};
pub(crate) use tag::*;
pub(crate) use value::{BitString, check_integer, check_oid, dotted, small_unsigned};
