//! The sentences in the order a connection goes.

use super::sentence::Check;
use super::{advice, client, reach, server, summary};
use crate::probe::target::Conduct;
use crate::probe::verdict::Outcome;

/// Every sentence there is to say.
pub(in crate::probe) fn checks(outcome: &Outcome, conduct: &Conduct) -> Vec<Check> {
    let mut checks: Vec<Check> = advice::missed(&outcome.target).into_iter().collect();
    checks.extend(reach::checks(outcome));
    checks.extend(server::checks(outcome));
    checks.extend(client::checks(outcome, conduct));
    checks.extend(summary::checks(outcome));
    checks.into_iter().map(|check| advice::fit(check, &outcome.target)).collect()
}
