//! A leaf with its key and roots, and whether Ambassador can use the three together.

mod contents;
mod facts;
mod pair;
mod soundness;

pub use contents::{Contents, KeyShape, PairForm};
pub use facts::Facts;
pub use pair::Pair;
pub use soundness::Unsound;
