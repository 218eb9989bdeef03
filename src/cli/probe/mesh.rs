//! `probe --consul`: identity, roots and the word on intentions straight from an agent.

use tokio::runtime::Runtime;

use crate::cert::{SpiffeId, WorkloadIdentity};
use crate::cli::consul::{Environment, fetch};
use crate::console::Console;
use crate::consul::{Agent, AgentError, Authorization, Pair};
use crate::envoy::{EnvoyVersion, PemSource};
use crate::failure::Failure;
use crate::probe::{Check, CheckResult, Identity, NotLoaded, Overlay, Story, Target, Trust};

use super::args::Args;

/// What an agent gave us for one service.
pub(super) struct Mesh {
    agent: Agent,
    pair: Pair,
    identity: Identity,
    trust: Trust,
}

impl Mesh {
    /// Fetches everything; `None` where nobody asked for it.
    ///
    /// # Errors
    /// What the agent says no with, or why what it sent is of no use.
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
            hint: "`mtlsctl inspect consul:SERVICE` shows it".to_owned(),
        })?;
        Ok(Some(Self { agent, pair, identity, trust }))
    }

    /// Puts the service's pair and the mesh's roots in place of what a context says.
    pub(super) fn overlay(&self, target: &mut Target) {
        target.lay_over(&Overlay {
            pair: Some(Ok(self.identity.clone())),
            trust: Some(Ok(self.trust.clone())),
            ..Overlay::default()
        });
    }

    /// Asks what intentions say about the way to every server that showed itself to be a service of
    /// Consul, and adds the answer to its story.
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
                    "this alone gets even a good certificate rejected".to_owned(),
                ],
                Some(format!("`consul intention create -replace -allow {us} {target}` allows it")),
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

/// The service that the server's certificate is for, if it is one of Consul's.
fn server(outcome: &Story) -> Option<String> {
    let leaf = outcome.attempts.iter().find_map(|attempt| attempt.chain.leaf())?;
    leaf.alternative_names.uri.iter().find_map(|uri| match SpiffeId::parse(uri)?.workload {
        WorkloadIdentity::Consul { service, .. } => Some(service),
        _ => None,
    })
}
