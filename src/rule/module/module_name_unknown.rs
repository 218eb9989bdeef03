//! A Module that is never read because of its name.

use std::collections::HashMap;

use crate::diagnostic::nearest;
use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "module-name-unknown",
    severity: Warning,
    summary: "a Module is not called `ambassador` or `tls`",
    rows: [93],
    finds: "A Module that is called neither `ambassador` nor `tls`, and a second Module with one \
            of these names in another namespace. (`authentication`, which AuthServices replaced, \
            is still read.)",
    matters: "Ambassador finds Modules by their exact names and does not report a missing one. No \
              setting in it, such as `tls_secret_namespacing`, takes effect.",
    remedy: "Correct the name, and keep one Module with each name per `ambassador_id`.",
}

fn check(world: &World, found: &mut Findings) {
    let modules = &world.resources.modules;
    let stored = || world.filed_modules().stored.iter();
    let first: HashMap<&str, usize> = stored().map(|s| (s.name.as_str(), s.index)).collect();
    for stored in stored() {
        let module = &modules[stored.index].object;
        let name = module.name.as_str();
        if stored.name != name && matches!(name, "ambassador" | "tls") {
            let winner = first.get(name).map(|&index| &modules[index].object);
            found
                .at(module, format!("there is a second Module `{name}`, which is never read"))
                .about(module)
                .label(format!("in namespace `{}`", module.namespace()))
                .also_maybe(winner, "this one is used")
                .note(
                    "Modules are global; the first one with a name is used, regardless of namespace",
                )
                .help(
                    "merge the two, or assign each to a different Ambassador with \
                       `ambassador_id`",
                );
            continue;
        }
        // AuthServices replaced the third one, which is still read.
        if matches!(name, "ambassador" | "tls" | "authentication") {
            continue;
        }
        let finding = found
            .at(module, format!("a Module called `{name}` is never read"))
            .about(module)
            .label("ignored without a message")
            .note("Modules are found by their exact name: `ambassador`, or `tls`");
        match nearest(name, ["ambassador", "tls"]) {
            Some(meant) => finding
                .help(format!("write `name: {meant}`"))
                .fix_unsafe(format!("write `{meant}`"), [Change::set(module.name.span, meant)]),
            None => finding.help("write `name: ambassador` if it is for global settings"),
        };
    }
}
