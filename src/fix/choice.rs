//! Chooses the fixes of one round: those that cannot conflict.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, ObjectName};
use crate::document::split;
use crate::source::{Extract, Source, SourceId, Sources, Span};

/// Which fixes may be applied.
#[derive(Clone, Copy)]
pub struct Limits<'l> {
    /// Also unsafe ones.
    pub unsafe_too: bool,
    /// Which findings to fix.
    pub concerns: &'l dyn Fn(&Diagnostic) -> bool,
    /// Whether a source may be changed, by its name.
    pub may_change: &'l dyn Fn(&Source) -> bool,
}

/// The fixes of one round.
#[derive(Debug, Default)]
pub struct Choice {
    /// How many findings they fix.
    pub count: usize,
    edits: BTreeMap<SourceId, BTreeSet<Edit>>,
}

/// A document, and the object in it to fix.
type Site = (SourceId, usize, Option<ObjectName>);

impl Limits<'_> {
    /// The fix of a finding, if it may be applied.
    pub fn allowed<'f>(&self, found: &'f Diagnostic, sources: &Sources) -> Option<&'f Fix> {
        let fix = found.fix.as_ref()?;
        let mut edited = fix.edits.iter().map(|edit| sources.get(edit.span.source));
        let safe = self.unsafe_too || fix.applicability == Applicability::Safe;
        (safe && (self.concerns)(found) && edited.all(self.may_change)).then_some(fix)
    }
}

impl Choice {
    /// The first fix of each object wins, since two fixes of one object may solve the same problem;
    /// remaining findings are fixed in the next round.
    pub fn of(findings: &[Diagnostic], sources: &Sources, limits: Limits<'_>) -> Self {
        let mut choice = Self::default();
        let mut starts: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
        let mut taken: BTreeSet<Site> = BTreeSet::new();
        for found in findings {
            let Some(fix) = limits.allowed(found, sources) else { continue };
            // Two findings may have the same fix.
            if fix.edits.iter().all(|edit| choice.holds(edit)) {
                choice.count += 1;
                continue;
            }
            let mut site = |span: Span| -> Site {
                let starts = starts.entry(span.source).or_insert_with(|| {
                    split(&sources.get(span.source).text).iter().map(|slice| slice.start).collect()
                });
                let at = starts.partition_point(|&start| start <= span.start as usize);
                (span.source, at, found.object.clone())
            };
            let sites: BTreeSet<Site> = fix.edits.iter().map(|edit| site(edit.span)).collect();
            let free = sites.is_disjoint(&taken);
            if free && fix.edits.iter().all(|edit| !choice.touches(edit)) {
                taken.extend(sites);
                choice.count += 1;
                for edit in &fix.edits {
                    choice.edits.entry(edit.span.source).or_default().insert(edit.clone());
                }
            }
        }
        choice
    }

    /// Edits that do not overlap.
    pub(super) fn of_edits(edits: &[Edit]) -> Self {
        let mut choice = Self::default();
        for edit in edits {
            choice.edits.entry(edit.span.source).or_default().insert(edit.clone());
        }
        choice
    }

    fn holds(&self, edit: &Edit) -> bool {
        self.edits.get(&edit.span.source).is_some_and(|edits| edits.contains(edit))
    }

    /// Whether an edit overlaps a chosen one, or is adjacent to it.
    fn touches(&self, edit: &Edit) -> bool {
        let (id, start, end) = (edit.span.source, edit.span.start, edit.span.end);
        let Some(edits) = self.edits.get(&id) else { return false };
        // Chosen edits do not overlap, so only the last one before this position can reach it.
        let behind = Edit { span: Span::new(id, end + 1, end + 1), replacement: String::new() };
        edits.range(..behind).next_back().is_some_and(|other| start <= other.span.end)
    }

    /// All sources with the edits applied.
    pub fn applied(&self, sources: &Sources) -> Sources {
        let mut revised = sources.clone();
        for source in sources.iter().filter(|source| self.edits.contains_key(&source.id)) {
            let mut text = String::with_capacity(source.text.len());
            let mut at = 0;
            for edit in self.edits.get(&source.id).into_iter().flatten() {
                text.push_str(&source.text[at..edit.span.start as usize]);
                text.push_str(&edit.replacement);
                at = edit.span.end as usize;
            }
            text.push_str(&source.text[at..]);
            revised.replace(source.id, Extract::whole(text));
        }
        revised
    }
}
