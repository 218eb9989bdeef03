//! Limits findings to those with a location in the given files; for changes, also dangling
//! references.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, shown};

/// Rules about dangling references. The cause may be a deletion, which has no location in any file.
const DANGLING: [&str; 4] =
    ["mapping-context-undefined", "host-context-undefined", "secret-missing", "resolver-unknown"];

/// The files and folders that were given, as reports show them.
#[derive(Debug, Clone)]
pub struct Scope {
    files: Vec<String>,
    dangling: bool,
}

impl Scope {
    /// Only findings with a location in these files; `stdin` is the name of standard input.
    pub fn files(paths: &[PathBuf], stdin: &str) -> Self {
        let name = |path: &PathBuf| match path.as_os_str() == "-" {
            true => stdin.to_owned(),
            false => shown(path),
        };
        Self { files: paths.iter().map(name).collect(), dangling: false }
    }

    /// Everything that a change of these files may have caused, including by deletions.
    pub fn changes(paths: &[PathBuf], stdin: &str) -> Self {
        Self { dangling: true, ..Self::files(paths, stdin) }
    }

    /// Whether one of a finding's locations is in it, or a deletion may have caused it.
    pub fn holds(&self, found: &Diagnostic, sources: &Sources) -> bool {
        if self.dangling && found.severity == Severity::Error && DANGLING.contains(&found.rule) {
            return true;
        }
        let mut places = std::iter::once(&found.primary).chain(&found.related);
        places.any(|label| self.holds_file(&sources.get(label.span.source).name))
    }

    /// Whether a file, by the name in reports, is one of them or in one of them.
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
