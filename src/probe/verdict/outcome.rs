//! Probes a target: makes the connections and derives the verdicts.

use std::time::Duration;

use tokio::time::timeout;

use super::as_envoy;
use super::demand::{self, Demand, Mutual, acceptance};
use super::knock::{Knock, knock};
use super::matrix::{self, Matrix};
use super::verdict::EnvoyOutcome;
use crate::envoy::Alert;
use crate::probe::hello::{Hello, Misfit};
use crate::probe::target::{Conduct, NOT_AVAILABLE, Opinion, StartTls, Target, Upgrade};
use crate::probe::wire::{Attempt, Chosen, Ending, Presented};
use crate::probe::wire::{chosen, dial, ends_resumption, plain, starttls};

/// The time limit for PostgreSQL's one-byte answer.
const ASKED: Duration = Duration::from_secs(1);

/// The result of probing a target.
#[derive(Debug, Clone)]
pub struct ProbeOutcome {
    /// What was probed.
    pub target: Target,
    /// The connections in order.
    pub attempts: Vec<Attempt>,
    /// A connection with another ClientHello, if the first one failed and it may show why.
    pub knock: Option<Knock>,
    /// What the server would choose from every suite and group, if it found none in ours.
    pub takes: Option<Chosen>,
    /// The protocol of the port before TLS, if it did not understand the ClientHello and was
    /// recognised.
    pub speaks: Option<StartTls>,
    /// Envoy's result.
    pub envoy: EnvoyOutcome,
    /// The first newer Envoy with another verdict on the server's chain.
    pub upgrade: Option<Upgrade>,
    /// A strict client's verdict on the server's chain and name.
    pub strict: Opinion,
    /// Whether the server requires a client certificate.
    pub mutual: Mutual,
    /// Why that is unknown, if it is.
    pub mutual_unknown: Option<String>,
    /// Whether the server accepted the context's certificate; `None` if it did not request one, or
    /// if it is not known.
    pub accepted: Option<bool>,
    /// How the server ends a handshake that resumes a session, if it does.
    pub ends_resumption: Option<Ending>,
    /// The mesh's mode, if it was requested.
    pub matrix: Option<Matrix>,
}

impl ProbeOutcome {
    fn new(target: Target, envoy: EnvoyOutcome, demand: Demand) -> Self {
        Self {
            target,
            attempts: Vec::new(),
            knock: None,
            takes: None,
            speaks: None,
            envoy,
            upgrade: None,
            strict: Opinion::Unknown("nothing was tried".to_owned()),
            mutual: demand.mutual,
            mutual_unknown: demand.because,
            accepted: None,
            ends_resumption: None,
            matrix: None,
        }
    }

    /// Whether any connection was established, or none was to be tried.
    pub fn reached(&self) -> bool {
        self.attempts.is_empty() || self.attempts.iter().any(Attempt::reached)
    }

    /// The attempt like Envoy's.
    pub fn first(&self) -> Option<&Attempt> {
        self.attempts.first()
    }

    /// The most informative connection without a certificate, if one was made besides ours.
    pub fn without(&self) -> Option<&Attempt> {
        let mut without = self.attempts.iter().rev();
        without.find(|attempt| attempt.presented == Presented::Nothing)
    }

    /// Whether the server accepted the context's certificate; `None` if it did not request one, or
    /// if it is not known.
    pub fn accepted(&self) -> Option<bool> {
        self.accepted
    }
}

