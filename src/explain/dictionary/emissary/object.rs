//! Emissary's own messages about other objects: Listeners, auxiliary services, and general
//! statuses.

use super::context::E;
use crate::explain::matching::entry::{DictionaryEntry, Grade, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/listener-invalid",
        &["protocol and protocolStack may not both be specified; using protocolStack", "one of protocol and protocolStack must be specified", "securityModel is required",
          "hostBinding is required", "hostBinding must have at least one of namespace or selector", "hostBinding.namespace.from is required",
          "hostBinding.namespace.from=selector is not yet supported", "hostBinding.selector currently supports only matchLabels",
          "protocol {protocol} is not valid", "TCP or UDP should be the last protocol in the protocolStack"],
        "a Listener lacks a field or has a value that Emissary does not know, so Emissary leaves \
         it out and nothing listens on its port; upstreams are not affected",
        "a Listener needs `port`, `protocol` (or `protocolStack`), `securityModel` and `hostBinding`",
    )
    .weight(weight::CAUSE)
    .seen("Emissary 2.0 to 4.1.0, python/ambassador/ir/irlistener.py"),
    E.says(
        "emissary/listener-claims",
        &["TLSContext {context} claims hostname {name}, which was already claimed by {other}", "Host {host} and mismatched TLSContext {context} both claim hostname {name}",
          "Hostname {name} is defined by both Host {host} and Host {other}"],
        "two objects terminate TLS for the same name; Emissary uses the first, and clients of \
         `{name}` may get the other's certificate",
        "use the name in only one Host, and name its context in `tlsContext`",
    )
    .weight(weight::CAUSE)
    .seen("Ambassador 1.14.4, python/ambassador/ir/irlistener.py"),
    E.says(
        "emissary/auxiliary-invalid",
        &["service is required in RateLimitService", "only one RateLimitService is supported, got {name}", "exactly one TracingService is supported, got {name}",
          "service field is required in TracingService", "driver field is required in TracingService", "AuthService requires proto field",
          "AuthService config requires apiVersion field", "AuthService cannot support multiple {field} values; using {value}",
          "service must be present for a remote log service", "Duplicate LogService {name}; keeping definition from {other}",
          "proto_version {version} is unsupported, proto must be"],
        "an AuthService, RateLimitService, TracingService or LogService lacks a field or is \
         defined twice, so Emissary leaves it (or the second one) out. Their `service` and `tls` \
         work like a Mapping's",
        "correct the object that the message names; `mtlsctl lint` checks their services and contexts",
    )
    .weight(weight::SPECIFIC)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir"),
    E.says(
        "emissary/mapping-invalid",
        &["Mapping {mapping} has invalid weight {weight}", "Invalid circuit_breakers specified: {text}, invalidating mapping", "outlier_detection is not supported",
          "Invalid retry policy specified: {text}", "Total weight of mappings exceed 100", "Total weight of mappings exceeds 100", "Could not normalize mapping weights"],
        "a Mapping has a value that Emissary does not accept (weights above 100 %, circuit \
         breakers, retries), so it is dropped or that part of it is ignored; TLS is not affected",
        "correct the value; `mtlsctl resolve NAME -f manifests` shows whether the Mapping is routed",
    )
    .rules(&["mapping-dropped"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir"),
    E.says(
        "emissary/mapping-host-twice",
        &["Mapping {mapping} in namespace {namespace}: both host and hostname are set, using hostname and ignoring host"],
        "the Mapping has `host` and `hostname`; Emissary uses `hostname`",
        "remove `host`",
    )
    .grade(Grade::Warning)
    .seen("Emissary 2.0 to 4.1.0, python/ambassador/ir/irhttpmapping.py"),
    E.says(
        "emissary/health-checks",
        &["health_checks configuration is only supported when using the endpoint resolver. Ignoring health_checks config for cluster: {cluster}"],
        "the Mapping of this cluster has `health_checks`, which Emissary supports only with an \
         endpoint resolver; nothing is checked",
        "set `resolver: endpoint`, or remove `health_checks`",
    )
    .grade(Grade::Warning)
    .seen("Emissary 3.4 to 4.1.0, python/ambassador/envoy/v3/v3cluster.py"),
    E.says(
        "emissary/no-routable-ports",
        &["Kubernetes service {service} has no routable ports at all", "Kubernetes service {service} has no port number at index {number}"],
        "the Service has no port that Emissary can route to, so an endpoint resolver has no \
         endpoints: 503 UH",
        "give the Service a numbered TCP port",
    )
    .rules(&["service-port-undefined"]),
    E.says(
        "emissary/object-incomplete",
        &["need apiVersion", "must have apiVersion, kind, and name", "skipping invalid object with no kind: {text}", "could not process {kind} object: {reason}"],
        "Emissary skips an object without `apiVersion`, `kind` or a name, or one that it cannot \
         process",
        "`mtlsctl lint` shows the location",
    )
    .rules(&["object-api-version-unknown"]),
    E.says(
        "emissary/not-permitted",
        &["Ambassador is not permitted to read {text} resources", "Ambassador could not find Resolver type CRD definitions", "Ambassador could not find core CRD definitions"],
        "Emissary's service account is not allowed to read a kind of object, or its CRD is not \
         installed, so these objects count as missing",
        "compare Emissary's ClusterRole and CRDs with those of its release",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/no-contexts",
        &["No TLSContexts are active"],
        "the diagnostics page shows that there is no TLSContext: none is defined for this \
         Ambassador, or all were discarded. If TLS is not used, this is harmless",
        "if there should be one, look for messages about it, and compare its `ambassador_id`",
    )
    .grade(Grade::Note)
    .rules(&["mapping-context-undefined"])
    .seen("emissary#2139; diagnostics page of 0.86 to 1.14"),
    E.says(
        "emissary/dns-type",
        &["dns_type {value}, is an invalid type. Options are STRICT_DNS or LOGICAL_DNS"],
        "`dns_type` has a value that Envoy does not know; Emissary uses STRICT_DNS",
        "write `strict_dns` or `logical_dns`",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/metrics-endpoint",
        &["could not get metrics_endpoint: {reason}"],
        "Emissary's diagnostics requested Edge Stack's metrics, which do not exist; this is harmless, and \
         no upstream is affected",
        "nothing to do; Emissary 4.0 release candidates log it at each scrape",
    )
    .grade(Grade::Note)
    .seen("emissary#5910"),
    E.says(
        "emissary/crashed",
        &["shut down with error error: PANIC: {reason}", "shut down with error error: {reason}"],
        "Emissary's entrypoint exited, so the pod restarts: {reason}. All its processes exit with \
         it; the message of the one that failed is above, `exited with error`",
        "look for `exited with error` above it; with PANIC it is a bug in that release: search \
         its issues for the message",
    )
    .by("Emissary (entrypoint)")
    .weight(weight::SPECIFIC)
    .grade(Grade::Freeze)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, pkg/busy; emissary#5603"),
    E.says(
        "emissary/apiext-authority",
        &["no key found in CA secret", "bad key loaded in CA secret: {reason}", "key in CA secret is not an RSA key", "no cert found in CA secret",
          "root ca certifcate is expired", "public x509 certificate is not marked as a CA", "unable to parse ca Secret",
          "apiext server unable to obtain a root ca during startup", "ca bundle is missing, unable generate new server certifcate for {name}",
          "public certificate data found is not a valid x509 certificate: {reason}", "current time is before the root x509 ca certificate notBefore time"],
        "Emissary's conversion webhook (apiext) cannot use its own CA, so `kubectl apply` of v1, \
         v2 and v3alpha1 objects fails; traffic and upstreams are not affected",
        "delete its CA Secret (`emissary-ingress-webhook-ca`) and restart `emissary-apiext`, \
         which creates a new one",
    )
    .by("Emissary (apiext)")
    .seen("Emissary 2.0 to 4.1.0, cmd/apiext and pkg/apiext"),
    E.says(
        "emissary/status-error",
        &["<RichStatus BAD error={reason} hostname={text}", "<RichStatus BAD error={reason}"],
        "Emissary reports an error for the object named before it: {reason}. It drops that object \
         or the faulty part, and continues with the rest",
        "run `mtlsctl lint` on the object; the diagnostics page lists the same error next to it",
    )
    .weight(weight::GENERAL),
];
