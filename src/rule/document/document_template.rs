//! A Helm or Go template that was not rendered.

use std::collections::BTreeMap;

use crate::diagnostic::counted;
use crate::document::{Problem, ProblemKind};
use crate::source::Span;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-template",
    severity: Note,
    summary: "a template was given instead of its rendered output",
    finds: "Documents with `{{ … }}` that were never rendered. It is reported once per chart.",
    matters: "A template is not a manifest: names, services and Secrets are not known yet, so \
              nothing in it is checked. Without this note an empty report would look like \
              approval.",
    remedy: "Render first, then lint: `helm template CHART -f VALUES | mtlsctl lint -`.",
}

fn check(world: &World, found: &mut Findings) {
    // One note per chart: a chart has dozens of templates, and one fix.
    let mut charts: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    let problems = world.resources.problems.iter();
    for problem in problems.filter(|problem| problem.kind == ProblemKind::Template) {
        let name = world.sources.get(problem.span.source).name.as_str();
        charts.entry(chart(name)).or_default().push(problem);
    }
    for (chart, problems) in charts {
        let Some(first) = problems.first() else { continue };
        let place = match chart {
            "" => String::new(),
            chart => format!(" of `{chart}`"),
        };
        let are = if problems.len() == 1 { "is a template" } else { "are templates" };
        let documents = counted(problems.len(), "document");
        found
            .at(
                braces(world, first.span),
                format!("{documents}{place} {are} and cannot be checked"),
            )
            .label("not rendered yet")
            .note("what a template renders to depends on its values")
            .help(match chart {
                _ if !world.sources.get(first.span.source).text.contains("{{") => {
                    "render it first, and lint the output".to_owned()
                }
                "" => "run `helm template` first and lint its output".to_owned(),
                chart => format!("run `helm template {chart} | mtlsctl lint -`"),
            });
    }
}

/// The first `{{ … }}` of a line; the parser fails only after it.
fn braces(world: &World, span: Span) -> Span {
    let source = world.sources.get(span.source);
    let line = source.line_span(source.line(span.start));
    let text = world.sources.text(line);
    let Some(start) = text.find("{{") else { return span };
    let end = text[start..].find("}}").map_or(text.len(), |end| start + end + 2);
    Span::new(span.source, line.start + start as u32, line.start + end as u32)
}

/// The folder of a file's chart: the part before `templates`, else the file's folder.
fn chart(name: &str) -> &str {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    match name.rfind("/templates/") {
        Some(at) => &name[..at],
        None if name.starts_with("templates/") => "",
        None => folder,
    }
}
