//! The TLS fields that TLSContext and Host.tls share.

use crate::document::{Field, Located, Text};

/// The fields of a TLSContext as read; nothing is resolved here.
#[derive(Debug, Clone, Default)]
pub struct TlsSettings {
    /// Secret with the client certificate and key.
    pub secret: Option<Located<Text>>,
    /// File with the client certificate chain, in the Ambassador pod.
    pub cert_chain_file: Option<Located<Text>>,
    /// File with the private key.
    pub private_key_file: Option<Located<Text>>,
    /// Secret with the trust anchors.
    pub ca_secret: Option<Located<Text>>,
    /// File with the trust anchors.
    pub cacert_chain_file: Option<Located<Text>>,
    /// Secret with the revocation lists.
    pub crl_secret: Option<Located<Text>>,
    /// File with the revocation lists; only in bare documents.
    pub crl_file: Option<Located<Text>>,
    /// Whether a dot in a Secret name separates name and namespace.
    pub secret_namespacing: Option<Located<bool>>,
    /// The SNI to send.
    pub sni: Option<Located<Text>>,
    /// ALPN names to offer, as one string with commas.
    pub alpn_protocols: Option<Located<Text>>,
    /// Lowest TLS version.
    pub min_tls_version: Option<Located<Text>>,
    /// Highest TLS version.
    pub max_tls_version: Option<Located<Text>>,
    /// Cipher suites for TLS 1.2 and below.
    pub cipher_suites: Option<Located<Vec<Located<Text>>>>,
    /// Key agreement groups.
    pub ecdh_curves: Option<Located<Vec<Located<Text>>>>,
    /// Whether *clients* must present a certificate; has no meaning for an upstream.
    pub cert_required: Option<Located<bool>>,
    /// Host names that the context terminates TLS for.
    pub hosts: Option<Located<Vec<Located<Text>>>>,
    /// A port whose cleartext requests are redirected; no effect since 2.0.
    pub redirect_cleartext_from: Option<Located<RedirectPort>>,
}

/// `redirect_cleartext_from`, which no schema checks in bare documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectPort {
    /// A number, or text that reads as one.
    Port(i64),
    /// Anything else, as written.
    NotAPort(String),
}

impl TlsSettings {
    /// Reads the fields through `at`. Empty texts count as absent, as in Go's typed structs and in
    /// Python.
    pub(crate) fn read<'t>(at: impl Fn(&str) -> Option<Field<'t>>) -> Self {
        let text = |name: &str| at(name)?.text().filter(|text| !text.is_empty());
        let list = |name: &str| {
            let field = at(name)?;
            field.is_sequence().then(|| field.located(field.texts()))
        };
        let boolean = |name: &str| at(name)?.boolean();
        Self {
            secret: text("secret"),
            cert_chain_file: text("cert_chain_file"),
            private_key_file: text("private_key_file"),
            ca_secret: text("ca_secret"),
            cacert_chain_file: text("cacert_chain_file"),
            crl_secret: text("crl_secret"),
            crl_file: text("crl_file"),
            secret_namespacing: boolean("secret_namespacing"),
            sni: text("sni"),
            alpn_protocols: text("alpn_protocols"),
            min_tls_version: text("min_tls_version"),
            max_tls_version: text("max_tls_version"),
            cipher_suites: list("cipher_suites"),
            ecdh_curves: list("ecdh_curves"),
            cert_required: boolean("cert_required"),
            hosts: list("hosts"),
            redirect_cleartext_from: at("redirect_cleartext_from").map(|field| redirect(&field)),
        }
    }

    /// Removes `crl_secret` and `crl_file`, which older releases ignore.
    pub(crate) fn drop_revocation_lists(&mut self) {
        self.crl_secret = None;
        self.crl_file = None;
    }

    /// The fields that name certificates, keys, trust anchors or revocation lists.
    pub fn material(&self) -> impl Iterator<Item = &Located<Text>> {
        [
            &self.secret,
            &self.cert_chain_file,
            &self.private_key_file,
            &self.ca_secret,
            &self.cacert_chain_file,
            &self.crl_secret,
            &self.crl_file,
        ]
        .into_iter()
        .flatten()
    }

    /// The file fields, each with its name in Emissary's messages.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &Located<Text>)> {
        [
            ("cert_chain_file", &self.cert_chain_file),
            ("private_key_file", &self.private_key_file),
            ("cacert_chain_file", &self.cacert_chain_file),
            ("crl_file", &self.crl_file),
        ]
        .into_iter()
        .filter_map(|(name, file)| Some((name, file.as_ref()?)))
    }

    /// The host names; empty if the field is absent.
    pub fn host_names(&self) -> &[Located<Text>] {
        self.hosts.as_ref().map_or(&[], |hosts| &hosts.value)
    }
}

fn redirect(field: &Field<'_>) -> Located<RedirectPort> {
    let written = field.written().unwrap_or_default();
    let port = match field.integer() {
        Some(port) => RedirectPort::Port(port.value),
        None => match written.trim().parse() {
            Ok(port) => RedirectPort::Port(port),
            Err(_) => RedirectPort::NotAPort(written.to_owned()),
        },
    };
    field.located(port)
}
