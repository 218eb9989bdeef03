//! A generated Secret whose real name ends in a hash.

use crate::document::{Located, Text};
use crate::resource::Object;
use crate::world::{SecretReference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "secret-name-hashed",
    severity: Error,
    summary: "a context or Host names a generated Secret, whose real name ends in a hash",
    finds: "A `secret`, `ca_secret` or `crl_secret` of a TLSContext, or the `tlsSecret` or \
            `ca_secret` of a Host, that names a Secret of a `secretGenerator`, without \
            `disableNameSuffixHash` and without `configurations` in the kustomization.",
    matters: "`kustomize` appends a hash of the content to the name, and updates references in the \
              fields it knows: volumes and variables of pods, but not those of a TLSContext or \
              Host. Ambassador looks for a Secret that does not exist and drops the context.",
    remedy: "Turn the hash off for this Secret, or tell `kustomize` about the field with a \
             `nameReference`.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        for lookup in &context.lookups {
            let field = resource.settings.material().find(|field| field.name() == lookup.field);
            let Some(field) = field else { continue };
            tell(world, found, &resource.object, field, &lookup.reference);
        }
    }
    for host in &world.resources.hosts {
        let inline = host.tls.as_ref().map(|tls| &tls.value);
        let inline = inline.into_iter().flat_map(|tls| [&tls.ca_secret, &tls.crl_secret]);
        for field in inline.chain([&host.tls_secret]).flatten() {
            let reference = SecretReference::resolve(field.as_str(), host.object.namespace(), true);
            tell(world, found, &host.object, field, &reference);
        }
    }
}

fn tell(
    world: &World,
    found: &mut Findings,
    object: &Object,
    field: &Located<Text>,
    reference: &SecretReference,
) {
    let (namespace, name) = (&reference.namespace, &reference.name);
    let mut makers =
        world.resources.promises.iter().filter(|promise| promise.covers(namespace, name));
    let Some(maker) = makers.next() else { return };
    // If another generator creates it under its plain name, the reference gets that one.
    let plain = makers.any(|promise| !promise.is_hashed);
    if !maker.is_hashed || plain || world.secret(namespace, name).is_some() {
        return;
    }
    found
        .at(field, format!("the Secret will be called `{name}-HASH`, not `{name}`"))
        .about(object)
        .label("not updated by `kustomize`")
        .also(&maker.secret, "generated under this name with a hash")
        .note(format!(
            "`kustomize` updates the name in fields that it knows, and those of a {} are not \
             among them: Ambassador does not find the Secret",
            object.kind
        ))
        .help("set `options: {disableNameSuffixHash: true}` for it")
        .help(format!("or add a `nameReference` for {} to `configurations`", object.kind));
}
