//! Findings of `mtlsctl running` and `mtlsctl diff`, by the names that they have in SARIF, Prometheus and JSON.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const R: DictionaryEntry = DictionaryEntry::of(
    "a finding of mtlsctl running, about the Envoy of a pod",
    Side::Configuration,
    "src/running/divergence.rs",
);

const D: DictionaryEntry = DictionaryEntry::of(
    "a finding of mtlsctl diff",
    Side::Configuration,
    "src/diff/annotations.rs",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    R.says(
        "running/configuration-frozen",
        &["envoy-configuration-frozen"],
        "the running Envoy does not have the configuration that the manifests make: it has not been \
         delivered yet, or Envoy or Emissary rejected it, in which case no change takes effect",
        "wait for the next update; if it stays, `mtlsctl resolve` shows what makes Emissary crash or Envoy \
         reject everything, and Ambassador's log has the reason",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/certificate-stale",
        &["envoy-certificate-stale"],
        "the certificate or bundle that the running Envoy has loaded is not the one that the Secret or file \
         has now",
        "Secrets are delivered within seconds, so look for a rejected update; files are read once, so restart \
         Ambassador's pods, or use a `secret`",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/certificate-expires",
        &["envoy-certificate-expires"],
        "a certificate that the running Envoy has loaded has expired or expires soon, whatever the Secret or \
         file has now",
        "renew it; if the Secret or file is newer already, see `envoy-certificate-stale`",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/handshakes-fail",
        &["envoy-handshakes-fail"],
        "the running Envoy has counted handshakes with this upstream that failed",
        "`mtlsctl probe` with the name of the Mapping, with `--in` the pod, tells why",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/not-ready",
        &["envoy-not-ready"],
        "the running Envoy, or one of its clusters, does not serve yet: it waits for its configuration, for \
         certificates or for the addresses of the upstream",
        "wait a few seconds and ask again; if it stays, look into Ambassador's log",
    )
    .weight(weight::CAUSE),
    D.says(
        "diff/downgrade",
        &["tls-downgrade"],
        "the change takes protection or verification from an upstream, presents another identity to it, or keeps it from \
         being reached",
        "`mtlsctl diff BEFORE AFTER` names the upstreams and the lines on both sides; where it is meant, `--fail-on never` or \
         a suppression in the code scanning of the repository accepts it",
    )
    .weight(weight::FRAME),
    D.says(
        "diff/change",
        &["tls-change"],
        "the change gives an upstream other TLS, which is neither better nor worse",
        "`mtlsctl diff BEFORE AFTER` names the upstreams and the lines on both sides",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note),
];
