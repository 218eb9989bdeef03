//! `lint --diff`: what fixes would change, as a unified diff that `patch` and `git apply` accept.

use std::borrow::Cow;
use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::source::{LineChange, Source, Sources, line_changes};
use crate::world::World;

use crate::report::form::Look;
use crate::report::form::one_line;
use crate::report::form::{Discretion, Excerpt};

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// What would change.
#[derive(Debug, Default)]
pub struct Differences {
    /// The diff; empty if nothing would change.
    pub text: String,
    /// Files with a change that cannot be shown, since the same line has Secret data.
    pub unshown: Vec<String>,
}

/// The differences between the sources of a world and the fixed sources.
///
/// Unchanged lines with Secret data are left out of the context, which may be shorter than usual;
/// the diff still applies.
pub fn lint_diff(world: &World, fixed: &Sources, look: Look) -> Differences {
    let discretion = Discretion::of(world);
    let mut differences = Differences::default();
    for (old, new) in world.sources.iter().zip(fixed.iter()) {
        if old.text == new.text {
            continue;
        }
        let excerpt = Excerpt::of(old, &discretion);
        let file = FileDiff { old: lines(&old.text), new: lines(&new.text), excerpt, look };
        match file.hunks(line_changes(&old.text, &new.text)) {
            Some(hunks) => {
                differences.text.push_str(&file.heading(old));
                differences.text.push_str(&hunks);
            }
            None => differences.unshown.push(old.name.clone()),
        }
    }
    differences
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

struct FileDiff<'t> {
    old: Vec<&'t str>,
    new: Vec<&'t str>,
    excerpt: Excerpt,
    look: Look,
}

/// Neighbouring changes with their context: ranges of lines of the old and the new text.
struct Hunk {
    changes: Vec<LineChange>,
    before: usize,
    after: usize,
}

impl FileDiff<'_> {
    fn heading(&self, source: &Source) -> String {
        let bold = self.look.style(Style::new().bold());
        let name = one_line(&source.name);
        let minus = format!("--- {name}");
        let plus = format!("+++ {name}");
        format!("{}\n{}\n", minus.style(bold), plus.style(bold))
    }

    /// `None` if a changed line must not be shown.
    fn hunks(&self, changes: Vec<LineChange>) -> Option<String> {
        let mut hunks: Vec<Hunk> = Vec::new();
        for change in changes {
            let old = &change.old;
            if old.clone().any(|line| self.excerpt.hides(line)) {
                return None;
            }
            let before = (0..old.start).rev().take(CONTEXT);
            let before = before.take_while(|&line| !self.excerpt.hides(line)).count();
            let after = (old.end..self.old.len()).take(CONTEXT);
            let after = after.take_while(|&line| !self.excerpt.hides(line)).count();
            let last = hunks.last_mut();
            let joined = last.filter(|hunk| {
                let end = hunk.changes.last().map_or(0, |last| last.old.end);
                end + hunk.after >= old.start - before
                    && !(end..old.start).any(|line| self.excerpt.hides(line))
            });
            match joined {
                Some(hunk) => {
                    hunk.changes.push(change);
                    hunk.after = after;
                }
                None => hunks.push(Hunk { changes: vec![change], before, after }),
            }
        }
        Some(hunks.iter().map(|hunk| self.hunk(hunk)).collect())
    }

    fn hunk(&self, hunk: &Hunk) -> String {
        let (Some(first), Some(last)) = (hunk.changes.first(), hunk.changes.last()) else {
            return String::new();
        };
        let old = first.old.start - hunk.before..last.old.end + hunk.after;
        let new = first.new.start - hunk.before..last.new.end + hunk.after;
        let head = format!("@@ -{} +{} @@", range(&old), range(&new));
        let mut text = format!("{}\n", head.style(self.look.style(Style::new().cyan())));
        let mut at = old.start;
        for change in &hunk.changes {
            self.lines(&mut text, ' ', &self.old[at..change.old.start]);
            self.lines(&mut text, '-', &self.old[change.old.clone()]);
            self.lines(&mut text, '+', &self.new[change.new.clone()]);
            at = change.old.end;
        }
        self.lines(&mut text, ' ', &self.old[at..old.end]);
        text
    }

    fn lines(&self, text: &mut String, mark: char, lines: &[&str]) {
        let style = self.look.style(match mark {
            '-' => Style::new().red(),
            '+' => Style::new().green(),
            _ => Style::new(),
        });
        for line in lines {
            let body = line.strip_suffix('\n').unwrap_or(line);
            let body = if self.look.color { shown(body) } else { Cow::Borrowed(body) };
            let _ = writeln!(text, "{}", format_args!("{mark}{body}").style(style));
            if !line.ends_with('\n') {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
}

/// A line without terminal control characters; a diff in a file must be exact, one on a screen need
/// not be.
fn shown(line: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\t' | '\r');
    if line.contains(commands) {
        Cow::Owned(line.replace(commands, "\u{fffd}"))
    } else {
        line.into()
    }
}

/// `start,count` from 1, as in `diff -u`; an empty range refers to the line before it.
fn range(lines: &std::ops::Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}
