//! Both halves of a pair from an agent, once.

use time::OffsetDateTime;

use crate::consul::{Agent, AgentError, Pair, Wait};
use crate::failure::Failure;

/// Asks for the certificate of a service and for the roots, and joins them.
///
/// # Errors
/// What the agent says no with, or why the two do not fit.
pub(crate) async fn fetch(
    agent: &Agent,
    service: &str,
    now: OffsetDateTime,
) -> Result<Pair, Failure> {
    let both: Result<_, AgentError> = async {
        let leaf = agent.leaf(service, Wait::No).await?;
        // Asked second: a root that is newer than the leaf does no harm, an older one might.
        Ok((leaf.value, agent.roots(Wait::No).await?.value))
    }
    .await;
    let (leaf, roots) = both?;
    Ok(Pair::join(&leaf, &roots, now)?)
}
