//! AMBASSADOR_SINGLE_NAMESPACE and AMBASSADOR_LABEL_SELECTOR apply to Secrets, too.

use crate::diagnostic::Severity;
use crate::world::World;

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "secret-outside-watch",
    severity: Severity::Warning,
    summary: "a Secret lies where this Ambassador does not look",
    rows: &[72],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/secret-outside-watch/bad.yaml"),
    good: include_str!("../../testdata/rule/secret-outside-watch/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    let installation = &world.installation;
    for (_, _, resource) in world.tls_contexts() {
        let Some(context) = world.context_named(&resource.object.name) else { continue };
        for lookup in &world.context(context).lookups {
            let reference = &lookup.reference;
            let field = resource.settings.material().find(|field| field.name() == lookup.field);
            let Some(field) = field else { continue };
            if installation.single_namespace && reference.namespace != installation.namespace {
                found
                    .at(
                        field,
                        format!(
                            "Secret `{}` lies in `{}`, but this Ambassador looks in `{}` only",
                            reference.name, reference.namespace, installation.namespace
                        ),
                    )
                    .about(&resource.object)
                    .label("not watched")
                    .note("AMBASSADOR_SINGLE_NAMESPACE limits everything, Secrets included")
                    .help(format!(
                        "move the Secret and its TLSContext to `{}`",
                        installation.namespace
                    ));
            } else if let (Some(selector), Some(secret)) =
                (&installation.label_selector, world.secret(&reference.namespace, &reference.name))
                && !selected(selector, &secret.object.labels)
            {
                found
                    .at(
                        field,
                        format!(
                            "Secret `{}` does not carry the labels that this Ambassador selects by",
                            reference.name
                        ),
                    )
                    .about(&resource.object)
                    .label("not watched")
                    .also(&secret.object, "lacks the labels")
                    .note(format!(
                        "AMBASSADOR_LABEL_SELECTOR is `{selector}`, and it applies to Secrets, too"
                    ))
                    .help("add the labels to the Secret");
            }
        }
    }
}

/// Whether labels fit a selector of plain equalities; others are taken to fit.
fn selected(selector: &str, labels: &[(String, String)]) -> bool {
    selector.split(',').all(|part| match part.trim().split_once('=') {
        Some((key, value)) if !key.ends_with('!') => {
            let value = value.trim_start_matches('=').trim();
            labels.iter().any(|(k, v)| k == key.trim() && v == value)
        }
        _ => true,
    })
}

const EXPLAIN: &str = "\
What it finds
A Secret in another namespace than that of an Ambassador with AMBASSADOR_SINGLE_NAMESPACE, or
without the labels of its AMBASSADOR_LABEL_SELECTOR.

Why it matters
Ambassador never sees such a Secret, and reports it as not found.

How to fix it
Move the Secret and its TLSContext, add the labels, or lift the restriction in Ambassador's
Deployment.
";
