//! `probe --consul`: identity, roots and intentions from a Consul agent.

use tokio::runtime::Runtime;

use crate::cert::{SpiffeId, WorkloadIdentity};
use crate::cli::consul::{Environment, fetch};
use crate::console::Console;
use crate::consul::{Agent, AgentError, Authorization, Pair};
use crate::envoy::{EnvoyVersion, PemSource};
use crate::failure::Failure;
use crate::probe::{Check, CheckResult, Identity, NotLoaded, Overlay, Story, Target, Trust};

use super::args::Args;

/// An agent's answers for one service.
pub(super) struct Mesh {
    agent: Agent,
    pair: Pair,
    identity: Identity,
    trust: Trust,
}

impl Mesh {
    /// Fetches everything; `None` if not requested.
    ///
    /// # Errors
    /// The agent's refusal, or why its answer is unusable.
    pub(super) fn fetch(
        args: &Args,
        runtime: &Runtime,
        console: &Console<'_>,
    ) -> Result<Option<Self>, Failure> {
        let Some(service) = &args.consul else { return Ok(None) };
        let agent = Agent::new(args.agent.connection(&Environment::of_process())?);
        let pair = runtime.block_on(fetch(&agent, service, console.now))?;
        let envoy = args.world.envoy();
        let (identity, trust) = loaded(&pair, envoy).map_err(|why| Failure::Usage {
            message: format!("the Consul agent sent an unusable certificate: {why}"),
            hint: "run `mtlsctl inspect consul:SERVICE` to see it".to_owned(),
        })?;
        Ok(Some(Self { agent, pair, identity, trust }))
    }

    /// Replaces a context's settings with the service's certificate and key and the mesh's roots.
    pub(super) fn overlay(&self, target: &mut Target) {
        target.lay_over(&Overlay {
            pair: Some(Ok(self.identity.clone())),
            trust: Some(Ok(self.trust.clone())),
            ..Overlay::default()
        });
    }

    /// Asks whether intentions allow access to every server that is a Consul service, and adds the
    /// answer to its story.
    pub(super) async fn ask(&self, outcomes: &mut [Story]) {
        for outcome in outcomes {
            let Some(service) = server(outcome) else { continue };
            let facts = &self.pair.facts;
            let answer = self.agent.authorize(&service, &facts.uri, &facts.serial).await;
            let check = self.check(&service, answer, outcome.accepted());
            let end = outcome.checks.iter().position(|check| check.name == "verdict");
            outcome.checks.insert(end.unwrap_or(outcome.checks.len()), check);
        }
    }

    fn check(
        &self,
        target: &str,
        answer: Result<Authorization, AgentError>,
        accepted: Option<bool>,
    ) -> Check {
        let us = &self.pair.service;
        let (result, detail, evidence, hint) = match answer {
            Ok(Authorization { authorized: false, reason }) => (
                CheckResult::Error,
                format!("intentions deny `{us}` access to `{target}`"),
                vec![
                    format!("Consul: {reason}"),
                    "this alone causes even a good certificate to be rejected".to_owned(),
                ],
                Some(format!(
                    "allow it with `consul intention create -replace -allow {us} {target}`"
                )),
            ),
            Ok(Authorization { reason, .. }) => (
                CheckResult::Ok,
                match accepted {
                    Some(false) => format!(
                        "intentions allow `{us}` access to `{target}`, so the certificate itself \
                         is rejected"
                    ),
                    _ => format!("intentions allow `{us}` access to `{target}`"),
                },
                vec![format!("Consul: {reason}")],
                None,
            ),
            Err(error) => (
                CheckResult::Unknown,
                format!("unknown: whether intentions allow `{us}` access to `{target}`"),
                vec![error.to_string()],
                Some(match error {
                    AgentError::Denied { .. } => format!(
                        "this needs a token with `service \"{target}\" {{ policy = \"write\" }}`"
                    ),
                    error => error.hint(),
                }),
            ),
        };
        Check { name: "intention", result, detail, evidence, hint }
    }
}

fn loaded(pair: &Pair, envoy: EnvoyVersion) -> Result<(Identity, Trust), String> {
    let identity = Identity::load(
        PemSource::new("tls.crt", pair.chain().as_bytes()),
        PemSource::new("tls.key", pair.key().reveal().as_bytes()),
        envoy,
    );
    let identity = identity.map_err(|why| match why {
        NotLoaded::Rejected(why) | NotLoaded::Beyond(why) => why,
    })?;
    let bundle = PemSource::new("root-cert.pem", pair.bundle().as_bytes());
    Ok((identity, Trust::load(Some(bundle), None, envoy)?))
}

/// The Consul service that the server's certificate is for, if any.
fn server(outcome: &Story) -> Option<String> {
    let leaf = outcome.attempts.iter().find_map(|attempt| attempt.chain.leaf())?;
    leaf.alternative_names.uri.iter().find_map(|uri| match SpiffeId::parse(uri)?.workload {
        WorkloadIdentity::Consul { service, .. } => Some(service),
        _ => None,
    })
}
