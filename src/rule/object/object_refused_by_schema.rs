//! Everything else that the CRD schema does not allow.

use crate::document::Change;
use crate::envoy::unknown_ciphers;
use crate::resource::schema::{Violation, ViolationKind};
use crate::resource::{Refusal, RefusalReason};
use crate::world::World;

use crate::rule::mapping::mapping_tls_boolean::is_tls_boolean;
use crate::rule::shared::tell_refused;
use crate::rule::{Finding, Findings, rule};

rule! {
    id: "object-refused-by-schema",
    severity: Error,
    summary: "the schema rejects an object, so it does not exist for Ambassador",
    finds: "An Ambassador object that the CRD schema of its version does not allow: a missing \
            field, a wrong type, a value that is not among the choices. The message is the \
            validator's.",
    matters: "The API server rejects the object; in an annotation, Ambassador drops it and reports \
              the error in its status. There is then no route, or no context, and Mappings that \
              name the context continue without it.",
    remedy: "Correct the field.",
}

/// Fields with their own rule, which explains more.
const EXPLAINED: [&str; 3] = ["min_tls_version", "max_tls_version", "ambassador_id"];

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        let mut told = false;
        for violation in violations {
            let name = violation.place.name();
            let explained = EXPLAINED.contains(&name)
                || is_tls_boolean(refusal, violation)
                || (name == "alpn_protocols" && violation.is_of_type("array"));
            if explained || (is_list_of_suites(violation) && std::mem::replace(&mut told, true)) {
                continue;
            }
            // A missing field is reported at the object that lacks it.
            let missing = violation.kind == ViolationKind::Required;
            let place = if missing { refusal.place } else { violation.place.span };
            let kind = &refusal.object.kind;
            let finding = found
                .at(
                    place,
                    format!("the schema rejects {kind} `{}`: {violation}", refusal.object.name),
                )
                .about_name(refusal.object.clone())
                .label(if missing { "lacks a field" } else { "not allowed" })
                .help(match is_list_of_suites(violation) {
                    _ if missing => "add the field",
                    true => {
                        "write it in quotes: \"[A|B]\" is one entry, with equally preferred suites"
                    }
                    false => "correct the value",
                });
            let finding = match is_list_of_suites(violation) {
                true => all_of_suites(finding, world, refusal, violation, violations),
                false => finding,
            };
            let finding = quoted(finding, world, violation);
            tell_refused(finding, world, refusal);
        }
    }
}

/// Whether an entry of `cipher_suites` is a list: Envoy's syntax for equal preference, which YAML
/// reads as one.
fn is_list_of_suites(violation: &Violation) -> bool {
    violation.path.contains("cipher_suites[") && violation.is_of_type("array")
}

/// Adds the other lists in a list of suites, and the error that would come next.
fn all_of_suites<'f>(
    finding: Finding<'f>,
    world: &World,
    refusal: &Refusal,
    first: &Violation,
    violations: &[Violation],
) -> Finding<'f> {
    let others = violations.iter().filter(|one| is_list_of_suites(one) && *one != first);
    let finding = others.fold(finding, |finding, one| finding.also(&one.place, "the same"));
    let envoy = world.settings.envoy();
    let suites: Vec<&str> = refusal.cipher_suites.iter().map(String::as_str).collect();
    let unknown = unknown_ciphers(&suites, envoy);
    match unknown.as_slice() {
        [] => finding,
        [one] => finding.note(format!("Envoy {envoy} does not know the suite `{one}` either")),
        all => {
            let names: Vec<String> = all.iter().map(|name| format!("`{name}`")).collect();
            let names = names.join(", ");
            finding.note(format!("Envoy {envoy} does not know these suites either: {names}"))
        }
    }
}

/// Quotes a number or boolean that must be a string; unquotes a string that must be a number or
/// boolean.
fn quoted<'f>(finding: Finding<'f>, world: &World, violation: &Violation) -> Finding<'f> {
    let place = violation.place.span;
    let written = world.sources.text(place);
    let ViolationKind::Type { expected, actual } = violation.kind else { return finding };
    match (expected, actual) {
        // The value of an alias may be used elsewhere; and no TLSContext is a number.
        _ if written.starts_with('*') || violation.place.name() == "tls" => finding,
        ("string", "integer" | "number" | "boolean") => {
            finding.fix("put it in quotes", [Change::set(place, written)])
        }
        ("boolean", "string") => match written.trim_matches(['"', '\'']) {
            "true" => finding.fix("remove the quotes", [Change::set_bool(place, true)]),
            "false" => finding.fix("remove the quotes", [Change::set_bool(place, false)]),
            _ => finding,
        },
        _ => finding,
    }
}
