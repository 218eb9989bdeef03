//! Paths of certificate files that cannot exist, or that depend on where Ambassador is started.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::world::{ContextId, MountFault, PathFault, World};

use crate::rule::shared::dependents;
use crate::rule::shared::file_uses;
use crate::rule::{Findings, rule};

rule! {
    id: "context-file-path-wrong",
    severity: Error,
    summary: "the path of a certificate file is relative, or not usable as written",
    rows: [44],
    finds: "A `*_file` that cannot be opened as intended: with `~`, with spaces around it, or with \
            a slash after the file name. As a warning, also one that does not start with `/`.",
    matters: "Ambassador and Envoy use the path as written. If they find no file, Ambassador drops \
              the context. A relative path is resolved in Ambassador's working directory, which \
              its image sets, not where a volume is mounted.",
    remedy: "Use an absolute path.",
}

fn check(world: &World, found: &mut Findings) {
    for one in file_uses(world) {
        let Some(MountFault::Path(fault)) = one.trail.fault() else { continue };
        let path = one.file.value.as_str();
        let (message, label, meant) = match fault {
            PathFault::Tilde => (
                format!("`{path}` is used as written: only a shell expands `~`"),
                "a folder called `~`",
                None,
            ),
            PathFault::Blank => (
                format!("there are spaces around the path `{}`", path.trim()),
                "a different path because of the spaces",
                Some(path.trim()),
            ),
            PathFault::Slash => (
                format!("there is a slash after the file `{}`", path.trim_end_matches('/')),
                "only a folder's path may end in a slash",
                Some(path.trim_end_matches('/')),
            ),
        };
        let finding = found.at(one.file, message).label(label);
        let finding = match meant {
            // A folder with a dot in its name may be meant.
            Some(meant) if *fault == PathFault::Slash => finding
                .help(format!("write `{meant}`, or the file in it"))
                .fix_unsafe(format!("write `{meant}`"), [Change::set(one.file.span, meant)]),
            Some(meant) => finding
                .help(format!("write `{meant}`"))
                .fix(format!("write `{meant}`"), [Change::set(one.file.span, meant)]),
            None => finding.help("use an absolute path"),
        };
        one.tell_loss(finding, world);
    }
    for (index, context) in world.contexts.iter().enumerate() {
        let id = ContextId(index);
        for (_, file) in context.settings.files() {
            let path = &file.value;
            // Impossible paths are reported above; for any other, the image decides.
            if path.starts_with(['/', '$']) || world.trail(path).fault().is_some() {
                continue;
            }
            let who = dependents(world, &[id]).map_or(String::new(), |who| format!("; {who}"));
            found
                .at(file, format!("`{path}` is relative to Ambassador's working directory"))
                .about_name(world.context_object(id))
                .label("does not start with `/`")
                .severity(Severity::Warning)
                .note(format!("if there is no `{path}` in it, Ambassador drops the context{who}"))
                .help("use an absolute path");
        }
    }
}
