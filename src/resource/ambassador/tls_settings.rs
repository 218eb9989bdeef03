//! The TLS fields that TLSContext and Host.tls share.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::document::{Field, Located, Text};

/// The fields of a TLSContext as read; nothing is resolved here.
#[derive(Debug, Clone, Default)]
pub struct TlsSettings {
    /// Secret with the client certificate and key.
    pub secret: Option<Located<Text>>,
    /// Secret with the trust anchors.
    pub ca_secret: Option<Located<Text>>,
    /// The SNI to send.
    pub sni: Option<Located<Text>>,
    /// ALPN names to offer, as one string with commas.
    pub alpn_protocols: Option<Located<Text>>,
    /// Lowest TLS version.
    pub min_tls_version: Option<Located<Text>>,
    /// Host names that the context terminates TLS for.
    pub hosts: Option<Located<Vec<Located<Text>>>>,
    /// The fields that few contexts have.
    more: Arc<MoreTlsSettings>,
}

/// The fields that few contexts have; shared by those that have none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoreTlsSettings {
    /// File with the client certificate chain, in the Ambassador pod.
    pub cert_chain_file: Option<Located<Text>>,
    /// File with the private key.
    pub private_key_file: Option<Located<Text>>,
    /// File with the trust anchors.
    pub cacert_chain_file: Option<Located<Text>>,
    /// Secret with the revocation lists.
    pub crl_secret: Option<Located<Text>>,
    /// File with the revocation lists; only in bare documents.
    pub crl_file: Option<Located<Text>>,
    /// Whether a dot in a Secret name separates name and namespace.
    pub secret_namespacing: Option<Located<bool>>,
    /// Highest TLS version.
    pub max_tls_version: Option<Located<Text>>,
    /// Cipher suites for TLS 1.2 and below.
    pub cipher_suites: Option<Located<Vec<Located<Text>>>>,
    /// Key agreement groups.
    pub ecdh_curves: Option<Located<Vec<Located<Text>>>>,
    /// Whether *clients* must present a certificate; has no meaning for an upstream.
    pub cert_required: Option<Located<bool>>,
    /// A port whose cleartext requests are redirected; no effect since 2.0.
    pub redirect_cleartext_from: Option<Located<RedirectPort>>,
}

impl Deref for TlsSettings {
    type Target = MoreTlsSettings;

    fn deref(&self) -> &MoreTlsSettings {
        &self.more
    }
}

/// `redirect_cleartext_from`, which no schema checks in bare documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectPort {
    /// A number, or text that reads as one.
    Port(i64),
    /// Anything else, as written.
    NotAPort(String),
}

/// The fields that are texts, but for host names: one list, to read them and to change them.
macro_rules! texts {
    ($settings:expr, $more:expr $(, $change:tt)?) => {
        [
            &$($change)? $settings.secret,
            &$($change)? $more.cert_chain_file,
            &$($change)? $more.private_key_file,
            &$($change)? $settings.ca_secret,
            &$($change)? $more.cacert_chain_file,
            &$($change)? $more.crl_secret,
            &$($change)? $more.crl_file,
            &$($change)? $settings.sni,
            &$($change)? $settings.alpn_protocols,
            &$($change)? $settings.min_tls_version,
            &$($change)? $more.max_tls_version,
        ]
    };
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
        let more = MoreTlsSettings {
            cert_chain_file: text("cert_chain_file"),
            private_key_file: text("private_key_file"),
            cacert_chain_file: text("cacert_chain_file"),
            crl_secret: text("crl_secret"),
            crl_file: text("crl_file"),
            secret_namespacing: boolean("secret_namespacing"),
            max_tls_version: text("max_tls_version"),
            cipher_suites: list("cipher_suites"),
            ecdh_curves: list("ecdh_curves"),
            cert_required: boolean("cert_required"),
            redirect_cleartext_from: at("redirect_cleartext_from").map(|field| redirect(&field)),
        };
        Self {
            secret: text("secret"),
            ca_secret: text("ca_secret"),
            sni: text("sni"),
            alpn_protocols: text("alpn_protocols"),
            min_tls_version: text("min_tls_version"),
            hosts: list("hosts"),
            more: more.shared(),
        }
    }

    /// The fields that Emissary takes from a block of a legacy `tls` Module.
    pub(crate) fn of_legacy_server(&self) -> Self {
        let more = MoreTlsSettings {
            cert_chain_file: self.cert_chain_file.clone(),
            private_key_file: self.private_key_file.clone(),
            redirect_cleartext_from: self.redirect_cleartext_from.clone(),
            ..MoreTlsSettings::default()
        };
        Self {
            secret: self.secret.clone(),
            alpn_protocols: self.alpn_protocols.clone(),
            more: more.shared(),
            ..Self::default()
        }
    }

    /// The fields that few contexts have, to change them.
    pub(crate) fn more_mut(&mut self) -> &mut MoreTlsSettings {
        Arc::make_mut(&mut self.more)
    }

    /// Removes `crl_secret` and `crl_file`, which older releases ignore.
    pub(crate) fn drop_revocation_lists(&mut self) {
        if self.crl_secret.is_some() || self.crl_file.is_some() {
            let more = self.more_mut();
            more.crl_secret = None;
            more.crl_file = None;
        }
    }

    /// Every text except host names.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Located<Text>> {
        texts!(self, self.more).into_iter().flatten()
    }

    /// Every text except host names, to change them.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Located<Text>> {
        let more = Arc::make_mut(&mut self.more);
        texts!(self, more, mut).into_iter().flatten()
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

impl MoreTlsSettings {
    /// Puts it in shared memory; one without any field is in memory once.
    fn shared(self) -> Arc<Self> {
        static NOTHING: LazyLock<Arc<MoreTlsSettings>> = LazyLock::new(Arc::default);
        if self == **NOTHING { Arc::clone(&NOTHING) } else { Arc::new(self) }
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
