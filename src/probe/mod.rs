//! The live probe: the handshake Envoy would perform for an upstream, and both sides of the story.

mod hello;
mod story;
mod target;
mod verdict;
mod wire;

pub use hello::{Codec, Hello, Misfit, Offer, Profile, Version};
pub use story::{Check, Result as CheckResult, findings};
pub use target::{
    Aim, Alternative, Conduct, ConnectTo, Endpoint, Expected, Files, Identity, Missed, NoAddress,
    NotLoaded, Opening, Opinion, Origin, Reach, Reached, Resolve, Route, Stream, Target, Trust,
    Unreached, Upgrade, Via, all, distinct,
};
pub use verdict::{Envoy, Matrix, Mode, Mutual, Outcome, Refusal, Sight, Trial, probe, probe_all};
pub use wire::{
    Attempt, Broken, Checked, Direct, Ending, Fit, Handshake, Phases, Presented, Reply, Request,
};
