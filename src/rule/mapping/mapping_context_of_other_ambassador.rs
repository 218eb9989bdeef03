//! `tls` names a TLSContext whose `ambassador_id` is not that of this Ambassador.

use crate::resource::{AmbassadorId, TlsReference};
use crate::world::{BadContext, Reference, World};

use crate::rule::shared::fallback;
use crate::rule::{Findings, rule};

rule! {
    id: "mapping-context-of-other-ambassador",
    severity: Error,
    summary: "`tls` names a TLSContext that another Ambassador reads",
    rows: [6],
    finds: "A `tls` whose TLSContext exists, but whose `ambassador_id` does not include that of \
            the Mapping's Ambassador. An object without one belongs to the id `default`.",
    matters: "Ambassador silently ignores such a context and treats the name as undefined: the \
              upstream gets plaintext, or TLS without a client certificate.",
    remedy: "Add the id to the `ambassador_id` list of the TLSContext, or define a context for \
             this Ambassador.",
}

fn check(world: &World, found: &mut Findings) {
    let foreign: std::collections::HashMap<&str, _> = world
        .filed_contexts()
        .foreign
        .iter()
        .map(|&index| &world.resources.contexts[index].object)
        .map(|object| (object.name.as_str(), object))
        .collect();
    found.each_upstream(world, |upstream, found| {
        let Reference::Bad { name, why: BadContext::Undefined } = &upstream.reference else {
            return;
        };
        let mapping = world.mapping(upstream);
        let (TlsReference::Named(tls), Some(context)) = (&mapping.tls, foreign.get(name.as_str()))
        else {
            return;
        };
        let ours = &world.installation.id;
        let id = context.ambassador_id.as_ref();
        let theirs = match id.map(|id| &id.value) {
            Some(AmbassadorId::One(id)) => format!("`{id}`"),
            Some(AmbassadorId::Many(ids)) => format!("`{}`", ids.join(", ")),
            None => "`default`, because it names none".to_owned(),
        };
        found
            .at(
                tls,
                format!(
                    "TLSContext `{name}` is not read by the Ambassador that reads this {}",
                    mapping.kind.name()
                ),
            )
            .about(&mapping.object)
            .label("named here")
            .also(
                id.map_or(context.place(), |id| id.span),
                format!("its ambassador_id is {theirs}"),
            )
            .also_maybe(world.installation.id_place, "the id of this Ambassador")
            .note(fallback(world, upstream))
            .help(format!("add `{ours}` to the context's `ambassador_id`"));
    });
}
