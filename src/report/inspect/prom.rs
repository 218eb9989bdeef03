//! `inspect -o prom`: metrics for node_exporter's textfile collector, with absolute times, so that
//! they stay constant, and with names that existing alerts use.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use time::OffsetDateTime;

use crate::cert::Certificate;
use crate::inspect::{Subject, SubjectOrigin};

/// Writes the metrics; `now` is the time of the run.
pub fn inspect_prom(subjects: &[Subject], now: OffsetDateTime) -> String {
    let mut after = BTreeSet::new();
    let mut before = BTreeSet::new();
    for subject in subjects {
        for certificate in subject.chain.certificates() {
            let Some(validity) = certificate.validity else { continue };
            for labels in label_sets(subject, certificate) {
                after.insert((labels.clone(), validity.not_after.unix_timestamp()));
                before.insert((labels, validity.not_before.unix_timestamp()));
            }
        }
    }
    let mut text = String::new();
    family(
        &mut text,
        "x509_cert_not_after",
        "Expiry time of a certificate, in seconds since 1970.",
        &after,
    );
    family(
        &mut text,
        "x509_cert_not_before",
        "Start of a certificate's validity, in seconds since 1970.",
        &before,
    );
    text.push_str(
        "# HELP mtlsctl_last_run_timestamp_seconds Time at which these metrics were \
                   written.\n",
    );
    text.push_str("# TYPE mtlsctl_last_run_timestamp_seconds gauge\n");
    let _ = writeln!(text, "mtlsctl_last_run_timestamp_seconds {}", now.unix_timestamp());
    text
}

fn family(text: &mut String, name: &str, help: &str, series: &BTreeSet<(String, i64)>) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
    for (labels, value) in series {
        let _ = writeln!(text, "{name}{{{labels}}} {value}");
    }
}

/// One set per Mapping that depends on the certificate, or one without a Mapping.
fn label_sets(subject: &Subject, certificate: &Certificate) -> Vec<String> {
    let common = common_labels(subject, certificate);
    let mut sets = Vec::new();
    for dependent in &subject.dependents {
        let context = &dependent.context;
        let context = format!("{}/{}", context.namespace, context.name);
        for route in &dependent.routes {
            let mapping = format!("{}/{}", route.object.namespace, route.object.name);
            let mut labels = common.clone();
            labels.push(("mapping", mapping));
            labels.push(("service", route.service.clone()));
            labels.push(("tls_context", context.clone()));
            sets.push(labels);
        }
        if dependent.routes.is_empty() {
            let mut labels = common.clone();
            labels.push(("tls_context", context));
            sets.push(labels);
        }
    }
    if sets.is_empty() {
        sets.push(common);
    }
    sets.into_iter()
        .map(|labels| {
            let parts: Vec<String> = labels
                .into_iter()
                .map(|(name, value)| format!("{name}=\"{}\"", escaped(&value)))
                .collect();
            parts.join(",")
        })
        .collect()
}

fn common_labels(subject: &Subject, certificate: &Certificate) -> Vec<(&'static str, String)> {
    let common_name = |name: &crate::cert::Name| name.common_name().unwrap_or_default().to_owned();
    let mut labels = match &subject.origin {
        SubjectOrigin::File(path) => vec![("filepath", path.clone())],
        SubjectOrigin::Server(place) => vec![("server", place.clone())],
        SubjectOrigin::Consul(what) => vec![("consul", what.clone())],
        SubjectOrigin::Secret { namespace, name, key } => vec![
            ("secret", format!("{namespace}/{name}")),
            ("secret_namespace", namespace.clone()),
            ("secret_name", name.clone()),
            ("secret_key", key.clone()),
        ],
    };
    labels.extend(subject.world.iter().map(|world| ("world", world.clone())));
    labels.push(("serial_number", certificate.serial.replace(':', "")));
    labels.push(("subject_CN", common_name(&certificate.subject)));
    labels.push(("issuer_CN", common_name(&certificate.issuer)));
    labels
}

/// A label's value in the exposition format.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
