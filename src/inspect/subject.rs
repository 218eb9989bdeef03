//! One thing looked at: a file, an entry of a Secret, and all that was found in it.

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
    /// Which of several worlds it is of.
    pub world: Option<String>,
    /// Its certificates, in order.
    pub chain: Chain,
    /// Its private keys, or why they cannot be used.
    pub keys: Vec<KeyFact>,
    /// Whether the first key belongs to the first certificate; `None` if one of both is missing or
    /// cannot be compared.
    pub key_matches: Option<bool>,
    /// Its revocation lists.
    pub crls: Vec<Crl>,
    /// What is wrong with the text.
    pub faults: Vec<Fault>,
    /// The files of the Ambassador pod that it is mounted as, or should be.
    pub mounts: Vec<Mounted>,
    /// Who depends on it.
    pub dependents: Vec<Dependent>,
    /// What Envoy says to it, if that was asked.
    pub verdict: Option<EnvoyVerdict>,
    /// What a strict client says to it, if that was asked.
    pub strict: Option<StrictVerdict>,
    /// What a person should know, worst first.
    pub remarks: Vec<Remark>,
    /// Its bytes and those of its key, for the question how Envoy loads them. Never shown.
    pub(super) material: Material,
}

/// The bytes a subject was read from. There is no `Debug` for them: they may hold a key.
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

/// A private key that was found, without anything secret about it.
#[derive(Debug)]
pub struct KeyFact {
    /// Where it stands, in words: a line, or the entry of a Secret.
    pub place: String,
    /// What it is, or why it cannot be used.
    pub key: Result<PrivateKey, KeyError>,
}

/// Something that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How bad it is.
    pub severity: Severity,
    /// What it is, as a lower-case sentence without a full stop.
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

    /// What it is called: its origin, and its world, if there are several.
    pub fn title(&self) -> String {
        match &self.world {
            Some(world) => format!("{} in {world}", self.origin),
            None => self.origin.to_string(),
        }
    }

    /// Whether the other one is the same Secret or file with the same use, of another world perhaps.
    pub fn is_same(&self, other: &Self) -> bool {
        let use_of = |one: &Self| format!("{:?} {:?}", one.dependents, one.mounts);
        self.origin == other.origin
            && self.material.bytes == other.material.bytes
            && use_of(self) == use_of(other)
    }

    /// Whether nothing that could be described was in it.
    pub fn is_empty(&self) -> bool {
        self.chain.is_empty() && self.keys.is_empty() && self.crls.is_empty()
    }

    /// The worst remark.
    pub fn worst(&self) -> Option<Severity> {
        self.remarks.iter().map(|remark| remark.severity).max()
    }
}
