//! A finding, independent of how it is displayed.

use std::fmt;

use crate::source::Sources;

use super::{Cause, Fix, Label, Severity};

/// The name of a Kubernetes object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// `Mapping`, `TLSContext`, …
    pub kind: String,
    /// Its namespace; the default one if the manifest names none.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for ObjectName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

/// A finding; its first label is the primary place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id, which is also its file name, folder and anchor.
    pub rule: &'static str,
    /// The severity.
    pub severity: Severity,
    /// A lower-case sentence without a full stop, understandable on its own.
    pub message: String,
    /// The object it is about, if any.
    pub object: Option<ObjectName>,
    /// The path of the field it is about (`spec.tls`); empty if it is not about a single field.
    pub field: String,
    /// The primary place.
    pub primary: Label,
    /// Other places: the other end of a reference, an overriding field, …
    pub related: Vec<Label>,
    /// What Ambassador or Envoy does about it, as sentences.
    pub notes: Vec<String>,
    /// What to do, as short imperative sentences.
    pub help: Vec<String>,
    /// The fix, if there is only one right answer.
    pub fix: Option<Fix>,
    /// The cause it shares with other findings, if one cause may have many.
    pub cause: Option<Cause>,
}

impl Diagnostic {
    /// The first line of a finding: the object it is about (`Mapping shop/cart`), then the message.
    /// For the output of `kubectl get`, a line number means nothing, but the object does.
    pub fn headline(&self) -> String {
        let Some(object) = self.object.as_ref().filter(|object| !object.name.is_empty()) else {
            return self.message.clone();
        };
        // Many messages start with the object in a shorter form.
        let short = format!("{} `{}`", object.kind, object.name);
        let bare = self.message.strip_prefix("the ").unwrap_or(&self.message);
        match bare.strip_prefix(&short) {
            Some(rest) if rest.starts_with([' ', ',']) => format!("{object}{rest}"),
            _ => {
                let full = format!(" of {} `{}/{}`", object.kind, object.namespace, object.name);
                let rest = self.message.replacen(&format!(" of {short}"), "", 1);
                format!("{object}: {}", rest.replacen(&full, "", 1))
            }
        }
    }

    /// The order in reports: by source, byte and rule, so that it is deterministic.
    pub fn order(&self, sources: &Sources) -> ((u32, u32, u32), &'static str, &str) {
        (sources.order(self.primary.span), self.rule, &self.message)
    }
}
