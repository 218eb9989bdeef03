//! One finding, before anybody decides how to show it.

use std::fmt;

use crate::source::Sources;

use super::{Cause, Fix, Label, Severity};

/// Which Kubernetes object something is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// `Mapping`, `TLSContext`, …
    pub kind: String,
    /// The namespace it lives in; the default one where the manifest names none.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for ObjectName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

/// One finding; its first label is the primary place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id, which is also its file, folder and anchor.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One lower-case sentence without a full stop that stands alone.
    pub message: String,
    /// The object it is about, where there is one.
    pub object: Option<ObjectName>,
    /// The path of the field it is about (`spec.tls`); empty where it is about no single one.
    pub field: String,
    /// The primary place.
    pub primary: Label,
    /// Other places: the other end of a reference, what overrides it, …
    pub related: Vec<Label>,
    /// What Ambassador or Envoy does about it, as sentences.
    pub notes: Vec<String>,
    /// What to do, as short imperative sentences.
    pub help: Vec<String>,
    /// What would fix it, where one answer is right.
    pub fix: Option<Fix>,
    /// What it shares with other findings, where one cause may have many.
    pub cause: Option<Cause>,
}

impl Diagnostic {
    /// The first line of a finding: the object it is about (`Mapping shop/cart`), then what is wrong
    /// with it. A line number means nothing for what `kubectl get` printed; the object does.
    pub fn headline(&self) -> String {
        let Some(object) = self.object.as_ref().filter(|object| !object.name.is_empty()) else {
            return self.message.clone();
        };
        // Many sentences begin with it, in fewer words.
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

    /// Order of reports: by source, byte and rule, never by chance.
    pub fn order(&self, sources: &Sources) -> ((u32, u32, u32), &'static str, &str) {
        (sources.order(self.primary.span), self.rule, &self.message)
    }
}
