//! A strict DER reader over a byte slice: it accepts what BoringSSL's `CBS` accepts, and nothing
//! else.
//!
//! The verifier has to agree with BoringSSL on which bytes form a certificate, so it cannot use a
//! parser with other tolerances.

mod error;
mod reader;
mod tag;
mod value;

pub use error::DerError;
pub(crate) use reader::{Element, Reader};
pub(crate) use tag::*;
pub(crate) use value::{BitString, check_integer, check_oid, dotted, small_unsigned};
