//! A certificate file that Ambassador's user may not read.

use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "volume-mode-unreadable",
    severity: Error,
    summary: "the mode of a mounted file does not let Ambassador read it",
    finds: "A mounted Secret whose files only root may read (`defaultMode: 0400`, for example), \
            while the Ambassador container runs as another user and the pod has no `fsGroup`.",
    matters: "The files belong to root. Ambassador checks that they exist, and passes their names \
              to Envoy, which runs as the same user, cannot open them, and rejects the whole \
              configuration: no configuration change takes effect.",
    remedy: "Set `fsGroup` in the pod's `securityContext`: the kubelet then gives the files to \
             that group. Or leave `defaultMode` out.",
}

fn check(world: &World, found: &mut Findings) {
    let mode_of = |one: &crate::rule::shared::FileUse<'_>| {
        let own = one.trail.item.and_then(|item| item.mode.as_ref());
        own.or(one.trail.source.and_then(|source| source.default_mode.as_ref()))
            .map(|mode| mode.span)
    };
    let causes = by_cause(world, |one| match one.trail.fault()? {
        MountFault::Unreadable { .. } => mode_of(one),
        _ => None,
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let Some(MountFault::Unreadable { mode, user }) = one.trail.fault() else { continue };
        let Some(workload) = one.trail.workload else { continue };
        let own = one.trail.container.and_then(|container| container.security.user.as_ref());
        let user_place = own.or(workload.security.user.as_ref());
        let finding = found
            .at(
                place,
                format!("mode {mode:04o} does not let user {user} read {}", one.and_more(&uses)),
            )
            .about(&workload.object)
            .label("readable by root only")
            .also_maybe(user_place, "Ambassador runs as this user")
            .also(one.file, "used here")
            .note(
                "Ambassador finds the file, but Envoy cannot read it and rejects the whole \
                 configuration",
            )
            .help(
                "set `fsGroup` in the pod's `securityContext`, or use `defaultMode: 0440` with it",
            );
        if !mode_is_octal(*mode) {
            finding.note(format!("{mode} is a decimal number here; an octal mode starts with 0"));
        }
    }
}

/// Whether a decimal mode looks like the octal one people usually write: decimal 400 is 0620.
fn mode_is_octal(mode: i64) -> bool {
    mode & 0o022 == 0
}
