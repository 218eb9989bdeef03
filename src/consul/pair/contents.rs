//! The files or Secret entries that are written for a pair.

use crate::cert::as_pkcs8;

use super::pair::Pair;
use super::soundness::Unsound;
use crate::consul::agent::Sensitive;

/// The format of a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PairForm {
    /// Whether `tls.crt` includes the active root after the chain; no TLS peer needs it.
    pub include_root: bool,
    /// The format of the key.
    pub key: KeyShape,
    /// Byte for byte as Ambassador's own connector wrote it: no CA, with the root after the chain.
    pub compat: bool,
}

/// The format of a private key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyShape {
    /// PKCS #8.
    #[default]
    Pkcs8,
    /// As Consul sends it: SEC 1.
    AsSent,
}

/// Entries by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    entries: Vec<(&'static str, Sensitive)>,
}

impl Contents {
    /// Formats a pair.
    ///
    /// Emissary turns `root-cert.pem` into Envoy's `trusted_ca`; it ignores `ca.crt`, which
    /// everybody else reads (emissary `irtlscontext.py`).
    ///
    /// # Errors
    /// The key cannot be converted to the requested format.
    pub fn of(pair: &Pair, form: PairForm) -> Result<Self, Unsound> {
        let text = |text: &str| Sensitive::new(text.to_owned());
        if form.compat {
            let (root, chain) = &pair.as_sent;
            return Ok(Self {
                entries: vec![
                    ("tls.crt", text(&format!("{chain}{root}"))),
                    ("tls.key", pair.key.clone()),
                ],
            });
        }
        let chain = match form.include_root {
            false => pair.chain.clone(),
            true => format!("{}{}", pair.chain, first(&pair.bundle)),
        };
        let key = match form.key {
            KeyShape::AsSent => pair.key.clone(),
            KeyShape::Pkcs8 => as_pkcs8(pair.key.reveal().as_bytes())
                .map_err(|error| Unsound::Key(error.to_string()))?
                .into(),
        };
        Ok(Self {
            entries: vec![
                ("tls.crt", text(&chain)),
                ("tls.key", key),
                ("ca.crt", text(&pair.bundle)),
                ("root-cert.pem", text(&pair.bundle)),
            ],
        })
    }

    /// The entries in order.
    pub fn entries(&self) -> &[(&'static str, Sensitive)] {
        &self.entries
    }

    /// The entry with this name.
    pub fn entry(&self, name: &str) -> Option<&Sensitive> {
        self.entries.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The first certificate of a normalized bundle.
fn first(bundle: &str) -> &str {
    let end = "-----END CERTIFICATE-----\n";
    bundle.find(end).map_or(bundle, |at| &bundle[..at + end.len()])
}
