//! Fields that are not in the schema, which are pruned.

use crate::diagnostic::{Likeness, Severity, likeness};
use crate::document::Change;
use crate::resource::Object;
use crate::resource::schema::Lifetime;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "field-unknown",
    severity: Warning,
    summary: "a field does not exist in this version, so it is silently dropped",
    rows: [48],
    finds: "A field of an Ambassador object that is not in the schema of its version, or that is \
            outside `spec`, mostly because of its indentation.",
    matters: "The API server prunes it without a message (since 2.1.2 also in annotations), so it \
              has no effect.",
    remedy: "Correct the spelling, or remove it.",
}

fn check(world: &World, found: &mut Findings) {
    let all = &world.resources;
    let contexts = all.contexts.iter().map(|context| &context.object);
    let hosts = all.hosts.iter().map(|host| &host.object);
    let modules = all.modules.iter().map(|module| &module.object);
    let resolvers = all.resolvers.iter().map(|resolver| &resolver.object);
    let others = contexts.chain(hosts).chain(modules).chain(resolvers);
    found.apart(|found| others.clone().for_each(|object| tell(world, object, found)));
    found.each_mapping(world, |mapping, found| tell(world, &mapping.object, found));
}

fn tell(world: &World, object: &Object, found: &mut Findings<'_>) {
    for unknown in world.dropped_fields(object) {
        let name = unknown.field.value.as_str();
        if has_own_rule(object, name, &unknown.field.path) {
            continue;
        }
        let kind = &object.kind;
        let since = unknown.lifetime.and_then(Lifetime::since);
        let message = match (unknown.is_outside_spec, since) {
            (true, _) => format!("`{name}` is outside `spec`, so it is dropped"),
            (false, None) => format!("{kind} has no field `{name}`, so it is dropped"),
            (false, Some(_)) => {
                let emissary = world.settings.profile;
                format!("{kind} has no field `{name}` in Emissary {emissary}, so it is dropped")
            }
        };
        let finding =
            found.at(unknown.field.key(), message).about(object).label("dropped silently");
        // Its upstream then gets plaintext, or at best TLS without a client certificate.
        let finding = match unknown.is_outside_spec && name == "tls" {
            true => finding.severity(Severity::Error),
            false => finding,
        };
        match unknown.suggestion {
            Some(suggestion) => {
                let rename =
                    Change::Rename { key: unknown.field.key(), name: suggestion.to_owned() };
                finding.help(format!("did you mean `{suggestion}`?")).fix_if(
                    likeness(name, suggestion) == Likeness::Typo,
                    format!("write `{suggestion}`"),
                    [rename],
                )
            }
            None if unknown.is_outside_spec => finding.help("move it below `spec`, or remove it"),
            None if let Some(since) = since => {
                finding.help(format!("the field exists since Emissary {since}"))
            }
            None => finding.help(
                "remove it, or look up its name in the reference for this \
                                      version",
            ),
        };
    }
}

/// Fields whose absence another rule reports, with its consequence.
fn has_own_rule(object: &Object, name: &str, path: &str) -> bool {
    let camel_case_in_host = object.kind == "Host"
        && path.strip_prefix("spec.").unwrap_or(path).starts_with("tls.")
        && name.contains(|c: char| c.is_ascii_uppercase());
    matches!(name, "crl_file" | "crl_secret" | "v3CRLSecret")
        || (name == "tls" && matches!(object.kind.as_str(), "LogService" | "TracingService"))
        || camel_case_in_host
}
