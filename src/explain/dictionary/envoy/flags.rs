//! Envoy's response flags (`%RESPONSE_FLAGS%`), from its documentation and access log of 1.14 to 1.40.

use crate::explain::matching::entry::Grade;

/// A response flag.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// The short form in the access log.
    pub short: &'static str,
    /// The form of `%RESPONSE_FLAGS_LONG%`.
    pub long: &'static str,
    /// What Envoy means by it.
    pub what: &'static str,
    /// Possible causes, with regard to TLS to an upstream.
    pub cause: &'static str,
    /// What to do about it.
    pub next: &'static str,
    /// How specific it is, since a line may have several flags.
    pub weight: u8,
    /// How bad it is.
    pub grade: Grade,
    /// Rules that find the cause in manifests.
    pub rules: &'static [&'static str],
}

const fn flag(
    short: &'static str,
    long: &'static str,
    what: &'static str,
    cause: &'static str,
    next: &'static str,
) -> Flag {
    Flag { short, long, what, cause, next, weight: 25, grade: Grade::Failure, rules: &[] }
}

impl Flag {
    const fn tells(mut self, weight: u8) -> Self {
        self.weight = weight;
        self
    }

    const fn grade(mut self, grade: Grade) -> Self {
        self.grade = grade;
        self
    }

    const fn rules(mut self, rules: &'static [&'static str]) -> Self {
        self.rules = rules;
        self
    }

    /// The flag with this name, short or long.
    pub fn named(name: &str) -> Option<&'static Self> {
        FLAGS.iter().find(|flag| flag.short == name || flag.long == name)
    }
}

