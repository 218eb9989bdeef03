//! The trust graph: certificate, Secret or file, TLS context, Mapping, host and prefix.
//!
//! A [`Graph`] is derived from a world and its findings; it decides nothing itself. A [`Trail`] is
//! one path through it, described from its end: how one Mapping (or one Host) is trusted.

mod build;
mod certificates;
mod graph;
mod node;
mod probed;
mod reads;
mod sources;
mod terminations;
mod trail;
mod upstreams;

pub use build::{WantedTrails, graph};
pub use graph::{Edge, EdgeKind, Graph};
pub use node::{Node, NodeId, NodeKind};
pub use probed::{ProbeVerdict, Probed, ProbedError, Results, probed};
pub use trail::{Trail, TrailMode};
