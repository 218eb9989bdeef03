//! The ClientHello that Envoy would send for an upstream.

mod hello;
mod offer;
mod suite;

pub use hello::Hello;
pub use offer::{Codec, Misfit, Offer, Profile, Version};
