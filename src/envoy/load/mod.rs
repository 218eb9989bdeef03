//! What Envoy accepts when it loads a certificate, a key, trust anchors or a CRL.

mod context;
mod load;
mod pair;
mod trust_file;

pub use context::ValidationContext;
pub use load::PemSource;
pub use pair::load_pair;
