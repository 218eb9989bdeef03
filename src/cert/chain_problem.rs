//! What can be odd about a chain as it is delivered.

/// Something odd about a chain. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainProblem {
    /// Envoy takes the first certificate for the leaf, but this one is.
    LeafNotFirst { leaf: usize },
    /// An issuer does not follow what it issued; peers that insist on the order fail.
    OutOfOrder { position: usize },
    /// The same certificate as an earlier one.
    Duplicate { position: usize, of: usize },
    /// Not on the way from the leaf to its last known issuer.
    Stray { position: usize },
    /// A self-issued root is sent along; it is not needed and never trusted.
    RootIncluded { position: usize },
    /// It names an issuer in the chain whose key did not sign it.
    BadSignature { position: usize, issuer: usize },
    /// It cannot be read.
    Unreadable { position: usize, why: String },
}

impl ChainProblem {
    /// The position it is about.
    pub fn position(&self) -> usize {
        match self {
            Self::LeafNotFirst { leaf } => *leaf,
            Self::OutOfOrder { position }
            | Self::Duplicate { position, .. }
            | Self::Stray { position }
            | Self::RootIncluded { position }
            | Self::BadSignature { position, .. }
            | Self::Unreadable { position, .. } => *position,
        }
    }
}

impl std::fmt::Display for ChainProblem {
    /// Positions are shown from 1.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LeafNotFirst { leaf } => {
                write!(f, "the leaf is certificate {}, but Envoy takes the first one", leaf + 1)
            }
            Self::OutOfOrder { position } => {
                write!(f, "certificate {} does not follow the one it issued", position + 1)
            }
            Self::Duplicate { position, of } => {
                write!(f, "certificate {} is the same as certificate {}", position + 1, of + 1)
            }
            Self::Stray { position } => {
                write!(f, "certificate {} is not part of the chain", position + 1)
            }
            Self::RootIncluded { position } => {
                write!(
                    f,
                    "certificate {} is the root, which does not need to be sent",
                    position + 1
                )
            }
            Self::BadSignature { position, issuer } => write!(
                f,
                "certificate {} names certificate {} as its issuer, but is not signed by it",
                position + 1,
                issuer + 1
            ),
            Self::Unreadable { position, why } => {
                write!(f, "certificate {} is {why}", position + 1)
            }
        }
    }
}
