//! The TLS that Envoy really uses towards an upstream, as a value that means the same in any world.

use std::fmt;

use serde::Serialize;

use crate::cert::Certificate;
use crate::document::{Located, Text};
use crate::world::context::DEFAULT_VERSION;
use crate::world::{Context, ContextId, ContextOrigin, CredentialRole, Effective, Material, World};

use crate::world::upstream::{BadContext, Reference, Upstream};

/// The TLS of one upstream. Owned and without ids or places: two worlds, whatever their versions or
/// files, give equal values where Envoy is told the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tls {
    /// What protects the connection.
    pub mode: TlsMode,
    /// Where Envoy connects to.
    pub to: Destination,
    /// The context that shapes the handshake; none for plaintext, and where Emissary's own default
    /// does.
    pub context: Option<ContextName>,
    /// The certificate that Envoy presents.
    pub presents: Option<Pem>,
    /// Its private key; never more than where it comes from.
    pub key: Option<Pem>,
    /// The CAs that the upstream's certificate is verified against; none where any is accepted.
    pub trusts: Option<Pem>,
    /// The revocation lists.
    pub revokes: Option<Pem>,
    /// The SNI that is sent.
    pub sni: Option<String>,
    /// The ALPN names that are offered, in order.
    pub alpn: Vec<String>,
    /// The TLS versions that are offered; none for plaintext.
    pub versions: Option<Versions>,
    /// `cipher_suites`, in order; empty where Envoy's own defaults hold.
    pub ciphers: Vec<String>,
    /// `ecdh_curves`, in order; empty where Envoy's own defaults hold.
    pub curves: Vec<String>,
    /// Secrets (`NAMESPACE/NAME`) that it depends on and that nobody has seen: it is so if they
    /// exist.
    pub unseen: Vec<String>,
    /// How it came to this, first things first.
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

/// Where Envoy connects to: a host and port, or endpoints that are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Destination {
    /// The host; none where endpoints are looked up.
    pub host: Option<String>,
    /// The port; none where endpoints are looked up.
    pub port: Option<u16>,
    /// What is looked up.
    pub endpoints: Option<String>,
}

/// A context, by what `tls:` finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContextName {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// Something in PEM that Envoy is told to load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pem {
    /// Where it comes from.
    #[serde(flatten)]
    pub from: PemFrom,
    /// Its certificates; empty where it is not in the input, holds none, or nobody asked.
    pub certificates: Vec<CertificateFacts>,
}

/// Where something in PEM comes from.
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
    /// A Secret that lacks the key: Envoy is given no file name.
    Nothing {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
    },
}

/// A certificate, by what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateFacts {
    /// SHA-256 of the DER, in hexadecimal.
    pub sha256: String,
    /// The subject, as certificates are usually printed.
    pub subject: String,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// The last moment of its validity, in RFC 3339, where it can be read.
    pub not_after: Option<String>,
}

/// The range of TLS versions in a ClientHello, spelt as in a TLSContext (`v1.2`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The lowest.
    pub min: String,
    /// The highest; below the lowest, Envoy offers no version at all.
    pub max: String,
}

/// A step on the way to the TLS of an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Because {
    /// `tls` names a context that works.
    Named {
        /// What `tls` says.
        name: String,
    },
    /// `tls` names a context that the input does not define.
    Undefined {
        /// What `tls` says.
        name: String,
    },
    /// `tls` names a context that Emissary cannot use.
    Broken {
        /// What `tls` says.
        name: String,
        /// Emissary's messages about the context.
        messages: Vec<String>,
    },
    /// `tls: true`, which names no context.
    Anonymous,
    /// Neither `tls` nor the scheme asks for TLS.
    NothingAsked,
    /// The service's scheme asks for TLS, and no context is named.
    Scheme,
    /// Another object made the cluster first, with a context of its own.
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
    /// The TLS of an upstream, without looking into certificates; none where it has no cluster.
    pub fn tls(&self, upstream: &Upstream) -> Option<Tls> {
        self.describe_tls(upstream, false)
    }

    /// The TLS of an upstream, with the certificates of what the input holds.
    pub fn tls_with_certificates(&self, upstream: &Upstream) -> Option<Tls> {
        self.describe_tls(upstream, true)
    }

    /// The context that shapes the handshake with an upstream, whoever made the cluster; none for
    /// plaintext, and where Emissary's own default does.
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
                host: cluster.host.clone(),
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
    /// Whether it is TLS with whatever server answers: no CA is set.
    pub fn is_unverified(&self) -> bool {
        self.mode != TlsMode::Plaintext && self.trusts.is_none()
    }

    /// What it depends on that nobody has seen, as the end of a sentence: `, if Secret a/b exists
    /// (not in the input)`; empty where that is nothing.
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
    /// Its name in tables.
    pub fn short(self) -> &'static str {
        match self {
            Self::Plaintext => "plaintext",
            Self::Tls => "TLS",
            Self::Mutual => "mutual",
        }
    }

    /// Its name for machines.
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
