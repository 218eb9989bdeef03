//! `inspect consul:SERVICE`: what an agent sends, inspected before it is written anywhere.

use crate::console::Console;
use crate::consul::{Agent, AgentError, Pair, Unsound, Wait};
use crate::diagnostic::Severity;
use crate::failure::Failure;
use crate::inspect::{Remark, Subject, SubjectOrigin, from_bytes};

use crate::cli::consul::{AgentArgs, Environment};

/// Fetches the certificate of a service and the roots of its mesh.
///
/// The second value is why `consul export` would not write them; it belongs to the first subject.
///
/// # Errors
/// The agent's refusal.
pub(crate) fn from_agent(
    service: &str,
    args: &AgentArgs,
    console: &Console<'_>,
) -> Result<(Vec<Subject>, Option<Unsound>), Failure> {
    if service.is_empty() {
        return Err(Failure::Usage {
            message: "`consul:` names no service".to_owned(),
            hint: "write consul:ambassador, for example".to_owned(),
        });
    }
    let agent = Agent::new(args.connection(&Environment::of_process())?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let both: Result<_, AgentError> = runtime.block_on(async {
        let leaf = agent.leaf(service, Wait::No).await?;
        Ok((leaf.value, agent.roots(Wait::No).await?.value))
    });
    // A DNS lookup that never returns must not keep the process from exiting.
    runtime.shutdown_background();
    let (leaf, roots) = both?;
    let unsound = Pair::join(&leaf, &roots, console.now).err();
    let material = format!("{}\n{}", leaf.chain, leaf.key.reveal());
    let bundle: Vec<&str> = roots.roots.iter().map(|root| root.certificate.as_str()).collect();
    let subjects = vec![
        from_bytes(SubjectOrigin::Consul(service.to_owned()), material.as_bytes()),
        from_bytes(SubjectOrigin::Consul("roots".to_owned()), bundle.join("\n").as_bytes()),
    ];
    Ok((subjects, unsound))
}

/// Describes why a certificate and key would not be written.
pub(crate) fn remark(why: &Unsound) -> Remark {
    Remark {
        severity: Severity::Error,
        text: format!("`consul export` would not write it: {why}"),
        certificate: None,
    }
}
