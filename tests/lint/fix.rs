//! Fixes, each tried on the examples of its rule in every style of manifests.

use crate::support::golden;
use crate::support::rewritten;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::examples::{examples, folder, read, read_text};
use mtlsctl::diagnostic::{Applicability, Diagnostic, Severity};
use mtlsctl::fix::{Limits, fix};
use mtlsctl::rule::{ALL, Rule};
use mtlsctl::source::Sources;
use mtlsctl::world::World;

/// A text's world and findings.
type Judged = (World, Vec<Diagnostic>);

/// Identifies a finding, except for its place.
type Key = (&'static str, String);

fn key(found: &Diagnostic) -> Key {
    let object = found.object.as_ref().map(ToString::to_string);
    (found.rule, format!("{} {}", object.unwrap_or_default(), found.field))
}

fn counts(findings: &[Diagnostic]) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    findings.iter().for_each(|found| *counts.entry(key(found)).or_default() += 1);
    counts
}

/// Applies all fixes of a rule, including unsafe ones.
fn fixed(path: &Path, rule: &str, first: &Judged) -> Option<String> {
    let limits =
        Limits { unsafe_too: true, concerns: &|found| found.rule == rule, may_change: &|_| true };
    let judge = |sources: Sources| -> Result<Judged, ()> {
        Ok(read_text(path, sources.iter().next().unwrap().text.clone()))
    };
    let fixed = fix(first, limits, judge, |(world, found)| (found, &world.sources)).unwrap();
    assert!(!fixed.unsettled, "{}: no end", path.display());
    let (world, _) = fixed.judged?;
    Some(world.sources.iter().next().unwrap().text.clone())
}

/// Fixes a text and checks what must hold for every fix; `None` if none is offered.
fn check(path: &Path, rule: &str, text: &str, what: &str) -> Result<Option<String>, String> {
    let before = read_text(path, text.to_owned());
    let offered: Vec<Key> =
        before.1.iter().filter(|f| f.rule == rule && f.fix.is_some()).map(key).collect();
    let Some(result) = fixed(path, rule, &before) else { return Ok(None) };
    let after = read_text(path, result.clone());
    let fail = |words: String| Err(format!("{} ({what}): {words}\n{result}", path.display()));
    let (old, new) = (counts(&before.1), counts(&after.1));
    for key in &offered {
        let left = new.get(key).copied().unwrap_or_default();
        if left >= old[key] {
            return fail(format!("still found: {key:?}"));
        }
    }
    // The fixed object may only have milder findings.
    let repaired = before.1.iter().filter(|f| f.rule == rule && f.fix.is_some());
    let worst = repaired.map(|found| found.severity).max();
    for found in &after.1 {
        let key = key(found);
        let known = old.get(&key).copied().unwrap_or_default();
        let milder = Some(found.severity) < worst;
        if new[&key] > known && !milder && !UNCOVERS.contains(&(rule, found.rule)) {
            return fail(format!("new: {key:?}"));
        }
    }
    match fixed(path, rule, &after) {
        None => Ok(Some(result)),
        Some(again) => fail(format!("changes again:\n{again}")),
    }
}

/// Rules whose fixes bring an object to life, and the findings in it that are no milder.
const UNCOVERS: [(&str, &str); 3] = [
    // The Secret is then found and read.
    ("secret-name-dotted", "secret-pem-invalid"),
    ("secret-namespacing-off", "secret-pem-invalid"),
    ("secret-namespacing-split", "secret-pem-invalid"),
];

/// Findings about documents that are not read completely.
const UNREAD: [&str; 6] = [
    "object-refused-by-schema",
    "object-api-version-unknown",
    "document-unreadable",
    "field-unknown",
    "annotation-unreadable",
    "context-tls-version-spelling",
];

