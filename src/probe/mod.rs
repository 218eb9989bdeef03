//! The live probe: the handshake Envoy would perform for an upstream, and both sides of the story.

mod address;
mod alert;
mod attempt;
mod code;
mod dial;
mod hello;
mod identity;
mod offer;
mod reason;
mod reply;
mod request;
mod signature;
mod spiffe;
mod suite;
mod talk;
mod tap;
mod target;
mod trust;
mod witness;

pub use address::{ConnectTo, NoAddress, Resolve, Route};
pub use alert::Alert;
pub use attempt::{Attempt, Broken, Ending, Handshake, Phases, Presented, Unreached};
pub use code::Decoded;
pub use dial::dial;
pub use hello::Hello;
pub use identity::Identity;
pub use offer::{Codec, Misfit, Offer, Profile, Version};
pub use reply::Reply;
pub use signature::Checked;
pub use spiffe::Expected;
pub use target::{Conduct, Target};
pub use trust::{Opinion, Trust};
pub use witness::Request;
