//! `lint -o junit`: one suite per file, one case per object and rule, including passed ones.

use super::cases::{Case, suites};
use super::checked::{Checked, whole_text};
use crate::report::form::Element;

/// All cases; a case fails if its findings make the run fail.
pub fn lint_junit(checked: &Checked<'_>) -> String {
    let mut tests = 0;
    let mut failures = 0;
    let mut elements = Vec::new();
    for suite in suites(checked) {
        let path = checked.path(suite.source);
        let failed = suite.cases.iter().filter(|case| fails(checked, case)).count();
        tests += suite.cases.len();
        failures += failed;
        let cases = suite.cases.iter().map(|case| element(checked, case, &path));
        elements.push(
            Element::new("testsuite")
                .with("name", &path)
                .with("tests", suite.cases.len())
                .with("failures", failed)
                .with("errors", 0)
                .with("skipped", 0)
                .children(cases),
        );
    }
    Element::new("testsuites")
        .with("name", "mtlsctl")
        .with("tests", tests)
        .with("failures", failures)
        .with("errors", 0)
        .children(elements)
        .document()
}

fn fails(checked: &Checked<'_>, case: &Case<'_>) -> bool {
    case.findings.iter().any(|found| checked.fails(found))
}

fn element(checked: &Checked<'_>, case: &Case<'_>, path: &str) -> Element {
    let element = Element::new("testcase").with("name", &case.name).with("classname", path);
    let texts: Vec<String> = case
        .findings
        .iter()
        .map(|found| {
            let region = checked.region(found.primary.span);
            let place = format!("{path}:{}:{}", region.line, region.column);
            format!("{place}: {}[{}] {}", found.severity, found.rule, whole_text(found))
        })
        .collect();
    let text = texts.join("\n");
    match case.findings.first() {
        None => element,
        Some(first) if fails(checked, case) => element.children([Element::new("failure")
            .with("message", crate::report::form::one_line(&first.headline()))
            .with("type", first.severity)
            .text(&text)]),
        Some(_) => element.children([Element::new("system-out").text(&text)]),
    }
}
