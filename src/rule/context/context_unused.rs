//! A TLSContext that nothing refers to and that does not terminate TLS.

use crate::diagnostic::Names;
use std::collections::HashSet;

use crate::resource::TlsReference;
use crate::world::{Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-unused",
    severity: Note,
    tag: Unnecessary,
    summary: "a TLSContext is not used by anything in the input",
    rows: [14],
    finds: "A TLSContext that no `tls` in the input names, that no Host links, and that has no \
            `hosts`.",
    matters: "It has no effect. Often the Mapping that should name it has a typo, or has lost its \
              `tls`.",
    remedy: "Name it where it should be used, or remove it.",
}

fn check(world: &World, found: &mut Findings) {
    let named = named(world);
    // Without Mappings in the input, they are defined elsewhere.
    if named.is_empty() && world.resources.mappings.is_empty() {
        return;
    }
    let names = Names::of(world.contexts.iter().map(|context| context.name.as_str()));
    let mut unknown: Vec<&str> =
        named.iter().copied().filter(|name| world.context_named(name).is_none()).collect();
    unknown.sort_unstable();
    let mut meant: HashSet<&str> = unknown.iter().flat_map(|name| names.similar(name)).collect();
    // `name.namespace` finds nothing, and `mapping-context-undefined` says what to write instead.
    meant.extend(unknown.iter().filter_map(|name| Some(name.rsplit_once('.')?.0)));
    for (_, context, resource) in world.tls_contexts() {
        let used =
            named.contains(context.name.as_str()) || named.contains(resource.object.name.as_str());
        // A misspelled name there has its own finding.
        let meant = meant.contains(context.name.as_str()) || names.is_exhausted();
        let used = used || meant || context.name == "no-cert-upstream";
        let terminates = !context.hosts.is_empty() || !context.linked_by.is_empty();
        if !used && !terminates {
            found
                .at(
                    &resource.object.name,
                    format!("nothing in the input uses TLSContext `{}`", context.name),
                )
                .about(&resource.object)
                .label("unused")
                .help("name it in a Mapping's `tls`, or remove it");
        }
    }
}

/// All context names in Mappings, including rejected ones, which will use them once they are fixed.
fn named(world: &World) -> HashSet<&str> {
    let refusals = world.resources.refusals.iter();
    let mut named: HashSet<&str> =
        refusals.filter_map(|refusal| refusal.context.as_deref()).collect();
    // Most names refer to a context, and each is needed only once.
    let mut is_taken_up = vec![false; world.contexts.len()];
    let mut is_done = vec![false; world.resources.mappings.len()];
    for upstream in &world.upstreams {
        if let (Reference::Good(id), TlsReference::Named(name)) =
            (&upstream.reference, &world.mapping(upstream).tls)
            && world.context(*id).name == name.value
        {
            is_done[upstream.mapping] = true;
            if !std::mem::replace(&mut is_taken_up[id.0], true) {
                named.insert(name);
            }
        }
    }
    for (mapping, is_done) in world.resources.mappings.iter().zip(is_done) {
        if let TlsReference::Named(name) = &mapping.tls
            && !is_done
        {
            named.insert(name);
        }
    }
    named
}
