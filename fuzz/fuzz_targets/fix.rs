//! Fixes of any manifest: they terminate, YAML stays YAML, and a second run changes nothing.

#![no_main]

use std::convert::Infallible;

use libfuzzer_sys::fuzz_target;
use mtlsctl::diagnostic::Diagnostic;
use mtlsctl::fix::{Fixed, Limits, fix};
use mtlsctl::lint::lint;
use mtlsctl::source::Sources;
use mtlsctl::world::World;
use mtlsctl_fuzz::{slice, world};

/// A text's world and findings.
type Judged = (World, Vec<Diagnostic>);

fuzz_target!(|text: &str| {
    let mut judged = judge(text);
    for unsafe_too in [false, true] {
        let Some(after) = fixed(&judged, unsafe_too).judged else { continue };
        let (old, new) = (&judged.0.resources.problems, &after.0.resources.problems);
        assert!(new.len() <= old.len(), "{text:?} became {:?}: {new:?}", written(&after.0));
        // Read again, so that nothing is left from earlier rounds.
        judged = judge(written(&after.0));
        let again = fixed(&judged, unsafe_too);
        assert!(
            again.judged.is_none(),
            "{text:?} became {:?}, and that {:?}",
            written(&judged.0),
            again.judged.as_ref().map(|(world, _)| written(world))
        );
    }
});

fn judge(text: &str) -> Judged {
    let world = world(text);
    let findings = lint(&world);
    (world, findings)
}

fn written(world: &World) -> &str {
    world.sources.iter().next().map_or("", |source| source.text.as_str())
}

fn fixed(first: &Judged, unsafe_too: bool) -> Fixed<Judged> {
    for edit in first.1.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits) {
        slice(first.0.sources.get(edit.span.source), edit.span);
    }
    let limits = Limits { unsafe_too, concerns: &|_| true, may_change: &|_| true };
    let again = |sources: Sources| -> Result<Judged, Infallible> {
        Ok(judge(sources.iter().next().map_or("", |source| source.text.as_str())))
    };
    let Ok(fixed) = fix(first, limits, again, |(world, found)| (found, &world.sources));
    assert!(!fixed.unsettled, "no end in {:?}", written(&first.0));
    fixed
}
