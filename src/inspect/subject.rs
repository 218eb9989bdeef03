//! A subject of inspection: a file or a Secret's entry, and everything found in it.

use crate::cert::pem::Fault;
use crate::cert::webpki::StrictVerdict;
use crate::cert::{Chain, Crl, KeyError, PrivateKey};
use crate::diagnostic::Severity;
use crate::envoy::EnvoyVerdict;

use super::dependents::Dependent;
use super::mounted::Mounted;

/// A subject and the answers about it.
#[derive(Debug)]
pub struct Subject {
    /// Where it comes from.
    pub origin: SubjectOrigin,
    /// Its world, if there are several.
    pub world: Option<String>,
    /// Its certificates, in order.
    pub chain: Chain,
    /// Its private keys, or why they cannot be used.
    pub keys: Vec<KeyFact>,
    /// Whether the first key belongs to the first certificate; `None` if either is missing or
    /// cannot be compared.
    pub key_matches: Option<bool>,
    /// Its revocation lists.
    pub crls: Vec<Crl>,
    /// Problems of the text.
    pub faults: Vec<Fault>,
    /// The files in the Ambassador pod that it is, or should be, mounted as.
    pub mounts: Vec<Mounted>,
    /// What depends on it.
    pub dependents: Vec<Dependent>,
    /// Envoy's verdict, if requested.
    pub verdict: Option<EnvoyVerdict>,
    /// A strict client's verdict, if requested.
    pub strict: Option<StrictVerdict>,
    /// Remarks, the worst first.
    pub remarks: Vec<Remark>,
    /// Its bytes and its key's, to check how Envoy loads them. Never shown.
    pub(super) material: Material,
}

/// The bytes a subject was read from. There is no `Debug` for them, since they may contain a key.
#[derive(Default)]
pub(super) struct Material {
    pub(super) bytes: Vec<u8>,
    pub(super) key: Option<(String, Vec<u8>)>,
}

impl std::fmt::Debug for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Material")
    }
}

/// Where a subject comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectOrigin {
    /// A file, by its path; `<stdin>` for standard input.
    File(String),
    /// An entry of a Secret.
    Secret {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
        /// The entry's key.
        key: String,
    },
    /// What a server presented, as `HOST:PORT`.
    Server(String),
    /// What a Consul agent sent: the certificate of a service, or the roots.
    Consul(String),
}

impl std::fmt::Display for SubjectOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(name) | Self::Server(name) => f.write_str(name),
            Self::Consul(what) => write!(f, "consul:{what}"),
            Self::Secret { namespace, name, key } => {
                write!(f, "secret/{namespace}/{name} {key}")
            }
        }
    }
}

/// A private key, without its secret parts.
#[derive(Debug)]
pub struct KeyFact {
    /// Its location, in words: a line, or the entry of a Secret.
    pub place: String,
    /// Its kind, or why it cannot be used.
    pub key: Result<PrivateKey, KeyError>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its severity.
    pub severity: Severity,
    /// The remark, as a lower-case sentence without a full stop.
    pub text: String,
    /// The position of the certificate it is about, from 0.
    pub certificate: Option<usize>,
}

impl Subject {
    pub(super) fn new(origin: SubjectOrigin) -> Self {
        Self {
            origin,
            world: None,
            chain: Chain::default(),
            keys: Vec::new(),
            key_matches: None,
            crls: Vec::new(),
            faults: Vec::new(),
            mounts: Vec::new(),
            dependents: Vec::new(),
            verdict: None,
            strict: None,
            remarks: Vec::new(),
            material: Material::default(),
        }
    }

    /// Its name: its origin, and its world if there are several.
    pub fn title(&self) -> String {
        match &self.world {
            Some(world) => format!("{} in {world}", self.origin),
            None => self.origin.to_string(),
        }
    }

    /// Whether another subject is the same Secret or file with the same use, possibly in another
    /// world.
    pub fn is_same(&self, other: &Self) -> bool {
        let use_of = |one: &Self| format!("{:?} {:?}", one.dependents, one.mounts);
        self.origin == other.origin
            && self.material.bytes == other.material.bytes
            && use_of(self) == use_of(other)
    }

    /// Whether it has nothing to describe.
    pub fn is_empty(&self) -> bool {
        self.chain.is_empty() && self.keys.is_empty() && self.crls.is_empty()
    }

    /// The worst remark.
    pub fn worst(&self) -> Option<Severity> {
        self.remarks.iter().map(|remark| remark.severity).max()
    }
}
