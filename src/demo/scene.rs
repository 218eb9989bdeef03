//! The demo's PKI, server and manifests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::resource::relevance;
use crate::source::Sources;
use crate::world::{Settings, World};

use super::pki::Pki;
use super::server::{acceptor, serve};

/// Why the demo cannot run here.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unplayable(String);

/// A PKI, and a server that has not been started yet.
pub struct Scene {
    pki: Pki,
    acceptor: TlsAcceptor,
    now: OffsetDateTime,
}

impl Scene {
    /// The manifest's name in messages.
    pub const FILE: &'static str = "orders.yaml";

    /// The name of the existing context.
    pub const CONTEXT: &'static str = "orders-upstream";

    /// Creates a PKI that is valid now.
    ///
    /// # Errors
    /// A system without randomness.
    pub fn new(now: OffsetDateTime) -> Result<Self, Unplayable> {
        let pki = Pki::new(now).map_err(|error| Unplayable(error.to_string()))?;
        let acceptor = acceptor(&pki).map_err(|error| Unplayable(error.to_string()))?;
        Ok(Self { pki, acceptor, now })
    }

    /// Starts the server on a port of loopback that the system chooses; it ends with its runtime.
    ///
    /// # Errors
    /// A system without a free port.
    pub async fn start(&self) -> Result<(u16, JoinHandle<()>), Unplayable> {
        let port = |error: std::io::Error| Unplayable(format!("no free port on loopback: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(port)?;
        let address = listener.local_addr().map_err(port)?;
        let server = tokio::spawn(serve(listener, self.acceptor.clone()));
        Ok((address.port(), server))
    }

    /// The world of the manifests, with this context in the Mapping.
    pub fn world(&self, port: u16, context: &str) -> World {
        let mut sources = Sources::default();
        sources.add(Self::FILE.to_owned(), self.manifests(port, context));
        let settings = Settings { now: Some(self.now), ..Settings::default() };
        World::read(sources, settings, &relevance())
    }

    fn manifests(&self, port: u16, context: &str) -> String {
        let name = Self::CONTEXT;
        let client = &self.pki.client;
        let data = |text: &str| STANDARD.encode(text);
        format!(
            "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: orders, namespace: shop}}
spec:
  hostname: \"*\"
  prefix: /orders/
  service: https://127.0.0.1:{port}
  tls: {context}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {{name: {name}, namespace: shop}}
spec:
  secret: ambassador-client
  ca_secret: orders-ca
---
apiVersion: v1
kind: Secret
metadata: {{name: ambassador-client, namespace: shop}}
type: kubernetes.io/tls
data:
  tls.crt: {}
  tls.key: {}
---
apiVersion: v1
kind: Secret
metadata: {{name: orders-ca, namespace: shop}}
data:
  tls.crt: {}
",
            data(&client.certificate),
            data(&client.key),
            data(&self.pki.ca),
        )
    }
}
