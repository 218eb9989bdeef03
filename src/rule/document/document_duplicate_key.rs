//! A key that occurs twice in one mapping.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-duplicate-key",
    severity: Warning,
    summary: "a key occurs twice in one mapping",
    finds: "A key that occurs twice in the same YAML mapping.",
    matters: "YAML forbids it, but `kubectl` and Ambassador silently use the later value. Two \
              `tls:` lines, or two `annotations:` blocks, are often left over from a merge: the \
              first one has no effect.",
    remedy: "Remove one of the two, or join their values.",
}

fn check(world: &World, found: &mut Findings) {
    for duplicate in &world.resources.duplicates {
        let key = &duplicate.key;
        found
            .at(key.second, format!("the key `{}` occurs twice in one mapping", key.key))
            .label("this value is used")
            .also(key.first, "this one is ignored")
            .note("the later value wins without a message")
            .help("remove one of the two")
            .fix_unsafe("remove the one that is ignored", [Change::Remove { key: key.first }]);
    }
}
