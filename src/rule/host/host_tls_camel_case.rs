//! camelCase below a Host's `tls`, where all names are snake_case.

use crate::diagnostic::{Likeness, likeness};
use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "host-tls-camel-case",
    severity: Error,
    summary: "an option of a Host's `tls` is written in camelCase",
    rows: [89],
    finds: "An option below `tls` of a Host in camelCase, such as `certRequired` or `caSecret`.",
    matters: "Everything else in a Host is camelCase, but the options below `tls` are snake_case. \
              The API server silently drops the unknown name: with `certRequired: true` no client \
              certificate is asked for, and anyone gets in.",
    remedy: "Write the option in snake_case: `cert_required`, `ca_secret`, `min_tls_version`.",
}

fn check(world: &World, found: &mut Findings) {
    for host in &world.resources.hosts {
        for unknown in world.dropped_fields(&host.object) {
            let field = &unknown.field;
            let path = field.path.strip_prefix("spec.").unwrap_or(&field.path);
            if !path.starts_with("tls.") || !field.contains(|c: char| c.is_ascii_uppercase()) {
                continue;
            }
            let (name, option) = (&host.object.name.value, &field.value);
            let finding = found
                .at(
                    field.key(),
                    format!("the option `{option}` of the Host `{name}` does not exist"),
                )
                .about(&host.object)
                .label("dropped silently")
                .note("the API server drops unknown fields, so the option has no effect");
            match unknown.suggestion {
                Some(suggestion) => finding.help(format!("write `{suggestion}`")).fix_if(
                    likeness(option, suggestion) == Likeness::Typo,
                    format!("write `{suggestion}`"),
                    [Change::Rename { key: field.key(), name: suggestion.to_owned() }],
                ),
                None => finding.help("look up the option: below `tls` all names are snake_case"),
            };
        }
    }
}
