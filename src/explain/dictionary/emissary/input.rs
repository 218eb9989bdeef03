//! Emissary's own messages about its input: documents, schemas, files, and the generated
//! configuration.

use super::context::E;
use crate::explain::matching::entry::{DictionaryEntry, Grade, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/schema-python",
        &["not a valid Mapping: {reason}", "not a valid TLSContext: {reason}", "not a valid Host: {reason}", "not a valid Module: {reason}",
          "not a valid {kind}: {reason} is a required property", "not a valid {kind}: {reason} is not of type {text}",
          "not a valid {kind}: Additional properties are not allowed {reason}"],
        "Ambassador's own schema for this kind rejects the object ({reason}), so Ambassador drops \
         it and continues with the rest",
        "correct the field; `mtlsctl lint --emissary RELEASE` shows its location",
    )
    .weight(weight::CAUSE)
    .rules(&["object-refused-by-schema", "field-unknown"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/config/config.py"),
    E.says(
        "emissary/document-no-object",
        &["{text} is missing 'kind'?? {reason}", "{name} is not a dictionary? {reason}", "need kind"],
        "Emissary skips a document that is not an object or has no `kind`. In an annotation, \
         every other document is lost as well (Emissary 2.1 and later)",
        "`mtlsctl lint` shows the location",
    )
    .rules(&["annotation-unreadable"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/fetch/resource.py"),
    E.says(
        "emissary/kind-unhandled",
        &["no handler for {kind}, just saving"],
        "Emissary does not use objects of kind {kind}",
        "look for a typo in `kind`",
    )
    .grade(Grade::Warning)
    .rules(&["object-kind-case"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/config/config.py"),
    E.says(
        "emissary/schema-of-itself",
        &["corrupt schema at {text}, skipping {reason}", "no schema at {text}, not validating"],
        "Emissary cannot read one of its own schema files, so it accepts objects of that kind \
         without checking them",
        "use an unmodified image, without files mounted over its own",
    )
    .weight(weight::FRAME)
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/config/config.py"),
    E.says(
        "emissary/file-unreadable",
        &["could not read automatic manifest: {reason}", "FSSecretHandler could not open {path}", "SCC.url_reader could not load {path}",
          "found multiple Secrets in {path}", "found K8s Secret with no metadata at {text}"],
        "Emissary reads its configuration from files and cannot read one of them, or a Secret in \
         it: the Secret counts as missing, and each context that names it is discarded",
        "compare the mounted folder with what the message names: a Secret's file contains one \
         Secret, with `metadata`",
    )
    .rules(&["secret-missing"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/utils.py and fetch"),
    E.says(
        "emissary/configuration-not-made",
        &["Could not generate new Envoy configuration: {reason}",
          "{name}: Mapping {mapping} has no cluster? {text}"],
        "Emissary could not generate a configuration from its input, so Envoy keeps the last one, \
         or gets none after a restart",
        "look for the first error above it; `mtlsctl lint` on the same manifests names objects that crash Emissary",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Freeze)
    .rules(&["configuration-crashes-ambassador"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador_cli"),
    E.says(
        "emissary/starts-with-errors",
        &["ERROR ERROR ERROR Starting with configuration errors"],
        "Emissary started although its input has errors: the lines after this one list the \
         dropped objects",
        "read those lines, or run `mtlsctl lint` on the same manifests",
    )
    .weight(weight::FRAME)
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/config/config.py"),
    E.says(
        "emissary/cache-mismatch",
        &["CACHE: IR MISMATCH", "CACHE: ENVOY CONFIG MISMATCH", "CACHE: CHECK FAILED: {reason}"],
        "diagd compared a cached configuration with a newly generated one, and they differ: a bug \
         in that release. Envoy's configuration may not match the manifests",
        "restart the pod; `AMBASSADOR_FAST_RECONFIGURE=false` disables the cache",
    )
    .grade(Grade::Warning)
    .seen("Ambassador 1.11 to Emissary 4.1.0, python/ambassador_diag/diagd.py"),
    E.says(
        "emissary/diagnostics-statistics",
        &["EnvoyStats.update failed: {reason}", "EnvoyStats.update_log_levels failed: {reason}", "EnvoyStats.get_prometheus_state failed: {reason}",
          "could not update Envoy stats: {reason}", "EStats update: skipping due to lock contention"],
        "diagd could not read Envoy's statistics: Envoy is still starting, has exited, or is too \
         busy. Traffic is not affected",
        "if it continues after startup, find out why Envoy does not run: a rejected configuration \
         is in the same log",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/diagnostics/envoy_stats.py"),
    E.says(
        "emissary/usage-report",
        &["Scout: could not post report: {reason}", "Scout: no map data in returned map???", "Scout: could not save install_id: {reason}"],
        "Emissary could not report its version to its developers; nothing else depends on it",
        "nothing to do; `SCOUT_DISABLE=1` disables the reports",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/scout.py"),
    E.says(
        "emissary/load-balancer-status",
        &["Unable to set Ingress {text}'s load balancer, could not find Ambassador service", "Unable to set Knative {text}'s load balancer, could not find Ambassador service",
          "Pod labels are not mounted in the Ambassador container; Kubernetes Ingress support is likely to be limited"],
        "Emissary cannot write the address to an Ingress's status, since it does not find its own \
         Service; routing is not affected",
        "give Emissary's Service the label `app.kubernetes.io/component: ambassador-service`",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/fetch"),
];
