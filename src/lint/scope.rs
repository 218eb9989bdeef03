//! Which findings are of interest: those with a place in one of the files that were given.

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::source::{Sources, shown};

/// The files and folders that were given, as reports show them.
#[derive(Debug, Clone)]
pub struct Scope(Vec<String>);

impl Scope {
    /// The scope of some paths.
    pub fn of(paths: &[PathBuf]) -> Self {
        let name = |path: &PathBuf| match path.as_os_str() == "-" {
            true => "<stdin>".to_owned(),
            false => shown(path),
        };
        Self(paths.iter().map(name).collect())
    }

    /// Whether one of a finding's places lies in it.
    pub fn holds(&self, found: &Diagnostic, sources: &Sources) -> bool {
        let mut places = std::iter::once(&found.primary).chain(&found.related);
        places.any(|label| self.holds_file(&sources.get(label.span.source).name))
    }

    /// Whether a file, by the name that reports show, is one of them or lies in one.
    pub fn holds_file(&self, name: &str) -> bool {
        self.0.iter().any(|given| match given.trim_end_matches('/') {
            "." | "" => !name.starts_with("../") && !name.starts_with('/'),
            given => name.strip_prefix(given).is_some_and(|r| r.is_empty() || r.starts_with('/')),
        })
    }
}
