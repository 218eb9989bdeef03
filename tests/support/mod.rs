//! What tests share.
#![allow(dead_code, unreachable_pub)]

pub mod cases;
pub mod der_writer;
pub mod golden;
pub mod keys;
pub mod maker;
