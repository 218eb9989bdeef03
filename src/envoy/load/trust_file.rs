//! CA and CRL files: what Envoy reads from them into its trust store.

use super::load::{Blocks, PemSource};
use crate::cert::DerError;
use crate::cert::PrivateKey;
use crate::cert::der::{CONSTRUCTED, CONTEXT, OCTET_STRING, Reader, SEQUENCE, UTF8_STRING};
use crate::cert::pem::{Block, PemLabel};
use crate::cert::x509::Crl;
use crate::cert::x509::X509;
use crate::cert::x509::oid;
use crate::envoy::EnvoyVersion;
use crate::envoy::verify::EnvoyVerdict;

/// The bytes of a certificate or CRL in the store.
#[derive(Debug, Clone)]
pub(crate) enum Trusted {
    Certificate { der: Vec<u8>, rejects_servers: bool, rejects_clients: bool },
    Crl { der: Vec<u8> },
}

/// Loads `trusted_ca`, which must have at least one certificate.
pub(crate) fn load_ca(
    ca: PemSource<'_>,
    version: EnvoyVersion,
) -> Result<Vec<Trusted>, EnvoyVerdict> {
    if ca.bytes.is_empty() {
        return Err(EnvoyVerdict::config(format!("file {} is empty", ca.name)));
    }
    let failed =
        || EnvoyVerdict::config(format!("Failed to load trusted CA certificates from {}", ca.name));
    let loaded = read_all(ca.bytes, version).map_err(|Unreadable| failed())?;
    if loaded.iter().any(|object| matches!(object, Trusted::Certificate { .. })) {
        Ok(loaded)
    } else {
        Err(failed())
    }
}

/// BoringSSL cannot read the text to the end.
pub(crate) struct Unreadable;

/// Reads every certificate and CRL of a text (`PEM_X509_INFO_read_bio`). Private keys must parse,
/// too, unless they are encrypted or PKCS #8.
pub(crate) fn read_all(bytes: &[u8], version: EnvoyVersion) -> Result<Vec<Trusted>, Unreadable> {
    let mut blocks = Blocks::of(bytes, version);
    let mut objects = Vec::new();
    let known = |label: &PemLabel| {
        label.is_certificate()
            || matches!(
                label,
                PemLabel::Crl
                    | PemLabel::RsaPrivateKey
                    | PemLabel::EcPrivateKey
                    | PemLabel::DsaPrivateKey
            )
    };
    while let Some(block) = blocks.next(known).map_err(|_| Unreadable)? {
        match block.label {
            PemLabel::Certificate | PemLabel::TrustedCertificate | PemLabel::Crl
                if block.is_encrypted() =>
            {
                return Err(Unreadable);
            }
            PemLabel::Certificate | PemLabel::TrustedCertificate => {
                objects.push(certificate(&block).map_err(|_| Unreadable)?);
            }
            PemLabel::Crl => {
                let crl = Crl::parse(block.der()).map_err(|_| Unreadable)?;
                objects.push(Trusted::Crl { der: crl.whole.to_vec() });
            }
            _ if block.is_encrypted() => {}
            _ => {
                let key = PrivateKey::from_block(&block).map_err(|_| Unreadable)?;
                if !key.kind().is_known_to_envoy() {
                    return Err(Unreadable);
                }
            }
        }
    }
    Ok(objects)
}

/// Reads a certificate block; bytes after the certificate only matter in a `TRUSTED CERTIFICATE`.
fn certificate(block: &Block) -> Result<Trusted, DerError> {
    let mut reader = Reader::new(block.der());
    let certificate = X509::read(&mut reader)?;
    let mut object = Trusted::Certificate {
        der: certificate.whole.to_vec(),
        rejects_servers: false,
        rejects_clients: false,
    };
    if block.label == PemLabel::TrustedCertificate && !reader.is_empty() {
        let rejected = read_trust(&mut reader)?;
        if let Trusted::Certificate { rejects_servers, rejects_clients, .. } = &mut object {
            *rejects_servers = rejected.contains(&oid::SERVER_AUTH);
            *rejects_clients = rejected.contains(&oid::CLIENT_AUTH);
        }
    }
    Ok(object)
}

/// Reads OpenSSL's trust settings (`X509_CERT_AUX`) and returns the rejected uses.
pub(crate) fn read_trust<'a>(reader: &mut Reader<'a>) -> Result<Vec<&'a [u8]>, DerError> {
    let mut fields = reader.contents(SEQUENCE)?;
    let oids = |contents: &'a [u8]| -> Result<Vec<&'a [u8]>, DerError> {
        let mut list = Reader::new(contents);
        let mut oids = Vec::new();
        while !list.is_empty() {
            oids.push(list.oid()?);
        }
        Ok(oids)
    };
    if let Some(trusted) = fields.optional(SEQUENCE)? {
        oids(trusted.contents)?;
    }
    let rejected = match fields.optional(CONTEXT | CONSTRUCTED)? {
        Some(element) => oids(element.contents)?,
        None => Vec::new(),
    };
    fields.optional(UTF8_STRING)?;
    fields.optional(OCTET_STRING)?;
    fields.finish()?;
    Ok(rejected)
}
