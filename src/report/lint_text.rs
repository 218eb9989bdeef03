//! Findings for people: headline, place, snippet, the other end of the reference, what to do.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource,
    Severity as Level, SourceCode, ThemeCharacters, ThemeStyles,
};
use owo_colors::{OwoColorize, Style};

use crate::console::Links;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::SourceId;
use crate::world::World;

use super::excerpt::{Discretion, Excerpt, location, sources_of};
use super::style::{Look, severity_style};
use super::wrap::wrap;

/// All findings, one after the other; empty where there are none.
pub fn lint_text(world: &World, findings: &[Diagnostic], look: Look) -> String {
    let discretion = Discretion::of(world);
    let ids = sources_of(findings);
    let mut page = Page {
        world,
        look,
        excerpts: HashMap::new(),
        shown: HashMap::new(),
        told: HashSet::new(),
        text: String::new(),
    };
    let mut ids: Vec<SourceId> = ids.into_iter().collect();
    ids.sort();
    for id in ids {
        let source = world.sources.get(id);
        let excerpt = Excerpt::of(source, &discretion, look.width);
        page.excerpts.insert(id, NamedSource::new(&source.name, excerpt.text.clone()));
        page.shown.insert(id, excerpt);
    }
    for found in findings {
        page.finding(found);
    }
    page.text
}

/// Lines between two places that one frame still shows.
const NEARBY_LINES: u32 = 5;

/// Indentation of a headline's further lines.
const CONTINUATION: usize = 4;

struct Page<'w> {
    world: &'w World,
    look: Look,
    excerpts: HashMap<SourceId, NamedSource<String>>,
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
        let headline = wrap(&format!("{head}: {}", found.message), room, CONTINUATION);
        let message = headline.strip_prefix(&head).unwrap_or_default();
        let url = super::rule_url(found.rule);
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
        for help in &found.help {
            self.footer("help", help, self.look.style(Style::new().cyan().bold()));
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
        let (Some(source), Some(excerpt)) = (self.excerpts.get(&id), self.shown.get(&id)) else {
            return;
        };
        let labels: Vec<LabeledSpan> = labels
            .iter()
            .enumerate()
            .map(|(index, label)| {
                let text = (!label.text.is_empty()).then(|| label.text.clone());
                let (start, length) = excerpt.place(label.span);
                match index {
                    0 => LabeledSpan::new_primary_with_span(text, (start, length)),
                    _ => LabeledSpan::new_with_span(text, (start, length)),
                }
            })
            .collect();
        let drawing = Drawing { source, labels, severity };
        let handler = GraphicalReportHandler::new_themed(self.look.theme())
            .with_width(self.look.width)
            .with_links(false)
            .with_context_lines(1);
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

/// One snippet, as miette wants it.
#[derive(Debug)]
struct Drawing<'d> {
    source: &'d NamedSource<String>,
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
        Some(self.source)
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
