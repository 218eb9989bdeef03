//! Which findings are of interest: those with a place in one of the files that were given, and for
//! changes also references that lead to nothing.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, shown};

/// Rules about a name that leads to nothing. Whatever broke it may be a deletion, and what is deleted
/// has no place in any file.
const DANGLING: [&str; 4] =
    ["mapping-context-undefined", "host-context-undefined", "secret-missing", "resolver-unknown"];

/// The files and folders that were given, as reports show them.
#[derive(Debug, Clone)]
pub struct Scope {
    files: Vec<String>,
    dangling: bool,
}

impl Scope {
    /// Only what has a place in these; `stdin` is what standard input is called.
    pub fn files(paths: &[PathBuf], stdin: &str) -> Self {
        let name = |path: &PathBuf| match path.as_os_str() == "-" {
            true => stdin.to_owned(),
            false => shown(path),
        };
        Self { files: paths.iter().map(name).collect(), dangling: false }
    }

    /// What a change of these may have done, be it by deleting something.
    pub fn changes(paths: &[PathBuf], stdin: &str) -> Self {
        Self { dangling: true, ..Self::files(paths, stdin) }
    }

    /// Whether one of a finding's places lies in it, or a deletion may be behind it.
    pub fn holds(&self, found: &Diagnostic, sources: &Sources) -> bool {
        if self.dangling && found.severity == Severity::Error && DANGLING.contains(&found.rule) {
            return true;
        }
        let mut places = std::iter::once(&found.primary).chain(&found.related);
        places.any(|label| self.holds_file(&sources.get(label.span.source).name))
    }

    /// Whether a file, by the name that reports show, is one of them or lies in one.
    pub fn holds_file(&self, name: &str) -> bool {
        self.files.iter().any(|given| match given.trim_end_matches('/') {
            "." | "" => !name.starts_with("../") && !name.starts_with('/'),
            given => name.strip_prefix(given).is_some_and(|r| r.is_empty() || r.starts_with('/')),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::ALL;

    #[test]
    fn rules_about_deleted_things_exist() {
        for id in DANGLING {
            assert!(ALL.iter().any(|rule| rule.id == id), "{id}");
        }
    }
}
