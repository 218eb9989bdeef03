//! Fetches a certificate and its roots from an agent once.

use time::OffsetDateTime;

use crate::consul::{Agent, AgentError, Pair, Wait};
use crate::failure::Failure;

/// Asks for the certificate of a service and for the roots, and joins them.
///
/// # Errors
/// The agent's refusal, or why the two do not match.
pub(crate) async fn fetch(
    agent: &Agent,
    service: &str,
    now: OffsetDateTime,
) -> Result<Pair, Failure> {
    let both: Result<_, AgentError> = async {
        let leaf = agent.leaf(service, Wait::No).await?;
        // Fetched second: roots newer than the leaf do no harm, older ones might.
        Ok((leaf.value, agent.roots(Wait::No).await?.value))
    }
    .await;
    let (leaf, roots) = both?;
    Ok(Pair::join(&leaf, &roots, now)?)
}
