//! Nothing of a Secret or a private key reaches any output of any command, whatever is wrong with
//! the manifest or file that holds it.
//!
//! Certificates in Secrets are public; `lint` and `resolve` show nothing of them either, while
//! `inspect` and `probe` may show them, but nothing of a key.

mod command;
mod files;
mod manifests;
mod pieces;
