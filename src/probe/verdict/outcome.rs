//! A target probed: attempts made, verdicts reached.

use super::as_envoy as envoy;
use super::matrix::{self, Matrix};
use super::verdict::{self, Envoy, Mutual};
use crate::probe::hello::Hello;
use crate::probe::hello::Misfit;
use crate::probe::story as check;
use crate::probe::story::Check;
use crate::probe::target::{Conduct, Target};
use crate::probe::target::{NOT_AT_HAND, Opinion, Upgrade};
use crate::probe::wire::dial;
use crate::probe::wire::plain;
use crate::probe::wire::{Attempt, Ending, Presented};

/// Everything known about one target after probing it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was probed.
    pub target: Target,
    /// The connections, in the order they were made.
    pub attempts: Vec<Attempt>,
    /// What Envoy would have made of it.
    pub envoy: Envoy,
    /// The first newer Envoy that would say otherwise to the server's chain.
    pub upgrade: Option<Upgrade>,
    /// What a strict client would say to the server's chain and name.
    pub strict: Opinion,
    /// Whether the server insists on a certificate.
    pub mutual: Mutual,
    /// The mesh's mode, where it was asked for.
    pub matrix: Option<Matrix>,
    /// The story, one sentence each.
    pub checks: Vec<Check>,
}

impl Outcome {
    /// Whether any connection came about, or none was to be tried.
    pub fn reached(&self) -> bool {
        self.attempts.is_empty() || self.attempts.iter().any(Attempt::reached)
    }

    /// The attempt that went as Envoy's would.
    pub fn first(&self) -> Option<&Attempt> {
        self.attempts.first()
    }

    /// Whether the server took the context's certificate; `None` when it did not ask, or did not say.
    pub fn accepted(&self) -> Option<bool> {
        accepted(&self.attempts)
    }
}

fn accepted(attempts: &[Attempt]) -> Option<bool> {
    let with = attempts.iter().filter(|attempt| attempt.sent_certificate());
    with.filter_map(Attempt::let_in).next()
}

/// Probes one target.
pub async fn probe(target: Target, conduct: &Conduct) -> Outcome {
    if target.plaintext {
        return in_the_clear(target, conduct).await;
    }
    // What is not at hand here may be at hand in the pod: then the probe goes without it, and learns
    // what can be learned so.
    let (lacking, rejected) = match target.misfit.clone() {
        Some(Misfit::Beyond(why)) => (Some(why), None),
        rejected => (None, rejected),
    };
    let hello = match rejected.map_or_else(|| target.offer.hello(&target.host), Err) {
        Ok(hello) => hello,
        Err(misfit) => return untried(target, conduct, misfit),
    };
    let (with, without) = attempts(&target, conduct, &hello).await;
    let mutual = verdict::mutual(with.last(), without.last());
    let main = with.first().or_else(|| without.first());
    let verdict = match (main, lacking) {
        (None, _) => Envoy::Unknown("nothing was tried".to_owned()),
        // A server that was heard as far as its certificate might have taken ours.
        (Some(attempt), Some(why)) if attempt.requested().is_some() => Envoy::Unknown(why),
        (Some(attempt), _) => envoy::outcome(attempt, &hello, &target),
    };
    let chain = with.iter().chain(&without).map(|attempt| &attempt.chain);
    let strict = match chain.into_iter().find(|chain| !chain.is_empty()) {
        Some(_) if target.misfit.is_some() => Opinion::Unknown(NOT_AT_HAND.to_owned()),
        Some(chain) => target.trust.strict(chain, &target.host, conduct.now),
        None => Opinion::Unknown("the server's certificate was not seen".to_owned()),
    };
    let upgrade = main
        .filter(|attempt| attempt.opinion.is_some() && hello.as_envoy && target.misfit.is_none())
        .and_then(|attempt| {
            let (tls13, curves) = (attempt.tls13 == Some(true), &target.offer.ecdh_curves);
            target.trust.upgrade(&attempt.chain, tls13, curves, conduct.now)
        });
    let reached = main.is_some_and(Attempt::reached);
    let matrix = match conduct.matrix && reached {
        true => Some(matrix::matrix(&target, conduct, &hello).await),
        false => None,
    };
    finish(
        Outcome {
            target,
            attempts: with.into_iter().chain(without).collect(),
            envoy: verdict,
            upgrade,
            strict,
            mutual,
            matrix,
            checks: Vec::new(),
        },
        conduct,
    )
}

async fn in_the_clear(target: Target, conduct: &Conduct) -> Outcome {
    let attempt = plain::ask(&target, conduct, target.offer.codec).await;
    let verdict = envoy::plaintext(&attempt, target.offer.codec);
    let outcome = Outcome {
        target,
        attempts: vec![attempt],
        envoy: verdict,
        upgrade: None,
        strict: Opinion::Unknown("no TLS is spoken".to_owned()),
        mutual: Mutual::NotRequested,
        matrix: None,
        checks: Vec::new(),
    };
    finish(outcome, conduct)
}

async fn attempts(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
) -> (Vec<Attempt>, Vec<Attempt>) {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    if target.identity.is_some() {
        with = tried(target, conduct, hello, Presented::Context).await;
        let reached = with.first().is_some_and(Attempt::reached);
        if !(conduct.negative && reached) {
            return (with, without);
        }
    }
    without = tried(target, conduct, hello, Presented::Nothing).await;
    (with, without)
}

/// One attempt, and once more with TLS 1.2 where TLS 1.3 ended without a word: there an alert comes
/// within the handshake and cannot be lost.
async fn tried(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
    presented: Presented,
) -> Vec<Attempt> {
    let first = dial(target, conduct, hello, presented).await;
    let mut tried = vec![first];
    let wordless = matches!(tried[0].ending, Ending::Closed { .. }) && tried[0].tickets == 0;
    if wordless
        && tried[0].requested() == Some(true)
        && tried[0].tls13 == Some(true)
        && let Some(capped) = hello.capped()
    {
        let mut again = dial(target, conduct, &capped, presented).await;
        again.capped = true;
        // A server without TLS 1.2 tells nothing new.
        if again.handshake.is_some() || again.alert().is_some_and(|a| a.refuses_certificate()) {
            tried.push(again);
        }
    }
    tried
}

fn untried(target: Target, conduct: &Conduct, misfit: Misfit) -> Outcome {
    let verdict = match misfit {
        Misfit::ConfigRejected(words) => Envoy::ConfigRejected(words),
        Misfit::NoVersions => envoy::no_versions(),
        Misfit::Beyond(why) => Envoy::Unknown(why),
    };
    finish(
        Outcome {
            target,
            attempts: Vec::new(),
            envoy: verdict,
            upgrade: None,
            strict: Opinion::Unknown("nothing was tried".to_owned()),
            mutual: Mutual::Unknown,
            matrix: None,
            checks: Vec::new(),
        },
        conduct,
    )
}

fn finish(mut outcome: Outcome, conduct: &Conduct) -> Outcome {
    outcome.checks = check::checks(&outcome, conduct);
    outcome
}
