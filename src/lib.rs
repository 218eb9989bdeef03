//! Lint and diagnostics for mutual TLS between Ambassador / Emissary-ingress and its upstreams.
//!
//! Sources are split into documents; documents are read into resources; resources form a world, in
//! which every upstream is resolved as Ambassador would resolve it; rules check the world and
//! report diagnostics; a report shows them.
//!
//! The modules are listed in dependency order: imports only go down, which a test checks.
//! `ARCHITECTURE.md` follows a manifest, a context and a probe through them.
//!
//! The library exists for the binary and has no stable API; only the command line is stable.

/// X.509 facts: certificates, keys, revocation lists, names. No YAML, no network.
pub mod cert;
/// What Envoy does: its verification of chains, what it loads, and what its log lines mean.
pub mod envoy;
/// The Kubernetes API: finding a cluster, reading and writing objects.
pub mod kubernetes;
/// Input texts, their origins, and locations in them.
pub mod source;

/// Findings: message, locations, help and fixes.
pub mod diagnostic;

/// YAML with the location of every value, read as `kubectl` reads it, and byte edits.
pub mod document;

/// Typed Kubernetes and Ambassador objects, read from documents.
pub mod resource;

/// All resources together, resolved as Ambassador would: the TLS of each upstream.
pub mod world;

/// The rules, one file each.
pub mod rule;

/// Copies a service's certificate from a Consul agent to Ambassador and keeps it current.
pub mod consul;
/// Compares two worlds: how a change affects the TLS of every upstream.
pub mod diff;
/// Applies the fixes of findings.
pub mod fix;
/// The trust graph: certificate, Secret or file, TLSContext, Mapping, host.
pub mod graph;
/// Inspects certificates in files, Secrets and contexts as Envoy would.
pub mod inspect;
/// Runs rules over a world: selection, severities, ignores and baseline.
pub mod lint;
/// Tries out a certificate rotation in every order of its steps.
pub mod rehearse;

/// Makes the handshake that Envoy would make, and gives Envoy's verdict.
pub mod probe;
/// Compares a running Envoy with the manifests.
pub mod running;

/// The demo: a throw-away PKI, server and manifests.
pub mod demo;

/// Explains pasted log lines and whole logs of many programs.
pub mod explain;

/// Reports as text and in every other format, without decisions.
pub mod report;

/// The language server: checks a folder after every edit.
pub mod lsp;

/// The command line: one file or folder per subcommand.
pub mod cli;

/// Standard streams, the terminal and the clock, as one value.
pub mod console;
/// Exit codes.
pub mod exit;
/// Failures of commands, each with a next step.
pub mod failure;
