//! Findings for people: headline, place, snippet, the other end of the reference, what to do.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, Severity as Level, SourceCode, SourceSpan, SpanContents, ThemeCharacters,
    ThemeStyles,
};
use owo_colors::{OwoColorize, Style};

use crate::console::Links;
use crate::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::source::SourceId;
use crate::world::World;

use crate::report::form::{Discretion, Excerpt, location, sources_of};
use crate::report::form::{Look, severity_style};
use crate::report::form::{one_line, wrap};

/// All findings, one after the other; empty where there are none.
pub fn lint_text(world: &World, findings: &[Diagnostic], look: Look) -> String {
    let discretion = Discretion::of(world);
    let ids = sources_of(findings).into_iter();
    let excerpt = |id| Excerpt::of(world.sources.get(id), &discretion, look.width);
    let shown = ids.map(|id| (id, excerpt(id))).collect();
    let mut page = Page { world, look, shown, told: HashSet::new(), text: String::new() };
    for found in findings {
        page.finding(found);
    }
    page.text
}

/// Lines between two places that one frame still shows.
const NEARBY_LINES: u32 = 5;

/// Lines shown above and below a place.
const CONTEXT_LINES: usize = 1;

/// Columns that a label takes, though they may lie beyond the terminal's edge.
const NARROWEST_LABEL: usize = 24;

/// Indentation of a headline's further lines.
const CONTINUATION: usize = 4;

struct Page<'w> {
    world: &'w World,
    look: Look,
    shown: HashMap<SourceId, Excerpt>,
    /// Rules whose page was pointed to; once is enough.
    told: HashSet<&'static str>,
    text: String,
}

