//! Findings for people: headline, location, snippet, the other end of the reference, what to do.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::console::Links;
use crate::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::source::SourceId;
use crate::world::World;

use crate::report::form::{Discretion, Excerpt, location, sources_of};
use crate::report::form::{Look, severity_style};
use crate::report::form::{one_line, wrap};

use super::arranged::{Arrangement, Item, Told, arrange, more};
use super::drawing::draw;

/// All findings in file order; empty if there are none.
pub fn lint_text(world: &World, findings: &[Diagnostic], look: Look) -> String {
    lint_text_arranged(world, findings, Arrangement::default(), look)
}

/// All findings, grouped by cause; empty if there are none.
pub fn lint_text_arranged(
    world: &World,
    findings: &[Diagnostic],
    arrangement: Arrangement,
    look: Look,
) -> String {
    let discretion = Discretion::of(world);
    let ids = sources_of(findings).into_iter();
    let excerpt = |id| Excerpt::of(world.sources.get(id), &discretion);
    let shown = ids.map(|id| (id, excerpt(id))).collect();
    let mut page = Page { world, look, shown, told: HashSet::new(), text: String::new() };
    let items = arrange(&world.sources, findings, arrangement);
    for item in &items {
        match item {
            Item::Heading(title) => page.heading(title),
            Item::Told(told) => page.told(told),
            Item::More(rule, count) => _ = writeln!(page.text, "{}\n", more(rule, *count)),
        }
    }
    let worst = findings.iter().rev().max_by_key(|found| found.severity);
    if let Some(worst) = worst.filter(|_| arrangement.tells_more && look.links == Links::Hidden) {
        let _ = writeln!(page.text, "more: mtlsctl explain {}\n", worst.rule);
    }
    page.text
}

/// The maximum distance of two locations in one frame, in lines.
const NEARBY_LINES: u32 = 5;

/// Indentation of a headline's continuation lines.
const CONTINUATION: usize = 4;

/// Up to this many findings with one cause, each location is drawn; beyond that, only the first.
const DRAWN: usize = 3;

/// How many of the others are listed.
const NAMED: usize = 4;

struct Page<'w> {
    world: &'w World,
    look: Look,
    shown: HashMap<SourceId, Excerpt>,
    /// Rules whose page was already mentioned.
    told: HashSet<&'static str>,
    text: String,
}