/// All flags, those of connections to upstreams first.
pub static FLAGS: &[Flag] = &[
    flag(
        "UF",
        "UpstreamConnectionFailure",
        "the connection to the upstream failed: TCP or TLS was not established",
        "nothing listens there, one side rejected the other's certificate, or they have no TLS \
         version or cipher suite in common; `%UPSTREAM_TRANSPORT_FAILURE_REASON%` in the access \
         log has the TLS code, and is `-` if the server closed the connection without an alert",
        "explain that code with `mtlsctl explain CODE`, or find the cause with `mtlsctl probe MAPPING`",
    )
    .tells(28),
    flag(
        "UC",
        "UpstreamConnectionTermination",
        "the upstream closed an established connection",
        "plaintext was sent to a port that expects TLS; or, with TLS 1.3, the server rejected the \
         client's certificate after the handshake, for which Envoy logs no reason; or the server \
         closes idle connections that Envoy still uses",
        "`mtlsctl probe MAPPING` sees the alert that Envoy does not log; if it finds nothing, \
         compare the idle timeouts (`cluster_idle_timeout_ms`)",
    )
    .tells(28)
    .rules(&["service-port-443-plaintext", "mapping-context-undefined", "istio-strict-plaintext"]),
    flag(
        "UH",
        "NoHealthyUpstream",
        "there is no healthy host in the upstream's cluster (503)",
        "with Consul or an endpoint resolver, no endpoint is known for that name; otherwise \
         health checks or outlier detection have ejected every host. No connection was attempted, \
         so TLS was not involved",
        "`kubectl get endpoints`, or Consul's catalog: the service's name, namespace, datacenter \
         and port; for a ConsulResolver, use the bare name",
    )
    .rules(&["consul-service-not-bare", "consul-resolver-by-default", "resolver-unknown", "service-port-undefined"]),
    flag(
        "UPE",
        "UpstreamProtocolError",
        "the upstream's response does not use the protocol that Envoy expects (502)",
        "ALPN chose h2 but Envoy's pool uses HTTP/1.1, or the reverse; or the port serves \
         something else",
        "remove `h2` from `alpn_protocols`, or set `grpc: true` on the Mapping of a gRPC service",
    )
    .rules(&["mapping-h2-without-grpc", "mapping-grpc-without-alpn"]),
    flag(
        "UR",
        "UpstreamRemoteReset",
        "the upstream reset the request's stream",
        "an HTTP/2 server refused the stream (GOAWAY, REFUSED_STREAM), or an HTTP/1.1 server \
         closed the connection after the request was sent",
        "read the server's log",
    ),
    flag(
        "URX",
        "UpstreamRetryLimitExceeded",
        "all retries are used up, or for TCP all connection attempts",
        "the flag next to it shows why each attempt failed; on its own it does not show the cause",
        "look at the other flag and at the reason",
    )
    .tells(12),
    flag(
        "UT",
        "UpstreamRequestTimeout",
        "the upstream did not answer within the Mapping's `timeout_ms` (504)",
        "TCP and TLS were established; the application is slow or is waiting for something",
        "raise `timeout_ms`, or find out what the application is waiting for",
    ),
    flag(
        "UO",
        "UpstreamOverflow",
        "a circuit breaker is open: too many connections, requests or retries to this upstream (503)",
        "failing handshakes keep connections pending, which uses up the limit",
        "look for UF before it; otherwise raise `circuit_breakers`",
    )
    .grade(Grade::Warning),
    flag(
        "LR",
        "LocalReset",
        "Envoy itself reset the connection",
        "a new configuration was applied, or a filter ended the stream",
        "look at the details of the response code",
    )
    .tells(15)
    .grade(Grade::Warning),
    flag(
        "LH",
        "FailedLocalHealthCheck",
        "Envoy's own health check failed",
        "it is draining, or a health check filter failed",
        "wait until the pod is ready",
    )
    .tells(15)
    .grade(Grade::Warning),
    flag(
        "NR",
        "NoRouteFound",
        "no route matches the request (404), or no filter chain matches the connection",
        "no Mapping has this host and prefix: it was dropped, its `hostname` differs, or no Host \
         covers the name. For a connection: no Host has the SNI, or TLS was sent where plaintext \
         is expected. The upstream was not contacted",
        "`mtlsctl resolve NAME -f manifests` shows whether the Mapping is routed, `mtlsctl lint` \
         why it is not",
    )
    .rules(&["mapping-dropped", "mapping-not-routed", "resolver-unknown", "ambassador-id-unmatched"]),
    flag(
        "NC",
        "NoClusterFound",
        "the route leads to a cluster that Envoy does not have",
        "the configuration is being changed, or the upstream's cluster was rejected",
        "look for messages about the cluster",
    ),
    flag(
        "DC",
        "DownstreamConnectionTermination",
        "the client closed the connection before it got the response",
        "the client gave up (its own timeout) or was closed; the upstream is not the cause unless \
         it is slow",
        "compare the client's timeout with the duration of the request",
    )
    .tells(15)
    .grade(Grade::Note),
    flag(
        "DPE",
        "DownstreamProtocolError",
        "the client's request is not valid HTTP",
        "a client uses TLS on a plaintext port, another protocol, or malformed HTTP",
        "check what that client sends, and to which port",
    )
    .grade(Grade::Warning),
    flag(
        "DT",
        "DurationTimeout",
        "the request or connection lasted longer than allowed",
        "`max_connection_duration` or a similar limit",
        "raise the limit if the connection is meant to last",
    )
    .tells(15)
    .grade(Grade::Note),
    flag(
        "DI",
        "DelayInjected",
        "a fault filter delayed the request",
        "fault injection is configured",
        "remove it, unless it is a test",
    )
    .tells(15)
    .grade(Grade::Note),
    flag(
        "FI",
        "FaultInjected",
        "a fault filter aborted the request",
        "fault injection is configured",
        "remove it, unless it is a test",
    )
    .grade(Grade::Note),
    flag(
        "RL",
        "RateLimited",
        "the rate limit filter rejected the request (429)",
        "too many requests; the upstream was not contacted",
        "look at the RateLimitService",
    )
    .grade(Grade::Warning),
    flag(
        "RLSE",
        "RateLimitServiceError",
        "the rate limit service did not respond",
        "the RateLimitService is an upstream as well, and its handshake may fail like any other",
        "`mtlsctl lint` checks its `tls:`; read its cluster's statistics",
    ),
    flag(
        "UAEX",
        "UnauthorizedExternalService",
        "the external authorization denied the request, or failed",
        "the AuthService denied the request, or was not reached: it is an upstream as well, and \
         its handshake may fail like any other. The response code details show which \
         (`ext_authz_denied`, `ext_authz_error`)",
        "look at the details; `mtlsctl lint` checks the AuthService's `tls:`",
    )
    .rules(&["mapping-context-undefined"]),
    flag(
        "UMSDR",
        "UpstreamMaxStreamDurationReached",
        "the stream lasted longer than allowed",
        "`max_stream_duration`",
        "raise it if the stream is meant to last",
    )
    .tells(15),
    flag(
        "SI",
        "StreamIdleTimeout",
        "nothing was sent on the stream within the idle timeout",
        "the client or the application sends nothing",
        "raise `idle_timeout_ms`, or find out what it is waiting for",
    ),
    flag(
        "IH",
        "InvalidEnvoyRequestHeaders",
        "an Envoy header has an invalid value (400)",
        "an `x-envoy-…` header of the client",
        "check what that client sends",
    ),
    flag(
        "RFCF",
        "ResponseFromCacheFilter",
        "the response comes from a cache",
        "a cache filter is configured",
        "nothing to do",
    )
    .grade(Grade::Note),
    flag(
        "NFCF",
        "NoFilterConfigFound",
        "a filter's configuration did not arrive in time",
        "the control plane did not send it",
        "look at the control plane's log",
    ),
    flag(
        "OM",
        "OverloadManagerTerminated",
        "Envoy's overload manager ended the request",
        "memory or connections are used up",
        "give the pod more memory",
    ),
    flag(
        "DF",
        "DnsResolutionFailed",
        "the upstream's name does not resolve",
        "the Service does not exist, or its name lacks the namespace; TLS was not involved",
        "look the name up from the pod; `mtlsctl lint` checks the Service's name and port",
    )
    .tells(45)
    .rules(&["service-name-not-qualified", "service-port-undefined"]),
    flag(
        "DO",
        "DropOverload",
        "the cluster drops a share of its requests",
        "the control plane requested it (`drop_overload`)",
        "look at the control plane",
    )
    .tells(15),
    flag(
        "DR",
        "DownstreamRemoteReset",
        "the client reset its stream",
        "the client gave up",
        "see the client's log",
    )
    .tells(15)
    .grade(Grade::Note),
    flag(
        "UDO",
        "UnconditionalDropOverload",
        "the cluster drops all requests",
        "the control plane requested it",
        "look at the control plane",
    ),
];
