//! Frames around source lines, drawn by miette.

use std::collections::HashMap;

use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, Severity as Level, SourceCode, SourceSpan, SpanContents, ThemeCharacters,
    ThemeStyles,
};

use crate::diagnostic::{Label, Severity};
use crate::source::Source;

use crate::report::form::{Excerpt, Look};
use crate::report::form::{one_line, wrap};

/// Lines shown above and below a location.
const CONTEXT_LINES: usize = 1;

/// Draws the lines of some locations in one source, the first of which is primary; `None` if they
/// cannot be drawn.
pub(super) fn draw(
    source: &Source,
    excerpt: &Excerpt,
    labels: &[&Label],
    severity: Severity,
    look: Look,
) -> Option<String> {
    let spans: Vec<_> = labels.iter().map(|label| label.span).collect();
    let mut frame = excerpt.frame(&spans, CONTEXT_LINES, look.width);
    let mut columns = HashMap::new();
    let mut marks = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let text = wrap(&label.text, frame.room_below(index), 0);
        let widest = text.lines().map(|line| line.chars().count()).max();
        frame.make_room(index, widest.unwrap_or_default());
        let place = frame.marks[index];
        let text = (!text.is_empty()).then_some(text);
        columns.entry(place.0).or_insert(source.position(label.span.start).column);
        marks.push(match index {
            0 => LabeledSpan::new_primary_with_span(text, place),
            _ => LabeledSpan::new_with_span(text, place),
        });
    }
    let name = one_line(&source.name);
    let window = Window { name, text: &frame.text, lines_before: frame.lines_before, columns };
    let drawing = Drawing { window, labels: marks, severity };
    let handler = GraphicalReportHandler::new_themed(theme(look))
        .with_width(look.width)
        .with_links(false)
        .with_context_lines(CONTEXT_LINES);
    let mut drawn = String::new();
    handler.render_report(&mut drawn, &drawing).ok()?;
    // The headline is written elsewhere; only the frame around the source is kept.
    let corner = if look.unicode { "╭─" } else { ",-" };
    let lines = drawn.lines().skip_while(|line| !line.contains(corner));
    Some(lines.map(|line| format!("{}\n", line.trim_end())).collect())
}

/// Only the lines around a location: using the whole file would take time proportional to findings
/// times bytes.
#[derive(Debug)]
struct Window<'d> {
    name: String,
    text: &'d str,
    lines_before: usize,
    /// The columns of the file, from 1, at which labels begin, by offset: a shown line may be cut,
    /// and miette counts bytes.
    columns: HashMap<usize, u32>,
}

impl SourceCode for Window<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, before, after)?;
        let labelled = self.columns.get(&span.offset()).filter(|_| before == 0 && after == 0);
        let column = labelled.map_or(read.column(), |column| column.saturating_sub(1) as usize);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            read.line() + self.lines_before,
            column,
            read.line_count() + self.lines_before,
        )))
    }
}

/// One snippet for miette.
#[derive(Debug)]
struct Drawing<'d> {
    window: Window<'d>,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl std::fmt::Display for Drawing<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("-")
    }
}

impl std::error::Error for Drawing<'_> {}

impl Report for Drawing<'_> {
    fn severity(&self) -> Option<Level> {
        Some(match self.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.window)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

fn theme(look: Look) -> GraphicalTheme {
    GraphicalTheme {
        characters: if look.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        },
        styles: if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    }
}
