//! Contexts are global by bare name, so a second one with the same name gets another name.

use crate::diagnostic::Severity;
use crate::resource::TlsReference;
use crate::world::{Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-name-collision",
    severity: Error,
    summary: "two namespaces define a TLSContext with the same name, and only one can be found by it",
    rows: [5],
    finds: "Two TLSContexts with the same name in different namespaces. Emissary sorts them and \
            gives the bare name to the first; the other can only be referred to as \
            `name.namespace`.",
    matters: "A Mapping in the second context's namespace that uses the bare name gets the first \
              context: another client certificate and another CA, without a message.",
    remedy: "Give each TLSContext a unique name, or refer to the second one by `name.namespace`.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        let name = &resource.object.name;
        let Some(first) = world.context_named(name).filter(|_| context.name != name.value) else {
            continue;
        };
        let keeper = world.context(first);
        let namespace = &context.namespace;
        // Mappings in the renamed context's namespace most likely mean that one.
        let misled = world.upstreams.iter().find(|upstream| {
            world.mapping(upstream).object.namespace() == namespace
                && matches!(&upstream.reference, Reference::Good(id) if *id == first)
        });
        let finding = found
            .at(
                name,
                format!(
                    "TLSContext `{name}` of namespace `{namespace}` is only found as `{}`",
                    context.name,
                    name = name.value
                ),
            )
            .about(&resource.object)
            .label("comes second")
            .also_maybe(world.context_place(first), "keeps the bare name")
            .note(format!(
                "contexts are global by bare name, and `{}` sorts first",
                keeper.namespace
            ))
            .help(format!("give the contexts different names, or write `tls: {}`", context.name));
        match misled.map(|upstream| &world.mapping(upstream).tls) {
            Some(TlsReference::Named(tls)) => {
                finding.also(tls, format!("gets the one from namespace `{}`", keeper.namespace));
            }
            _ => {
                finding.severity(Severity::Warning);
            }
        }
    }
}
