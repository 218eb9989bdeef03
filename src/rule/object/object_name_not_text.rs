//! A name that YAML reads as a boolean, number or null.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "object-name-not-text",
    severity: Error,
    summary: "a name that YAML does not read as text",
    finds: "A `name` that YAML 1.1, which `kubectl` uses, does not read as text: `n`, `yes`, `on` \
            and `off` are booleans, `1e3` and `0777` are numbers.",
    matters: "The API server rejects the object, or Ambassador drops the document of the \
              annotation. References to the name are dangling.",
    remedy: "Put the name in quotes.",
}

fn check(world: &World, found: &mut Findings) {
    for (name, kind) in world.resources.unquoted_names.iter().map(AsRef::as_ref) {
        let article = if kind.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
        found
            .at(name, format!("YAML reads the name `{}` as {article} {kind}", name.value))
            .label(format!("read as {article} {kind}"))
            .note("names must be strings, so the object is rejected")
            .help(format!("write `name: \"{}\"`", name.value))
            .fix("put it in quotes", [Change::set(name.span, name.value.clone())]);
    }
}
