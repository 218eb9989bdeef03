//! Floor 7: what people and machines read; one file per audience.

pub mod probe;
