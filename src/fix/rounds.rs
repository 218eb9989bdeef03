//! Applies fixes in rounds until nothing is left to fix.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

use super::choice::{Choice, Limits};

/// The maximum number of rounds; each object needs one per fix.
pub const MAX_ROUNDS: usize = 100;

/// The result.
#[derive(Debug)]
pub struct Fixed<J> {
    /// The last check with its sources; `None` if nothing was fixed.
    pub judged: Option<J>,
    /// How many findings were fixed.
    pub count: usize,
    /// Whether it ended because of [`MAX_ROUNDS`].
    pub unsettled: bool,
}

/// Alternates between applying fixes and checking the result; `judge` reads sources into a world
/// and runs the rules, `parts` returns the findings and sources of a check.
///
/// # Errors
/// Those of `judge`.
pub fn fix<J, E>(
    first: &J,
    limits: Limits<'_>,
    mut judge: impl FnMut(Sources) -> Result<J, E>,
    parts: impl Fn(&J) -> (&[Diagnostic], &Sources),
) -> Result<Fixed<J>, E> {
    let mut fixed = Fixed { judged: None, count: 0, unsettled: false };
    for round in 0.. {
        let (findings, sources) = parts(fixed.judged.as_ref().unwrap_or(first));
        let choice = Choice::of(findings, sources, limits);
        if choice.count == 0 {
            break;
        }
        if round == MAX_ROUNDS {
            fixed.unsettled = true;
            break;
        }
        fixed.count += choice.count;
        let revised = choice.applied(sources);
        fixed.judged = Some(judge(revised)?);
    }
    Ok(fixed)
}
