//! Possible causes if the input has no Ambassador objects.

use crate::cli::shared::WorldArgs;
use crate::console::Console;
use crate::document::{ProblemKind, Tree, split};
use crate::failure::Failure;
use crate::source::Sources;
use crate::world::World;

use super::args::LintArgs;

/// Suggests what was probably meant, if that can be determined.
///
/// # Errors
/// A closed standard error.
pub(super) fn explain_nothing(
    args: &LintArgs,
    world: &World,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    // Documents without an Ambassador kind are not parsed, so their errors are not reported.
    let broken = match args.world.check_yaml {
        true => 0,
        false => broken_documents(&WorldArgs::whole_sources(world)),
    };
    match broken {
        0 => {}
        1 => writeln!(console.err, "  help: 1 document is not YAML; --check-yaml shows where")?,
        more => {
            writeln!(
                console.err,
                "  help: {more} documents are not YAML; --check-yaml shows where"
            )?;
        }
    }
    if args.paths().is_empty() && is_input_piped() {
        writeln!(console.err, "  help: to read standard input, pass `-`: mtlsctl lint -")?;
    }
    Ok(())
}

fn broken_documents(sources: &Sources) -> usize {
    let broken =
        |problem| matches!(problem, ProblemKind::Syntax { .. } | ProblemKind::TooDeep { .. });
    let documents = sources.iter().flat_map(|source| {
        split(&source.text).into_iter().map(move |slice| {
            Tree::parse(source.id, slice.start as u32, &source.text[slice.start..slice.end]).err()
        })
    });
    documents.flatten().filter(|problem| broken(problem.kind.clone())).count()
}

/// Whether something is piped in, without waiting for data.
#[cfg(unix)]
fn is_input_piped() -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata("/dev/stdin").is_ok_and(|input| input.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_input_piped() -> bool {
    false
}
