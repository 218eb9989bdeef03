//! The TLS that Envoy really uses for an upstream, as a value that is comparable between worlds.

use std::fmt;

use serde::Serialize;

use crate::cert::Certificate;
use crate::document::{Located, Text};
use crate::world::context::DEFAULT_VERSION;
use crate::world::{Context, ContextId, ContextOrigin, CredentialRole, Effective, Material, World};

use crate::world::upstream::{BadContext, Reference, Upstream};

/// The TLS of one upstream, owned and without ids or spans: equal in two worlds if Envoy gets the
/// same configuration, whatever the release and the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tls {
    /// What protects the connection.
    pub mode: TlsMode,
    /// Where Envoy connects to.
    pub to: Destination,
    /// The context that configures the handshake; `None` for plaintext and for Emissary's own
    /// default.
    pub context: Option<ContextName>,
    /// The certificate that Envoy presents.
    pub presents: Option<Pem>,
    /// Its private key; only where it comes from.
    pub key: Option<Pem>,
    /// The CAs that verify the upstream's certificate; `None` if any certificate is accepted.
    pub trusts: Option<Pem>,
    /// The revocation lists.
    pub revokes: Option<Pem>,
    /// The SNI.
    pub sni: Option<String>,
    /// The offered ALPN names, in order.
    pub alpn: Vec<String>,
    /// The offered TLS versions; `None` for plaintext.
    pub versions: Option<Versions>,
    /// `cipher_suites`, in order; empty for Envoy's defaults.
    pub ciphers: Vec<String>,
    /// `ecdh_curves`, in order; empty for Envoy's defaults.
    pub curves: Vec<String>,
    /// Secrets (`NAMESPACE/NAME`) that it depends on and that are not in the input: it holds only
    /// if they exist.
    pub unseen: Vec<String>,
    /// The decisions that led to it, in order.
    pub because: Vec<Because>,
}

/// What protects a connection to an upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsMode {
    /// Nothing.
    Plaintext,
    /// TLS without a client certificate.
    Tls,
    /// TLS with a client certificate.
    Mutual,
}

/// Where Envoy connects to: a host and port, or endpoints that it looks up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Destination {
    /// The host; `None` if endpoints are looked up.
    pub host: Option<String>,
    /// The port; `None` if endpoints are looked up.
    pub port: Option<u16>,
    /// The name whose endpoints are looked up.
    pub endpoints: Option<String>,
}

/// A context, as `tls:` finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContextName {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// PEM data that Envoy loads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pem {
    /// Where the data comes from.
    #[serde(flatten)]
    pub from: PemFrom,
    /// Its certificates; empty if it is not in the input, has none, or they were not requested.
    pub certificates: Vec<CertificateFacts>,
}

/// Where PEM data comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PemFrom {
    /// A file of the Ambassador pod.
    File(String),
    /// A key of a Secret.
    Secret {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
        /// The key.
        key: String,
        /// Whether the input holds the Secret.
        is_in_input: bool,
    },
    /// A Secret that lacks the key: Envoy gets no file name.
    Nothing {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
    },
}

/// What identifies a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateFacts {
    /// SHA-256 of the DER, in hexadecimal.
    pub sha256: String,
    /// The subject in the usual notation.
    pub subject: String,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// The end of its validity in RFC 3339, if it can be parsed.
    pub not_after: Option<String>,
}

/// The range of TLS versions in a ClientHello, spelt as in a TLSContext (`v1.2`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The lowest.
    pub min: String,
    /// The highest; if it is below the lowest, Envoy offers no version.
    pub max: String,
}

/// A decision that led to the TLS of an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Because {
    /// `tls` names a context that works.
    Named {
        /// The value of `tls`.
        name: String,
    },
    /// `tls` names a context that the input does not define.
    Undefined {
        /// The value of `tls`.
        name: String,
    },
    /// `tls` names a context that Emissary cannot use.
    Broken {
        /// The value of `tls`.
        name: String,
        /// Emissary's messages about the context.
        messages: Vec<String>,
    },
    /// `tls: true`, which names no context.
    Anonymous,
    /// Neither `tls` nor the scheme requests TLS.
    NothingAsked,
    /// The service's scheme requests TLS, and no context is named.
    Scheme,
    /// Another object created the cluster first, with its own context.
    MadeBy {
        /// That object's kind, as Emissary spells it.
        kind: String,
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
}

