//! Lint and diagnostics for mutual TLS between Ambassador / Emissary-ingress and its upstreams.
//!
//! Sources are split into documents; documents are read into resources; resources form a world, in
//! which every upstream is resolved as Ambassador would resolve it; rules look at the world; what
//! they find are diagnostics; a report shows them.
//!
//! The modules stand in floor order: imports go down only, and a test holds the table of what may import
//! what. `ARCHITECTURE.md` follows a manifest, a context and a probe through them.
//!
//! The library exists for the binary, and its items change with it; what is stable is the command line.

/// X.509 facts: certificates, keys, revocation lists, names. No YAML, no network.
pub mod cert;
/// What Envoy does: its verification of chains, what it loads, and what its log lines mean.
pub mod envoy;
/// The Kubernetes API: finding a cluster, reading and writing objects.
pub mod kubernetes;
/// The texts that are read, where they come from, and places in them.
pub mod source;

/// A finding: a message, places, help and fixes, whichever rule made it.
pub mod diagnostic;

/// YAML with the place of every value, read as `kubectl` reads it, and edits of its bytes.
pub mod document;

/// Typed Kubernetes and Ambassador objects, read from documents.
pub mod resource;

/// All resources together, resolved as Ambassador resolves them: what TLS each upstream gets.
pub mod world;

/// One file per rule: what is wrong with a world.
pub mod rule;

/// A service's certificate from a Consul agent, and keeping it where Ambassador finds it.
pub mod consul;
/// Two worlds compared: what a change does to the TLS of every upstream.
pub mod diff;
/// Making the edits that findings offer.
pub mod fix;
/// The graph of trust: certificate, Secret or file, TLSContext, Mapping, host.
pub mod graph;
/// Certificates in files, Secrets and contexts, and the chain Envoy makes of them.
pub mod inspect;
/// Running rules over a world: which, how severe, what is ignored or in a baseline.
pub mod lint;
/// A rotation of certificates tried out: every order of its steps.
pub mod rehearse;

/// The live handshake that Envoy would make, and the verdict on it.
pub mod probe;
/// What a running Envoy holds, compared with what the manifests ask for.
pub mod running;

/// A throw-away PKI, server and manifests to see it all work.
pub mod demo;

/// What pasted lines and whole logs of any program say about TLS.
pub mod explain;

/// Findings and answers as text and in every other format. No decisions.
pub mod report;

/// The language server: a folder as its editor has it, judged with every change.
pub mod lsp;

/// The command line: one file or folder per subcommand.
pub mod cli;

/// Standard output, standard error, the terminal and the clock, as one value.
pub mod console;
/// Exit codes.
pub mod exit;
/// Why a command could not do its work, each with a next step.
pub mod failure;
