//! Floor 6: making the edits that findings offer.

mod choice;
mod rounds;
mod write;

pub use choice::{Choice, Limits};
pub use rounds::{Fixed, MAX_ROUNDS, fix};
pub use write::write;
