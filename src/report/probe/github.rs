//! Findings of a probe as annotations in GitHub's job log.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// GitHub shows ten errors and ten warnings per step; the worst come first.
const SHOWN: usize = 10;

/// One annotation per finding, and how many are left out.
pub fn github(sources: &Sources, findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    let mut left = 0;
    for (severity, command) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let these: Vec<_> = findings.iter().filter(|found| found.severity == severity).collect();
        left += these.len().saturating_sub(SHOWN);
        for found in these.into_iter().take(SHOWN) {
            let source = sources.get(found.primary.span.source);
            let start = source.position(found.primary.span.start);
            let end = source.position(found.primary.span.end);
            let object = found.object.as_ref().map(ToString::to_string).unwrap_or_default();
            let mut message = format!("{object}: {}", found.message);
            for line in found.notes.iter().chain(&found.help) {
                message.push('\n');
                message.push_str(line);
            }
            let _ = writeln!(
                text,
                "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                property(&source.name),
                start.line,
                end.line,
                start.column,
                end.column,
                property(&format!("probe {}", found.rule)),
                data(&message),
            );
        }
    }
    if left > 0 {
        let _ = writeln!(text, "::notice title=probe::{left} more findings are not shown");
    }
    text
}

/// Escapes a message, which must not contain line breaks.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which must not end early either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_annotation_early() {
        assert_eq!(data("50%\na::b"), "50%25%0Aa::b");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
