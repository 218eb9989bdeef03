//! A leaf certificate with its key and roots, and whether Ambassador can use them together.

mod contents;
mod facts;
mod pair;
mod soundness;

pub use contents::{Contents, KeyShape, PairForm};
pub use facts::Facts;
pub use pair::Pair;
pub use soundness::Unsound;