/// Probes a target.
pub(crate) async fn outcome(target: Target, conduct: &Conduct) -> ProbeOutcome {
    if target.plaintext {
        return in_the_clear(target, conduct).await;
    }
    // Files that cannot be read locally may exist in the pod: the probe does without them, and
    // finds out what it can.
    let (lacking, rejected) = match target.misfits.worst().cloned() {
        Some(Misfit::Beyond(why)) => (Some(why), None),
        rejected => (None, rejected),
    };
    let hello = match rejected.map_or_else(|| target.offer.hello(&target.host), Err) {
        Ok(hello) => hello,
        Err(misfit) => {
            // Suites that this probe does not support can still be offered.
            let only = target.offer.cipher_suites.clone();
            let takes = match &misfit {
                Misfit::Beyond(_) if !only.is_empty() => {
                    chosen(&target, conduct, target.offer.sni.as_deref(), &only, false).await
                }
                _ => None,
            };
            return ProbeOutcome { takes, ..untried(target, misfit) };
        }
    };
    let (with, without) = attempts(&target, conduct, &hello).await;
    let mut demand = demand::demand(with.last(), without.last());
    let ours: Vec<&Attempt> = with.iter().collect();
    let accepted = acceptance(&ours, without.last());
    let main = with.first().or_else(|| without.first());
    let verdict = match (main, lacking) {
        (None, _) => EnvoyOutcome::Unknown("nothing was tried".to_owned()),
        // The server got as far as the certificate request, so it might have accepted ours.
        (Some(attempt), Some(why)) if attempt.requested().is_some() => EnvoyOutcome::Unknown(why),
        (Some(attempt), _) => as_envoy::outcome(attempt, &hello, &target, accepted),
    };
    let chain = with.iter().chain(&without).map(|attempt| &attempt.chain);
    let strict = match chain.into_iter().find(|chain| !chain.is_empty()) {
        Some(_) if !target.misfits.is_empty() => Opinion::Unknown(NOT_AVAILABLE.to_owned()),
        Some(chain) => target.trust.strict(chain, &target.host, conduct.now),
        None => Opinion::Unknown("the server's certificate was not seen".to_owned()),
    };
    let upgrade = main
        .filter(|attempt| attempt.opinion.is_some() && hello.as_envoy && target.misfits.is_empty())
        .and_then(|attempt| {
            let (tls13, curves) = (attempt.tls13 == Some(true), &target.offer.ecdh_curves);
            target.trust.upgrade(&attempt.chain, tls13, curves, conduct.now)
        });
    let knock = match main.filter(|attempt| attempt.reached()) {
        Some(first) => knock(&target, conduct, &hello, first).await,
        None => None,
    };
    let takes = match main {
        Some(first)
            if finds_nothing(first) && knock.as_ref().is_none_or(|one| !one.helps(first)) =>
        {
            menu(&target, conduct, &hello).await
        }
        _ => None,
    };
    let speaks = match main.map(|main| &main.ending) {
        _ if target.starttls.is_some() => None,
        Some(Ending::NotTls { greeting, .. }) => *greeting,
        Some(Ending::HandshakeClosed { received: 0, .. })
            if takes.is_none()
                && knock.as_ref().is_none_or(|knock| knock.attempt.chain.is_empty()) =>
        {
            asks_first(&target, conduct).await
        }
        _ => None,
    };
    // What the server requires from clients that it understands, if it did not understand ours.
    if let Some(knock) = knock.as_ref().filter(|knock| main.is_some_and(|main| knock.helps(main)))
        && matches!(demand.mutual, Mutual::Unknown | Mutual::NotRequested | Mutual::AfterRequest)
        && knock.demand.mutual != Mutual::Unknown
    {
        demand = knock.demand.clone();
    }
    let resumes = target.starttls.is_none()
        && matches!(verdict, EnvoyOutcome::Accepted | EnvoyOutcome::PassedOn(_))
        && main.is_some_and(Attempt::sent_certificate);
    let ends_resumption = match resumes {
        true => ends_resumption(&target, conduct, &hello).await,
        false => None,
    };
    let verdict = ends_resumption.as_ref().and_then(as_envoy::resumed).unwrap_or(verdict);
    let reached = main.is_some_and(Attempt::reached);
    let matrix = match conduct.matrix && reached {
        true => Some(matrix::matrix(&target, conduct, &hello).await),
        false => None,
    };
    ProbeOutcome {
        attempts: with.into_iter().chain(without).collect(),
        knock,
        takes,
        speaks,
        upgrade,
        strict,
        accepted,
        ends_resumption,
        matrix,
        ..ProbeOutcome::new(target, verdict, demand)
    }
}

/// Whether the server found no common suite or group; asyncio and gRPC close the connection instead
/// of saying so.
fn finds_nothing(first: &Attempt) -> bool {
    first.chain.is_empty()
        && matches!(
            first.ending,
            Ending::HandshakeAlert(Alert(40 | 71)) | Ending::HandshakeClosed { received: 0, .. }
        )
}

/// What the server would choose from everything: in the versions of the ClientHello first, then in
/// all.
async fn menu(target: &Target, conduct: &Conduct, hello: &Hello) -> Option<Chosen> {
    let name = hello.sni_text();
    let newest = hello.offers_tls13();
    match chosen(target, conduct, name.as_deref(), &[], newest).await {
        None if !newest => chosen(target, conduct, name.as_deref(), &[], true).await,
        found => found,
    }
}

/// Whether a server that closes on the ClientHello is PostgreSQL, where the client must request TLS
/// first.
async fn asks_first(target: &Target, conduct: &Conduct) -> Option<StartTls> {
    let reached = conduct.reach.open(target.endpoint(), conduct.patience(target)).await;
    let mut stream = reached.stream.ok()?;
    let asking = starttls::ask(StartTls::Postgres, &mut stream);
    let answered = timeout(conduct.patience(target).min(ASKED), asking).await;
    matches!(answered, Ok(Ok(()))).then_some(StartTls::Postgres)
}

async fn in_the_clear(target: Target, conduct: &Conduct) -> ProbeOutcome {
    let attempt = plain::ask(&target, conduct, target.offer.codec).await;
    let verdict = as_envoy::plaintext(&attempt, target.offer.codec);
    ProbeOutcome {
        attempts: vec![attempt],
        strict: Opinion::Unknown("no TLS is used".to_owned()),
        ..ProbeOutcome::new(target, verdict, Demand::of(Mutual::NotRequested))
    }
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

/// An attempt, repeated with TLS 1.2 if TLS 1.3 ended without an alert: in TLS 1.2 the alert is
/// part of the handshake and cannot be lost.
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
        // A server without TLS 1.2 shows nothing new.
        if again.handshake.is_some() || again.alert().is_some_and(|a| a.refuses_certificate()) {
            tried.push(again);
        }
    }
    tried
}

fn untried(target: Target, misfit: Misfit) -> ProbeOutcome {
    let verdict = match misfit {
        Misfit::ConfigRejected(words) => EnvoyOutcome::ConfigRejected(words),
        Misfit::NoVersions => as_envoy::no_versions(),
        Misfit::Beyond(why) => EnvoyOutcome::Unknown(why),
    };
    ProbeOutcome::new(target, verdict, Demand::unknown("no connection was made"))
}
