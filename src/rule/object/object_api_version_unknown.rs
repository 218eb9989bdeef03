//! An API version that no release serves.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::RefusalReason;
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "object-api-version-unknown",
    severity: Error,
    summary: "`apiVersion` is not valid for Ambassador's objects",
    rows: [97],
    finds: "An Ambassador object with an `apiVersion` that is not served: `getambassador.io/v0`, \
            `x.getambassador.io/…` of the 2.0 previews, a misspelled one, or none at all. The old \
            group `ambassador/…` is accepted in annotations only.",
    matters: "`kubectl apply` rejects such a manifest. An annotation is applied, but Ambassador \
              drops the document: if a TLSContext is lost this way, its Mappings fall back to \
              plaintext.",
    remedy: "In annotations write `getambassador.io/v2`, whose fields are those of v0 and v1. \
             Elsewhere write `getambassador.io/v3alpha1` (`v2` for Ambassador 1.x), and adjust the \
             fields that changed: `ambassador_id` is a list, `tls` is a string, `host` is called \
             `hostname`.",
}

fn check(world: &World, found: &mut Findings) {
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
            .severity(match version {
                Some(_) if kind != "Secret" => world.severity_in_release(),
                _ => Severity::Error,
            })
            .label(match version {
                Some(_) => format!("not served by Emissary {}", world.settings.profile),
                None => "no `apiVersion`".to_owned(),
            })
            .note(match refusal.in_annotation {
                true => "Ambassador drops the document, and reports it only in its diagnostics",
                false if version.is_none() => {
                    "`kubectl apply` rejects it, so the object does not exist"
                }
                false => "it is rejected, so the object does not exist",
            });
        if kind == "Secret" {
            finding.help("write `apiVersion: v1`");
            continue;
        }
        let release = world.settings.profile;
        let served = |version: &str| format!("getambassador.io/{version}");
        // v0 and v1 have the same fields as v2, which every release reads in annotations.
        let is_old = version
            .as_ref()
            .is_none_or(|version| matches!(version.rsplit('/').next(), Some("v0" | "v1" | "v2")));
        let (meant, sure) = match refusal.in_annotation {
            true => (served("v2"), true),
            false if !release.has(Behaviour::ServesV3alpha1) => {
                (served("v2"), world.knows_release())
            }
            false if is_old && !release.has(Behaviour::OldCrdsAreOff) => {
                (served("v2"), world.knows_release())
            }
            // The fields differ, so changing the version is not enough.
            false => (served("v3alpha1"), !is_old),
        };
        let finding = finding.help(format!("write `apiVersion: {meant}`, and check its fields"));
        if let Some(version) = version.as_ref().filter(|_| sure) {
            finding.fix_unsafe(format!("write `{meant}`"), [Change::set(version.span, meant)]);
        }
    }
}
