//! Collects a rule's findings; every finding needs a span.

use crate::diagnostic::{Applicability, Cause, Diagnostic, Fix, Label, ObjectName, Severity};
use crate::document::{Change, Located};
use crate::resource::Object;
use crate::source::{Sources, Span};

use super::memory::Memory;
use super::proposal::{Proposal, fixes};

/// The findings of one rule.
#[derive(Debug)]
pub struct Findings<'m> {
    rule: &'static str,
    severity: Severity,
    list: Vec<(Diagnostic, Option<Proposal>)>,
    /// What is known from the previous run, if the next run will reuse this one.
    pub(super) memory: Option<Memory<'m>>,
}

/// A finding under construction; everything except place and message is optional.
#[derive(Debug)]
pub struct Finding<'f>(&'f mut Diagnostic, &'f mut Option<Proposal>);

/// Anything with a location.
pub trait Place {
    /// Its location.
    fn span(&self) -> Span;

    /// The path of the field; empty if it is not a field.
    fn field(&self) -> &str {
        ""
    }
}

impl Place for Span {
    fn span(&self) -> Span {
        *self
    }
}

impl<T> Place for Located<T> {
    fn span(&self) -> Span {
        self.span
    }

    fn field(&self) -> &str {
        &self.path
    }
}

impl Place for Object {
    fn span(&self) -> Span {
        self.place()
    }
}

impl<P: Place> Place for &P {
    fn span(&self) -> Span {
        (*self).span()
    }

    fn field(&self) -> &str {
        (*self).field()
    }
}

impl<'m> Findings<'m> {
    pub(super) fn of(rule: &'static str, severity: Severity) -> Self {
        Self { rule, severity, list: Vec::new(), memory: None }
    }

    pub(super) fn remembering(self, memory: Memory<'m>) -> Self {
        Self { memory: Some(memory), ..self }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds findings of the previous run, with their fixes.
    pub(super) fn take_over(&mut self, found: &[Diagnostic]) {
        self.list.extend(found.iter().map(|one| (one.clone(), None)));
    }

    /// Whether any of them has a proposed fix that still has to be turned into edits.
    pub(super) fn propose_fixes(&self) -> bool {
        self.list.iter().any(|(_, proposal)| proposal.is_some())
    }

    /// All of them, if none has one.
    pub(super) fn without_fixes(self) -> Vec<Diagnostic> {
        self.list.into_iter().map(|(found, _)| found).collect()
    }

    /// All of them, with a fix wherever the proposal can be turned into byte edits.
    pub fn into_list(self, sources: &Sources) -> Vec<Diagnostic> {
        let (mut list, proposals): (Vec<Diagnostic>, Vec<Option<Proposal>>) =
            self.list.into_iter().unzip();
        for (found, fix) in list.iter_mut().zip(fixes(sources, proposals)) {
            if fix.is_some() {
                found.fix = fix;
            }
        }
        list
    }

    /// Finds something at a place; the message is one lower-case sentence that stands alone.
    pub fn at(&mut self, place: impl Place, message: impl Into<String>) -> Finding<'_> {
        let index = self.list.len();
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: self.severity,
            message: message.into(),
            object: None,
            field: place.field().to_owned(),
            primary: Label { span: place.span(), text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
            cause: None,
        };
        self.list.push((diagnostic, None));
        let (diagnostic, proposal) = &mut self.list[index];
        Finding(diagnostic, proposal)
    }
}

impl Finding<'_> {
    /// The object that the finding is about.
    pub fn about(self, object: &Object) -> Self {
        self.0.object = Some(object.identity());
        self
    }

    /// The object that the finding is about, by name.
    pub fn about_name(self, object: ObjectName) -> Self {
        self.0.object = Some(object);
        self
    }

    /// The object that the finding is about, if there is one.
    pub fn about_maybe(self, object: Option<&ObjectName>) -> Self {
        match object {
            Some(object) => self.about_name(object.clone()),
            None => self,
        }
    }

    /// Describes the primary location in a few words.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.0.primary.text = text.into();
        self
    }

    /// Another location: the other end of the reference, what overrides it, …
    pub fn also(self, place: impl Place, text: impl Into<String>) -> Self {
        self.0.related.push(Label { span: place.span(), text: text.into() });
        self
    }

    /// Another location, if there is one.
    pub fn also_maybe(self, place: Option<impl Place>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.also(place, text),
            None => self,
        }
    }

    /// What Ambassador or Envoy does about it, as a sentence.
    pub fn note(self, text: impl Into<String>) -> Self {
        self.0.notes.push(text.into());
        self
    }

    /// What to do, as a short imperative sentence.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.0.help.push(text.into());
        self
    }

    /// The cause it shares with other findings of its rule.
    pub fn because(self, cause: Cause) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// A severity other than the rule's own, where the facts require it.
    pub fn severity(self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }

    /// A safe fix: it makes Ambassador do what the author clearly meant, and nothing else changes.
    /// The description is a short imperative without a full stop.
    pub fn fix(
        self,
        description: impl Into<String>,
        changes: impl IntoIterator<Item = Change>,
    ) -> Self {
        self.propose(description.into(), Applicability::Safe, changes)
    }

    /// A likely fix that needs a review.
    pub fn fix_unsafe(
        self,
        description: impl Into<String>,
        changes: impl IntoIterator<Item = Change>,
    ) -> Self {
        self.propose(description.into(), Applicability::Unsafe, changes)
    }

    /// A safe or a likely fix, depending on what is known.
    pub fn fix_if(
        self,
        safe: bool,
        description: impl Into<String>,
        changes: impl IntoIterator<Item = Change>,
    ) -> Self {
        let applicability = if safe { Applicability::Safe } else { Applicability::Unsafe };
        self.propose(description.into(), applicability, changes)
    }

    /// A fix given as byte edits, for text that is not a value of a document.
    pub fn fix_with(self, fix: Option<Fix>) -> Self {
        self.0.fix = fix;
        self
    }

    fn propose(
        self,
        description: String,
        applicability: Applicability,
        changes: impl IntoIterator<Item = Change>,
    ) -> Self {
        let changes = changes.into_iter().collect();
        *self.1 = Some(Proposal { description, applicability, changes });
        self
    }
}
