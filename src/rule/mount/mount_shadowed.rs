//! A mount that hides the one with the certificate.

use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "mount-shadowed",
    severity: Error,
    summary: "a mount hides another one that has the certificate file",
    rows: [44],
    finds: "A mount in Ambassador's container at or below the path of another one. The outer \
            volume has the file that a TLSContext names; the inner one, which hides it, does not.",
    matters: "The innermost mount wins, and of two at the same path the later one. The contents of \
              the other volume are hidden. Ambassador finds no file and drops the context.",
    remedy: "Mount one of the volumes elsewhere, or put both into one `projected` volume.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| match one.trail.fault()? {
        MountFault::Shadowed(_) => one.trail.mount.map(|mount| mount.path.span),
        _ => None,
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let (Some(inner), Some(MountFault::Shadowed(outer))) = (one.trail.mount, one.trail.fault())
        else {
            continue;
        };
        let finding = found
            .at(
                place,
                format!(
                    "volume `{}` hides {} of volume `{}`",
                    *inner.volume,
                    one.and_more(&uses),
                    *outer.volume
                ),
            )
            .label("mounted over the other")
            .also(&outer.path, "has the file, but is hidden")
            .also(one.file, "looked up here")
            .help("mount one of them at another path");
        one.tell_loss(finding, world);
    }
}
