//! The language server: checks a folder, with the editor's unsaved changes, after every edit.
//!
//! A [`Root`](root::Root) is a workspace folder, read exactly as `lint` would read it from there.
//! Open buffers replace its files. After a change, the text is read, the folder is checked again,
//! and the diagnostics are sent. All of this happens on one thread, so an answer is always about
//! the latest text.

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
