//! `--report-scope`: what is read, and which findings are reported.

use std::path::{Path, PathBuf};

use crate::lint::Scope;
use crate::source::repository_root;

use super::args::{LintArgs, ReportScope};

/// What a run reads, and what it reports on.
pub(super) struct Reach {
    /// Everything that is read.
    pub(super) paths: Vec<PathBuf>,
    /// The files in which findings are reported; `None` for all.
    pub(super) scope: Option<Scope>,
}

impl Reach {
    /// The scope given by the arguments.
    pub(super) fn of(args: &LintArgs) -> Self {
        let mut paths = args.paths();
        let stdin = args.world.stdin_name();
        let scope = match args.report_scope {
            ReportScope::Files if !paths.is_empty() => Some(Scope::files(&paths, &stdin)),
            // Even without files, a deletion may have left dangling references.
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

    /// Whether findings in a file are reported.
    pub(super) fn holds_file(&self, name: &str) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.holds_file(name))
    }
}

/// The folder whose files are read as context, relative to the working directory if possible.
fn context_root(given: Option<&Path>) -> PathBuf {
    if let Some(root) = given {
        return root.to_path_buf();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let root = repository_root(&here).unwrap_or_else(|| here.clone());
    let steps = here.strip_prefix(&root).map_or(0, |below| below.components().count());
    if steps == 0 { PathBuf::from(".") } else { PathBuf::from(vec![".."; steps].join("/")) }
}
