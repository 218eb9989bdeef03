//! `ambassador_id` as a string where v3alpha1 requires a list.

use crate::document::Change;
use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "ambassador-id-string",
    severity: Error,
    summary: "`ambassador_id` is a string instead of a list",
    rows: [98],
    finds: "`ambassador_id: name` in an object of `getambassador.io/v3alpha1`.",
    matters: "v1 and v2 accepted a string or a list; v3alpha1 accepts only a list, so the object \
              is rejected. In an annotation this goes unnoticed: it is applied, and Ambassador \
              drops the document.",
    remedy: "Write a list: `ambassador_id: [\"name\"]`.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        for violation in violations.iter().filter(|v| v.place.name() == "ambassador_id") {
            let (kind, name) = (&refusal.object.kind, &refusal.object.name);
            let written = world.sources.text(violation.place.span).trim_matches(['"', '\'']);
            found
                .at(&violation.place, format!("`ambassador_id` of {kind} `{name}` is not a list"))
                .about_name(refusal.object.clone())
                .label("must be a list")
                .note(match refusal.in_annotation {
                    true => "Ambassador drops the document, and reports it only in its diagnostics",
                    false => "`kubectl apply` rejects the object",
                })
                .help(match written.contains(['\n', '{', ':']) || written.is_empty() {
                    true => "write a list of names".to_owned(),
                    false => format!("write `ambassador_id: [\"{written}\"]`"),
                })
                .fix("make it a list", [Change::WrapInList { at: violation.place.span }]);
        }
    }
}
