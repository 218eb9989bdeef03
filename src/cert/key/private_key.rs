//! A private key: its kind, its format, and the certificate it belongs to.
//!
//! The private part is read to derive the public key and then dropped; no value here keeps it.

use std::fmt;

use super::fault::KeyFault;
use super::form::{self, KeyForm, Read};
use super::public_key::{KeyKind, PublicKey};
use crate::cert::pem::{Block, scan};

/// A private key that could be read. Only its public facts are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    form: KeyForm,
    kind: KeyKind,
    public: Option<PublicKey>,
    line: usize,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is encrypted; neither Envoy nor mtlsctl has the password.
    #[error("the private key on line {line} is encrypted")]
    Encrypted { line: usize },
    /// The bytes are not a key.
    #[error("the private key on line {line} cannot be read: {reason}")]
    Unreadable { line: usize, reason: KeyFault },
    /// There is no private key in the text.
    #[error("there is no private key")]
    Missing,
    /// It can be read but not converted to another format.
    #[error("the private key on line {line} is of a kind that cannot be converted")]
    NotConvertible { line: usize },
}

impl PrivateKey {
    /// The first private key of a text.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is none, or if the first one is encrypted or broken: BoringSSL does
    /// not read further either.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        let file = scan(text);
        let block = file.blocks().find(|block| block.label.is_private_key());
        Self::from_block(block.ok_or(KeyError::Missing)?)
    }

    /// Reads a block.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is encrypted, broken, or not a private key.
    pub fn from_block(block: &Block) -> Result<Self, KeyError> {
        let line = block.line;
        if block.is_encrypted() {
            return Err(KeyError::Encrypted { line });
        }
        let Read { form, kind, public } = form::read(&block.label, block.der())
            .ok_or(KeyError::Missing)?
            .map_err(|reason| KeyError::Unreadable { line, reason })?;
        Ok(Self { form, kind, public, line })
    }

    /// Its format.
    pub fn form(&self) -> KeyForm {
        self.form
    }

    /// Its kind.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The line of its `BEGIN`.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its public key, if it could be derived.
    pub fn public(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// Whether it is the private key for `theirs`; `None` if either is of a kind that cannot be
    /// compared.
    pub fn belongs_to(&self, theirs: &PublicKey) -> Option<bool> {
        if self.kind != *theirs.kind() {
            return Some(false);
        }
        Some(self.public.as_ref()? == theirs)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("form", &self.form)
            .field("kind", &self.kind)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}
