//! A `metadata.name` that the API server rejects.

use std::collections::HashSet;

use crate::resource::{Object, ObjectOrigin};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "object-name-invalid",
    severity: Error,
    summary: "a name that Kubernetes does not allow",
    finds: "A Kubernetes object whose name is not a DNS name: with `_`, capitals or spaces.",
    matters: "The API server rejects the object, so it does not exist for Ambassador. Names in \
              annotations are not restricted.",
    remedy: "Write `-` in place of `_`, and lower-case letters.",
}

fn check(world: &World, found: &mut Findings) {
    found.apart(|found| others(world, found));
    found.each_mapping(world, |mapping, found| tell(world, &mapping.object, found));
}

fn others(world: &World, found: &mut Findings<'_>) {
    let all = &world.resources;
    // A Secret matters only if something refers to it.
    let names = names(world);
    let is_named = |secret: &&Object| names.contains(secret.name.as_str());
    let objects = (all.contexts.iter().map(|context| &context.object))
        .chain(all.hosts.iter().map(|host| &host.object))
        .chain(all.modules.iter().map(|module| &module.object))
        .chain(all.resolvers.iter().map(|resolver| &resolver.object))
        .chain(all.secrets.iter().map(|secret| &secret.object).filter(is_named));
    objects.for_each(|object| tell(world, object, found));
}

fn tell(world: &World, object: &Object, found: &mut Findings<'_>) {
    if object.origin != ObjectOrigin::Manifest || Object::is_allowed_name(&object.name) {
        return;
    }
    // With a `namePrefix` or `nameSuffix`, only the resulting name is ever applied.
    if Object::is_allowed_name(&world.name_built(object.name.span, &object.name)) {
        return;
    }
    found
        .at(
            &object.name,
            format!("{} `{}` has a name that Kubernetes does not allow", object.kind, *object.name),
        )
        .about(object)
        .label("not a DNS name")
        .note(
            "`kubectl apply` rejects it: a name has at most 253 lower-case letters, digits, `-` \
             and `.`, and each part starts and ends with a letter or digit",
        )
        .help(format!("write `{}`, also in references to it", Object::allowed_name(&object.name)));
}

/// The names of all Secrets that contexts, Hosts and volumes refer to, as written.
fn names(world: &World) -> HashSet<&str> {
    let contexts = world.contexts.iter().flat_map(|context| &context.lookups);
    let of_contexts = contexts.map(|lookup| lookup.reference.name.as_str());
    let hosts = world.resources.hosts.iter().filter_map(|host| host.tls_secret.as_ref());
    let of_hosts = hosts.map(|secret| secret.as_str());
    let volumes = world.ambassador().into_iter().flat_map(|workload| &workload.volumes);
    let of_volumes = volumes.flat_map(|volume| volume.secrets());
    of_contexts.chain(of_hosts).chain(of_volumes).collect()
}
