//! A second, strict verdict: that of a client with WebPKI rules (rustls).
//!
//! It differs from Envoy's in many cases, in both directions. It is shown next to Envoy's verdict,
//! never instead of it.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, ServerName, UnixTime};
use rustls::{CertificateError, RootCertStore};
use time::OffsetDateTime;

use super::chain::Chain;
use super::crl::Crl;

/// A strict client's verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrictVerdict {
    /// It would accept the certificate.
    Accepted,
    /// It would reject the certificate.
    Refused {
        /// Why, in a few words.
        reason: String,
    },
}

/// Verifies a server's chain strictly against the certificates of `roots`.
///
/// Without `server_name` the name is not checked.
pub fn judge(
    chain: &Chain,
    roots: &Chain,
    crls: &[Crl],
    server_name: Option<&str>,
    now: OffsetDateTime,
) -> StrictVerdict {
    let refused = |reason: &str| StrictVerdict::Refused { reason: reason.to_owned() };
    let der = |certificate: &super::certificate::Certificate| {
        CertificateDer::from(certificate.der().to_vec())
    };
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.certificates().iter().map(der));
    let provider = Arc::new(aws_lc_rs::default_provider());
    let lists: Vec<_> =
        crls.iter().map(|crl| CertificateRevocationListDer::from(crl.der().to_vec())).collect();
    let Ok(verifier) = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider)
        .with_crls(lists)
        .build()
    else {
        return refused("there is no usable trust anchor or CRL");
    };
    let name = match server_name.map(|name| ServerName::try_from(name.to_owned())) {
        None => ServerName::try_from("name.invalid"),
        Some(name) => name,
    };
    let Ok(name) = name else {
        return refused("the server name is neither a DNS name nor an address");
    };
    let Ok(seconds) = u64::try_from(now.unix_timestamp()) else {
        return refused("the time is before 1970");
    };
    let moment = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let Some(leaf) = chain.leaf() else {
        return refused("there is no certificate");
    };
    let others: Vec<_> = chain.certificates()[1..].iter().map(der).collect();
    match verifier.verify_server_cert(&der(leaf), &others, &name, &[], moment) {
        Ok(_) => StrictVerdict::Accepted,
        Err(rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) if server_name.is_none() => StrictVerdict::Accepted,
        Err(error) => StrictVerdict::Refused { reason: words(&error) },
    }
}

fn words(error: &rustls::Error) -> String {
    let rustls::Error::InvalidCertificate(error) = error else {
        return error.to_string();
    };
    match error {
        CertificateError::BadEncoding => "a certificate is not valid DER".to_owned(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "a certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "a certificate is not valid yet".to_owned()
        }
        CertificateError::Revoked => "a certificate is revoked".to_owned(),
        CertificateError::UnhandledCriticalExtension => {
            "a critical extension is not known".to_owned()
        }
        CertificateError::UnknownIssuer => "no trust anchor issued the chain".to_owned(),
        CertificateError::UnknownRevocationStatus => "a certificate has no current CRL".to_owned(),
        CertificateError::ExpiredRevocationList
        | CertificateError::ExpiredRevocationListContext { .. } => "a CRL has expired".to_owned(),
        CertificateError::BadSignature => "a signature is not valid".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the certificate is for another name".to_owned()
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "the certificate is not for servers".to_owned()
        }
        other => other.to_string(),
    }
}
