//! The `diff` command: what a change does to the TLS of every upstream.

mod args;
mod place;
mod run;
mod sides;

pub(crate) use args::{Args, with_ranges};
pub(crate) use place::Place;
pub(crate) use run::{diffs, found_in, is_range, json, run};
pub(crate) use sides::read_place;
