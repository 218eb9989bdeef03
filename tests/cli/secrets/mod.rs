//! No part of a Secret or a private key is in any output of any command, however broken its
//! manifest or file is.
//!
//! Certificates in Secrets are public; `lint` and `resolve` do not show them either, while
//! `inspect` and `probe` may show them, but nothing of a key.

mod command;
mod files;
mod manifests;
mod pieces;

pub(crate) use command::LINT;