impl World {
    /// The TLS of an upstream without certificates; `None` if it has no cluster.
    pub fn tls(&self, upstream: &Upstream) -> Option<Tls> {
        self.describe_tls(upstream, false)
    }

    /// The TLS of an upstream with the certificates that are in the input.
    pub fn tls_with_certificates(&self, upstream: &Upstream) -> Option<Tls> {
        self.describe_tls(upstream, true)
    }

    /// The context that configures the handshake with an upstream, whichever object created the
    /// cluster; `None` for plaintext and for Emissary's own default.
    pub fn context_used(&self, upstream: &Upstream) -> Option<ContextId> {
        match self.effective(upstream)? {
            Effective::Plaintext | Effective::Tls(None) => None,
            Effective::Tls(Some(id)) | Effective::Mutual(id) => Some(id),
        }
    }

    fn describe_tls(&self, upstream: &Upstream, reads_certificates: bool) -> Option<Tls> {
        let cluster = self.cluster(upstream.cluster?);
        let mode = match self.effective(upstream)? {
            Effective::Plaintext => TlsMode::Plaintext,
            Effective::Tls(_) => TlsMode::Tls,
            Effective::Mutual(_) => TlsMode::Mutual,
        };
        let id = self.context_used(upstream);
        let context = id.map(|id| self.context(id));
        let pem = |material: fn(&Context) -> &Option<Material>, role| {
            let from = PemFrom::of(material(context?).as_ref()?);
            let credential = id.filter(|_| reads_certificates);
            let credential = credential.and_then(|id| self.credential(id, role));
            let chain = credential.filter(|_| role != CredentialRole::PrivateKey);
            let certificates = chain.iter().flat_map(|one| one.chain.certificates());
            Some(Pem { from, certificates: certificates.map(CertificateFacts::of).collect() })
        };
        let settings = context.map(|context| &context.settings);
        let (min, max) =
            context.map_or((DEFAULT_VERSION, DEFAULT_VERSION), Context::offered_versions);
        let versions = Versions { min: min.to_owned(), max: max.to_owned() };
        let sni = settings.and_then(|settings| settings.sni.as_ref());
        Some(Tls {
            mode,
            to: Destination {
                host: cluster.host.as_ref().map(Text::to_string),
                port: cluster.port,
                endpoints: cluster.endpoints.clone(),
            },
            context: context.map(|context| ContextName {
                namespace: context.namespace.clone(),
                name: context.name.clone(),
            }),
            presents: pem(|context| &context.certificate, CredentialRole::Certificate),
            key: pem(|context| &context.private_key, CredentialRole::PrivateKey),
            trusts: pem(|context| &context.trusted_ca, CredentialRole::TrustedCa),
            revokes: pem(|context| &context.crl, CredentialRole::Crl),
            sni: sni.map(|sni| sni.value.to_string()).filter(|sni| !sni.is_empty()),
            alpn: self.alpn(upstream),
            versions: (mode != TlsMode::Plaintext).then_some(versions),
            ciphers: listed(settings.and_then(|settings| settings.cipher_suites.as_ref())),
            curves: listed(settings.and_then(|settings| settings.ecdh_curves.as_ref())),
            unseen: self
                .unseen_secrets(upstream)
                .into_iter()
                .map(|secret| format!("{}/{}", secret.namespace, secret.name))
                .collect(),
            because: self.reasons(upstream, mode, id),
        })
    }

