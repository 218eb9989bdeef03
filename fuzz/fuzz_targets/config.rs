//! A configuration from any text: rejected at a place in it, or applied to findings, each of which
//! is then either reported or suppressed.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use mtlsctl::lint::{Application, ConfigFile, Levels, RuleSelection, check};
use mtlsctl::source::{Source, Sources, Span};
use mtlsctl_fuzz::{slice, world};
use time::macros::date;

const MANIFEST: &str = include_str!("../../testdata/rule/mapping-context-undefined/bad.yaml");
const NAME: &str = ".mtlsctl.yaml";

fuzz_target!(|text: &str| {
    let file = match ConfigFile::parse(NAME, text.to_owned(), "/deploy".into()) {
        Ok(file) => file,
        Err(unfit) => {
            let mut sources = Sources::default();
            let id = sources.add(NAME.to_owned(), text.to_owned());
            assert!(
                is_inside(sources.get(id), &unfit.place),
                "{} is no place in {text:?}: {}",
                unfit.place,
                unfit.reason
            );
            assert!(!unfit.reason.is_empty());
            return;
        }
    };
    let source = file.source().expect("its own text");
    for span in places(&file) {
        slice(source, span);
    }
    let mut world = world(MANIFEST);
    let selection = RuleSelection::default();
    let mut outcome = check(&world, &selection, true);
    let before = outcome.findings.len() + outcome.suppressed.len();
    let call = Application {
        selection: &selection,
        honour_ignores: true,
        whole: true,
        today: date!(2026 - 06 - 01),
    };
    file.apply(&mut outcome, Arc::make_mut(&mut world.sources), call);
    let idle = |rule: &str| rule.starts_with("ignore-");
    let kept = outcome.findings.iter().filter(|found| !idle(found.rule)).count();
    assert_eq!(kept + outcome.suppressed.len(), before, "{text:?}");
    for found in &outcome.findings {
        slice(world.sources.get(found.primary.span.source), found.primary.span);
    }
    for suppressed in &outcome.suppressed {
        assert!(!suppressed.reason.trim().is_empty(), "{text:?}");
    }
});

/// Whether `name:line:column` is a character of a text, or the end of a line.
fn is_inside(source: &Source, place: &str) -> bool {
    let numbers = place.strip_prefix(NAME).and_then(|rest| rest.strip_prefix(':'));
    let Some((line, column)) = numbers.and_then(|rest| rest.split_once(':')) else { return false };
    let (Ok(line), Ok(column)) = (line.parse::<u32>(), column.parse::<usize>()) else {
        return false;
    };
    let last = source.line(source.text.len() as u32);
    let on_line = |at: &usize| source.line(*at as u32) == line;
    let characters = source.text.char_indices().map(|(at, _)| at).filter(on_line).count();
    (1..=last).contains(&line) && (1..=characters + 1).contains(&column)
}

/// Every place to which messages refer.
fn places(file: &ConfigFile) -> Vec<Span> {
    let config = &file.config;
    let mut places = Vec::new();
    let mut levels = |levels: &Levels| {
        places.extend(levels.0.iter().flat_map(|(glob, _)| [glob.span, glob.key()]));
    };
    levels(&config.rules);
    config.overrides.iter().for_each(|over| levels(&over.value.rules));
    for over in &config.overrides {
        places.extend([over.span, over.key()]);
        places.extend(over.value.until.as_ref().map(|until| until.span));
    }
    for list in [&config.select, &config.ignore].into_iter().flatten() {
        places.extend([list.span, list.key()]);
        places.extend(list.value.iter().map(|glob| glob.span));
    }
    places.extend(config.manifests.as_ref().map(|one| one.key()));
    places.extend(config.baseline.as_ref().map(|one| one.key()));
    places.extend(config.fail_on.as_ref().map(|one| one.key()));
    places
}
