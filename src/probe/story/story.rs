//! An outcome told: the sentences in the order a connection goes.

use std::ops::Deref;

use super::sentence::Check;
use super::{advice, client, reach, server, summary};
use crate::probe::target::{Conduct, Target};
use crate::probe::verdict::{ProbeOutcome, outcome};

/// One target's outcome with everything there is to say about it. It can be asked like the outcome.
#[derive(Debug, Clone)]
pub struct Story {
    /// What came of the probe.
    pub outcome: ProbeOutcome,
    /// One sentence each.
    pub checks: Vec<Check>,
}

impl Story {
    fn new(outcome: ProbeOutcome, conduct: &Conduct) -> Self {
        let mut checks: Vec<Check> = advice::missed(&outcome.target).into_iter().collect();
        checks.extend(reach::checks(&outcome));
        checks.extend(server::checks(&outcome, conduct));
        checks.extend(client::checks(&outcome, conduct));
        checks.extend(summary::checks(&outcome));
        let checks = checks.into_iter().map(|check| advice::fit(check, &outcome.target)).collect();
        Self { outcome, checks }
    }
}

impl Deref for Story {
    type Target = ProbeOutcome;

    fn deref(&self) -> &ProbeOutcome {
        &self.outcome
    }
}

/// Probes one target, and tells what came of it.
pub async fn probe(target: Target, conduct: &Conduct) -> Story {
    Story::new(outcome(target, conduct).await, conduct)
}
