//! v1 and v2 objects for an Emissary that no longer serves them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::counted;
use crate::document::Change;
use crate::resource::{AmbassadorId, Module, Object, ObjectOrigin};
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "object-api-version-outdated",
    severity: Warning,
    tag: Deprecated,
    summary: "v1 and v2 objects for an Emissary that does not serve them by default",
    rows: [99],
    finds: "Manifests of `getambassador.io/v1` or `v2`, judged for Emissary 4.0.1 or later. It is \
            reported once per file. Annotations are not affected: Ambassador still converts those \
            itself.",
    matters: "The charts of Emissary 4 install the v3alpha1 CRDs only. Unless \
              `enableLegacyVersions` is set, the API server does not know the old versions and \
              rejects the objects.",
    remedy: "Convert them to v3alpha1: `ambassador_id` becomes a list, `tls: true` becomes an \
             `https://` service, `host` becomes `hostname`. If you run an older Emissary, pass it \
             with `--emissary`.",
}

fn check(world: &World, found: &mut Findings) {
    if !world.settings.profile.has(Behaviour::OldCrdsAreOff) {
        return;
    }
    let all = &world.resources;
    let objects = (all.contexts.iter().map(|context| &context.object))
        .chain(all.mappings.iter().map(|mapping| &mapping.object))
        .chain(all.hosts.iter().map(|host| &host.object))
        .chain(all.modules.iter().map(|module| &module.object))
        .chain(all.resolvers.iter().map(|resolver| &resolver.object));
    // One finding per file: the fix is the same for all objects.
    let mut files: BTreeMap<_, Vec<&Object>> = BTreeMap::new();
    for object in objects.filter(|object| object.origin == ObjectOrigin::Manifest) {
        if is_old(object) {
            files.entry(object.place().source).or_default().push(object);
        }
    }
    for mut objects in files.into_values() {
        objects.sort_by_key(|object| world.sources.order(object.place()));
        let Some(first) = objects.first() else { continue };
        let Some(version) = &first.api_version else { continue };
        let is = if objects.len() == 1 { "is" } else { "are" };
        let count = counted(objects.len(), "object");
        let finding = found
            .at(
                version,
                format!(
                    "{count} in this file {is} of an API version that Emissary 4 does not serve"
                ),
            )
            .about(first)
            .label(if objects.len() == 1 { "here" } else { "the first one" })
            .note(
                "since 4.0.1, `kubectl apply` rejects v1 and v2 unless the CRD chart sets \
                 `enableLegacyVersions` (and `enableV1` for v1)",
            )
            .help(
                "convert to `getambassador.io/v3alpha1`, or pass the version you use: `--emissary \
                 3.9`",
            );
        // Older releases do not read v3alpha1.
        let changes = converted(world, &objects).filter(|_| world.knows_release());
        if let Some(changes) = changes {
            finding.fix_unsafe("write `getambassador.io/v3alpha1`", changes);
        }
    }
}

/// Converts objects to v3alpha1 if only `ambassador_id` and a TLSContext's revocation list are
/// spelled differently there.
fn converted(world: &World, objects: &[&Object]) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for object in objects {
        let (kind, version) = (object.kind.as_str(), object.api_version.as_ref()?);
        // The v3alpha1 schema requires `config` in a Module.
        let is_empty =
            |module: &Arc<Module>| module.object.place() == object.place() && !module.has_config;
        if world.resources.modules.iter().any(is_empty) {
            return None;
        }
        if !matches!(kind, "TLSContext" | "Module") && !kind.ends_with("Resolver") {
            return None;
        }
        changes.push(Change::set(version.span, "getambassador.io/v3alpha1"));
        if let Some(id) = &object.ambassador_id
            && matches!(id.value, AmbassadorId::One(_))
        {
            changes.push(Change::WrapInList { at: id.span });
        }
        let mut contexts = world.resources.contexts.iter();
        let context = contexts.find(|context| context.object.place() == object.place());
        if let Some(crl) = context.and_then(|context| context.settings.crl_secret.as_ref()) {
            changes.push(Change::Rename { key: crl.key(), name: "crl_secret".to_owned() });
        }
    }
    Some(changes)
}

fn is_old(object: &Object) -> bool {
    let version = object.api_version.as_ref().map(|version| version.as_str());
    matches!(version, Some("getambassador.io/v1" | "getambassador.io/v2"))
}
