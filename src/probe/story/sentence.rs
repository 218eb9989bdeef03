//! A check of the story.

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Result {
    /// As it should be.
    Ok,
    /// Works, but may not tomorrow or elsewhere.
    Warning,
    /// Not known.
    Unknown,
    /// Does not work.
    Error,
}

/// A check of the story, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A stable name for machines.
    pub name: &'static str,
    /// Its result.
    pub result: Result,
    /// The sentence.
    pub detail: String,
    /// The evidence: names, log lines, causes.
    pub evidence: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Check {
    pub(crate) fn new(name: &'static str, result: Result, detail: impl Into<String>) -> Self {
        Self { name, result, detail: detail.into(), evidence: Vec::new(), hint: None }
    }

    pub(crate) fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Result::Ok, detail)
    }

    pub(crate) fn warning(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Result::Warning, detail)
    }

    pub(crate) fn error(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Result::Error, detail)
    }

    pub(crate) fn unknown(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Result::Unknown, detail)
    }

    pub(crate) fn because(mut self, evidence: impl Into<String>) -> Self {
        self.evidence.push(evidence.into());
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
