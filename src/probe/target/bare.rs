//! Targets without manifests: a host and a port.

use std::sync::Arc;
use std::time::Duration;

use crate::envoy::EnvoyVersion;
use crate::probe::hello::Offer;
use crate::world::{CONNECT_TIMEOUT_MS, DnsFamily};

use super::misfit::Misfits;
use super::target::Target;
use super::trust::Trust;

impl Target {
    /// A target without a context.
    ///
    /// # Errors
    /// Envoy would reject the configuration without a CA; this does not happen.
    pub fn bare(
        written: &str,
        host: String,
        port: u16,
        envoy: EnvoyVersion,
    ) -> Result<Self, String> {
        Ok(Self {
            name: written.to_owned(),
            authority: host.clone(),
            path: "/".to_owned(),
            method: "GET",
            host,
            port,
            family: DnsFamily::default(),
            connect_timeout: Duration::from_millis(CONNECT_TIMEOUT_MS),
            context: None,
            missed: None,
            plaintext: false,
            starttls: None,
            offer: Offer::default(),
            identity: None,
            misfits: Misfits::default(),
            trust: Trust::load(None, None, envoy)?,
            expect_spiffe: None,
            alternatives: Arc::default(),
            frozen: Vec::new(),
            origin: None,
        })
    }
}

/// A host and port from `HOST:PORT` or `[ADDRESS]:PORT`, with or without `https://`; `None` for
/// anything else.
pub fn place(written: &str) -> Option<(String, u16)> {
    let bare = written.strip_prefix("https://").unwrap_or(written);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let (host, port) = match bare.strip_prefix('[') {
        Some(rest) => rest.split_once("]:")?,
        None => bare.rsplit_once(':')?,
    };
    let port = port.parse().ok()?;
    let named = !host.is_empty() && !host.contains(['/', ' ']);
    named.then(|| (host.to_owned(), port))
}
