//! Lint and diagnostics for mutual TLS between Ambassador / Emissary-ingress and its upstreams.
//!
//! Sources are split into documents; documents are read into resources; resources form a world, in
//! which every upstream is resolved as Ambassador would resolve it; rules look at the world; what
//! they find are diagnostics; a report shows them.
//!
//! The modules stand in floor order; imports go down only, and `tests/floors.rs` holds the table.

pub mod cert;
pub mod envoy;
pub mod kubernetes;
pub mod source;

pub mod diagnostic;

pub mod document;

pub mod resource;

pub mod world;

pub mod rule;

pub mod consul;
pub mod fix;
pub mod diff;
pub mod graph;
pub mod inspect;
pub mod lint;

pub mod probe;

pub mod report;

pub mod cli;

pub mod console;
pub mod exit;
pub mod failure;
