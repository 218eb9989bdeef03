//! The formats of private keys, and the reader for each.

use std::fmt;

use super::fault::KeyFault;
use super::public_key::{KeyKind, PublicKey};
use super::{elliptic, info, rsa};
use crate::cert::pem::PemLabel;

/// The format of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// `RSA PRIVATE KEY`.
    Pkcs1,
    /// `EC PRIVATE KEY`.
    Sec1,
    /// `PRIVATE KEY`.
    Pkcs8,
    /// `DSA PRIVATE KEY`.
    Dsa,
}

impl fmt::Display for KeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pkcs1 => "PKCS#1",
            Self::Sec1 => "SEC1",
            Self::Pkcs8 => "PKCS#8",
            Self::Dsa => "DSA",
        })
    }
}

/// A key that was read, without the private part.
pub(super) struct Read {
    pub(super) form: KeyForm,
    pub(super) kind: KeyKind,
    /// The public key, if it could be derived.
    pub(super) public: Option<PublicKey>,
}

const OTHER_TYPE: KeyFault = KeyFault::new(
    "DIFFERENT_KEY_TYPES",
    "it is PKCS#8 with another kind of key than its label says",
);

/// Reads the contents under a label, as BoringSSL does (`PEM_read_bio_PrivateKey`); `None` if the
/// label is not a private key's.
pub(super) fn read(label: &PemLabel, der: &[u8]) -> Option<Result<Read, KeyFault>> {
    Some(match label {
        PemLabel::RsaPrivateKey => old(der, KeyForm::Pkcs1),
        PemLabel::EcPrivateKey => old(der, KeyForm::Sec1),
        PemLabel::DsaPrivateKey => old(der, KeyForm::Dsa),
        PemLabel::Pkcs8 => pkcs8(der),
        _ => return None,
    })
}

fn pkcs8(der: &[u8]) -> Result<Read, KeyFault> {
    let (kind, public) = info::read(der)?;
    Ok(Read { form: KeyForm::Pkcs8, kind, public })
}

/// BoringSSL also tries PKCS #8 under the older labels (`d2i_PrivateKey`), and reports the error of
/// that attempt if both fail.
fn old(der: &[u8], form: KeyForm) -> Result<Read, KeyFault> {
    let read = match form {
        KeyForm::Sec1 => elliptic::read(der, None),
        KeyForm::Dsa => info::dsa(der).map(|()| (KeyKind::Dsa, None)),
        KeyForm::Pkcs1 | KeyForm::Pkcs8 => {
            rsa::read(der, false).map(|public| (public.kind().clone(), Some(public)))
        }
    };
    let fault = match read {
        Ok((kind, public)) => return Ok(Read { form, kind, public }),
        Err(fault) => fault,
    };
    let Ok(read) = pkcs8(der) else {
        return Err(fault.behind_old_label());
    };
    let is_same = match read.kind {
        KeyKind::Rsa { .. } => form == KeyForm::Pkcs1,
        KeyKind::Ec { .. } => form == KeyForm::Sec1,
        KeyKind::Dsa => form == KeyForm::Dsa,
        _ => false,
    };
    if is_same { Ok(read) } else { Err(OTHER_TYPE) }
}
