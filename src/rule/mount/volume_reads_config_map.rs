//! A volume that reads a ConfigMap where a Secret is meant.

use crate::resource::KeyedKind;
use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "volume-reads-config-map",
    severity: Error,
    summary: "a volume reads a ConfigMap where a Secret with that name is meant",
    rows: [44],
    finds: "A `configMap` volume with a `*_file` of a TLSContext, while the input has a Secret \
            with that name and no ConfigMap, or such a ConfigMap only in another namespace.",
    matters: "A Secret and a ConfigMap may share a name. The pod waits for the ConfigMap forever; \
              with `optional: true` it starts without the files, and Ambassador drops the context.",
    remedy: "Write `secret` with `secretName`.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| {
        let source = one.trail.source.filter(|source| source.kind == KeyedKind::ConfigMap)?;
        match one.trail.fault()? {
            MountFault::SourceMissing { .. } => Some(source.name.span),
            _ => None,
        }
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let Some(MountFault::SourceMissing { elsewhere, other_kind }) = one.trail.fault() else {
            continue;
        };
        let Some((source, workload)) = one.trail.source.zip(one.trail.workload) else { continue };
        let (name, namespace) = (&source.name.value, workload.object.namespace());
        let finding = found
            .at(place, format!("there is no ConfigMap `{name}` in namespace `{namespace}`"))
            .about(&workload.object)
            .label("read as a ConfigMap")
            .also(one.file, format!("{} should come from it", one.and_more(&uses)));
        let finding = match source.optional {
            Some(_) => finding
                .note("the pod starts with an empty folder, and Ambassador drops the context"),
            None => finding.note("the pod does not start: it waits for the ConfigMap forever"),
        };
        match (other_kind, elsewhere) {
            (Some(secret), _) => finding
                .also(*secret, "a Secret with that name")
                .help(format!("write `secret: {{secretName: {name}}}` in place of `configMap`")),
            (None, Some(map)) => finding
                .also(*map, format!("there is one with that name in `{}`", map.namespace()))
                .help("a pod mounts ConfigMaps of its own namespace only: create it there"),
            (None, None) => finding.help("name a ConfigMap of the pod's namespace"),
        };
    }
}
