//! The live probe: the handshake Envoy would perform for an upstream, and both sides of the story.

mod hello;
mod story;
mod target;
mod verdict;
mod wire;

pub use hello::{Codec, Hello, HelloAs, Misfit, Offer, Version};
pub use story::{Check, Result as CheckResult, Story, findings, probe, probe_all};
pub use target::{
    Aim, Alternative, Conduct, ConnectTo, Endpoint, Expected, Files, Identity, Misfits, Missed,
    NoAddress, NotLoaded, Opening, Opinion, Origin, Overlay, Part, Reach, Reached, Resolve, Route,
    StartTls, Stream, Target, Trust, Unreached, Upgrade, Via, all, distinct, place,
};
pub use verdict::{
    Demand, Envoy, Knock, Matrix, Mode, Mutual, Otherwise, Outcome, Refusal, Sight, Trial,
};
pub use wire::{
    Attempt, Broken, Checked, Chosen, Did, Direct, Ending, Fit, Handshake, InPod, Phases,
    Presented, Proxy, Reply, Request,
};
