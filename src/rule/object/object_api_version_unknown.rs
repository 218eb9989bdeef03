//! An API version that nobody serves.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "object-api-version-unknown",
    severity: Severity::Error,
    summary: "`apiVersion` is not one that Ambassador's objects have",
    rows: &[97],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/object-api-version-unknown/bad.yaml"),
    good: include_str!("../../../testdata/rule/object-api-version-unknown/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for refusal in &world.resources.refusals {
        let RefusalReason::ApiVersion(version) = &refusal.reason else { continue };
        let (kind, name) = (&refusal.object.kind, &refusal.object.name);
        let message = match version {
            Some(version) => format!("the {kind} `{name}` has the API version `{}`", version.value),
            None => format!("the {kind} `{name}` has no `apiVersion`"),
        };
        let place = version.as_ref().map_or(refusal.place, |version| version.span);
        let finding = found
            .at(place, message)
            .about_name(refusal.object.clone())
            .label("not served")
            .note(match refusal.in_annotation {
                true => "Ambassador drops the document, and says so only in its diagnostics",
                false => "whoever reads it refuses it, so the object does not exist",
            })
            .help("write `apiVersion: getambassador.io/v3alpha1`, and check its fields");
        if let Some(version) = version {
            finding.fix_unsafe(
                "write `getambassador.io/v3alpha1`",
                [Change::set(version.span, "getambassador.io/v3alpha1")],
            );
        }
    }
}

const EXPLAIN: &str = "\
What it finds
An object of Ambassador's with an `apiVersion` that is not served: `getambassador.io/v0`,
`x.getambassador.io/…` of the 2.0 previews, a misspelt one, or none at all. The old group
`ambassador/…` is understood in annotations only.

Why it matters
`kubectl apply` refuses a manifest like that. In an annotation it is applied, but Ambassador drops
the document: a TLSContext lost this way lets its Mappings fall back to plaintext.

How to fix it
Write `getambassador.io/v3alpha1` (`getambassador.io/v2` for Ambassador 1.x), and mind the fields
that changed: `ambassador_id` is a list, `tls` is a string, `host` is called `hostname`.
";
