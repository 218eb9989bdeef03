//! What a check writes into: bound to its rule, and impossible to fill without a place.

use crate::diagnostic::{Diagnostic, Label, ObjectName, Severity};
use crate::document::Located;
use crate::resource::Object;
use crate::source::Span;

use super::rule::Rule;

/// The findings of one rule.
#[derive(Debug)]
pub struct Findings<'r> {
    rule: &'r Rule,
    list: Vec<Diagnostic>,
}

/// A finding that is being written; all parts but place and message are optional.
#[derive(Debug)]
pub struct Finding<'f>(&'f mut Diagnostic);

/// Anything that has a place.
pub trait Place {
    /// Where it stands.
    fn span(&self) -> Span;

    /// The path of the field that it is; empty where it is no field.
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

impl<'r> Findings<'r> {
    pub(super) fn of(rule: &'r Rule) -> Self {
        Self { rule, list: Vec::new() }
    }

    /// All of them.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    /// Finds something at a place; the message is one lower-case sentence that stands alone.
    pub fn at(&mut self, place: impl Place, message: impl Into<String>) -> Finding<'_> {
        let index = self.list.len();
        self.list.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            message: message.into(),
            object: None,
            field: place.field().to_owned(),
            primary: Label { span: place.span(), text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        });
        Finding(&mut self.list[index])
    }
}

impl Finding<'_> {
    /// The object that the finding is about.
    pub fn about(self, object: &Object) -> Self {
        self.0.object = Some(object.identity());
        self
    }

    /// The object that the finding is about, by its name.
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

    /// What the primary place is, in a few words.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.0.primary.text = text.into();
        self
    }

    /// Another place: the other end of the reference, what overrides it, …
    pub fn also(self, place: impl Place, text: impl Into<String>) -> Self {
        self.0.related.push(Label { span: place.span(), text: text.into() });
        self
    }

    /// Another place, if there is one.
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

    /// Another severity than the rule's own, where the facts call for it.
    pub fn severity(self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }
}
