//! The language server: a folder as its editor has it, judged with every change.
//!
//! A [`Root`](root::Root) is a folder of the workspace, read as `lint` reads it that is called there.
//! Open buffers lie over its files; a change is read, everything is judged anew, and what came of it is
//! sent. All of that happens on one thread, so an answer is always about the text before it.

mod actions;
mod answers;
mod beside;
mod buffer;
mod client;
mod complete;
mod cursor;
mod diagnostics;
mod field_words;
mod files;
mod hover;
mod names;
mod navigate;
mod position;
mod published;
mod refused;
mod rename;
mod root;
mod server;
mod settle;
mod standing;
mod symbols;
mod text_sync;
mod value_words;
mod view;
mod watch;
mod wire;

pub use root::{Open, Opened, Place};
pub use server::{run, serve};