    fn reasons(&self, upstream: &Upstream, mode: TlsMode, used: Option<ContextId>) -> Vec<Because> {
        let asked = match &upstream.reference {
            Reference::Good(id) => Because::Named { name: self.context(*id).name.clone() },
            Reference::Bad { name, why: BadContext::Undefined } => {
                Because::Undefined { name: name.clone() }
            }
            Reference::Bad { name, why: BadContext::Broken(id) } => {
                let messages = self.context(*id).messages();
                Because::Broken { name: name.clone(), messages }
            }
            Reference::Anonymous => Because::Anonymous,
            Reference::Absent => Because::NothingAsked,
        };
        let own = match &upstream.reference {
            Reference::Good(id) => Some(*id),
            _ => None,
        };
        let mut because = vec![asked];
        let first = upstream.cluster.and_then(|id| self.cluster(id).upstreams.first().copied());
        let first = first.map(|at| &self.upstreams[at]);
        let own_context = used.is_none_or(|id| self.context(id).origin == ContextOrigin::Null);
        if let Some(first) = first.filter(|first| first.mapping != upstream.mapping)
            && used.is_some_and(|id| own != Some(id))
            && !own_context
        {
            let object = self.mapping(first).object.identity();
            let (kind, namespace, name) = (object.kind, object.namespace, object.name);
            because.push(Because::MadeBy { kind, namespace, name });
        } else if mode != TlsMode::Plaintext && own.is_none() {
            because.push(Because::Scheme);
        }
        because
    }
}

fn listed(list: Option<&Located<Vec<Located<Text>>>>) -> Vec<String> {
    let entries = list.into_iter().flat_map(|list| list.value.iter());
    entries.map(|entry| entry.value.to_string()).collect()
}

impl PemFrom {
    fn of(material: &Material) -> Self {
        match material {
            Material::File(path) => Self::File(path.clone()),
            Material::Secret { namespace, name, key, index } => Self::Secret {
                namespace: namespace.clone(),
                name: name.clone(),
                key: (*key).to_owned(),
                is_in_input: index.is_some(),
            },
            Material::Nothing { namespace, name } => {
                Self::Nothing { namespace: namespace.clone(), name: name.clone() }
            }
        }
    }
}

impl CertificateFacts {
    fn of(certificate: &Certificate) -> Self {
        let end = certificate.validity.as_ref().map(|validity| validity.not_after);
        let format = &time::format_description::well_known::Rfc3339;
        Self {
            sha256: certificate.fingerprint(),
            subject: certificate.subject.to_string(),
            serial: certificate.serial.clone(),
            not_after: end.and_then(|end| end.format(format).ok()),
        }
    }
}

impl Tls {
    /// Whether any server certificate is accepted: TLS without a CA.
    pub fn is_unverified(&self) -> bool {
        self.mode != TlsMode::Plaintext && self.trusts.is_none()
    }

    /// The unseen Secrets that it depends on, as the end of a sentence: `, if Secret a/b exists
    /// (not in the input)`; empty without any.
    pub fn condition(&self) -> String {
        let (what, exist) = match &self.unseen[..] {
            [] => return String::new(),
            [one] => (format!("Secret {one}"), "exists"),
            several => (format!("Secrets {}", several.join(" and ")), "exist"),
        };
        format!(", if {what} {exist} (not in the input)")
    }
}

/// `HOST:PORT`, `[ADDRESS]:PORT`, `the endpoints …`, or `nowhere`.
impl fmt::Display for Destination {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.host, self.port, &self.endpoints) {
            (Some(host), Some(port), _) if host.contains(':') => write!(out, "[{host}]:{port}"),
            (Some(host), Some(port), _) => write!(out, "{host}:{port}"),
            (_, _, Some(endpoints)) => write!(out, "the endpoints {endpoints}"),
            _ => out.write_str("nowhere"),
        }
    }
}

impl TlsMode {
    /// Short name for tables.
    pub fn short(self) -> &'static str {
        match self {
            Self::Plaintext => "plaintext",
            Self::Tls => "TLS",
            Self::Mutual => "mutual",
        }
    }

    /// Name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plaintext => "plaintext",
            Self::Tls => "tls",
            Self::Mutual => "mutual",
        }
    }
}

impl fmt::Display for TlsMode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Plaintext => "plaintext",
            Self::Tls => "TLS without a client certificate",
            Self::Mutual => "mutual TLS",
        })
    }
}
