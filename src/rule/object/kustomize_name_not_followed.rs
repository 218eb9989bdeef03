//! `namePrefix` and `nameSuffix` rename objects, but not Ambassador's references to them.

use crate::document::{Located, Text};
use crate::resource::{Object, Renaming, TlsReference};
use crate::rule::{Findings, rule};
use crate::world::{SecretReference, World};

rule! {
    id: "kustomize-name-not-followed",
    severity: Error,
    summary: "`kustomize` renames what a `tls` or `secret` refers to, but not the reference",
    finds: "A `tls` of a Mapping, a `secret`, `ca_secret` or `crl_secret` of a TLSContext, or the \
            same of a Host, whose target is renamed by a kustomization in the input with \
            `namePrefix` or `nameSuffix`.",
    matters: "`kustomize` renames the objects and updates references in the fields it knows: those \
              of Kubernetes' own kinds. `kubectl apply -k` then sends a TLSContext `dev-mesh` and \
              a Mapping with `tls: mesh`. Ambassador finds no such context, and falls back to TLS \
              without a client certificate and without verification.",
    remedy: "Tell `kustomize` about the fields: `configurations: [names.yaml]` with a \
             `nameReference` for TLSContext (`path: spec/tls, kind: Mapping`) and for Secret \
             (`path: spec/secret, kind: TLSContext`, and so on). A kustomization with \
             `configurations` is not reported.",
}

fn check(world: &World, found: &mut Findings) {
    if world.resources.renamings.is_empty() {
        return;
    }
    found.each_mapping(world, |mapping, found| {
        let TlsReference::Named(tls) = &mapping.tls else { return };
        let Some(renaming) = world.context_renaming(tls.span, tls.as_str()) else { return };
        tell(found, &mapping.object, tls, "TLSContext", renaming);
    });
    for context in &world.resources.contexts {
        let settings = &context.settings;
        for field in [&settings.secret, &settings.ca_secret, &settings.crl_secret] {
            let Some(field) = field else { continue };
            let reference =
                SecretReference::resolve(field.as_str(), context.object.namespace(), true);
            if let Some(renaming) = world.secret_renaming(field.span, &reference) {
                tell(found, &context.object, field, "Secret", renaming);
            }
        }
    }
    for host in &world.resources.hosts {
        if let Some(context) = &host.tls_context
            && let Some(renaming) = world.context_renaming(context.span, context.as_str())
        {
            tell(found, &host.object, context, "TLSContext", renaming);
        }
        let inline = host.tls.as_ref().map(|tls| &tls.value);
        let inline = inline.into_iter().flat_map(|tls| [&tls.ca_secret, &tls.crl_secret]);
        for field in inline.chain([&host.tls_secret]).flatten() {
            let reference = SecretReference::resolve(field.as_str(), host.object.namespace(), true);
            if let Some(renaming) = world.secret_renaming(field.span, &reference) {
                tell(found, &host.object, field, "Secret", renaming);
            }
        }
    }
}

fn tell(
    found: &mut Findings,
    object: &Object,
    field: &Located<Text>,
    kind: &str,
    renaming: &Renaming,
) {
    let name = field.as_str();
    let renamed = renaming.renamed(name);
    found
        .at(
            field,
            format!("`kustomize` renames {kind} `{name}` to `{renamed}`, but not this reference"),
        )
        .about(object)
        .label("not renamed by `kustomize`")
        .also(renaming.place, "renames every object below")
        .note(format!("the output of `kustomize build` has no {kind} with that name"))
        .help(format!("write `{renamed}` here, if this is the only build of the file"))
        .help(
            "or add a `nameReference` for the field to `configurations`, so that `kustomize` \
             renames it",
        );
}