impl Page<'_> {
    fn heading(&mut self, title: &str) {
        let bold = self.look.style(Style::new().bold().underline());
        let _ = writeln!(self.text, "{}\n", wrap(title, self.look.width, 0).style(bold));
    }

    fn told(&mut self, told: &Told<'_>) {
        let first = told.first();
        self.headline(first, &told.headline());
        let related = first.related.iter();
        // A location that only one of several findings has is not the cause.
        let related: Vec<&Label> =
            related.filter(|label| told.0.iter().all(|one| one.related.contains(label))).collect();
        self.places(first, &related);
        if told.0.len() <= DRAWN {
            for other in &told.0[1..] {
                self.snippet(other.primary.span.source, &[&other.primary], Severity::Note);
            }
        } else {
            // An object is listed once, even if several of its fields are affected.
            let mut seen = HashSet::from([&first.object]);
            let mut others: Vec<&Diagnostic> = told.0[1..].to_vec();
            others.retain(|other| other.object.is_none() || seen.insert(&other.object));
            self.others(&others);
        }
        for note in &first.notes {
            if told.0.iter().all(|one| one.notes.contains(note)) {
                self.footer("note", note, self.look.style(Style::new().bold()));
            }
        }
        self.help(told);
        if self.look.links == Links::Printed && self.told.insert(first.rule) {
            let bold = self.look.style(Style::new().bold());
            let url = crate::report::rule_url(first.rule);
            let _ = writeln!(self.text, "  = {}: {url}", "docs".style(bold));
        }
        self.text.push('\n');
    }

    fn headline(&mut self, found: &Diagnostic, headline: &str) {
        let style = self.look.style(severity_style(found.severity).bold());
        let bold = self.look.style(Style::new().bold());
        let head = format!("{}[{}]", found.severity, found.rule);
        let room = self.look.width.saturating_sub(2);
        let headline = wrap(&format!("{head}: {headline}"), room, CONTINUATION);
        let message = headline.strip_prefix(&head).unwrap_or_default();
        let url = crate::report::rule_url(found.rule);
        let rule = self.look.link(found.rule.style(style), &url);
        let (open, close) = (format!("{}[", found.severity), "]");
        let head = format!("{}{rule}{}", open.style(style), close.style(style));
        let _ = writeln!(self.text, "{head}{}", message.style(bold));
    }

    /// Locations near the primary one share its frame; others get their own frames.
    fn places(&mut self, found: &Diagnostic, related: &[&Label]) {
        let mut near = vec![&found.primary];
        let mut far = Vec::new();
        for label in related {
            let is_near = near.iter().all(|other| self.fits_beside(label, other))
                && self.lines_between(&found.primary, label) <= Some(NEARBY_LINES);
            if is_near && label.span.source == found.primary.span.source {
                near.push(label);
            } else {
                far.push(*label);
            }
        }
        self.snippet(found.primary.span.source, &near, found.severity);
        for label in far {
            self.snippet(label.span.source, &[label], Severity::Note);
        }
    }

    fn lines_between(&self, one: &Label, other: &Label) -> Option<u32> {
        let source = self.world.sources.get(one.span.source);
        let line = |label: &Label| source.line(label.span.start);
        (one.span.source == other.span.source).then(|| line(one).abs_diff(line(other)))
    }

    /// Whether a line with both is short enough to show both.
    fn fits_beside(&self, one: &Label, other: &Label) -> bool {
        let Some(excerpt) = self.shown.get(&one.span.source) else { return true };
        if one.span.source == other.span.source && !excerpt.is_run(one.span, other.span) {
            return false;
        }
        let room = excerpt.room(self.look.width) / 2;
        self.lines_between(one, other) != Some(0)
            || one.span.start.abs_diff(other.span.start) as usize <= room
    }

    /// The locations of findings that are not drawn.
    fn others(&mut self, others: &[&Diagnostic]) {
        let name = |found: &&Diagnostic| {
            let place = location(self.world, found.primary.span);
            match &found.object {
                Some(object) => format!("{object} ({place})"),
                None => place,
            }
        };
        let mut named: Vec<String> = others.iter().take(NAMED).map(name).collect();
        if others.len() > NAMED {
            let more = others.len() - NAMED;
            named.push(format!("and {more} more; `-o concise` lists them all"));
        }
        let bold = self.look.style(Style::new().bold());
        for (at, name) in named.iter().enumerate() {
            let (start, word) = if at == 0 { ("=", "also: ") } else { (" ", "      ") };
            let _ = writeln!(self.text, "  {start} {}{}", word.style(bold), one_line(name));
        }
    }

    fn help(&mut self, told: &Told<'_>) {
        let first = told.first();
        let cyan = self.look.style(Style::new().cyan().bold());
        if let Some(cause) = first.cause.as_ref().filter(|_| told.things().len() > 1) {
            return self.footer("help", &cause.help, cyan);
        }
        let flags = first.fix.as_ref().map(|fix| match fix.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix --unsafe-fixes",
        });
        let mut fix = first.fix.as_ref().zip(flags);
        for help in &first.help {
            // The fix is described once.
            let same = fix.take_if(|(fix, _)| fix.description == *help);
            let sentence = same.map(|(_, flags)| format!("{help} ({flags})"));
            let sentence = sentence.as_ref().unwrap_or(help);
            self.footer("help", sentence, cyan);
        }
        if let Some((fix, flags)) = fix {
            let sentence = format!("{} ({flags})", fix.description);
            self.footer("fix", &sentence, self.look.style(Style::new().green().bold()));
        }
    }

    fn footer(&mut self, word: &str, sentence: &str, style: Style) {
        let lines = wrap(sentence, self.look.width.saturating_sub(10), 10);
        let _ = writeln!(self.text, "  = {}: {lines}", word.style(style));
    }

    fn snippet(&mut self, id: SourceId, labels: &[&Label], severity: Severity) {
        let Some(excerpt) = self.shown.get(&id) else { return };
        let source = self.world.sources.get(id);
        match draw(source, excerpt, labels, severity, self.look) {
            Some(frame) => self.text.push_str(&frame),
            None => {
                let place = location(self.world, labels[0].span);
                let _ = writeln!(self.text, "  --> {place}");
            }
        }
    }
}
