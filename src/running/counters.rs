//! Envoy's counters, and what those of TLS say about an upstream.

use std::collections::BTreeMap;

/// Counters and gauges by name.
#[derive(Debug, Default)]
pub struct Counters(BTreeMap<String, u64>);

/// What counts failed handshakes, and what each means (reference: Envoy's `ssl.*`, measured with 1.36
/// to 1.40).
const FAILURES: [(&str, &str); 5] = [
    ("ssl.fail_verify_error", "the server's chain does not verify against trusted_ca"),
    ("ssl.fail_verify_san", "the server has none of the required names"),
    ("ssl.fail_verify_cert_hash", "the server has a different certificate than the pinned one"),
    ("ssl.fail_verify_no_cert", "the server sent no certificate"),
    (
        "ssl.connection_error",
        "an alert, or not TLS: our certificate was rejected, there is no common version, or \
         plaintext",
    ),
];

impl Counters {
    /// Reads `name: value` lines; histograms and texts are skipped.
    pub(super) fn read(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.rsplit_once(": "));
        Self(
            lines
                .filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?)))
                .collect(),
        )
    }

    /// One of them; 0 if it is not there, as Envoy leaves out what never counted.
    pub fn get(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// One of a cluster's.
    pub fn of(&self, stat_name: &str, counter: &str) -> u64 {
        // Emissary's stat names have no colon; Envoy would write `_` for it.
        self.get(&format!("cluster.{}.{counter}", stat_name.replace(':', "_")))
    }

    /// Failures of a cluster's handshakes: the counter, how often, what it means.
    pub(super) fn failures(
        &self,
        stat_name: &str,
    ) -> impl Iterator<Item = (&'static str, u64, &'static str)> {
        FAILURES.iter().filter_map(move |&(counter, means)| {
            let count = self.of(stat_name, counter);
            (count > 0).then_some((counter, count, means))
        })
    }
}
