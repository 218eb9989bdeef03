//! The usual names of bits and object identifiers in certificates.

use super::der::dotted;

pub(super) fn hexadecimal(bytes: &[u8], separator: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

pub(super) fn key_usages(flags: u16) -> Vec<&'static str> {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    NAMES
        .iter()
        .enumerate()
        .filter(|(bit, _)| flags >> bit & 1 == 1)
        .map(|(_, name)| *name)
        .collect()
}

/// The usual name of an extended key usage.
pub(super) fn usage_name(oid: &[u8]) -> Option<&'static str> {
    match oid {
        [0x55, 0x1d, 0x25, 0x00] => Some("anyExtendedKeyUsage"),
        [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, last] => match last {
            1 => Some("serverAuth"),
            2 => Some("clientAuth"),
            3 => Some("codeSigning"),
            4 => Some("emailProtection"),
            8 => Some("timeStamping"),
            9 => Some("OCSPSigning"),
            _ => None,
        },
        _ => None,
    }
}

/// The usual name of a signature algorithm.
pub(super) fn algorithm_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last] => match last {
            2 => "md2WithRSAEncryption",
            4 => "md5WithRSAEncryption",
            5 => "sha1WithRSAEncryption",
            10 => "rsassaPss",
            11 => "sha256WithRSAEncryption",
            12 => "sha384WithRSAEncryption",
            13 => "sha512WithRSAEncryption",
            14 => "sha224WithRSAEncryption",
            _ => "",
        },
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => "ecdsa-with-SHA1",
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, last] => match last {
            1 => "ecdsa-with-SHA224",
            2 => "ecdsa-with-SHA256",
            3 => "ecdsa-with-SHA384",
            4 => "ecdsa-with-SHA512",
            _ => "",
        },
        [0x2b, 0x65, 0x70] => "Ed25519",
        [0x2b, 0x65, 0x71] => "Ed448",
        _ => "",
    };
    if name.is_empty() { dotted(oid) } else { name.to_owned() }
}

pub(super) fn extension_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x55, 0x1d, 14] => "subjectKeyIdentifier",
        [0x55, 0x1d, 15] => "keyUsage",
        [0x55, 0x1d, 17] => "subjectAltName",
        [0x55, 0x1d, 19] => "basicConstraints",
        [0x55, 0x1d, 30] => "nameConstraints",
        [0x55, 0x1d, 31] => "cRLDistributionPoints",
        [0x55, 0x1d, 32] => "certificatePolicies",
        [0x55, 0x1d, 35] => "authorityKeyIdentifier",
        [0x55, 0x1d, 37] => "extendedKeyUsage",
        _ => return format!("extension {}", dotted(oid)),
    };
    name.to_owned()
}

/// A parser's error in plain words; its own text is about its internals.
pub(super) fn plain_words(error: &x509_parser::nom::Err<x509_parser::error::X509Error>) -> String {
    use x509_parser::error::X509Error;
    let what = match error {
        x509_parser::nom::Err::Incomplete(_) => "it ends too early",
        x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error) => {
            match error {
                X509Error::InvalidVersion => "its version is invalid",
                X509Error::InvalidSerial => "its serial number is invalid",
                X509Error::InvalidAlgorithmIdentifier => "an algorithm identifier is invalid",
                X509Error::InvalidX509Name => "a name is invalid",
                X509Error::InvalidDate => "a date is invalid",
                X509Error::InvalidSPKI => "its public key is invalid",
                X509Error::InvalidSubjectUID | X509Error::InvalidIssuerUID => {
                    "a unique identifier is invalid"
                }
                X509Error::InvalidExtensions | X509Error::DuplicateExtensions => {
                    "its extensions are invalid"
                }
                X509Error::DuplicateAttributes => "an attribute occurs twice",
                X509Error::InvalidSignatureValue => "its signature is not a bit string",
                X509Error::InvalidTbsCertificate | X509Error::InvalidCertificate => {
                    "it is not a certificate"
                }
                _ => "it is not valid DER",
            }
        }
    };
    format!("not a readable certificate: {what}")
}
