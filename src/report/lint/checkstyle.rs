//! `lint -o checkstyle`: the XML of Checkstyle, which many CI systems read.

use crate::diagnostic::Severity;

use super::checked::{Checked, whole_text};
use crate::report::form::Element;

/// All findings, by file.
pub fn lint_checkstyle(checked: &Checked<'_>) -> String {
    let files = checked.world.sources.iter().filter_map(|source| {
        let here = checked.findings().iter().filter(|f| f.primary.span.source == source.id);
        let errors: Vec<Element> = here
            .map(|found| {
                let region = checked.region(found.primary.span);
                Element::new("error")
                    .with("line", region.line)
                    .with("column", region.column)
                    .with(
                        "severity",
                        match found.severity {
                            Severity::Error => "error",
                            Severity::Warning => "warning",
                            Severity::Note => "info",
                        },
                    )
                    .with("message", whole_text(found))
                    .with("source", format!("mtlsctl.{}", found.rule))
            })
            .collect();
        let file = Element::new("file").with("name", checked.path(source));
        (!errors.is_empty()).then(|| file.children(errors))
    });
    Element::new("checkstyle").with("version", "4.3").children(files).document()
}
