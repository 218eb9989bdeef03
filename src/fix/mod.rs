//! Applies the fixes of findings.

mod choice;
mod ignores;
mod rounds;
mod write;

pub use choice::{Choice, Limits};
pub use ignores::{Ignores, ignores};
pub use rounds::{Fixed, MAX_ROUNDS, fix};
pub use write::write;
