//! `tlsContext` names a TLSContext that nothing defines.

use crate::diagnostic::{Likeness, Names, Severity};
use crate::document::Change;
use crate::world::{Completeness, HostFaultKind, World};

use crate::rule::{Findings, rule};

rule! {
    id: "host-context-undefined",
    severity: Error,
    summary: "`tlsContext` of a Host names a TLSContext that does not exist",
    rows: [86],
    finds: "A Host whose `tlsContext` names a TLSContext that nothing in the input defines.",
    matters: "Ambassador drops the Host and reports it in its diagnostics only. If no Host is \
              left, it makes a default one that serves all names in cleartext.",
    remedy: "Define the TLSContext, or correct the name. Contexts are global: the bare name is \
             enough, from any namespace.",
}

fn check(world: &World, found: &mut Findings) {
    let names = Names::of(world.contexts.iter().map(|context| context.name.as_str()));
    for fault in world.host_faults() {
        let HostFaultKind::Undefined = fault.kind else { continue };
        let wanted = fault.reference.as_str();
        let refused =
            world.resources.refusals.iter().any(|refusal| {
                refusal.object.kind == "TLSContext" && refusal.object.name == wanted
            });
        let filed = world.filed_contexts();
        let called = |indices: &[usize]| {
            let mut objects = indices.iter().map(|&index| &world.resources.contexts[index].object);
            objects.find(|object| *object.name == wanted)
        };
        let (foreign, unwatched) = (called(&filed.foreign), called(&filed.unwatched));
        // One cause, one rule: another one reports why it is missing.
        let mut externals = world.settings.externals.iter();
        if refused || externals.any(|external| external.names("TLSContext", wanted)) {
            continue;
        }
        let name = &fault.host.object.name.value;
        let finding = found
            .at(
                fault.reference,
                format!("the Host `{name}` names the TLSContext `{wanted}`, which is not defined"),
            )
            .about(&fault.host.object)
            .label("named here")
            .note("Ambassador drops the Host; if it is the only one, all names are served in cleartext");
        if let Some(object) = foreign {
            finding
                .also(object, "defined for another Ambassador")
                .help("give both the same `ambassador_id`");
            continue;
        }
        if let Some(object) = unwatched {
            finding
                .also(object, "defined outside what this Ambassador watches")
                .help("move it to Ambassador's namespace, or lift the restriction");
            continue;
        }
        let finding = match names.only(wanted) {
            Some((near, likeness)) => finding.fix_if(
                likeness == Likeness::Typo,
                format!("write `{near}`"),
                [Change::set(fault.reference.span, near)],
            ),
            None => finding,
        };
        match names.nearest(wanted) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => {
                let namespace = fault.host.object.namespace();
                let known = world.completeness("TLSContext", namespace);
                let elsewhere = known != Completeness::Complete;
                finding.severity(if elsewhere { Severity::Warning } else { Severity::Error }).help(
                    format!(
                        "add the TLSContext to the input, or correct the name; if it is defined \
                         elsewhere, pass `--external 'TLSContext/*/{wanted}'`"
                    ),
                )
            }
        };
    }
}
