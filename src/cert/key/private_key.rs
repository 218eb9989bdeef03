//! A private key: what kind it is, in which form it is written, and which certificate it is for.
//!
//! The secret part is read to derive the public one and then dropped; no value here holds it.

use std::fmt;

use super::fault::KeyFault;
use super::form::{self, KeyForm, Read};
use super::public_key::{KeyKind, PublicKey};
use crate::cert::pem::{Block, scan};

/// A private key that could be read. Only what is public about it is kept.
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
    /// Neither Envoy nor we have the password.
    #[error("the private key on line {line} is encrypted")]
    Encrypted { line: usize },
    /// The bytes are no key.
    #[error("the private key on line {line} cannot be read: {reason}")]
    Unreadable { line: usize, reason: KeyFault },
    /// There is no private key in the text.
    #[error("there is no private key")]
    Missing,
    /// It can be read, but not be written anew in another form.
    #[error("the private key on line {line} is of a kind that is not rewritten")]
    Kept { line: usize },
}

impl PrivateKey {
    /// The first private key of a text.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is none, or the first one is encrypted or broken: BoringSSL looks no
    /// further either.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        let file = scan(text);
        let block = file.blocks().find(|block| block.label.is_private_key());
        Self::from_block(block.ok_or(KeyError::Missing)?)
    }

    /// Reads one block.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is encrypted, broken, or no private key at all.
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

    /// In which form it is written.
    pub fn form(&self) -> KeyForm {
        self.form
    }

    /// What kind of key it is.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The line of its `BEGIN`.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its public half, where we could derive it.
    pub fn public(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// Whether this is the private half of `theirs`; `None` if one of both is of a kind we cannot
    /// compare.
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
