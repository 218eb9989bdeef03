//! What Ambassador ignores in a Secret, even if its certificates are valid.

use crate::diagnostic::Severity;
use crate::resource::{Secret, SecretEntry};
use crate::world::World;

use super::subject::{Remark, Subject};

/// A remark that Ambassador ignores the whole Secret: because of its type, or because a context
/// needs an entry it lacks.
pub(super) fn of_secret(world: &World, secret: &Secret) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if !secret.has_known_type() {
        // Emissary's `fetch/secret.py`.
        let text = format!(
            "Ambassador does not read Secrets of type `{}`; use `kubernetes.io/tls` or `Opaque`",
            secret.type_name()
        );
        remarks.push(remark(Severity::Warning, text));
    }
    let (namespace, name) = (secret.object.namespace(), secret.object.name.as_str());
    for context in &world.contexts {
        let about = context.faults.iter().filter(|fault| {
            fault
                .secret()
                .is_some_and(|secret| secret.namespace == namespace && secret.name == name)
        });
        remarks.extend(about.map(|fault| {
            let text = format!("Ambassador drops context `{}`: {fault}", context.name);
            remark(Severity::Error, text)
        }));
    }
    remarks
}

/// A remark that Ambassador does not read an entry; Envoy never gets it, so it is not checked.
pub(super) fn of_entry(entry: &SecretEntry, subject: &mut Subject) {
    if entry.text().is_none() {
        subject.material.bytes.clear();
        let text = "it is not text, so Ambassador treats the entry as absent; store it as PEM";
        subject.remarks.push(remark(Severity::Error, text.to_owned()));
    }
    // If mounted as a file, it is still read.
    if *entry.key == "ca.crt" && subject.dependents.is_empty() {
        let text = "Ambassador never reads `ca.crt`; `ca_secret` needs trust anchors in `tls.crt`";
        subject.remarks.push(remark(Severity::Note, text.to_owned()));
    }
}

fn remark(severity: Severity, text: String) -> Remark {
    Remark { severity, text, certificate: None }
}
