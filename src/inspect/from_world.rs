//! Turns Secrets and contexts of the manifests into subjects.

use crate::resource::{Secret, SecretEntry};
use crate::world::{ContextId, Material, SecretReference, World};

use super::dependents::of_entry;
use super::from_bytes::from_bytes;
use super::mounted::Mounted;
use super::subject::{KeyFact, Subject, SubjectOrigin};
use super::unread;

/// Which entry has the key of which certificates.
const PAIRS: [(&str, &str); 2] = [("tls.crt", "tls.key"), ("cert-chain.pem", "key.pem")];

/// Every Secret in the input with certificates, keys or CRLs.
pub fn all_secrets(world: &World) -> Vec<Subject> {
    world.resources.secrets.iter().flat_map(|secret| of_secret(world, secret)).collect()
}

/// The subjects of one Secret; `None` if it is not in the input.
pub fn secret(world: &World, namespace: &str, name: &str) -> Option<Vec<Subject>> {
    world.secret(namespace, name).map(|secret| of_secret(world, secret))
}

/// What a context uses, as far as it is in the input; files are looked up below the given root,
/// else in the volumes of the Ambassador workload.
pub fn context(world: &World, id: ContextId) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    for (_, material) in world.context(id).materials() {
        match material {
            Material::Secret { namespace, name, .. } => {
                if !subjects.iter().any(|subject| is_of(subject, namespace, name)) {
                    subjects.extend(secret(world, namespace, name).unwrap_or_default());
                }
            }
            Material::File(path) => {
                if let Some(bytes) = world.settings.files.read(path) {
                    subjects.push(from_bytes(SubjectOrigin::File(path.clone()), &bytes));
                } else {
                    add_mounted(world, path, &mut subjects);
                }
            }
            Material::Nothing { .. } => {}
        }
    }
    // Entries that it names but does not get are especially worth inspecting.
    for lookup in &world.context(id).lookups {
        let SecretReference { namespace, name, .. } = &lookup.reference;
        let known = subjects.iter().any(|subject| is_of(subject, namespace, name));
        if !known {
            subjects.extend(secret(world, namespace, name).unwrap_or_default());
        }
    }
    subjects
}

fn is_of(subject: &Subject, namespace: &str, name: &str) -> bool {
    matches!(&subject.origin, SubjectOrigin::Secret { namespace: its, name: called, .. }
        if its == namespace && called == name)
}

/// A file of the pod: the entries of the Secret it is mounted from, or why there are none.
fn add_mounted(world: &World, path: &str, subjects: &mut Vec<Subject>) {
    let trail = world.trail(path);
    let mounted = Mounted::of(world, &trail);
    let Some((object, entry)) = trail.entry() else {
        let mut subject = Subject::new(SubjectOrigin::File(path.to_owned()));
        subject.mounts.push(mounted);
        subjects.push(subject);
        return;
    };
    if object.kind != "Secret" {
        let bytes = entry.bytes().unwrap_or_default();
        let mut subject = from_bytes(SubjectOrigin::File(path.to_owned()), &bytes);
        subject.mounts.push(mounted);
        subjects.push(subject);
        return;
    }
    let (namespace, name) = (object.namespace(), object.name.as_str());
    if !subjects.iter().any(|subject| is_of(subject, namespace, name)) {
        subjects.extend(secret(world, namespace, name).unwrap_or_default());
    }
    let key = entry.key.as_str();
    // A key that is shown with its certificates is not a separate subject.
    let shown =
        PAIRS.iter().find(|(_, own)| *own == key).map_or(key, |(certificates, _)| certificates);
    let has = |subject: &&mut Subject| {
        matches!(&subject.origin, SubjectOrigin::Secret { key: its, .. } if its == shown || its == key)
            && is_of(subject, namespace, name)
    };
    match subjects.iter_mut().find(has) {
        Some(subject) => subject.mounts.push(mounted),
        None => {
            let mut subject = Subject::new(SubjectOrigin::File(path.to_owned()));
            subject.mounts.push(mounted);
            subjects.push(subject);
        }
    }
}

fn of_secret(world: &World, secret: &Secret) -> Vec<Subject> {
    let (namespace, name) = (secret.object.namespace(), secret.object.name.value.as_str());
    let mut subjects = Vec::new();
    for entry in &secret.entries {
        let key = entry.key.as_str();
        // A key is shown with its certificates, if they exist.
        let has_certificates = PAIRS.iter().any(|(certificates, own)| {
            *own == key && secret.entry(certificates).is_some_and(|entry| !entry.is_empty())
        });
        let Some(bytes) = entry.bytes().filter(|_| !has_certificates) else { continue };
        let origin = SubjectOrigin::Secret {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            key: key.to_owned(),
        };
        let mut subject = from_bytes(origin, &bytes);
        let own_key = PAIRS.iter().find(|(certificates, _)| *certificates == key);
        if let Some((key_name, entry)) =
            own_key.and_then(|(_, key)| Some((*key, secret.entry(key)?)))
        {
            add_key(&mut subject, key_name, entry);
        }
        subject.material.bytes = bytes;
        subject.dependents = of_entry(world, namespace, name, key);
        unread::of_entry(entry, &mut subject);
        if !subject.is_empty() || is_certificate_key(key) {
            subjects.push(subject);
        }
    }
    if let Some(first) = subjects.first_mut() {
        first.remarks.extend(unread::of_secret(world, secret));
    }
    subjects
}

/// Attaches a Secret's key to its certificates.
fn add_key(subject: &mut Subject, name: &str, entry: &SecretEntry) {
    let Some(bytes) = entry.bytes() else { return };
    let key = crate::cert::PrivateKey::from_pem(&bytes);
    if let (Some(leaf), Ok(key)) = (subject.chain.leaf(), &key) {
        subject.key_matches = key.matches(leaf);
    }
    subject.keys.insert(0, KeyFact { place: name.to_owned(), key });
    // An entry that is not text counts as absent for Ambassador, and never reaches Envoy.
    if entry.text().is_some() {
        subject.material.key = Some((name.to_owned(), bytes));
    }
}

/// Entry names that should have certificates, so that an unreadable one is worth showing.
fn is_certificate_key(key: &str) -> bool {
    matches!(key, "tls.crt" | "cert-chain.pem" | "root-cert.pem" | "ca.crt")
}