impl Page<'_> {
    fn finding(&mut self, found: &Diagnostic) {
        let style = self.look.style(severity_style(found.severity).bold());
        let bold = self.look.style(Style::new().bold());
        let head = format!("{}[{}]", found.severity, found.rule);
        let room = self.look.width.saturating_sub(2);
        let headline = wrap(&format!("{head}: {}", found.headline()), room, CONTINUATION);
        let message = headline.strip_prefix(&head).unwrap_or_default();
        let url = crate::report::rule_url(found.rule);
        let rule = self.look.link(found.rule.style(style), &url);
        let (open, close) = (format!("{}[", found.severity), "]");
        let head = format!("{}{rule}{}", open.style(style), close.style(style));
        let _ = writeln!(self.text, "{head}{}", message.style(bold));
        // Places near the primary one share its frame; others follow in frames of their own.
        let source = self.world.sources.get(found.primary.span.source);
        let line = source.line(found.primary.span.start);
        let is_near = |label: &&Label| {
            label.span.source == source.id
                && source.line(label.span.start).abs_diff(line) <= NEARBY_LINES
        };
        let near: Vec<&Label> =
            std::iter::once(&found.primary).chain(found.related.iter().filter(is_near)).collect();
        self.snippet(source.id, &near, found.severity);
        for label in found.related.iter().filter(|label| !is_near(label)) {
            self.snippet(label.span.source, &[label], Severity::Note);
        }
        for note in &found.notes {
            self.footer("note", note, self.look.style(Style::new().bold()));
        }
        let flags = found.fix.as_ref().map(|fix| match fix.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix --unsafe-fixes",
        });
        let mut fix = found.fix.as_ref().zip(flags);
        for help in &found.help {
            // What the fix does is said once.
            let same = fix.take_if(|(fix, _)| fix.description == *help);
            let sentence = same.map(|(_, flags)| format!("{help} ({flags})"));
            let sentence = sentence.as_ref().unwrap_or(help);
            self.footer("help", sentence, self.look.style(Style::new().cyan().bold()));
        }
        if let Some((fix, flags)) = fix {
            let sentence = format!("{} ({flags})", fix.description);
            self.footer("fix", &sentence, self.look.style(Style::new().green().bold()));
        }
        if self.look.links == Links::Printed && self.told.insert(found.rule) {
            let bold = self.look.style(Style::new().bold());
            let _ = writeln!(self.text, "  = {}: {url}", "docs".style(bold));
        }
        self.text.push('\n');
    }

    fn footer(&mut self, word: &str, sentence: &str, style: Style) {
        let lines = wrap(sentence, self.look.width.saturating_sub(10), 10);
        let _ = writeln!(self.text, "  = {}: {lines}", word.style(style));
    }

    fn snippet(&mut self, id: SourceId, labels: &[&Label], severity: Severity) {
        let Some(excerpt) = self.shown.get(&id) else { return };
        let source = self.world.sources.get(id);
        let mut columns = HashMap::new();
        let labels: Vec<LabeledSpan> = labels
            .iter()
            .enumerate()
            .map(|(index, label)| {
                let room = excerpt.room_below(label.span).max(NARROWEST_LABEL);
                let text = wrap(&label.text, room, 0);
                let widest = text.lines().map(|line| line.chars().count()).max();
                let (start, length) = excerpt.place(label.span, widest.unwrap_or_default());
                let text = (!text.is_empty()).then_some(text);
                columns.entry(start).or_insert(source.position(label.span.start).column);
                match index {
                    0 => LabeledSpan::new_primary_with_span(text, (start, length)),
                    _ => LabeledSpan::new_with_span(text, (start, length)),
                }
            })
            .collect();
        let places = labels.iter().map(|label| (label.offset(), label.offset() + label.len()));
        let (first, last) = places
            .fold((usize::MAX, 0), |(first, last), (start, end)| (first.min(start), last.max(end)));
        let (start, lines_before, text) = excerpt.around(first, last, CONTEXT_LINES + 1);
        let name = one_line(&source.name);
        let window = Window { name, text, start, lines_before, columns };
        let drawing = Drawing { window, labels, severity };
        let handler = GraphicalReportHandler::new_themed(self.look.theme())
            .with_width(self.look.width)
            .with_links(false)
            .with_context_lines(CONTEXT_LINES);
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, &drawing).is_ok() {
            // The headline is ours; what remains is the frame around the source.
            let frame = drawn.lines().skip_while(|line| !line.contains(&self.look.corner()));
            for line in frame {
                let _ = writeln!(self.text, "{}", line.trim_end());
            }
        } else {
            let place = labels_place(self.world, id);
            let _ = writeln!(self.text, "  --> {place}");
        }
    }
}

fn labels_place(world: &World, id: SourceId) -> String {
    location(world, crate::source::Span::new(id, 0, 0))
}

/// The lines around a place: miette reads from the first byte on, which for the whole file would
/// take a time that grows with findings times bytes.
#[derive(Debug)]
struct Window<'d> {
    name: String,
    text: &'d str,
    /// Where the text begins in the file as it is shown.
    start: usize,
    lines_before: usize,
    /// The columns of the file, counted from 1, at which labels begin, by their offsets: a line that is
    /// shown may be cut, and miette counts bytes.
    columns: HashMap<usize, u32>,
}

impl SourceCode for Window<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let offset = span.offset().checked_sub(self.start).ok_or(MietteError::OutOfBounds)?;
        let read = self.text.read_span(&(offset, span.len()).into(), before, after)?;
        let found = read.span();
        let labelled = self.columns.get(&span.offset()).filter(|_| before == 0 && after == 0);
        let column = labelled.map_or(read.column(), |column| column.saturating_sub(1) as usize);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            (found.offset() + self.start, found.len()).into(),
            read.line() + self.lines_before,
            column,
            read.line_count() + self.lines_before,
        )))
    }
}

/// One snippet, as miette wants it.
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

impl Look {
    fn theme(self) -> GraphicalTheme {
        GraphicalTheme {
            characters: if self.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            styles: if self.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        }
    }

    /// What the first line of a frame holds, and no headline does.
    fn corner(self) -> String {
        if self.unicode { "╭─".to_owned() } else { ",-".to_owned() }
    }
}
