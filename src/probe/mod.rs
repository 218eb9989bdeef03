//! The live probe: makes the handshake that Envoy would make for an upstream, and explains both
//! sides.

mod hello;
mod story;
mod target;
mod verdict;
mod wire;

pub use hello::{Codec, Hello, HelloAs, Misfit, Offer, TlsVersion};
pub use story::{Check, Result as CheckResult, Story, findings, probe, probe_all};
pub use target::{
    AddressRules, Aim, Alternative, Conduct, ConnectTo, ContextPart, Endpoint, Expected, Files,
    Identity, Misfits, Missed, NoAddress, NotLoaded, Opening, Opinion, Overlay, Reach, Reached,
    Resolve, StartTls, Stream, Target, TargetOrigin, Trust, Unreached, Upgrade, Via, all, distinct,
    place,
};
pub use verdict::{
    Demand, EnvoyOutcome, Knock, Matrix, Mutual, Otherwise, PortMode, ProbeOutcome, RequestRefusal,
    Sight, Trial,
};
pub use wire::{
    Attempt, Broken, Chosen, Did, Direct, Ending, Fit, Handshake, InPod, Phases, Presented, Proxy,
    Reply, Request, SignatureCheck,
};
