//! A Secret that is not in the input, or is in another namespace than the one searched.

use crate::diagnostic::{Cause as Shared, Severity};
use crate::document::Change;
use crate::resource::{Object, Promise};
use crate::world::{Completeness, SecretReference, Watched, World};

use crate::rule::shared::{Absence, Cause, absences};
use crate::rule::shared::{dependents, tell_let_down};
use crate::rule::{Finding, Findings, rule};

rule! {
    id: "secret-missing",
    severity: Error,
    summary: "a Secret that a context names does not exist",
    rows: [50],
    finds: "A `secret`, `ca_secret` or `crl_secret` of a TLSContext, or a `tlsSecret` of a Host, \
            whose Secret is not in the input and that nothing in the input will create. If no \
            Secret in the input has a certificate, a key or a revocation list, they are most \
            likely defined elsewhere: this is then a warning, and everything else is judged as if \
            the Secret existed.",
    matters: "Ambassador drops the context. Mappings that name it get plaintext, or TLS without a \
              client certificate, while `kubectl` shows Running.",
    remedy: "Add the Secret, or correct the name and namespace. Pass `--external \
             Secret/NAMESPACE/NAME` for those that are defined elsewhere.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let (name, namespace) =
            (&absence.lookup.reference.name, &absence.lookup.reference.namespace);
        let finding = match absence.cause {
            Cause::OtherNamespace(secret) => {
                let other = secret.object.namespace();
                found
                    .at(
                        absence.field,
                        format!("there is no Secret `{name}` in namespace `{namespace}`"),
                    )
                    .also(&secret.object, format!("there is one with that name in `{other}`"))
                    .note("Secrets are looked up in the namespace of the TLSContext")
                    .help(format!(
                        "write `{}: {name}.{other}` with `secret_namespacing: true`",
                        absence.lookup.field
                    ))
                    .fix_unsafe(
                        format!("write `{name}.{other}`"),
                        elsewhere(world, &absence, &format!("{name}.{other}")),
                    )
            }
            Cause::NotInInput => {
                let finding = found
                    .at(
                        absence.field,
                        format!("Secret `{name}` of namespace `{namespace}` is not in the input"),
                    )
                    .severity(severity(world, namespace));
                told_refused(told_map(finding, world, namespace, name), world, namespace, name)
            }
            _ => continue,
        };
        let finding = finding.about(absence.object).label("not found");
        let finding = match absence.cause {
            // The intended Secret is known, so this is not one of many defined elsewhere.
            Cause::NotInInput if map(world, namespace, name).is_none() => {
                finding.because(not_in_input(namespace, name))
            }
            _ => finding,
        };
        if absence.assumed {
            let finding = finding.note(
                "the input has no certificates, so this one is assumed to be defined elsewhere; \
                 if it does not exist, Ambassador drops the context",
            );
            if let Some(who) = dependents(world, &[absence.id]) {
                finding.note(who);
            }
        } else {
            tell_let_down(finding, world, absence.id);
        }
    }
    for stored in &world.filed_hosts().stored {
        let host = &world.resources.hosts[stored.index];
        let Some(secret) = &host.tls_secret else { continue };
        let namespace = host.tls_secret_namespace.as_ref().map_or(host.object.namespace(), |n| n);
        let reference = SecretReference::resolve(secret, namespace, false);
        let is_unwatched = matches!(world.watches_secret(&reference), Watched::No(_));
        if world.lacks_secret(&reference) && !is_unwatched {
            let finding = found
                .at(
                    secret,
                    format!(
                        "Secret `{}` of namespace `{namespace}` is not in the input",
                        secret.value
                    ),
                )
                .about(&host.object)
                .severity(severity(world, namespace))
                .label("not found")
                .because(not_in_input(namespace, secret))
                .note("without it the Host is inactive, and TLS for its name is not terminated");
            told_refused(told_map(finding, world, namespace, secret), world, namespace, secret);
        }
    }
}

