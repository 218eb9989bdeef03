//! Renders a chart with `helm template`; its `# Source:` comments map back to the templates.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::document::split;
use crate::source::{SourceOrigin, read_file};

use super::align::lines_by_text;
use super::program::{RenderError, output};

/// The comment that Helm writes before each document.
const SOURCE: &str = "# Source: ";

/// The documents of a chart, each with the template it comes from.
///
/// # Errors
/// [`RenderError`]: Helm is missing or fails.
pub fn helm(chart: &Path, values: &[PathBuf]) -> Result<Vec<(SourceOrigin, String)>, RenderError> {
    let mut arguments = vec![OsStr::new("template"), chart.as_os_str()];
    for file in values {
        arguments.extend([OsStr::new("--values"), file.as_os_str()]);
    }
    let rendered = output("helm", arguments)?.ok_or(RenderError::Missing {
        what: "`helm` is not on the PATH",
        instead: "render it elsewhere: `helm template CHART > all.yaml`, then name that file",
    })?;
    let documents = split(&rendered).into_iter().enumerate().filter_map(|(number, slice)| {
        let body = &rendered[slice.start..slice.end];
        let named = body.lines().find_map(|line| line.strip_prefix(SOURCE))?.trim();
        // The first part is the chart's name, which may differ from its folder's.
        let inside = named.split_once('/').map_or(named, |(_, inside)| inside);
        let path = chart.join(inside);
        let text = read_file(&path).unwrap_or_default();
        let body = body.lines().filter(|line| !line.starts_with(SOURCE) && *line != "---");
        let body = body.map(|line| format!("{line}\n")).collect::<String>();
        let start = start_of(&body, &text);
        let lines = lines_by_text(&body, &text, start).into();
        Some((SourceOrigin::Rendered { path, number, lines }, body))
    });
    Ok(documents.collect())
}

/// The line (from 0) where the template's document with the same name begins, judged by lines
/// without template actions.
fn start_of(body: &str, template: &str) -> usize {
    let is_plain = |line: &&str| line.starts_with("kind:") || line.trim().starts_with("name:");
    let marks: Vec<&str> = body.lines().filter(is_plain).map(str::trim).collect();
    let mut start = 0;
    let mut best = (0, 0);
    let mut from = 0;
    for (number, line) in template.lines().chain(["---"]).enumerate() {
        if line.trim_end() != "---" {
            continue;
        }
        let document = template.lines().skip(from).take(number - from);
        let count = document.filter(|line| marks.contains(&line.trim())).count();
        if count > best.0 {
            best = (count, from);
        }
        from = number + 1;
    }
    if best.0 > 0 {
        start = best.1;
    }
    start
}
