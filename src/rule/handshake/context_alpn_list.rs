//! `alpn_protocols` as a YAML list.

use crate::document::Change;
use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::shared::tell_refused;
use crate::rule::{Findings, rule};

rule! {
    id: "context-alpn-list",
    severity: Error,
    summary: "`alpn_protocols` is a list, but the schema expects a string",
    rows: [36],
    finds: "An `alpn_protocols` that is a list.",
    matters: "The schema expects a string and rejects the whole object. Mappings that name the \
              context get plaintext, or TLS without a client certificate.",
    remedy: "Write the names in one comma-separated string.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        let lists = violations.iter().filter(|violation| {
            violation.place.name() == "alpn_protocols" && violation.is_of_type("array")
        });
        for violation in lists {
            let finding = found
                .at(
                    violation.place.key(),
                    "`alpn_protocols` is a list, but must be a comma-separated string",
                )
                .about_name(refusal.object.clone())
                .label("a list")
                .help("write `alpn_protocols: h2,http/1.1`")
                .fix("join the names with commas", [Change::Join { key: violation.place.key() }]);
            tell_refused(finding, world, refusal);
        }
    }
}
