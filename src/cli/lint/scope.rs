//! `--report-scope=files`: what is read, and which findings of it count.

use std::path::{Path, PathBuf};

use crate::lint::{Outcome, Scope};
use crate::source::{Sources, repository_root};

use super::args::{LintArgs, ReportScope};

/// What a call reads, and what it reports on.
pub(super) struct Reach {
    /// Everything that is read.
    pub(super) paths: Vec<PathBuf>,
    /// What findings must have a place in; `None` for anywhere.
    scope: Option<Scope>,
}

impl Reach {
    /// The reach of a call's arguments.
    pub(super) fn of(args: &LintArgs) -> Self {
        let mut paths = args.paths();
        let scoped = args.report_scope == ReportScope::Files && !paths.is_empty();
        let scope = scoped.then(|| Scope::of(&paths));
        if scoped {
            paths.push(context_root(args.root.as_deref()));
        }
        Self { paths, scope }
    }

    /// Whether a file is one of those reported on.
    pub(super) fn holds_file(&self, name: &str) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.holds_file(name))
    }

    /// Drops what lies elsewhere.
    pub(super) fn narrow(&self, outcome: &mut Outcome, sources: &Sources) {
        if let Some(scope) = &self.scope {
            outcome.findings.retain(|found| scope.holds(found, sources));
            outcome.suppressed.retain(|one| scope.holds(&one.finding, sources));
        }
    }
}

/// The folder that gives the files of a call their context, relative to the working directory
/// where it can be.
fn context_root(given: Option<&Path>) -> PathBuf {
    if let Some(root) = given {
        return root.to_path_buf();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let root = repository_root(&here).unwrap_or_else(|| here.clone());
    let steps = here.strip_prefix(&root).map_or(0, |below| below.components().count());
    if steps == 0 { PathBuf::from(".") } else { PathBuf::from(vec![".."; steps].join("/")) }
}
