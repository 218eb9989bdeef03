//! The part of a world that does not depend on traffic.

mod ground;

pub use ground::Ground;
