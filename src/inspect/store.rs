//! Certificate stores that are neither PEM nor DER, recognised in order to suggest how to read
//! them.

/// A format that Ambassador and Envoy do not support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// PKCS#12 (RFC 7292), often `.p12` or `.pfx`.
    Pkcs12,
    /// Certificates in a PKCS#7 `SignedData` (RFC 2315), often `.p7b`.
    Pkcs7,
    /// A Java key store.
    Java,
}

/// Tag and content of the object identifiers `1.2.840.113549.1.7.n`, up to `n`.
const PKCS7_OID: [u8; 10] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

impl Store {
    /// Recognises a file by its first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // The magic numbers of JKS and JCEKS.
        if bytes.starts_with(&[0xfe, 0xed, 0xfe, 0xed]) || bytes.starts_with(&[0xce; 4]) {
            return Some(Self::Java);
        }
        let content = in_sequence(bytes)?;
        if content.starts_with(&PKCS7_OID) {
            return Some(Self::Pkcs7);
        }
        // Version 3, then the `ContentInfo` of the store.
        let info = in_sequence(content.strip_prefix(&[0x02, 0x01, 0x03])?)?;
        info.starts_with(&PKCS7_OID).then_some(Self::Pkcs12)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pkcs12 => "a PKCS#12 store",
            Self::Pkcs7 => "a PKCS#7 bundle",
            Self::Java => "a Java key store",
        }
    }

    /// The command that prints its certificates as PEM.
    pub fn command(self, path: &str) -> String {
        match self {
            Self::Pkcs12 => format!("openssl pkcs12 -in {path} -nokeys"),
            Self::Pkcs7 => format!("openssl pkcs7 -inform DER -in {path} -print_certs"),
            Self::Java => format!("keytool -list -rfc -keystore {path}"),
        }
    }
}

/// The content of a leading SEQUENCE, with its length in any BER form.
fn in_sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (&length, content) = bytes.strip_prefix(&[0x30])?.split_first()?;
    match length {
        0x00..=0x80 => Some(content),
        long => content.get(usize::from(long & 0x7f)..),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_told_from_certificates_and_keys() {
        // As OpenSSL 3.0 begins them; Java writes PKCS#12 with an indefinite length.
        let pkcs12 = b"\x30\x82\x03\xeb\x02\x01\x03\x30\x82\x03\xa1\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
        let indefinite =
            b"\x30\x80\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
        let pkcs7 = b"\x30\x82\x01\x8f\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
        assert_eq!(Store::of(pkcs12), Some(Store::Pkcs12));
        assert_eq!(Store::of(indefinite), Some(Store::Pkcs12));
        assert_eq!(Store::of(pkcs7), Some(Store::Pkcs7));
        assert_eq!(Store::of(b"\xfe\xed\xfe\xed\0\0\0\x02"), Some(Store::Java));
        let certificate = b"\x30\x82\x01\x7c\x30\x82\x01\x23\xa0\x03\x02\x01\x02\x02\x14";
        let pkcs8 = b"\x30\x81\x87\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01";
        for other in
            [&certificate[..], pkcs8, b"-----BEGIN CERTIFICATE-----", b"\x30", b"\x30\xff", b""]
        {
            assert_eq!(Store::of(other), None);
        }
    }
}
