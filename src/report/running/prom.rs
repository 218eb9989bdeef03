//! The comparison as metrics for node_exporter's textfile collector.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use time::OffsetDateTime;

use crate::running::{Comparison, Held, Kind};

/// Differences by rule, clusters that differ from the input, and expiry times of loaded
/// certificates.
pub fn prom(comparison: &Comparison, held: &Held, now: OffsetDateTime) -> String {
    let mut text = String::new();
    let mut family = |name: &str, help: &str, series: &BTreeMap<String, i64>| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (labels, value) in series {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    };
    let kinds = [Kind::Frozen, Kind::Stale, Kind::Expires, Kind::HandshakesFail, Kind::NotReady];
    let count = |kind| comparison.divergences.iter().filter(|one| one.kind == kind).count() as i64;
    family(
        "mtlsctl_envoy_divergences",
        "Differences between the running Envoy and the input.",
        &kinds.map(|kind| (format!("{{rule=\"{}\"}}", kind.rule()), count(kind))).into(),
    );
    let mut differing = BTreeMap::new();
    for compared in &comparison.clusters {
        let differs = comparison.divergences.iter().any(|one| {
            one.kind != Kind::HandshakesFail && one.clusters.contains(&compared.cluster)
        });
        differing
            .insert(format!("{{cluster=\"{}\"}}", escaped(&compared.name)), i64::from(differs));
    }
    family(
        "mtlsctl_envoy_cluster_differs",
        "1 if the running Envoy differs from what the input asks for.",
        &differing,
    );
    let mut ends = BTreeMap::new();
    for one in &held.certificates {
        if let Some(validity) = one.validity {
            let (path, serial) = (escaped(&one.path), escaped(&one.serial));
            let role = if one.is_ca { "ca" } else { "certificate" };
            ends.insert(
                format!("{{path=\"{path}\",role=\"{role}\",serial=\"{serial}\"}}"),
                validity.not_after.unix_timestamp(),
            );
        }
    }
    family(
        "mtlsctl_envoy_loaded_not_after",
        "Expiry time of a certificate that Envoy has loaded, in seconds since 1970.",
        &ends,
    );
    let run = BTreeMap::from([(String::new(), now.unix_timestamp())]);
    family("mtlsctl_last_run_timestamp_seconds", "Time at which these metrics were written.", &run);
    text
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
