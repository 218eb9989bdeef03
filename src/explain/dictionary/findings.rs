//! Findings of `mtlsctl running` and `mtlsctl diff`, by their names in SARIF, Prometheus and JSON.

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
        "the running Envoy's configuration does not match the manifests: it has not been \
         delivered yet, or Envoy or Emissary rejected it, in which case no change takes effect",
        "wait for the next update; if it persists, `mtlsctl resolve` shows what makes Emissary \
         crash or Envoy reject everything, and Ambassador's log has the reason",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/certificate-stale",
        &["envoy-certificate-stale"],
        "the certificate or bundle that the running Envoy has loaded differs from the one now in \
         the Secret or file",
        "Secrets are delivered within seconds, so look for a rejected update; files are read once, so restart \
         Ambassador's pods, or use a `secret`",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/certificate-expires",
        &["envoy-certificate-expires"],
        "a certificate that the running Envoy has loaded has expired or expires soon, regardless \
         of what is now in the Secret or file",
        "renew it; if the Secret or file is already newer, see `envoy-certificate-stale`",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/handshakes-fail",
        &["envoy-handshakes-fail"],
        "the running Envoy has counted failed handshakes with this upstream",
        "find the cause with `mtlsctl probe MAPPING --in POD`",
    )
    .weight(weight::CAUSE),
    R.says(
        "running/not-ready",
        &["envoy-not-ready"],
        "the running Envoy, or one of its clusters, is not ready yet: it is waiting for its \
         configuration, for certificates or for the upstream's addresses",
        "wait a few seconds and try again; if it persists, read Ambassador's log",
    )
    .weight(weight::CAUSE),
    D.says(
        "diff/downgrade",
        &["tls-downgrade"],
        "the change removes protection or verification from an upstream, presents another \
         identity to it, or makes it unreachable",
        "`mtlsctl diff BEFORE AFTER` lists the upstreams and the lines on both sides; if the \
         change is intended, accept it with `--fail-on never` or a suppression in the \
         repository's code scanning",
    )
    .weight(weight::FRAME),
    D.says(
        "diff/change",
        &["tls-change"],
        "the change gives an upstream different TLS, which is neither better nor worse",
        "`mtlsctl diff BEFORE AFTER` lists the upstreams and the lines on both sides",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note),
];
