//! The state of a running sync, for probes and metrics.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};

/// Shared between the sync and its health endpoint. Contains nothing secret.
#[derive(Debug, Default)]
pub struct SyncStatus(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The last successful response or write, by side: `leaf`, `roots`, `sink`.
    success: BTreeMap<&'static str, OffsetDateTime>,
    errors: BTreeMap<(&'static str, &'static str), u64>,
    writes: u64,
    /// When the pair in the sinks expires; the earliest if they differ.
    stored_until: Option<OffsetDateTime>,
    /// Whether every sink has the newest valid pair, or a better one.
    current: bool,
    behind_active_root: bool,
    problem: Option<String>,
}

impl SyncStatus {
    fn state(&self) -> MutexGuard<'_, State> {
        // Counters are usable even after a panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn succeeded(&self, side: &'static str, now: OffsetDateTime) {
        self.state().success.insert(side, now);
    }

    pub(crate) fn failed(&self, side: &'static str, kind: &'static str, problem: String) {
        let mut state = self.state();
        *state.errors.entry((side, kind)).or_default() += 1;
        state.problem = Some(problem);
    }

    pub(crate) fn wrote(&self) {
        self.state().writes += 1;
    }

    pub(crate) fn stored(&self, until: Option<OffsetDateTime>, current: bool, behind: bool) {
        let mut state = self.state();
        state.stored_until = until;
        state.current = current;
        state.behind_active_root = behind;
        if current {
            state.problem = None;
        }
    }

    /// Whether a stored pair is valid for longer than `margin`.
    ///
    /// # Errors
    /// Why not.
    pub fn ready(&self, now: OffsetDateTime, margin: Duration) -> Result<(), String> {
        let state = self.state();
        let problem = || state.problem.clone().map(|why| format!(": {why}")).unwrap_or_default();
        match state.stored_until {
            None => Err(format!("no certificate is stored yet{}", problem())),
            Some(until) if until <= now => Err(format!("the certificate has expired{}", problem())),
            Some(until) if until - now <= margin => {
                Err(format!("the certificate ends at {until}{}", problem()))
            }
            Some(_) => Ok(()),
        }
    }

    /// All metrics in Prometheus's format.
    pub fn metrics(&self, now: OffsetDateTime, margin: Duration) -> String {
        let ready = u8::from(self.ready(now, margin).is_ok());
        let state = self.state();
        let mut text = String::new();
        let mut family = |name: &str, kind: &str, help: &str, samples: &[(String, String)]| {
            let name = format!("mtlsctl_consul_{name}");
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (labels, value) in samples {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        };
        let plain = |value: String| vec![(String::new(), value)];
        family(
            "ready",
            "gauge",
            "Whether a good certificate is stored.",
            &plain(ready.to_string()),
        );
        let until = state.stored_until.map(|until| plain(until.unix_timestamp().to_string()));
        family(
            "certificate_not_after_seconds",
            "gauge",
            "When the stored certificate expires, in seconds since 1970.",
            &until.unwrap_or_default(),
        );
        let behind = u8::from(state.behind_active_root).to_string();
        family(
            "leaf_behind_active_root",
            "gauge",
            "Whether the stored certificate is still that of the CA before the last change.",
            &plain(behind),
        );
        let current = u8::from(state.current).to_string();
        family("current", "gauge", "Whether every output has the newest pair.", &plain(current));
        let writes = plain(state.writes.to_string());
        family("writes_total", "counter", "Writes that changed an output.", &writes);
        let success = state.success.iter().map(|(side, moment)| {
            (format!("{{side=\"{side}\"}}"), moment.unix_timestamp().to_string())
        });
        family(
            "last_success_seconds",
            "gauge",
            "The last good answer or write, in seconds since 1970.",
            &success.collect::<Vec<_>>(),
        );
        let errors = state.errors.iter().map(|((side, kind), count)| {
            (format!("{{side=\"{side}\",kind=\"{kind}\"}}"), count.to_string())
        });
        family("errors_total", "counter", "Failures.", &errors.collect::<Vec<_>>());
        text
    }
}
