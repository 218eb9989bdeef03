//! The ClientHello that Envoy would send for an upstream.

mod envoy_bytes;
mod hello;
mod offer;
mod suite;
mod transcript;
mod two_shares;

pub(crate) use envoy_bytes::record;
pub use hello::Hello;
pub use offer::{Codec, HelloAs, Misfit, Offer, TlsVersion};
pub(crate) use transcript::signing;
