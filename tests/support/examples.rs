//! The examples of rules, read with the settings in their first line.

#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use mtlsctl::diagnostic::Diagnostic;
use mtlsctl::lint::{Preset, RuleSelection, check};
use mtlsctl::resource::relevance;
use mtlsctl::rule::Rule;
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, Settings, World};

pub(crate) fn folder(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rule").join(rule.id)
}

/// The examples of a rule whose names start with a prefix, in order.
pub(crate) fn examples(rule: &Rule, word: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(rule)).unwrap_or_else(|_| panic!("{}: no folder", rule.id));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(word) && name.ends_with(".yaml")
        })
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{}: no {word}*.yaml", rule.id);
    paths
}

/// Reads an example; its first line may have settings: `# settings: emissary=3.9 envoy=1.38 id=x`.
pub(crate) fn read(path: &Path) -> (World, Vec<Diagnostic>) {
    let text = fs::read_to_string(path).unwrap();
    read_text(path, text)
}

/// Reads a text like an example.
pub(crate) fn read_text(path: &Path, text: String) -> (World, Vec<Diagnostic>) {
    let mut selection = RuleSelection::default();
    let mut settings = Settings { horizon: Horizon::of_files(), ..Settings::default() };
    let first = text.lines().next().unwrap_or_default();
    for word in first.strip_prefix("# settings:").unwrap_or_default().split_whitespace() {
        match word.split_once('=') {
            Some(("emissary", value)) => {
                settings.profile = value.parse().unwrap();
                settings.profile_is_given = true;
            }
            Some(("preset", "strict")) => {
                selection = RuleSelection::with(Preset::Strict, &[], &[]).unwrap();
            }
            Some(("envoy", value)) => settings.envoy = Some(value.parse().unwrap()),
            Some(("id", value)) => settings.ambassador_id = Some(value.to_owned()),
            Some(("namespace", value)) => settings.ambassador_namespace = Some(value.to_owned()),
            Some(("external", value)) => settings.externals.push(value.parse().unwrap()),
            Some(("rootfs", value)) => {
                settings.files = mtlsctl::world::FilePolicy::Check(value.into());
            }
            Some(("at", value)) => {
                let format = time::macros::format_description!("[year]-[month]-[day]");
                let date = time::Date::parse(value, format).unwrap();
                settings.now = Some(date.midnight().assume_utc());
            }
            _ => panic!("{}: unknown setting {word}", path.display()),
        }
    }
    let mut sources = Sources::default();
    sources.add(path.file_name().unwrap().to_str().unwrap().to_owned(), text);
    let world = World::read(sources, settings, &relevance());
    let findings = check(&world, &selection, true).findings;
    (world, findings)
}
