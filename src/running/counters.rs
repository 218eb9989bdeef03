//! Envoy's counters, and what the TLS counters show about an upstream.

use std::collections::BTreeMap;

/// Counters and gauges by name.
#[derive(Debug, Default)]
pub struct Counters(BTreeMap<String, u64>);

/// Counters of failed handshakes and their meanings (reference: Envoy's `ssl.*`, measured with 1.36
/// to 1.40).
const FAILURES: [(&str, &str); 5] = [
    ("ssl.fail_verify_error", "the server's chain does not verify against trusted_ca"),
    ("ssl.fail_verify_san", "the server has none of the required names"),
    ("ssl.fail_verify_cert_hash", "the server's certificate is not the pinned one"),
    ("ssl.fail_verify_no_cert", "the server sent no certificate"),
    (
        "ssl.connection_error",
        "an alert, or not TLS: our certificate was rejected, there is no common version, or \
         plaintext",
    ),
];

impl Counters {
    /// Parses `name: value` lines; histograms and texts are skipped.
    pub(super) fn read(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.rsplit_once(": "));
        Self(
            lines
                .filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?)))
                .collect(),
        )
    }

    /// One counter; 0 if missing, since Envoy omits unused counters.
    pub fn get(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// One counter of a cluster.
    pub fn of(&self, stat_name: &str, counter: &str) -> u64 {
        // Emissary's stat names have no colon; Envoy would write `_` for it.
        self.get(&format!("cluster.{}.{counter}", stat_name.replace(':', "_")))
    }

    /// A cluster's failed handshakes: counter, count and meaning.
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
