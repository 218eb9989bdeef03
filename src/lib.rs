//! Lint and diagnostics for mutual TLS between Ambassador / Emissary-ingress and its upstreams.
//!
//! Sources are split into documents; documents are read into resources; resources are resolved into
//! a world, in which every upstream has the TLS that Ambassador would give it; rules check the
//! world; their findings are diagnostics; a report prints them.
//!
//! The modules are listed in dependency order: imports go down only, and a test has the table of
//! what may import what. `ARCHITECTURE.md` follows a manifest, a context and a probe through them.
//!
//! The library exists for the binary and its API changes with it; only the command line is stable.

/// X.509 facts: certificates, keys, revocation lists, names. No YAML, no network.
pub mod cert;
/// What Envoy does: its verification of chains, what it loads, and what its log lines mean.
pub mod envoy;
/// The Kubernetes API: finding a cluster, reading and writing objects.
pub mod kubernetes;
/// The texts that are read, where they come from, and spans in them.
pub mod source;

/// A finding: message, places, help and fixes, independent of the rule that reports it.
pub mod diagnostic;

/// YAML with the span of every value, read as `kubectl` reads it, and byte-exact edits of it.
pub mod document;

/// Typed Kubernetes and Ambassador objects, read from documents.
pub mod resource;

/// All resources together, resolved as Ambassador resolves them: what TLS each upstream gets.
pub mod world;

/// One file per rule: what is wrong with a world.
pub mod rule;

/// Fetching a service's certificate from a Consul agent, and keeping it where Ambassador reads it.
pub mod consul;
/// Comparing two worlds: what a change does to the TLS of every upstream.
pub mod diff;
/// Applying the edits that findings offer.
pub mod fix;
/// The trust graph: certificate, Secret or file, TLSContext, Mapping, host.
pub mod graph;
/// The certificates in files, Secrets and contexts, and the chain that Envoy builds from them.
pub mod inspect;
/// Running rules over a world: which rules, which severity, what is ignored or in the baseline.
pub mod lint;
/// Trying out a certificate rotation: every order of its steps.
pub mod rehearse;

/// The live handshake that Envoy would make, and the verdict on it.
pub mod probe;
/// What a running Envoy holds, compared with the manifests.
pub mod running;

/// A throw-away PKI, server and manifests for trying everything out.
pub mod demo;

/// What pasted lines and whole logs of any program say about TLS.
pub mod explain;

/// Findings and answers as text and in every other format. Makes no decisions.
pub mod report;

/// The language server: a workspace folder as its editor has it, checked on every change.
pub mod lsp;

/// The command line: one file or folder per subcommand.
pub mod cli;

/// Standard output, standard error, the terminal and the clock, as one value.
pub mod console;
/// Exit codes.
pub mod exit;
/// Why a command failed, each with a next step.
pub mod failure;
