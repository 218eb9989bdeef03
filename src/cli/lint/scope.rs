//! `--report-scope`: what is read, and which findings of it count.

use std::path::{Path, PathBuf};

use crate::lint::Scope;
use crate::source::repository_root;

use super::args::{LintArgs, ReportScope};

/// What a call reads, and what it reports on.
pub(super) struct Reach {
    /// Everything that is read.
    pub(super) paths: Vec<PathBuf>,
    /// What findings must have a place in; `None` for anywhere.
    pub(super) scope: Option<Scope>,
}

impl Reach {
    /// The reach of a call's arguments.
    pub(super) fn of(args: &LintArgs) -> Self {
        let mut paths = args.paths();
        let stdin = args.world.stdin_name();
        let scope = match args.report_scope {
            ReportScope::Files if !paths.is_empty() => Some(Scope::files(&paths, &stdin)),
            // Without files there are still the references that a deletion broke.
            ReportScope::Changes => Some(Scope::changes(&paths, &stdin)),
            ReportScope::All | ReportScope::Files => None,
        };
        if scope.is_some() {
            match (&args.root, args.world.manifests.as_slice()) {
                (None, [_, ..]) => paths.extend_from_slice(&args.world.manifests),
                (root, _) => paths.push(context_root(root.as_deref())),
            }
        }
        Self { paths, scope }
    }

    /// Whether a file is one of those reported on.
    pub(super) fn holds_file(&self, name: &str) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.holds_file(name))
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
