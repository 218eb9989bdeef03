//! TLS to the agent's HTTPS port.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::connection::TlsFiles;
use super::error::AgentError;

/// Reads the files into a TLS configuration.
///
/// # Errors
/// [`AgentError::Setup`] with the missing or invalid file.
pub(crate) fn configuration(files: &TlsFiles) -> Result<ClientConfig, AgentError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| AgentError::Setup(error.to_string()))?;
    let verifier: Arc<dyn ServerCertVerifier> = match files.verify {
        true => WebPkiServerVerifier::builder_with_provider(Arc::new(roots(files)?), provider)
            .build()
            .map_err(|error| AgentError::Setup(format!("no usable CA for the agent: {error}")))?,
        false => Arc::new(AnyAgent(provider)),
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    match (&files.client_cert, &files.client_key) {
        (Some(cert), Some(key)) => {
            let chain = certificates(cert)?;
            let key_der = PrivateKeyDer::from_pem_file(key)
                .map_err(|error| wrong(key, &format!("holds no usable private key: {error}")))?;
            let ours = builder.with_client_auth_cert(chain, key_der);
            ours.map_err(|error| wrong(cert, &format!("and its key do not match: {error}")))
        }
        (None, None) => Ok(builder.with_no_client_auth()),
        _ => Err(AgentError::Setup(
            "a client certificate and its key must be given together".to_owned(),
        )),
    }
}

fn roots(files: &TlsFiles) -> Result<RootCertStore, AgentError> {
    let mut store = RootCertStore::empty();
    let mut add = |path: &Path| {
        let (added, _) = store.add_parsable_certificates(certificates(path)?);
        if added == 0 { Err(wrong(path, "holds no certificate")) } else { Ok(()) }
    };
    if let Some(path) = &files.ca_file {
        add(path)?;
    } else if let Some(folder) = &files.ca_path {
        let entries = fs::read_dir(folder)
            .map_err(|error| wrong(folder, &format!("cannot be read: {error}")))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            add(&path)?;
        }
    } else {
        let found = rustls_native_certs::load_native_certs();
        store.add_parsable_certificates(found.certs);
    }
    Ok(store)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, AgentError> {
    let unreadable =
        |error: &dyn std::fmt::Display| wrong(path, &format!("cannot be read: {error}"));
    CertificateDer::pem_file_iter(path)
        .map_err(|error| unreadable(&error))?
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(&error))
}

fn wrong(path: &Path, why: &str) -> AgentError {
    AgentError::Setup(format!("`{}` {why}", path.display()))
}

/// Accepts any agent certificate, as `CONSUL_HTTP_SSL_VERIFY=false` requests.
#[derive(Debug)]
struct AnyAgent(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyAgent {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
