//! The protocol loop with any messages and any bytes.

#![no_main]

#[path = "../conversation.rs"]
mod conversation;

libfuzzer_sys::fuzz_target!(|text: &str| conversation::converse(text));