/// Applies all fixes of all rules at once, in every release; what a release reads, it must read
/// afterwards.
#[test]
fn all_fixes_together_leave_what_every_release_reads_and_likes_no_less() {
    let mut failures = Vec::new();
    let releases = ["1.14.4", "2.5.1", "3.1.0", "3.9.1", "4.1.0"];
    let mut repaired = 0;
    for rule in ALL {
        for path in examples(rule, "bad") {
            let text = fs::read_to_string(&path).unwrap();
            let (first, rest) = match text.strip_prefix("# settings:") {
                Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
                None => ("", text.as_str()),
            };
            if first.contains("emissary=") {
                continue;
            }
            for release in releases {
                // Objects that a release does not read at all stay unread.
                if release == "1.14.4" && rest.contains("v3alpha1") {
                    continue;
                }
                let text = format!("# settings:{first} emissary={release}\n{rest}");
                let before = read_text(&path, text.clone());
                let limits =
                    Limits { unsafe_too: true, concerns: &|_| true, may_change: &|_| true };
                let judge = |sources: Sources| -> Result<Judged, ()> {
                    Ok(read_text(&path, sources.iter().next().unwrap().text.clone()))
                };
                let fixed =
                    fix(&before, limits, judge, |(world, found)| (found, &world.sources)).unwrap();
                let place = format!("{} with {release}", path.display());
                if fixed.unsettled {
                    failures.push(format!("{place}: no end"));
                }
                let Some(after) = fixed.judged else { continue };
                repaired += 1;
                let result = &after.0.sources.iter().next().unwrap().text;
                let unread = |judged: &Judged| {
                    judged.1.iter().filter(|found| UNREAD.contains(&found.rule)).count()
                };
                if unread(&after) > unread(&before) {
                    failures.push(format!("{place}: a release reads less of\n{result}"));
                }
                let errors = |judged: &Judged| {
                    let uncovered = |found: &&Diagnostic| {
                        UNCOVERS.iter().any(|(_, other)| *other == found.rule)
                    };
                    let errors = judged.1.iter().filter(|found| !uncovered(found));
                    errors.filter(|found| found.severity == Severity::Error).count()
                };
                // Errors hidden by others may appear, but never more of them.
                if errors(&after) > errors(&before) {
                    failures.push(format!("{place}: more errors in\n{result}"));
                }
            }
        }
    }
    assert!(repaired > 100, "{repaired}");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A fix that only works in one release is not offered if the release is assumed.
#[test]
fn fixes_that_depend_on_the_release_are_offered_where_it_is_known() {
    let mut failures = Vec::new();
    for rule in ALL {
        for path in examples(rule, "bad") {
            let text = fs::read_to_string(&path).unwrap();
            if text.starts_with("# settings:") {
                continue;
            }
            // Places do not move if the first line has the same length.
            let line = |words: &str| format!("# settings:{words:<20}\n{text}");
            let assumed = read_text(&path, line(""));
            if assumed.0.knows_release() {
                continue;
            }
            let offered = |judged: &Judged| -> Vec<String> {
                let fixes = judged.1.iter().filter_map(|found| {
                    let fix = found.fix.as_ref()?;
                    let edits: Vec<&str> =
                        fix.edits.iter().map(|edit| edit.replacement.as_str()).collect();
                    let place = found.primary.span.start;
                    Some(format!("{} at {place} {:?} {edits:?}", found.rule, key(found)))
                });
                fixes.collect()
            };
            let here = offered(&assumed);
            for release in ["1.14.4", "2.5.1", "3.9.1"] {
                let said = read_text(&path, line(&format!(" emissary={release}")));
                // The same finding with another fix, which depends on the release.
                let there = offered(&said);
                for fix in &here {
                    let who = |fix: &String| fix.split(") [").next().unwrap().to_owned();
                    let other = there.iter().find(|other| who(other) == who(fix));
                    if other.is_some_and(|other| other != fix) {
                        failures.push(format!(
                            "{}: {fix}, but {release}: {}",
                            path.display(),
                            other.unwrap()
                        ));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// `bad-why.yaml` becomes `fixed-why.yaml`.
fn golden_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap().to_str().unwrap();
    path.with_file_name(name.replacen("bad", "fixed", 1))
}

#[test]
fn fixes_change_the_examples_as_expected() {
    let mut failures = Vec::new();
    for rule in ALL {
        for path in examples(rule, "bad") {
            let text = fs::read_to_string(&path).unwrap();
            let golden = golden_path(&path);
            match check(&path, rule.id, &text, "as it is") {
                Ok(Some(result)) => golden::assert_golden(&golden, &result),
                Ok(None) if golden.exists() => {
                    failures.push(format!("{}: nothing fixes it", golden.display()));
                }
                Ok(None) => {}
                Err(failure) => failures.push(failure),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_table_of_fixable_rules_matches_the_examples() {
    let best = |rule: &&'static Rule| -> Option<(&'static str, Applicability)> {
        let found = examples(rule, "bad").into_iter().flat_map(|path| read(&path).1);
        let fixes = found.filter(|found| found.rule == rule.id).filter_map(|found| found.fix);
        Some((rule.id, fixes.map(|fix| fix.applicability).min()?))
    };
    let rows: Vec<String> = ALL
        .iter()
        .filter_map(best)
        .map(|(id, applicability)| format!("    (\"{id}\", Applicability::{applicability:?}),\n"))
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule/fixable.rs");
    let file = fs::read_to_string(&path).unwrap();
    let (head, rest) = file.split_once("static FIXABLE").unwrap();
    let (_, tail) = rest.split_once("\n];\n").unwrap();
    let count = rows.len();
    let rows = rows.concat();
    let table = format!("[(&str, Applicability); {count}] = [\n{rows}];\n");
    golden::assert_golden(&path, &format!("{head}static FIXABLE: {table}{tail}"));
}

/// Tries all examples with fixes in another style; returns the results.
fn in_form(what: &str, rewrite: impl Fn(&str) -> Option<String>) -> Vec<(String, Option<String>)> {
    let (mut tried, mut failures) = (Vec::new(), Vec::new());
    for rule in ALL {
        for path in examples(rule, "bad") {
            if !golden_path(&path).exists() {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let name = format!("{}/{}", rule.id, path.file_name().unwrap().to_str().unwrap());
            let result = rewrite(&text).map(|text| check(&path, rule.id, &text, what));
            match result.transpose() {
                Ok(result) => tried.push((name, result.flatten())),
                Err(failure) => failures.push(failure),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    tried
}

#[test]
fn line_endings_are_kept() {
    for (name, result) in in_form("CRLF", |text| Some(text.replace('\n', "\r\n"))) {
        let golden = golden_path(&folder(ALL[0]).parent().unwrap().join(&name));
        let expected = fs::read_to_string(golden).unwrap().replace('\n', "\r\n");
        assert_eq!(result, Some(expected), "{name}");
    }
}

#[test]
fn a_byte_order_mark_and_a_missing_last_line_break_are_kept() {
    // A first line with settings must stay the first line.
    let rewrite = |text: &str| Some(text.trim_end_matches('\n').to_owned());
    for (name, result) in in_form("no last line break", rewrite) {
        assert!(result.is_some_and(|text| !text.ends_with('\n')), "{name}");
    }
    let marked =
        in_form("BOM", |text| (!text.starts_with("# settings")).then(|| format!("\u{feff}{text}")));
    let kept = marked.iter().filter_map(|(_, text)| text.as_ref());
    assert!(kept.clone().count() > 10 && kept.clone().all(|text| text.starts_with('\u{feff}')));
}

#[test]
fn comments_and_blank_lines_are_kept() {
    for (name, result) in in_form("comments", |text| Some(rewritten::commented(text))) {
        let result = result.unwrap_or_else(|| panic!("{name}: no fix"));
        let golden = golden_path(&folder(ALL[0]).parent().unwrap().join(&name));
        let plain = rewritten::uncommented(&result);
        assert_eq!(plain, fs::read_to_string(golden).unwrap(), "{name}");
    }
}

#[test]
fn flow_style_and_json_keep_their_style() {
    for (what, pretty) in [("flow", false), ("JSON", true)] {
        let tried = in_form(what, |text| rewritten::in_flow(text, pretty));
        let done = tried.iter().filter(|(_, result)| result.is_some()).count();
        let missing: Vec<&String> = tried.iter().filter(|t| t.1.is_none()).map(|t| &t.0).collect();
        assert!(done * 10 >= tried.len() * 9, "{what}: {done} of {}: {missing:?}", tried.len());
        for (name, result) in tried {
            let Some(result) = result else { continue };
            let lines = result.lines().filter(|line| line.starts_with('{')).count();
            assert!(lines > 0 && !result.contains('\t'), "{name}:\n{result}");
        }
    }
}

#[test]
fn documents_in_annotations_are_edited_in_place() {
    for (what, quoted) in [("literal block", false), ("quoted text", true)] {
        let tried = in_form(what, |text| rewritten::in_annotation(text, quoted));
        let done = tried.iter().filter(|(_, result)| result.is_some()).count();
        assert!(done * 2 >= tried.len(), "{what}: only {done} of {}", tried.len());
    }
}

#[test]
fn values_shared_by_aliases_are_not_changed() {
    for rule in ALL {
        for path in examples(rule, "bad").into_iter().filter(|path| golden_path(path).exists()) {
            let text = fs::read_to_string(&path).unwrap();
            let text = rewritten::shared(&text);
            let (world, findings) = read_text(&path, text.clone());
            let shared = rewritten::shared_ranges(&text);
            // Comments belong to one place even if values are shared.
            let values = findings.iter().filter(|found| !found.rule.starts_with("ignore-"));
            for edit in values.filter_map(|f| f.fix.as_ref()).flat_map(|fix| &fix.edits) {
                let (start, end) = (edit.span.start as usize, edit.span.end as usize);
                let inside = shared.iter().any(|range| range.start <= start && end <= range.end);
                let shown = world.sources.text(edit.span);
                assert!(!inside, "{}: edits {shown:?}", path.display());
            }
            check(&path, rule.id, &text, "aliases").unwrap();
        }
    }
}

#[test]
fn added_ignores_cover_their_findings_and_nothing_else() {
    let (mut placed, mut unplaced) = (0, 0);
    let mut failures = Vec::new();
    for rule in ALL {
        for path in examples(rule, "bad") {
            let text = fs::read_to_string(&path).unwrap();
            let forms = [
                Some(text.clone()),
                Some(text.replace('\n', "\r\n")),
                rewritten::in_annotation(&text, false),
                rewritten::in_flow(&text, false),
            ];
            for text in forms.into_iter().flatten() {
                let (world, findings) = read_text(&path, text);
                let ignores = mtlsctl::fix::ignores(&findings, &world.sources, "known");
                let sources = ignores.applied(&world.sources);
                let revised = sources.iter().next().unwrap().text.clone();
                let (_, left) = read_text(&path, revised.clone());
                placed += ignores.placed.values().sum::<usize>();
                unplaced += ignores.unplaced;
                let left: Vec<Key> = left.iter().map(key).collect();
                if left.len() != ignores.unplaced {
                    failures.push(format!("{}: {left:?}\n{revised}", path.display()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.join("\n"));
    assert!(placed > 300 && unplaced < 60, "{placed} placed, {unplaced} not");
}

#[test]
fn references_that_need_opposite_switches_are_not_fixed_in_turns() {
    let secret = |namespace: &str, name: &str| {
        format!(
            "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n  namespace: \
             {namespace}\nstringData:\n  tls.crt: x\n"
        )
    };
    let context = |switch: bool, secret: &str, ca: &str| {
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata:\n  name: c\n  \
             namespace: a\nspec:\n  secret: {secret}\n  secret_namespacing: {switch}\n  \
             ca_secret: {ca}\n"
        )
    };
    let texts = [
        // Found by the fuzz target `fix`: the CA is in another namespace, and `istio.default` is
        // read as a name with a dot.
        context(false, "istio.default", "ca") + &secret("b", "ca"),
        // One only exists as a name with a dot, the other only in another namespace.
        context(false, "own.cert", "ca.b") + &secret("a", "own.cert") + &secret("b", "ca"),
        context(true, "own.cert", "ca.b") + &secret("a", "own.cert") + &secret("b", "ca"),
    ];
    for text in texts {
        let path = Path::new("context.yaml");
        let before = read_text(path, text.clone());
        let limits = Limits { unsafe_too: true, concerns: &|_| true, may_change: &|_| true };
        let judge = |sources: Sources| -> Result<Judged, ()> {
            Ok(read_text(path, sources.iter().next().unwrap().text.clone()))
        };
        let fixed = fix(&before, limits, judge, |(world, found)| (found, &world.sources)).unwrap();
        assert!(!fixed.unsettled, "{text}");
        let told = before.1.iter().any(|found| found.rule.starts_with("secret-"));
        assert!(told, "{text}");
    }
}
