//! Problems of a chain as delivered.

/// A problem of a chain. Positions start at 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainProblem {
    /// Envoy uses the first certificate as the leaf, but this one is the leaf.
    LeafNotFirst { leaf: usize },
    /// An issuer does not directly follow the certificate it issued; strict peers reject that.
    OutOfOrder { position: usize },
    /// It equals an earlier certificate.
    Duplicate { position: usize, of: usize },
    /// It is not on the path from the leaf to its last known issuer.
    Stray { position: usize },
    /// A self-issued root is included; peers neither need nor trust it.
    RootIncluded { position: usize },
    /// Its issuer by name is in the chain, but that key did not sign it.
    BadSignature { position: usize, issuer: usize },
    /// It cannot be parsed.
    Unreadable { position: usize, why: String },
}

impl ChainProblem {
    /// The position of the certificate.
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
    /// Displayed positions start at 1.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LeafNotFirst { leaf } => {
                write!(f, "the leaf is certificate {}, but Envoy uses the first one", leaf + 1)
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
