//! A page for each rule, generated from `mtlsctl explain`; `UPDATE=1` rewrites them.

use std::fmt::Write;
use std::fs;

use mtlsctl::console::Links;
use mtlsctl::report::{Look, explain_rule, rule_url};
use mtlsctl::rule::{ALL, Rule};
use mtlsctl::source::line_changes;

use super::{files, sources};
use crate::support::golden::assert_golden;

/// Sections that contain YAML.
const EXAMPLES: [&str; 2] = ["Wrong", "Right"];

/// Each section of `explain`'s output: its title, and its lines without indentation.
fn sections(rule: &Rule) -> Vec<(String, Vec<String>)> {
    // No line this long is wrapped.
    let look = Look { width: 10_000, color: false, unicode: true, links: Links::Hidden };
    let text = explain_rule(rule, look);
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines().skip(3) {
        // Examples mark the lines where they differ.
        let content = ["  ", "- ", "+ "].iter().find_map(|indent| line.strip_prefix(indent));
        match (content, sections.last_mut()) {
            (Some(content), Some((_, lines))) => lines.push(content.to_owned()),
            (None, Some((_, lines))) if line.is_empty() => lines.push(String::new()),
            (None, _) => sections.push((line.to_owned(), Vec::new())),
            (Some(_), None) => panic!("{}: text before the first title: {line}", rule.id),
        }
    }
    sections
}

/// Text as equivalent Markdown: code stays code.
pub(super) fn escaped(text: &str) -> String {
    let outside = |part: &str| {
        let part = part.replace('&', "&amp;").replace('<', "&lt;");
        part.replace('*', "\\*").replace('[', "\\[").replace('_', "\\_")
    };
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(number, part)| match number % 2 {
        0 => outside(part),
        _ => format!("`{part}`"),
    });
    parts.collect()
}

/// Both texts as one, with changed lines marked; none where less than half of the lines stay.
fn small_change(old: &str, new: &str) -> Option<String> {
    let [old_lines, new_lines] = [old, new].map(|text| text.lines().collect::<Vec<_>>());
    let changes = line_changes(old, new);
    let changed: usize = changes.iter().map(|change| change.old.len() + change.new.len()).sum();
    if changes.is_empty() || 2 * changed >= old_lines.len() + new_lines.len() {
        return None;
    }
    let mut marked = String::new();
    let mut add = |mark: char, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(marked, "{mark}{line}");
        }
    };
    let mut at = 0;
    for change in changes {
        add(' ', &old_lines[at..change.old.start]);
        add('-', &old_lines[change.old.clone()]);
        add('+', &new_lines[change.new]);
        at = change.old.end;
    }
    add(' ', &old_lines[at..]);
    Some(marked)
}

fn page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n", rule.id);
    let _ = writeln!(page, "**{}**: {}\n", rule.severity, escaped(rule.summary));
    let mut wrong = String::new();
    for (title, lines) in sections(rule) {
        let _ = writeln!(page, "## {title}\n");
        let text = lines.join("\n");
        let text = text.trim_end();
        if !EXAMPLES.contains(&title.as_str()) {
            let _ = writeln!(page, "{}\n", escaped(text));
            continue;
        }
        let right = format!("{text}\n");
        match small_change(&wrong, &right) {
            Some(change) if title == "Right" => {
                let _ = writeln!(page, "```diff\n{change}```\n");
            }
            _ => {
                let _ = writeln!(page, "```yaml\n{text}\n```\n");
            }
        }
        wrong = right;
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

#[test]
fn every_rule_has_a_page() {
    let folder = sources().join("rules");
    for rule in ALL {
        assert_golden(&folder.join(format!("{}.md", rule.id)), &page(rule));
        assert!(rule_url(rule.id).ends_with(&format!("/rules/{}.html", rule.id)));
    }
    for path in files(&folder, "md") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let known = name == "index" || ALL.iter().any(|rule| rule.id == name);
        assert!(known, "{} is of no rule any more", path.display());
    }
}

#[test]
fn the_list_of_rules_is_complete() {
    let rows: String = ALL
        .iter()
        .map(|rule| {
            let (id, summary) = (rule.id, escaped(rule.summary));
            format!("| [`{id}`]({id}.md) | {} | {summary} |\n", rule.severity)
        })
        .collect();
    let text = format!(
        "# Rules\n\n\
         The table shows each rule's default severity. A finding is less severe if the input leaves \
         something\nopen: for example, `resolver-unknown` is a warning if the input has no resolvers, \
         and\n`value-with-dollar` is a note if something else may replace the `$` first.\n\n\
         `mtlsctl explain RULE` prints these pages; `mtlsctl explain` alone lists the rules.\n\n\
         | rule | severity | what is wrong |\n| --- | --- | --- |\n{rows}"
    );
    assert_golden(&sources().join("rules/index.md"), &text);
}

#[test]
fn the_summary_names_every_page() {
    let path = sources().join("SUMMARY.md");
    let mut text = fs::read_to_string(&path).unwrap();
    let pages = files(&sources(), "md");
    let pages: Vec<_> = pages
        .iter()
        .map(|page| page.strip_prefix(sources()).unwrap().to_str().unwrap().to_owned())
        .collect();
    // Below these entries, one for each page in a folder.
    for (entry, folder) in [
        ("- [Rules](rules/index.md)\n", "rules/"),
        ("- [Commands](reference/commands.md)\n", "reference/commands/"),
    ] {
        let below = pages.iter().filter_map(|page| Some((page, page.strip_prefix(folder)?)));
        let below = below.filter(|(_, name)| *name != "index.md").map(|(page, name)| {
            let name = name.trim_end_matches(".md");
            let name = if folder == "rules/" { name.to_owned() } else { name.replace('-', " ") };
            format!("  - [{name}]({page})\n")
        });
        let (before, after) = text.split_once(entry).unwrap();
        let after = after.split_inclusive('\n').skip_while(|line| line.starts_with("  - ["));
        text = format!("{before}{entry}{}{}", below.collect::<String>(), after.collect::<String>());
    }
    assert_golden(&path, &text);
    for page in pages {
        assert!(page == "SUMMARY.md" || text.contains(&format!("({page})")), "{page} is not in it");
    }
}
