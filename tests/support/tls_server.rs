//! A server on loopback that presents a given chain.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ClientHello, ResolvesServerCert, ServerConfig, ServerConnection};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, DistinguishedName, SignatureScheme};

/// Presents a chain to every client, without checking it.
#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// Starts a server that answers every request with `200`; it ends with the process. `None` if
/// rustls cannot use the key.
pub(crate) fn start(chain: Vec<Vec<u8>>, pkcs8: &[u8]) -> Option<SocketAddr> {
    start_with(chain, pkcs8, rustls::server::WebPkiClientVerifier::no_client_auth())
}

/// The same with any client certificate required; `authority` is the CA name, in DER, in the
/// server's request.
pub(crate) fn start_mutual(
    chain: Vec<Vec<u8>>,
    pkcs8: &[u8],
    authority: Vec<u8>,
) -> Option<SocketAddr> {
    start_with(chain, pkcs8, Arc::new(AnyClient(vec![DistinguishedName::from(authority)])))
}

fn start_with(
    chain: Vec<Vec<u8>>,
    pkcs8: &[u8],
    clients: Arc<dyn ClientCertVerifier>,
) -> Option<SocketAddr> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(pkcs8.to_vec()));
    let key = aws_lc_rs::sign::any_supported_type(&key).ok()?;
    let chain = chain.into_iter().map(CertificateDer::from).collect();
    let resolver = Arc::new(Always(Arc::new(CertifiedKey::new(chain, key))));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_cert_resolver(resolver);
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = config.clone();
            std::thread::spawn(move || {
                let _ = serve(stream, config);
            });
        }
    });
    Some(address)
}

fn serve(mut stream: TcpStream, config: Arc<ServerConfig>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    while connection.is_handshaking() {
        if connection.wants_write() {
            connection.write_tls(&mut stream)?;
        } else if connection.read_tls(&mut stream)? == 0 {
            return Ok(());
        } else if let Err(error) = connection.process_new_packets() {
            connection.write_tls(&mut stream)?;
            return Err(std::io::Error::other(error));
        }
    }
    // A network's round-trip time: what a client does while it waits for the server's Finished of
    // TLS 1.2 is part of the test.
    std::thread::sleep(Duration::from_millis(15));
    let mut tls = rustls::Stream::new(&mut connection, &mut stream);
    let mut request = [0; 4096];
    let length = tls.read(&mut request)?;
    if length > 0 {
        tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok")?;
    }
    Ok(())
}

/// Requires and accepts any client certificate, and names these CAs.
#[derive(Debug)]
struct AnyClient(Vec<DistinguishedName>);

impl ClientCertVerifier for AnyClient {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.0
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = aws_lc_rs::default_provider().signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = aws_lc_rs::default_provider().signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        aws_lc_rs::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
