//! Keeps the sinks up to date: two watchers, one state, and each sink at its own pace.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::clock::Clock;
use super::holding::{Holding, Joined};
use super::serve::HealthEndpoint;
use super::status::SyncStatus;
use crate::consul::agent::Agent;
use crate::consul::agent::Backoff;
use crate::consul::agent::{News, Pace, Subject, watch};
use crate::consul::pair::PairForm;
use crate::consul::sink::{Placed, Sink};

/// The settings of a sync.
#[derive(Debug, Clone)]
pub struct SyncPlan {
    /// The service in Consul.
    pub service: String,
    /// The output format.
    pub form: PairForm,
    /// The timing of the watchers.
    pub pace: Pace,
    /// How often an unchanged sink is checked, in case something else modified it.
    pub look: Duration,
    /// Ready means that the stored certificate is valid for longer than this.
    pub margin: time::Duration,
}

/// The severity of a log message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// As expected.
    Info,
    /// An error that is retried.
    Warning,
}

/// A sink and when it is due.
struct Slot {
    sink: Sink,
    backoff: Backoff,
    due: Option<Instant>,
    /// When its pair expires.
    until: Option<OffsetDateTime>,
    current: bool,
}

/// Runs until it is dropped, which is possible at any time: every sink changes atomically.
pub async fn sync(
    agent: Agent,
    plan: SyncPlan,
    sinks: Vec<Sink>,
    endpoint: Option<HealthEndpoint>,
    clock: Clock,
    say: &mut dyn FnMut(LogLevel, &str),
) {
    let status = Arc::new(SyncStatus::default());
    let (tell, mut news) = mpsc::channel(8);
    // Dropping the set ends its tasks.
    let mut tasks = JoinSet::new();
    for subject in [Subject::Roots, Subject::Leaf(plan.service.clone())] {
        tasks.spawn(watch(agent.clone(), subject, plan.pace, tell.clone()));
    }
    if let Some(endpoint) = endpoint {
        tasks.spawn(endpoint.serve(Arc::clone(&status), Arc::clone(&clock), plan.margin));
    }
    let slot = |sink| Slot {
        sink,
        backoff: Backoff::new(plan.pace.first, plan.pace.cap),
        due: None,
        until: None,
        current: false,
    };
    let slots = sinks.into_iter().map(slot).collect();
    let mut keeper = Keeper {
        plan,
        slots,
        status,
        clock,
        say,
        holding: Holding::default(),
        join_at: None,
        told: Told::default(),
    };
    loop {
        tokio::select! {
            biased;
            // We hold a sender ourselves, so the channel is never closed.
            Some(news) = news.recv() => keeper.hear(news),
            () = until(keeper.next()) => keeper.turn().await,
        }
    }
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

struct Keeper<'a> {
    plan: SyncPlan,
    slots: Vec<Slot>,
    status: Arc<SyncStatus>,
    clock: Clock,
    say: &'a mut dyn FnMut(LogLevel, &str),
    holding: Holding,
    /// When to join the two (again).
    join_at: Option<Instant>,
    told: Told,
}

/// The last error of each side, so that it is reported once rather than every minute.
#[derive(Default)]
struct Told {
    leaf: Option<String>,
    roots: Option<String>,
    pair: Option<String>,
}

impl Keeper<'_> {
    fn hear(&mut self, news: News) {
        let now = (self.clock)();
        match news {
            News::Trouble(side, error) => {
                self.status.failed(side, error.kind(), error.to_string());
                let text = format!("{side}: {error} ({})", error.hint());
                let told = self.told_of(side);
                if told.as_ref() != Some(&text) {
                    *told = Some(text.clone());
                    (self.say)(LogLevel::Warning, &text);
                }
            }
            News::Same(side) => self.answered(side, now),
            News::Changed(seen) => {
                let side = match &seen {
                    crate::consul::agent::Seen::Leaf(_) => "leaf",
                    crate::consul::agent::Seen::Roots(_) => "roots",
                };
                self.answered(side, now);
                self.holding.note(seen);
                self.join_at = Some(Instant::now());
            }
        }
    }

    fn answered(&mut self, side: &'static str, now: OffsetDateTime) {
        self.status.succeeded(side, now);
        if self.told_of(side).take().is_some() {
            (self.say)(LogLevel::Info, &format!("{side}: the agent is responding again"));
        }
    }

    fn told_of(&mut self, side: &str) -> &mut Option<String> {
        if side == "leaf" { &mut self.told.leaf } else { &mut self.told.roots }
    }

    fn next(&self) -> Option<Instant> {
        self.slots.iter().map(|slot| slot.due).chain([self.join_at]).flatten().min()
    }

    async fn turn(&mut self) {
        if self.join_at.is_some_and(|at| at <= Instant::now()) {
            self.join();
        }
        self.place().await;
    }

    fn join(&mut self) {
        self.join_at = None;
        let now = (self.clock)();
        match self.holding.join(now) {
            Joined::Incomplete => {}
            Joined::Sound => {
                self.told.pair = None;
                for slot in &mut self.slots {
                    slot.due = Some(Instant::now());
                }
            }
            Joined::Worse => {
                (self.say)(LogLevel::Info, "the current certificate stays: a newer root issued it");
            }
            Joined::Unsound(why) => {
                let text = format!("nothing is written: {why}");
                self.status.failed("pair", "unsound", text.clone());
                if self.told.pair.as_ref() != Some(&text) {
                    (self.say)(LogLevel::Warning, &text);
                    self.told.pair = Some(text);
                }
                // Time passes, and the other half may be on its way.
                self.join_at = Some(Instant::now() + self.plan.pace.cap);
            }
        }
    }

    async fn place(&mut self) {
        let Some(pair) = self.holding.pair() else { return };
        for slot in &mut self.slots {
            if slot.due.is_none_or(|due| due > Instant::now()) {
                continue;
            }
            let now = (self.clock)();
            let facts = &pair.facts;
            match slot.sink.put(pair, self.plan.form, now).await {
                Ok(placed) => {
                    slot.until = Some(match &placed {
                        Placed::Kept { until, .. } => *until,
                        _ => facts.validity.not_after,
                    });
                    let text = match placed {
                        Placed::Written => {
                            self.status.wrote();
                            let (serial, end) = (&facts.serial, facts.end());
                            Some(format!("{}: wrote serial {serial}, valid until {end}", slot.sink))
                        }
                        Placed::Kept { why, .. } if !slot.current => {
                            Some(format!("{}: left unchanged, {why}", slot.sink))
                        }
                        Placed::Unchanged if !slot.current => {
                            Some(format!("{}: already has it", slot.sink))
                        }
                        _ => None,
                    };
                    if let Some(text) = text {
                        (self.say)(LogLevel::Info, &text);
                    }
                    self.status.succeeded("sink", now);
                    slot.current = true;
                    slot.backoff.reset();
                    slot.due = Some(Instant::now() + self.plan.look);
                }
                Err(error) => {
                    self.status.failed("sink", error.kind, error.message.clone());
                    let text = format!("{}: {error} ({})", slot.sink, error.hint);
                    (self.say)(LogLevel::Warning, &text);
                    slot.current = false;
                    let pause = if error.needs_operator {
                        slot.backoff.long()
                    } else {
                        slot.backoff.next()
                    };
                    slot.due = Some(Instant::now() + error.retry_after.unwrap_or(pause).max(pause));
                }
            }
        }
        let current = self.slots.iter().all(|slot| slot.current);
        let until = self.slots.iter().map(|slot| slot.until).min().flatten();
        self.status.stored(until, current, !pair.facts.by_active_root);
    }
}
