//! A PEM block: label, position and contents.

use std::fmt;
use std::ops::Range;

/// A block with valid base64. `Debug` never shows the bytes: they may be a private key.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// The text between `-----BEGIN ` and `-----`.
    pub label: PemLabel,
    /// The line of `BEGIN`, from 1.
    pub line: usize,
    /// The line of `END`, from 1.
    pub end_line: usize,
    /// The byte range of the block in the text, from `BEGIN` to the end of the `END` line.
    pub range: Range<usize>,
    /// The lines before the first blank line in the block; empty if there is no blank line.
    /// Encrypted keys have `Proc-Type:` and `DEK-Info:` there.
    pub(crate) header: String,
    /// Whether a blank line follows some of the base64: BoringSSL treats everything before it as a
    /// header, which it must understand.
    pub(crate) has_blank_line: bool,
    /// Whether the part after the first blank line, which BoringSSL treats as the body, is not
    /// valid base64.
    pub(crate) is_bad_after_blank: bool,
    /// Whether the block has a blank line and the lines after it do not have exactly 64 characters,
    /// except the last: then Envoy's BoringSSL up to 1.38 (`PEM_read_bio`) does not find the `END`.
    pub(crate) is_ragged_after_blank: bool,
    pub(crate) der: Vec<u8>,
}

impl Block {
    /// The decoded bytes. Those of a key are secret and must not be shown.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether the header says that the bytes are encrypted (RFC 1421).
    pub fn is_encrypted(&self) -> bool {
        self.header.starts_with("Proc-Type:") && self.header.contains("ENCRYPTED")
            || self.label == PemLabel::EncryptedPrivateKey
    }

    /// BoringSSL's error for the header (`PEM_get_EVP_CIPHER_INFO`); `None` if there is no header,
    /// or if it names a cipher.
    pub(crate) fn header_fault(&self) -> Option<&'static str> {
        if self.header.is_empty() {
            return None;
        }
        let Some(rest) = self.header.strip_prefix("Proc-Type: ") else {
            return Some("NOT_PROC_TYPE");
        };
        let Some(rest) = rest.strip_prefix("4,").and_then(|rest| rest.strip_prefix("ENCRYPTED"))
        else {
            return Some("NOT_ENCRYPTED");
        };
        let Some((_, next)) = rest.split_once('\n') else {
            return Some("SHORT_HEADER");
        };
        if next.starts_with("DEK-Info: ") { None } else { Some("NOT_DEK_INFO") }
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("label", &self.label)
            .field("line", &self.line)
            .field("end_line", &self.end_line)
            .field("bytes", &self.der.len())
            .finish_non_exhaustive()
    }
}

/// The label of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PemLabel {
    /// `CERTIFICATE`, or the older `X509 CERTIFICATE`.
    Certificate,
    /// `TRUSTED CERTIFICATE`: OpenSSL's certificate followed by trust settings.
    TrustedCertificate,
    /// `X509 CRL`.
    Crl,
    /// `PRIVATE KEY`: PKCS #8.
    Pkcs8,
    /// `ENCRYPTED PRIVATE KEY`: PKCS #8 with a password.
    EncryptedPrivateKey,
    /// `RSA PRIVATE KEY`: PKCS #1.
    RsaPrivateKey,
    /// `EC PRIVATE KEY`: SEC 1.
    EcPrivateKey,
    /// `DSA PRIVATE KEY`.
    DsaPrivateKey,
    /// `EC PARAMETERS`, which `openssl ecparam` writes before a key.
    EcParameters,
    /// Anything else.
    Other(String),
}

impl PemLabel {
    pub(super) fn read(text: &str) -> Self {
        match text {
            "CERTIFICATE" | "X509 CERTIFICATE" => Self::Certificate,
            "TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            "X509 CRL" => Self::Crl,
            "PRIVATE KEY" => Self::Pkcs8,
            "ENCRYPTED PRIVATE KEY" => Self::EncryptedPrivateKey,
            "RSA PRIVATE KEY" => Self::RsaPrivateKey,
            "EC PRIVATE KEY" => Self::EcPrivateKey,
            "DSA PRIVATE KEY" => Self::DsaPrivateKey,
            "EC PARAMETERS" => Self::EcParameters,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether the block is a certificate.
    pub fn is_certificate(&self) -> bool {
        matches!(self, Self::Certificate | Self::TrustedCertificate)
    }

    /// Whether the block is a private key, encrypted or not.
    pub fn is_private_key(&self) -> bool {
        matches!(
            self,
            Self::Pkcs8
                | Self::EncryptedPrivateKey
                | Self::RsaPrivateKey
                | Self::EcPrivateKey
                | Self::DsaPrivateKey
        ) || matches!(self, Self::Other(text) if text.ends_with("PRIVATE KEY"))
    }
}

impl fmt::Display for PemLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "CERTIFICATE",
            Self::TrustedCertificate => "TRUSTED CERTIFICATE",
            Self::Crl => "X509 CRL",
            Self::Pkcs8 => "PRIVATE KEY",
            Self::EncryptedPrivateKey => "ENCRYPTED PRIVATE KEY",
            Self::RsaPrivateKey => "RSA PRIVATE KEY",
            Self::EcPrivateKey => "EC PRIVATE KEY",
            Self::DsaPrivateKey => "DSA PRIVATE KEY",
            Self::EcParameters => "EC PARAMETERS",
            Self::Other(text) => text,
        })
    }
}