/// The cause shared by all Secrets outside the input: they may be defined elsewhere.
fn not_in_input(namespace: &str, name: &str) -> Shared {
    Shared {
        verb: ("names", "name"),
        one: format!("Secret `{namespace}/{name}`, which is not in the input"),
        many: "Secrets that are not in the input".to_owned(),
        thing: format!("{namespace}/{name}"),
        help: "add them to the input; or, if Secrets are defined elsewhere, pass `--external \
               'Secret/*/*'`"
            .to_owned(),
    }
}

/// Adds what to do, or that the Secret is in the input in a form that the API server rejects.
fn told_refused<'f>(
    finding: Finding<'f>,
    world: &World,
    namespace: &str,
    name: &str,
) -> Finding<'f> {
    let mut refusals = world.resources.refusals.iter();
    let refused = refusals.find(|one| {
        one.object.kind == "Secret" && one.object.name == name && one.object.namespace == namespace
    });
    match refused {
        Some(refusal) => finding
            .also(refusal.place, "rejected by the API server, so it does not exist")
            .severity(Severity::Error)
            .help("correct that Secret"),
        None => finding.help(format!(
            "add it to the input; or, if it is defined elsewhere, pass `--external Secret/{namespace}/{name}`"
        )),
    }
}

/// What provides the intended certificates as a ConfigMap.
enum Map<'w> {
    /// The ConfigMap itself.
    Object(&'w Object),
    /// A trust-manager Bundle that creates it.
    Bundle(&'w Promise),
}

/// A ConfigMap with this name, in the input or created by a Bundle.
fn map<'w>(world: &'w World, namespace: &str, name: &str) -> Option<Map<'w>> {
    let mut objects = world.resources.config_maps.iter().map(|map| &map.object);
    let object = objects.find(|object| *object.name == name && object.namespace() == namespace);
    let mut promises = world.resources.map_promises.iter();
    object
        .map(Map::Object)
        .or_else(|| promises.find(|one| one.covers(namespace, name)).map(|one| Map::Bundle(one)))
}

/// Adds that the intended certificates are in a ConfigMap, if they are.
fn told_map<'f>(finding: Finding<'f>, world: &World, namespace: &str, name: &str) -> Finding<'f> {
    const READS: &str = "Ambassador reads certificates from Secrets only, not from ConfigMaps";
    match map(world, namespace, name) {
        Some(Map::Object(map)) => finding.also(map, "a ConfigMap with this name").note(READS),
        Some(Map::Bundle(bundle)) => finding
            .also(&bundle.by, "creates a ConfigMap with this name, and no Secret")
            .note(READS)
            .help("give the Bundle `target.secret` with `key: tls.crt`, which is what Ambassador reads"),
        None => {
            let mut promises = world.resources.promises.iter();
            let elsewhere = promises.find_map(|one| {
                let other = one.namespace.as_deref().filter(|_| *one.secret == name)?;
                Some((&one.by, format!("creates one with that name in namespace `{other}`")))
            });
            match elsewhere {
                Some((by, label)) => finding.also(by, label),
                None => finding,
            }
        }
    }
}

/// A reference to another namespace, and the setting that it needs; `None` if that setting would
/// break another reference of the context.
fn elsewhere(world: &World, absence: &Absence<'_>, reference: &str) -> Vec<Change> {
    let name = "secret_namespacing";
    let own = world.context(absence.id).settings.secret_namespacing.as_ref();
    let switch = match own {
        Some(own) if own.value => None,
        _ if !absence.others_found(world, true) => return Vec::new(),
        Some(own) => Some(Change::set_bool(own.span, true)),
        None => Some(Change::add_bool(absence.field.key(), name, true)),
    };
    std::iter::once(Change::set(absence.field.span, reference)).chain(switch).collect()
}

/// If the input has all Secrets, a missing one is a mistake; if it has none, or they could not be
/// read, they are defined elsewhere.
fn severity(world: &World, namespace: &str) -> Severity {
    match world.completeness("Secret", namespace) {
        Completeness::Complete => Severity::Error,
        _ => Severity::Warning,
    }
}
