//! Two opinions on the server's chain: Envoy's, and that of a strict client.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, ServerName, UnixTime};
use time::OffsetDateTime;

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// The chain is taken.
    Accepted,
    /// The connection ends here.
    Refused(String),
    /// Cannot be told, because of this.
    Unknown(String),
}

/// What the context trusts.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// `trusted_ca`, PEM; without it Envoy checks nothing at all.
    pub ca: Option<Vec<u8>>,
    /// `crl`, PEM.
    pub crl: Option<Vec<u8>>,
}

impl Trust {
    /// What Envoy says to this chain.
    pub fn envoy(&self, _chain: &[Vec<u8>], _now: OffsetDateTime) -> Opinion {
        match self.ca {
            None => Opinion::Accepted,
            Some(_) => Opinion::Unknown("chains are not judged yet".to_owned()),
        }
    }

    /// What a client says that follows the web's rules, the name included.
    pub fn strict(&self, chain: &[Vec<u8>], host: &str, now: OffsetDateTime) -> Opinion {
        let Some(ca) = &self.ca else {
            return Opinion::Unknown("no CA is configured to judge by".to_owned());
        };
        let (leaf, others) = match chain {
            [] => return Opinion::Refused("no certificate was shown".to_owned()),
            [leaf, others @ ..] => (leaf, others),
        };
        let mut roots = RootCertStore::empty();
        let found: Vec<_> = CertificateDer::pem_slice_iter(ca).flatten().collect();
        let (usable, _) = roots.add_parsable_certificates(found);
        if usable == 0 {
            return Opinion::Refused("the CA file holds no usable certificate".to_owned());
        }
        let Ok(name) = ServerName::try_from(host.to_owned()) else {
            return Opinion::Unknown(format!("`{host}` is not a name certificates can carry"));
        };
        let crls: Vec<CertificateRevocationListDer<'static>> = self
            .crl
            .iter()
            .flat_map(|crl| CertificateRevocationListDer::pem_slice_iter(crl).flatten())
            .collect();
        let verifier = WebPkiServerVerifier::builder_with_provider(
            Arc::new(roots),
            Arc::new(aws_lc_rs::default_provider()),
        )
        .with_crls(crls)
        .build();
        let verifier = match verifier {
            Ok(verifier) => verifier,
            Err(error) => return Opinion::Unknown(error.to_string()),
        };
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or(0);
        let moment = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        let others: Vec<_> = others
            .iter()
            .map(|der| CertificateDer::from(der.as_slice()))
            .collect();
        match verifier.verify_server_cert(&leaf.as_slice().into(), &others, &name, &[], moment) {
            Ok(_) => Opinion::Accepted,
            Err(rustls::Error::InvalidCertificate(error)) => Opinion::Refused(error.to_string()),
            Err(error) => Opinion::Refused(error.to_string()),
        }
    }
}
