//! Probes many targets concurrently, with results in the given order.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::story::{Story, probe};
use crate::probe::target::{Conduct, Target};

/// Probes every target, `at_once` of them concurrently; calls `done` after each. When `stop`
/// completes, the remaining ones are abandoned.
///
/// A panic in one probe loses its result, not the others.
pub async fn probe_all(
    targets: Vec<Target>,
    conduct: Conduct,
    at_once: usize,
    mut done: impl FnMut(usize),
    stop: impl Future<Output = ()>,
) -> Vec<Story> {
    tokio::pin!(stop);
    let conduct = Arc::new(conduct);
    let mut waiting = targets.into_iter().enumerate();
    let mut running = JoinSet::new();
    let mut outcomes = Vec::new();
    loop {
        while running.len() < at_once.max(1) {
            let Some((at, target)) = waiting.next() else {
                break;
            };
            let conduct = Arc::clone(&conduct);
            running.spawn(async move { (at, probe(target, &conduct).await) });
        }
        let next = tokio::select! {
            biased;
            () = &mut stop => break,
            next = running.join_next() => next,
        };
        match next {
            None => break,
            Some(Ok(outcome)) => {
                outcomes.push(outcome);
                done(outcomes.len());
            }
            Some(Err(_)) => {}
        }
    }
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}
