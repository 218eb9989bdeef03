//! What Envoy says about a request or a connection: response bodies, response code details, reset
//! reasons, log lines.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry =
    DictionaryEntry::of("Envoy", Side::Client, "Envoy 1.36 to 1.40, run; older ones from reports");

const PROBE: &str = "`mtlsctl probe MAPPING` performs the same handshake and shows where it fails";

const CLOSED_LATE: &str = "plaintext was sent to a port that expects TLS, or, with TLS 1.3, the \
                           server rejected the client's certificate after the handshake, for \
                           which Envoy logs no reason";

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "envoy/connection-termination",
        &[
            "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
            "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: connection termination",
            "upstream_reset_before_response_started{connection_termination",
            "reset reason: connection termination",
        ],
        CLOSED_LATE,
        PROBE,
    )
    .alone(&["connection termination"])
    .weight(weight::GENERAL)
    .other("the server accepted the connection and then closed it (response flag UC)")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined", "istio-strict-plaintext"]),
    E.says(
        "envoy/connection-failure",
        &[
            "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
            "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure",
            "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure",
            "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: connection failure",
            "upstream_reset_before_response_started{connection_failure",
            "upstream_reset_before_response_started{remote_connection_failure",
            "reset reason: remote connection failure",
            "reset reason: connection failure",
            "remote connection failure",
        ],
        "the connection to the upstream was not established (response flag UF): nothing listens \
         there, or the TLS handshake failed. If there is a TLS code, it follows `transport \
         failure reason:`; from Envoy 1.38 on it is only in the access log",
        PROBE,
    )
    .alone(&["connection failure"])
    .weight(weight::GENERAL)
    .rules(&["service-port-undefined", "upstream-without-sni"]),
    E.says(
        "envoy/local-connection-failure",
        &["local connection failure", "upstream_reset_before_response_started{local_connection_failure"],
        "Envoy itself closed the connection before it was established: a new configuration \
         removed the host or cluster, or the connection was drained. A failed TCP connection or \
         TLS handshake is a remote connection failure",
        "check whether the upstream's pods or Ambassador's configuration changed at that time",
    )
    .weight(weight::SPECIFIC)
    .seen("Envoy 1.24 to 1.40, source/common/conn_pool"),
    E.says(
        "envoy/connection-timeout",
        &[
            "upstream connect error or disconnect/reset before headers. reset reason: connection timeout",
            "reset reason: connection timeout",
            "upstream_reset_before_response_started{connection_timeout",
            "upstream connect timeout",
            "delayed connect error: 110", "delayed connect error: Connection timed out", "immediate connect error: 110",
        ],
        "TCP and TLS were not established within the Mapping's `connect_timeout_ms` (response \
         flag UF): a network policy drops packets, or the port accepts connections but does not \
         answer a ClientHello",
        "check network policies, and that the Service has this port; `mtlsctl probe MAPPING` \
         shows how far it gets",
    )
    .alone(&["connection timeout"])
    .weight(weight::SPECIFIC - 10)
    .rules(&["service-port-undefined"]),
    E.says(
        "envoy/protocol-error",
        &[
            "upstream connect error or disconnect/reset before headers. reset reason: protocol error",
            "upstream_reset_before_response_started{protocol_error",
            "reset reason: protocol error",
            "upstream_response_protocol_error",
        ],
        "the upstream's response does not use the protocol that Envoy expects (response flag UPE, \
         502): ALPN chose h2 but Envoy's pool uses HTTP/1.1, or the reverse; or the port serves \
         TLS, or not HTTP",
        "remove `h2` from `alpn_protocols`, or set `grpc: true` on the Mapping of a gRPC service; \
         for a port that serves TLS, write the service with `https://`",
    )
    .alone(&["protocol error"])
    .weight(weight::GENERAL)
    .rules(&["mapping-h2-without-grpc", "mapping-grpc-without-alpn", "service-port-443-plaintext"]),
    E.says(
        "envoy/codec-error",
        &["http1.codec_error", "http2.codec_error", "http/1.1 protocol error: {text}", "HPE_INVALID_METHOD", "HPE_INVALID_VERSION", "HPE_INVALID_CONSTANT",
          "dispatch error: {text}"],
        "Envoy received something other than the HTTP it expects. From a client (flag DPE, 400): \
         it sends TLS to a plaintext Listener, HTTP/2 to an HTTP/1.1 one, or another protocol. \
         From an upstream (flag UPE, 502): ALPN and `grpc:` select different protocols, or the \
         port serves TLS",
        "for DPE, check which port and scheme that client uses: Hosts with TLS need an HTTPS \
         Listener; for UPE, compare `alpn_protocols` and `grpc: true`, and write the service with \
         `https://` for a TLS port",
    )
    .weight(weight::SPECIFIC)
    .side(Side::Either),
    E.says(
        "envoy/overflow",
        &["upstream connect error or disconnect/reset before headers. reset reason: overflow", "started{overflow", "reset reason: overflow"],
        "a circuit breaker is open (response flag UO); failing handshakes keep connections \
         pending, which uses up the limit",
        "look for failed connections before it; otherwise raise `circuit_breakers`",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "envoy/connect-error",
        &["upstream connect error or disconnect/reset before headers"],
        "the upstream was not reached, or ended the connection before it responded; see the text \
         after `reset reason:`",
        PROBE,
    )
    .weight(weight::FRAME),
    E.says(
        "envoy/no-healthy-upstream",
        &["no healthy upstream", "no_healthy_upstream"],
        "there is no healthy host in the cluster (response flag UH, 503): with Consul or an \
         endpoint resolver, no endpoint is known for that name; otherwise health checks or \
         outlier detection have ejected every host. No connection was attempted, so TLS was not \
         involved",
        "`kubectl get endpoints`, or Consul's catalog: the service's name, namespace, datacenter \
         and port; for a ConsulResolver, use the bare name",
    )
    .rules(&["consul-service-not-bare", "consul-resolver-by-default", "resolver-unknown", "service-port-undefined"]),
    E.says(
        "envoy/no-route",
        &["route_not_found", "filter_chain_not_found", "no matching filter chain found", "closing socket: no matching filter chain found",
          "no matching route found"],
        "no route matches the request (NR, 404), or no filter chain matches the connection: no \
         Mapping has this host and prefix, no Host covers the SNI, or TLS and plaintext are mixed \
         up on this port. The upstream was not contacted",
        "`mtlsctl resolve NAME -f manifests` shows whether the Mapping is routed, `mtlsctl lint` \
         why it is not",
    )
    .side(Side::Server)
    .rules(&["mapping-dropped", "mapping-not-routed", "host-context-undefined"]),
    E.says(
        "envoy/sds-missing",
        &["Secret is not supplied by SDS"],
        "Envoy waits for a certificate from its control plane (SDS) and has none yet, so it cannot open or accept \
         a TLS connection. Ambassador's Envoy has its certificates in files and does not use SDS: the line is from \
         an Istio sidecar or gateway, Consul Connect or Envoy Gateway in between",
        "look there, not at the TLSContext: run `istioctl proxy-config secret POD`; check that \
         istiod responds, that the `credentialName` exists in the gateway's namespace, and that \
         the proxy's token and root still match",
    )
    .weight(weight::CAUSE)
    .side(Side::Either)
    .seen("istio#34903; Envoy 1.14 to 1.40, source/common/tls"),
    E.says(
        "envoy/sds-fetch",
        &["gRPC config stream to {name} closed: {text}", "gRPC config stream to {name} closed since {seconds} ago: {text}", "gRPC config stream closed since {seconds} ago: {text}", "StreamSecrets gRPC config stream to {name} closed: {text}", "StreamSecrets gRPC config stream closed: {text}",
          "StreamAggregatedResources gRPC config stream to {name} closed: {text}",
          "StreamAggregatedResources gRPC config stream closed: {text}", "DeltaAggregatedResources gRPC config stream to {name} closed: {text}",
          "gRPC config stream closed: {text}", "gRPC config: initial fetch timed out for {type}", "DeltaAggregatedResources gRPC config stream closed: {text}"],
        "Envoy lost its control plane, or gets nothing from it ({text}). It keeps its current \
         configuration; certificates are not renewed in the meantime",
        "check the control plane: ambex in Ambassador's own pod, istiod for a sidecar, the local \
         agent for Consul. Code 13 or 14 after a restart is temporary",
    )
    .weight(weight::CAUSE)
    .grade(Grade::Warning)
    .side(Side::Configuration),
    E.says(
        "envoy/refused",
        &["delayed connect error: Connection refused", "delayed connect error: 111", "delayed_connect_error:_Connection_refused",
          "immediate connect error: Connection refused", "immediate connect error: 111", "connect error: 111"],
        "nothing listens on that address and port: TCP was refused, so TLS was not involved",
        "check the port in `service:`; without one Ambassador uses 443 for `https://` and 80 for `http://`",
    )
    .weight(weight::CAUSE)
    .other("no server runs there or on this port, or it listens only on the pod's loopback")
    .rules(&["service-port-undefined", "service-port-443-plaintext", "istio-port-implicit"]),
    E.says(
        "envoy/unreachable",
        &["delayed connect error: No route to host", "immediate connect error: No route to host",
          "immediate connect error: Network is unreachable", "immediate connect error: 101", "delayed connect error: 113",
          "immediate connect error: 113", "delayed connect error: 101"],
        "there is no route to that address: the pod is gone, a firewall or network policy rejects \
         the connection, or it is an IPv6 address and the pod has only IPv4; TLS was not involved",
        "check the name's address (`enable_ipv4`, `enable_ipv6`), network policies and the node's \
         firewall",
    ),
    E.says(
        "envoy/no-local-address",
        &["immediate connect error: Cannot assign requested address", "immediate connect error: 99", "immediate connect error: Address not available"],
        "Envoy has no local address or port for this connection: all local ports for that \
         upstream are in use (very many connections, none kept alive), or the pod has no address \
         of that family (IPv6); TLS was not involved",
        "count the connections (`ss -s` in the pod); check `enable_ipv6`, and keep connections alive",
    )
    .seen("Linux's errno 99; Envoy 1.14 to 1.40"),
    E.says(
        "envoy/connect-reset",
        &["delayed connect error: 104", "delayed connect error: Connection reset by peer", "immediate connect error: 104"],
        "the TCP connection was reset while it was being established: a load balancer without a \
         backend, or a server that is shutting down; TLS was not involved",
        "check what is between Envoy and the upstream",
    )
    .seen("Linux's errno 104; Envoy 1.14 to 1.40"),
    E.says(
        "envoy/connect-forbidden",
        &["immediate connect error: Operation not permitted", "immediate connect error: 1", "immediate connect error: Permission denied", "immediate connect error: 13"],
        "the node does not allow the pod to open this connection: a network policy, iptables or a \
         sandbox; TLS was not involved",
        "check the egress rules of the NetworkPolicies in Ambassador's namespace",
    )
    .seen("Linux's errno 1 and 13; Envoy 1.14 to 1.40"),
    E.says(
        "envoy/connect-pipe",
        &["immediate connect error: No such file or directory", "immediate connect error: 2"],
        "the upstream is a Unix socket that does not exist (in Istio the agent's socket for certificates, in Ambassador ambex's); \
         no TLS is involved",
        "check whether the program that creates the socket is running",
    )
    .seen("Linux's errno 2; Envoy 1.14 to 1.40"),
    E.says(
        "envoy/debug-handshake",
        &["ssl_socket.cc:{number}] [{id}] handshake error: 2", "handshake error: 2"],
        "not a failure: Envoy's debug log reports at each handshake that it waits for the other \
         side (`SSL_ERROR_WANT_READ`)",
        "see the later lines of the same connection (`[C…]`)",
    )
    .side(Side::Either)
    .grade(Grade::Note)
    .weight(weight::FRAME + 1),
    E.says(
        "envoy/debug-handshake-closed",
        &["ssl_socket.cc:{number}] [{id}] handshake error: 5", "handshake error: 5"],
        "the other side closed the TCP connection during the handshake, without an alert \
         (`SSL_ERROR_SYSCALL`). On a listener this is usually a load balancer's or kubelet's TCP \
         check",
        "check whether the connection (`[C…]`) belongs to a listener or an upstream: for an \
         upstream, `mtlsctl probe MAPPING` shows how far it gets",
    )
    .side(Side::Either)
    .grade(Grade::Warning)
    .weight(weight::SPECIFIC)
    .seen("emissary#1787; Envoy 1.11 to 1.40, source/common/tls"),
    E.says(
        "envoy/debug-handshake-failed",
        &["ssl_socket.cc:{number}] [{id}] handshake error: 1", "handshake error: 1"],
        "a TLS handshake failed in Envoy (`SSL_ERROR_SSL`); this line does not give the reason",
        "the line `TLS error:` of the same connection (`[C…]`) has the code",
    )
    .side(Side::Either)
    .weight(weight::FRAME + 5),
    E.says(
        "envoy/dns",
        &["dns_resolution_failure", "DNS resolution failed for {host}", "dns resolution failed for {host}", "dns cache resource failed",
          "dns target {host} failed"],
        "the upstream's name does not resolve; TLS was not involved",
        "look up the name from the pod; write `NAME.NAMESPACE` for a Service of another namespace",
    )
    .rules(&["service-name-not-qualified"]),
    E.says(
        "envoy/auto-sni-san",
        &["verify cert failed: verify SAN list", "verify_cert_failed:_SAN_matcher", "verify cert failed: SAN matcher", "verify SAN list"],
        "the server's certificate must have a certain name (`match_typed_subject_alt_names`), but \
         none of its names matches. Ambassador does not require one, so the line is from another \
         proxy: an Istio sidecar or DestinationRule (`subjectAltNames`), Consul Connect, Envoy \
         Gateway",
        "compare the names in the server's certificate with what that proxy requires; in Istio \
         this is the SPIFFE identity of the workload's actual service account",
    )
    .weight(weight::CAUSE + 5)
    .other("the server's chain is trusted, but its certificate is for another name: the wrong \
            workload responds, or it runs under another service account")
    .rules(&["istio-identity-of-other-account"])
    .seen("envoyproxy/gateway#8302; Envoy 1.36 to 1.40, run"),
    E.says(
        "envoy/hash-mismatch",
        &["verify cert failed: cert hash and spki", "cert hash and spki", "verify cert failed: hash"],
        "the server's certificate is not one of those pinned by hash. Ambassador does not pin \
         certificates, so the line is from another proxy or a custom configuration",
        "update the pin, or pin the CA instead",
    )
    .weight(weight::CAUSE + 5),
    E.says(
        "envoy/no-certificate-to-verify",
        &["verify cert failed: no certificate", "verify cert failed: empty cert chain", "verify cert failed: empty subject"],
        "the peer presented no certificate, but one is needed for verification",
        "give the other side a certificate",
    )
    .weight(weight::CAUSE + 5),
    E.says(
        "envoy/ext-authz",
        &["ext_authz_error", "ext_authz_denied"],
        "the external authorization denied the request (`denied`), or was not reached (`error`): \
         an AuthService is an upstream as well, and its handshake may fail like any other",
        "`mtlsctl lint` checks the AuthService's `tls:`; read the statistics of its cluster",
    )
    .rules(&["mapping-context-undefined"]),
    E.says(
        "envoy/rbac",
        &["rbac_access_denied_matched_policy[{policy}]", "rbac_access_denied_matched_policy", "RBAC: access denied"],
        "TLS worked, but an authorization policy of the proxy in front of the upstream denied the \
         request (403): the certificate's identity is not allowed, or there was no mutual TLS and \
         therefore no identity. In a mesh, Ambassador's identity is that of its own certificate",
        "compare the SPIFFE identity of Ambassador's certificate (`mtlsctl inspect`) with the `principals` and \
         `namespaces` of the AuthorizationPolicy; with Consul, check the intentions",
    )
    .side(Side::Server)
    .by("Envoy (the upstream's sidecar, or Consul's proxy)")
    .other("the upstream's proxy read our certificate, or got none, and its policy denies access")
    .rules(&["istio-identity-of-other-account", "istio-strict-plaintext"]),
    E.says(
        "envoy/via-upstream",
        &["via_upstream"],
        "the response is the upstream's own: TCP and TLS worked, and Envoy only forwarded it",
        "read the upstream's log for the reason",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note),
    E.says(
        "envoy/misdirected",
        &["421 Misdirected Request", "Misdirected Request"],
        "this connection is for a different name than the request's Host (421): Envoy sends no \
         SNI unless the context has `sni`, so the server chose its default site",
        "set `sni` in the TLSContext to the name that the server expects",
    )
    .weight(weight::CAUSE)
    .by("the upstream's server (Apache, Caddy, IIS and others)")
    .rules(&["upstream-without-sni"]),
    E.says(
        "envoy/h2-goaway",
        &["upstream_reset_before_response_started{remote_reset", "reset reason: remote reset",
          "stream reset: remote reset"],
        "the upstream reset the stream after the connection was established (response flag UR): \
         TLS worked",
        "read the upstream's log; with HTTP/2 it may reject the host name (`authority`) or be draining",
    )
    .alone(&["remote reset", "GOAWAY"])
    .weight(weight::GENERAL),
    E.says(
        "envoy/local-reset",
        &["reset reason: local reset", "reset reason: connection reset", "upstream_reset_before_response_started{local_reset"],
        "Envoy itself reset the stream, usually because a new configuration was applied or a \
         limit was reached",
        "check what happened at that time",
    )
    .weight(weight::GENERAL),
    E.says(
        "envoy/remote-close",
        &["closing socket: 0", "remote early close"],
        "the other side closed the connection; Envoy's debug log has this line for every \
         connection, successful or not",
        "see the earlier lines of the same connection (`[C…]`)",
    )
    .alone(&["remote close"])
    .side(Side::Either)
    .grade(Grade::Note)
    .weight(weight::FRAME),
    E.says(
        "envoy/closed-on-hello",
        &["Remote connection closed during handshake", "closing connection: connect failure", "transport socket connect failure",
          "remote close during handshake", "connection reset by peer during handshake"],
        "the other side closed the connection during the handshake, without an alert: \
         {closes-on-hello}; or one that rejects the client's certificate silently \
         ({silent-servers})",
        PROBE,
    )
    .rules(&["upstream-without-sni", "service-tls-to-port-80"]),
    E.says(
        "envoy/idle-timeout",
        &["upstream request timeout", "upstream_response_timeout", "stream_idle_timeout", "response_timeout"],
        "the upstream did not respond in time (504); TCP and TLS were established",
        "raise `timeout_ms`, or find out what the application is waiting for",
    )
    .weight(weight::GENERAL),
    E.says(
        "envoy/cluster-not-found",
        &["cluster_not_found"],
        "the route leads to a cluster that Envoy does not have (flag NC, 503): the configuration is being changed, or the \
         upstream's cluster was rejected",
        "look for messages about the cluster: `gRPC config for … rejected` in Envoy's log, Emissary's errors on the Mapping",
    )
    .side(Side::Server)
    .seen("Envoy 1.14 to 1.40, response code details"),
    E.says(
        "envoy/upstream-slow",
        &["upstream_per_try_timeout", "upstream_max_stream_duration_reached", "request_overall_timeout", "max_duration_timeout"],
        "the upstream got the request but did not respond within the route's limit; TCP and TLS \
         were established",
        "find out what the application is waiting for, or raise `timeout_ms`",
    )
    .weight(weight::GENERAL)
    .seen("Envoy 1.14 to 1.40, response code details"),
    E.says(
        "envoy/own-answer",
        &["direct_response", "downstream_remote_disconnect", "downstream_local_disconnect", "missing_host_header", "request_headers_too_large", "low_version", "request_payload_too_large"],
        "Envoy answered or ended this request itself: a redirect or fixed response, a client that \
         disconnected, or a request that it does not accept. The upstream was not contacted, or \
         is not the cause",
        "check the client's request; no certificate is involved",
    )
    .side(Side::Server)
    .grade(Grade::Note)
    .weight(weight::FRAME + 5)
    .seen("Envoy 1.14 to 1.40, response code details"),
];
