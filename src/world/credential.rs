//! What contexts read, read: certificates, keys and CRLs of Secrets and files, and who uses them.

use std::collections::HashMap;

use crate::cert::pem::{Fault, scan};
use crate::cert::{Chain, Crl, KeyError, PrivateKey};
use crate::diagnostic::ObjectName;
use crate::envoy::PemSource;
use crate::resource::{Object, SecretEntry};
use crate::source::Span;

use super::world::World;
use crate::world::context::ActiveHost;
use crate::world::context::{Context, ContextId, Material};

/// An entry of a Secret or a file that at least one context uses.
pub struct Credential {
    /// How it is called in sentences: "`tls.crt` of Secret `default/client-cert`", or a path.
    pub name: String,
    /// Its Secret; none for files.
    pub object: Option<ObjectName>,
    /// The entry's key in the manifest; none for files.
    pub place: Option<Span>,
    /// Which contexts use it, and what for.
    pub uses: Vec<(ContextId, Role)>,
    /// Its certificates.
    pub chain: Chain,
    /// Its first private key.
    pub key: Result<PrivateKey, KeyError>,
    /// Its revocation lists.
    pub crls: Vec<Crl>,
    /// What is wrong with the text.
    pub faults: Vec<Fault>,
    path: String,
    bytes: Vec<u8>,
}

/// The bytes may be a private key and are left out.
impl std::fmt::Debug for Credential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Credential").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a context uses a credential for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The certificate that is shown: to upstreams, or to clients of a Host.
    Certificate,
    /// Its private key.
    PrivateKey,
    /// Trust anchors.
    TrustedCa,
    /// Revocation lists.
    Crl,
}

impl std::fmt::Display for Role {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Certificate => "certificate",
            Self::PrivateKey => "private key",
            Self::TrustedCa => "trusted CA",
            Self::Crl => "CRL",
        })
    }
}

/// All credentials, and which of them a context uses for what.
#[derive(Debug)]
pub(super) struct Credentials {
    all: Vec<Credential>,
    by_use: HashMap<(ContextId, Role), usize>,
}

impl Credential {
    /// Its bytes under its name, for the question how Envoy loads it.
    pub fn source(&self) -> PemSource<'_> {
        PemSource::new(&self.path, &self.bytes)
    }

    /// The contexts that use it for this.
    pub fn used_as(&self, role: Role) -> impl Iterator<Item = ContextId> {
        self.uses.iter().filter(move |(_, other)| *other == role).map(|(id, _)| *id)
    }
}

impl Context {
    /// What it reads, and what for.
    pub fn materials(&self) -> impl Iterator<Item = (Role, &Material)> {
        [
            (Role::Certificate, &self.certificate),
            (Role::PrivateKey, &self.private_key),
            (Role::TrustedCa, &self.trusted_ca),
            (Role::Crl, &self.crl),
        ]
        .into_iter()
        .filter_map(|(role, material)| material.as_ref().map(|material| (role, material)))
    }
}

impl World {
    /// The credentials of all contexts that Emissary keeps, in order of first use; read once.
    pub fn credentials(&self) -> &[Credential] {
        &self.read_credentials().all
    }

    fn read_credentials(&self) -> &Credentials {
        self.credentials.get_or_init(|| read(self))
    }

    /// What a context uses for this, if the input holds it.
    pub fn credential(&self, id: ContextId, role: Role) -> Option<&Credential> {
        let credentials = self.read_credentials();
        credentials.by_use.get(&(id, role)).map(|position| &credentials.all[*position])
    }

    /// Whether Envoy is told of a context: an upstream uses it, or it terminates for somebody.
    pub fn is_in_use(&self, id: ContextId) -> bool {
        self.terminates(id) || self.users(id).next().is_some()
    }

    /// Whether clients are shown the context's certificate: a working Host ends TLS with it.
    pub fn terminates(&self, id: ContextId) -> bool {
        self.hosts_of(id).next().is_some()
    }

    /// The working Hosts that end TLS with a context.
    pub fn hosts_of(&self, id: ContextId) -> impl Iterator<Item = &ActiveHost> {
        self.index().terminating(id).iter().map(|host| &self.hosts[*host])
    }
}

fn read(world: &World) -> Credentials {
    let mut credentials: Vec<Credential> = Vec::new();
    let mut by_use = HashMap::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, context) in world.contexts.iter().enumerate().filter(|(_, one)| one.is_kept()) {
        for (role, material) in context.materials() {
            let Some(found) = locate(world, material) else { continue };
            let position = match known.get(&found.path) {
                Some(position) => *position,
                None => {
                    known.insert(found.path.clone(), credentials.len());
                    credentials.push(found.read());
                    credentials.len() - 1
                }
            };
            credentials[position].uses.push((ContextId(index), role));
            by_use.entry((ContextId(index), role)).or_insert(position);
        }
    }
    Credentials { all: credentials, by_use }
}

/// Where a material's bytes are.
struct Place {
    name: String,
    object: Option<ObjectName>,
    place: Option<Span>,
    path: String,
    bytes: Vec<u8>,
}

/// Finds the bytes of a material; none if they are not in the input.
fn locate(world: &World, material: &Material) -> Option<Place> {
    match material {
        Material::Secret { key, index: Some(secret), .. } => {
            let secret = &world.resources.secrets[*secret];
            of_entry(&secret.object, secret.entry(key)?)
        }
        Material::File(path) => {
            let found = world.settings.files.read(path);
            let from_disk = found.map(|bytes| Place {
                name: format!("`{path}`"),
                object: None,
                place: None,
                path: path.clone(),
                bytes,
            });
            from_disk.or_else(|| {
                let trail = world.trail(path);
                let (object, entry) = trail.entry()?;
                of_entry(object, entry)
            })
        }
        _ => None,
    }
}

/// However it is reached, an entry is one credential.
fn of_entry(object: &Object, entry: &SecretEntry) -> Option<Place> {
    let (kind, key) = (&object.kind.value, &entry.key.value);
    let name = format!("{}/{}", object.namespace(), object.name.value);
    Some(Place {
        name: format!("`{key}` of {kind} `{name}`"),
        object: Some(object.identity()),
        place: Some(entry.key.span),
        path: format!("{}/{name}/{key}", kind.to_lowercase()),
        bytes: entry.bytes()?,
    })
}

impl Place {
    fn read(self) -> Credential {
        let file = scan(&self.bytes);
        Credential {
            name: self.name,
            object: self.object,
            place: self.place,
            uses: Vec::new(),
            chain: Chain::from_file(&file),
            key: PrivateKey::from_pem(&self.bytes),
            crls: Crl::from_pem(&self.bytes),
            faults: file.faults().cloned().collect(),
            path: self.path,
            bytes: self.bytes,
        }
    }
}
