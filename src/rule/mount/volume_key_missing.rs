//! A certificate file whose Secret has no key for it.

use crate::diagnostic::nearest;
use crate::document::Change;
use crate::world::{MountFault, World};

use crate::rule::shared::file_uses;

use crate::rule::{Findings, rule};

rule! {
    id: "volume-key-missing",
    severity: Error,
    summary: "a certificate file is not among the keys of the mounted Secret",
    rows: [44],
    finds: "A `*_file` of a TLSContext in a mounted Secret or ConfigMap of the input that has no \
            such key; or in the Secret of a cert-manager Certificate, which has `tls.crt`, \
            `tls.key` and `ca.crt`.",
    matters: "The keys are the names of the files. Ambassador finds no such file and drops the \
              context. Mappings that name it get plaintext, or TLS without a client certificate.",
    remedy: "Name a key that the Secret has. Istio's Secrets have `cert-chain.pem`, `key.pem` and \
             `root-cert.pem`; those of type `kubernetes.io/tls` have `tls.crt` and `tls.key`.",
}

fn check(world: &World, found: &mut Findings) {
    for one in file_uses(world) {
        let path = one.file.value.as_str();
        let place = one.trail.item.map(|item| &item.key);
        let finding = match one.trail.fault() {
            Some(MountFault::KeyMissing { object, key, keys }) => {
                let kind = object.kind.as_str();
                let name = format!("{kind} `{}/{}`", object.namespace(), *object.name);
                let finding = found
                    .at(one.file, format!("there is no `{path}`: {name} has no key `{key}`"))
                    .label("not there")
                    .also(*object, format!("has {}", listed(keys)));
                match nearest(key, keys.iter().copied()).or_else(|| counterpart(key, keys)) {
                    Some(near) => {
                        let finding = finding.help(format!("did you mean its key `{near}`?"));
                        match path.strip_suffix(key.as_str()).filter(|_| one.trail.item.is_none()) {
                            Some(folder) => finding.fix_unsafe(
                                format!("write `{folder}{near}`"),
                                [Change::set(one.file.span, format!("{folder}{near}"))],
                            ),
                            None => finding,
                        }
                    }
                    None => finding.help(format!("name a key of the {kind}, or add this one")),
                }
            }
            Some(MountFault::KeyNeverMade { promise, key }) => {
                let (kind, name) = (&promise.by.kind, &promise.by.name);
                found
                    .at(
                        one.file,
                        format!(
                            "there is no `{path}`: {} `{}` creates no key `{key}`",
                            kind, **name
                        ),
                    )
                    .label("not there")
                    .also(&promise.secret, "makes `tls.crt`, `tls.key` and `ca.crt`")
                    .help("name one of these keys")
            }
            Some(MountFault::PodField) => found
                .at(one.file, format!("`{path}` is a field of the pod, not a certificate"))
                .label("from the downward API")
                .help("mount a Secret, and name one of its keys"),
            _ => continue,
        };
        let finding = finding
            .also_maybe(one.trail.mount.map(|mount| &mount.path), "mounted here")
            .also_maybe(place, "and listed here");
        let refused = one.trail.item.is_some()
            && one.trail.source.is_some_and(|source| source.optional.is_none());
        if refused && !matches!(one.trail.fault(), Some(MountFault::PodField)) {
            finding
                .about_name(one.object.clone())
                .note("a key listed in `items` must exist: without it the pod does not start");
        } else {
            one.tell_loss(finding, world);
        }
    }
}

/// The key that has the same content under the other naming scheme.
fn counterpart<'k>(key: &str, keys: &[&'k str]) -> Option<&'k str> {
    let family =
        [["cert-chain.pem", "tls.crt"], ["key.pem", "tls.key"], ["root-cert.pem", "ca.crt"]];
    let pair = family.iter().find(|pair| pair.contains(&key))?;
    keys.iter().copied().find(|other| pair.contains(other))
}

fn listed(keys: &[&str]) -> String {
    match keys {
        [] => "no keys at all".to_owned(),
        keys if keys.len() > 4 => format!("{} keys, but not this one", keys.len()),
        keys => {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            format!("only {}", keys.join(", "))
        }
    }
}
