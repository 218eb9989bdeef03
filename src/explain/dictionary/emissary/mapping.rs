//! Emissary's own messages about Mappings: resolvers, services and clusters.

use super::context::E;
use crate::explain::matching::entry::{DictionaryEntry, Grade, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/resolver-unknown",
        &["resolver {resolver} is unknown"],
        "the Mapping names resolver `{resolver}`, but this Ambassador has no ConsulResolver, \
         KubernetesEndpointResolver or KubernetesServiceResolver with that name; Emissary drops \
         the Mapping, so its route is 404",
        "create the resolver, or use `kubernetes-service`, `endpoint` or the name of your \
         ConsulResolver",
    )
    .weight(weight::CAUSE)
    .other("the service gets no requests from this Mapping")
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/cluster-resolver-invalid",
        &["cluster {cluster} has invalid resolver {resolver}"],
        "the upstream's resolver `{resolver}` does not exist, so it gets no endpoints",
        "create the resolver, or use another one",
    )
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/consul-dots",
        &["The Consul resolver does not allow dots in service names"],
        "a Mapping with a ConsulResolver has a dot in its `service`; Consul names have no dots, \
         so Emissary drops the Mapping",
        "use the service's bare name in Consul; `tls:` turns TLS on, and the port comes from Consul",
    )
    .weight(weight::CAUSE)
    .rules(&["consul-service-with-dots"]),
    E.says(
        "emissary/consul-port",
        &["The Consul resolver does not allow overriding service port; ignoring requested port",
          "The Consul resolver does not allow overriding service port"],
        "a Mapping with a ConsulResolver has a port or a scheme in its `service`. One half of \
         Emissary ignores it, and the other watches the raw text as the Consul service name, so \
         there are never any endpoints: 503 UH",
        "use the service's bare name in Consul; use `tls:` for TLS",
    )
    .weight(weight::CAUSE)
    .rules(&["consul-service-not-bare"]),
    E.says(
        "emissary/consul-datacenter",
        &["ConsulResolver is required to have a datacenter"],
        "a ConsulResolver has no `datacenter`; Emissary does not use it, and Mappings that name it are dropped",
        "add `datacenter: dc1`, or the name of yours",
    )
    .weight(weight::CAUSE)
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/resolver-kind",
        &["Resolver kind {kind} unknown"],
        "`{kind}` is not a resolver kind in this Emissary",
        "use ConsulResolver, KubernetesEndpointResolver or KubernetesServiceResolver",
    )
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/no-endpoints",
        &["Service {service}: {key} matches no endpoints from {resolver}", "no endpoints found, disabling cluster"],
        "the resolver has no endpoints for this service: the name has too many or too few labels, \
         the Service has no ready pods, or it does not have that port. Requests get 503 UH",
        "`kubectl get endpoints`; with an endpoint resolver the service is `NAME.NAMESPACE:PORT`, and an address \
         outside the cluster needs `resolver: kubernetes-service`",
    )
    .rules(&["service-port-undefined", "resolver-unknown"]),
    E.says(
        "emissary/load-balancer-resolver",
        &["No load_balancer setting is allowed with the KubernetesServiceResolver",
          "Invalid load_balancer specified: {text}"],
        "the Mapping has a `load_balancer` that its resolver does not support or that is \
         malformed; Emissary drops the Mapping",
        "use `resolver: endpoint`, or remove `load_balancer`",
    ),
    E.says(
        "emissary/service-port-invalid",
        &["found invalid port for service {service}", "found invalid port {text}"],
        "the port in `service:` is not a number from 1 to 65535; Emissary still creates a \
         cluster, with the scheme's default port",
        "correct the port",
    )
    .rules(&["service-malformed"]),
    E.says(
        "emissary/service-malformed",
        &["Malformed service {text}", "service {service} has extra URL components; ignoring everything but the host and port"],
        "`service:` is a host with an optional scheme and port, not a URL with a path; IPv6 \
         addresses go in brackets",
        "write `[scheme://]host[:port]`; a path belongs in `rewrite`",
    )
    .grade(Grade::Warning)
    .rules(&["service-malformed", "service-path-ignored"]),
    E.says(
        "emissary/service-scheme-unknown",
        &["service {service} has unknown scheme {scheme}, assuming {protocol}"],
        "`{scheme}://` is not a scheme that Emissary knows, so it is treated as {protocol}",
        "write `https://` for TLS; gRPC is `grpc: true`",
    )
    .grade(Grade::Warning)
    .rules(&["service-scheme-unknown"]),
    E.says(
        "emissary/service-scheme-ignored",
        &["ignoring scheme {scheme} for service {service}, since it is being used for a non-HTTP mapping"],
        "before 2.0.4 a TCPMapping's scheme is ignored: `https://` does not turn TLS on",
        "name a context in `tls:`",
    )
    .rules(&["tcp-mapping-scheme-ignored"])
    .seen("Ambassador 1.x to Emissary 2.0.3, python/ambassador/ir/ircluster.py"),
    E.says(
        "emissary/cluster-merge",
        &["cannot merge cluster {cluster}: mismatched attributes {text}"],
        "two AuthServices (or similar) use the same cluster but differ in {text}; Emissary adds \
         none of them",
        "give them the same `tls:` and the same settings",
    )
    .rules(&["cluster-shared"]),
    E.says(
        "emissary/mapping-mismatched",
        &["cannot accept new mapping {mapping} with mismatched {text}"],
        "Mappings of one route (a canary) must have the same values in the fields that the \
         message names; `{mapping}` does not, so it is left out",
        "use the same values in all Mappings of the route; for a TCPMapping also the same `tls:`",
    )
    .rules(&["mapping-dropped", "canary-mixes-plaintext"]),
    E.says(
        "emissary/mapping-fields-exclusive",
        &["Cannot specify both {field} and {other}. Using {text} and ignoring", "Cannot specify both rewrite and regex_rewrite: using regex_rewrite and ignoring rewrite"],
        "a Mapping has two fields that exclude each other; Emissary uses one, as the message \
         says. TLS is not affected",
        "remove the other field",
    )
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irhttpmapping.py"),
    E.says(
        "emissary/mapping-labels",
        &["labels not supported in getambassador.io/v0 Mapping resources", "rate_limits supported only in getambassador.io/v0 Mapping resources",
          "label has multiple entries {text} instead of just one", "Label for RateLimit has multiple entries instead of just one: {text}",
          "Label for RateLimit has invalid custom header {text}", "Label for RateLimit is not valid: {text}"],
        "the rate limit labels of a Mapping do not match this API version: v0's `rate_limits` and \
         later `labels` exclude each other, in which case the Mapping is dropped; a malformed \
         label is left out",
        "write `labels` as the Mapping's API version requires; `mtlsctl resolve NAME -f \
         manifests` shows whether it is routed",
    )
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irhttpmapping.py and envoy"),
    E.says(
        "emissary/redirect-code",
        &["Unknown redirect_response_code={text}, must be one of"],
        "`redirect_response_code` is not 301, 302, 303, 307 or 308, so Envoy redirects with 301",
        "write one of these codes",
    )
    .grade(Grade::Warning)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/envoy"),
    E.says(
        "emissary/redirect-beside-service",
        &["cannot accept {mapping} without host_redirect after {other} with host_redirect"],
        "a Mapping that redirects and one that routes have the same prefix, method and host; \
         Emissary keeps the one it read first and leaves `{mapping}` out",
        "give them different prefixes, or remove one",
    )
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irhttpmappinggroup.py"),
];
