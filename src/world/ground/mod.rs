//! What a world is before there is any traffic.

mod ground;

pub use ground::Ground;
