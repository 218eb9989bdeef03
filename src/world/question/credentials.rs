//! The certificates, keys and CRLs of contexts, parsed on first use.

use std::collections::HashMap;

use crate::cert::pem::scan;
use crate::cert::{Chain, Crl, PrivateKey};
use crate::diagnostic::ObjectName;
use crate::resource::{Object, SecretEntry};
use crate::source::Span;
use crate::world::World;
use crate::world::context::{ActiveHost, ContextId, Material};
use crate::world::credential::{Credential, CredentialRole, Credentials};

impl World {
    /// The credentials of all contexts that Emissary keeps, in order of first use.
    pub fn credentials(&self) -> &[Credential] {
        &self.read_credentials().all
    }

    fn read_credentials(&self) -> &Credentials {
        self.tables.credentials.get_or_init(|| read(self))
    }

    /// The credential that a context uses in a role, if it is in the input.
    pub fn credential(&self, id: ContextId, role: CredentialRole) -> Option<&Credential> {
        let credentials = self.read_credentials();
        credentials.by_use.get(&(id, role)).map(|position| &credentials.all[*position])
    }

    /// Whether a context is in Envoy's configuration: an upstream uses it, or it terminates TLS.
    pub fn is_in_use(&self, id: ContextId) -> bool {
        self.terminates(id) || self.users(id).next().is_some()
    }

    /// Whether the context's certificate is presented to clients: a working Host or a TCPMapping
    /// terminates TLS with it.
    pub fn terminates(&self, id: ContextId) -> bool {
        self.hosts_of(id).next().is_some() || self.tcp_contexts.contains(&id)
    }

    /// The working Hosts that terminate TLS with a context.
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

/// Where the bytes of a material are.
struct Place {
    name: String,
    object: Option<ObjectName>,
    place: Option<Span>,
    path: String,
    bytes: Vec<u8>,
}

/// Finds the bytes of a material; `None` if they are not in the input.
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

/// An entry is the same credential however it is reached.
fn of_entry(object: &Object, entry: &SecretEntry) -> Option<Place> {
    let (kind, key) = (&object.kind, &entry.key.value);
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
            bytes: self.bytes.into(),
        }
    }
}
