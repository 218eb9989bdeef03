//! Builds the story of an outcome: its checks in the order of a connection.

use std::ops::Deref;

use super::sentence::Check;
use super::{advice, client, reach, server, summary};
use crate::probe::target::{Conduct, Target};
use crate::probe::verdict::{ProbeOutcome, outcome};

/// A target's outcome with all checks about it. Dereferences to the outcome.
#[derive(Debug, Clone)]
pub struct Story {
    /// The outcome of the probe.
    pub outcome: ProbeOutcome,
    /// The checks, in order.
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

/// Probes a target and builds its story.
pub async fn probe(target: Target, conduct: &Conduct) -> Story {
    Story::new(outcome(target, conduct).await, conduct)
}
