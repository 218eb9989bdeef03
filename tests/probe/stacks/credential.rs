//! Client credentials: the seven of the reference.

use rcgen::ExtendedKeyUsagePurpose;

use crate::support::peer::{Pair, Pki, Wanted};

/// One of the seven credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credential {
    None,
    Right,
    /// Issued by an intermediate that is sent.
    WithIntermediate,
    OtherCa,
    Expired,
    ServerOnly,
    /// Issued by an intermediate that is not sent.
    WithoutIntermediate,
}

impl Credential {
    pub(super) const ALL: [Self; 7] = [
        Self::None,
        Self::Right,
        Self::WithIntermediate,
        Self::OtherCa,
        Self::Expired,
        Self::ServerOnly,
        Self::WithoutIntermediate,
    ];
}

/// A key pair for each credential.
pub(super) struct Wallet {
    pairs: Vec<Option<Pair>>,
}

impl Wallet {
    pub(super) fn new(pki: &Pki) -> Self {
        let wanted = || Wanted { name: "client", ..Wanted::default() };
        let middle = pki.authority.below("peer-intermediate");
        let below = middle.issue(&wanted());
        let pairs = Credential::ALL.map(|credential| {
            Some(match credential {
                Credential::None => return None,
                Credential::Right => pki.authority.issue(&wanted()),
                Credential::WithIntermediate => {
                    Pair { cert: format!("{}{}", below.cert, middle.pem), key: below.key.clone() }
                }
                Credential::OtherCa => pki.stranger.issue(&wanted()),
                Credential::Expired => pki.authority.issue(&Wanted { days: (-20, -1), ..wanted() }),
                Credential::ServerOnly => pki
                    .authority
                    .issue(&Wanted { usage: ExtendedKeyUsagePurpose::ServerAuth, ..wanted() }),
                Credential::WithoutIntermediate => below.clone(),
            })
        });
        Self { pairs: pairs.into_iter().collect() }
    }

    pub(super) fn pair(&self, credential: Credential) -> Option<&Pair> {
        let at = Credential::ALL.iter().position(|one| *one == credential)?;
        self.pairs[at].as_ref()
    }
}
