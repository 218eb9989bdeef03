//! A long poll of an agent, which reports changes and errors.

use std::time::Duration;

use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, sleep};

use super::agent::{Agent, Indexed};
use super::backoff::Backoff;
use super::connection::Token;
use super::cursor::Cursor;
use super::error::AgentError;
use super::leaf::Leaf;
use super::roots::Roots;
use super::sensitive::Sensitive;

/// If an agent always responds immediately, it is asked twice, and then this often.
const CHURN: Duration = Duration::from_secs(15);

/// How often a token file is checked while the token is rejected.
const TOKEN_LOOK: Duration = Duration::from_secs(1);

/// The timing of watchers.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The time limit of a blocking query; agents allow 10 minutes.
    pub wait: Duration,
    /// The first pause after a failure.
    pub first: Duration,
    /// The longest pause.
    pub cap: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(300),
            first: Duration::from_secs(1),
            cap: Duration::from_secs(60),
        }
    }
}

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The leaf certificate of a service.
    Leaf(String),
    /// The roots.
    Roots,
}

impl Subject {
    /// One word for metrics.
    pub(crate) fn side(&self) -> &'static str {
        match self {
            Self::Leaf(_) => "leaf",
            Self::Roots => "roots",
        }
    }
}

/// The result of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    Leaf(Box<Leaf>),
    Roots(Roots),
}

/// A watcher's event.
#[derive(Debug)]
pub(crate) enum News {
    /// The value changed.
    Changed(Seen),
    /// The agent responded, and nothing changed.
    Same(&'static str),
    /// The query failed.
    Trouble(&'static str, AgentError),
}

/// Watches until the receiver is dropped.
pub(crate) async fn watch(agent: Agent, subject: Subject, pace: Pace, tell: Sender<News>) {
    let mut cursor = Cursor::default();
    let mut backoff = Backoff::new(pace.first, pace.cap);
    let mut last = None;
    let mut quick = Bucket::new();
    loop {
        let answer = match &subject {
            Subject::Leaf(service) => {
                let leaf = agent.leaf(service, cursor.wait(pace.wait)).await;
                leaf.map(|Indexed { value, index }| (Seen::Leaf(Box::new(value)), index))
            }
            Subject::Roots => {
                let roots = agent.roots(cursor.wait(pace.wait)).await;
                roots.map(|Indexed { value, index }| (Seen::Roots(value), index))
            }
        };
        let (news, pause) = match answer {
            Ok((seen, index)) => {
                backoff.reset();
                cursor = cursor.after(index);
                // A new index does not mean that the requested value changed.
                let news = match last.as_ref() == Some(&seen) {
                    true => News::Same(subject.side()),
                    false => News::Changed(seen.clone()),
                };
                last = Some(seen);
                (news, quick.take())
            }
            Err(error) => {
                // After an outage the agent's state may be older or newer, so start over.
                cursor = Cursor::default();
                let pause = if error.needs_operator() { backoff.long() } else { backoff.next() };
                (News::Trouble(subject.side(), error), pause)
            }
        };
        let needs_operator = matches!(&news, News::Trouble(_, error) if error.needs_operator());
        if tell.send(news).await.is_err() {
            return;
        }
        match needs_operator {
            true => until_token_changes(&agent.connection().token, pause).await,
            false => sleep(pause).await,
        }
    }
}

/// Waits, but at most until a token file has a new token.
async fn until_token_changes(token: &Token, pause: Duration) {
    let end = Instant::now() + pause;
    let current = || -> Option<Sensitive> { token.read().ok().flatten() };
    let refused = current();
    while let Some(left) = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    {
        sleep(left.min(TOKEN_LOOK)).await;
        if matches!(token, Token::File(_)) && current() != refused {
            return;
        }
    }
}

/// A token bucket: two responses at once, then one per [`CHURN`].
#[derive(Debug)]
struct Bucket {
    full: f64,
    since: Instant,
}

impl Bucket {
    fn new() -> Self {
        Self { full: 2.0, since: Instant::now() }
    }

    /// How long to wait before the next query.
    fn take(&mut self) -> Duration {
        let now = Instant::now();
        let gained = (now - self.since).as_secs_f64() / CHURN.as_secs_f64();
        self.full = (self.full + gained).min(2.0) - 1.0;
        self.since = now;
        if self.full >= 0.0 { Duration::ZERO } else { CHURN.mul_f64(-self.full) }
    }
}
