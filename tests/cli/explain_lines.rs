//! Lines of programs around Ambassador that `explain` distinguishes, and other lines that it does
//! not mistake for TLS.

use mtlsctl::explain::read;

/// A line, the deciding cause, the side that wrote it, and words that the answer must contain.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    // Operating system errors, which have nothing to do with TLS.
    (
        "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: immediate connect error: Cannot assign requested address",
        "envoy/no-local-address",
        "client",
        "local ports",
    ),
    (
        "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: 113",
        "envoy/unreachable",
        "client",
        "firewall",
    ),
    (
        "upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: 110",
        "envoy/connection-timeout",
        "client",
        "connect_timeout_ms",
    ),
    (
        "upstream connect error or disconnect/reset before headers. reset reason: local connection failure",
        "envoy/local-connection-failure",
        "client",
        "itself closed",
    ),
    (
        "upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: TLS error: 33554536:system library:OPENSSL_internal:Connection reset by peer",
        "envoy/33554536",
        "client",
        "requires SNI",
    ),
    // Envoy's debug log.
    (
        "[2026-11-30 10:11:12.735][126][debug][connection] [source/common/tls/ssl_socket.cc:168] [C540] handshake error: 5",
        "envoy/debug-handshake-closed",
        "either",
        "TCP check",
    ),
    // The connection to a control plane is not an upstream.
    (
        "[2026-11-30 10:11:12.049][1][warning][config] [./source/common/config/grpc_stream.h:201] DeltaAggregatedResources gRPC config stream to local_agent closed since 376s ago: 14, upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: TLS error: 268436498:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE",
        "envoy/sds-fetch",
        "configuration",
        "control plane",
    ),
    // BoringSSL in other programs than Envoy.
    (
        "io.netty.handler.codec.DecoderException: io.netty.handler.ssl.ReferenceCountedOpenSslEngine$OpenSslHandshakeException: error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED",
        "openssl/verify-failed",
        "either",
        "was not trusted",
    ),
    // Emissary's messages about other objects.
    (
        "2026-11-30 10:11:12 diagd 3.9.1 [P19TAEW] ERROR: lis.shop.1: <RichStatus BAD error='securityModel is required' hostname='a' version='3.9.1'>",
        "emissary/listener-invalid",
        "configuration",
        "protocolStack",
    ),
    (
        "2026-11-30 10:11:12 diagd 3.9.1 [P19TAEW] ERROR: x.shop.1: <RichStatus BAD error='something new' hostname='a' version='3.9.1'>",
        "emissary/status-error",
        "configuration",
        "something new",
    ),
    (
        "time=\"2026-11-30 10:11:12\" level=error msg=\"shut down with error error: PANIC: reflect: call of reflect.Value.Set\" func=github.com/emissary-ingress/emissary/v3/pkg/busy.Main",
        "emissary/crashed",
        "configuration",
        "exited with error",
    ),
    (
        "health_checks configuration is only supported when using the endpoint resolver. Ignoring health_checks config for cluster: cluster_web_shop...",
        "emissary/health-checks",
        "configuration",
        "resolver: endpoint",
    ),
    (
        "E1130 10:11:12.978127 1 reflector.go:178] Failed to list *v1.Ingress: ingresses.networking.k8s.io is forbidden: User \"system:serviceaccount:shop:gw\" cannot list resource \"ingresses\" in API group \"networking.k8s.io\"",
        "kubernetes/forbidden",
        "configuration",
        "ClusterRole",
    ),
    // Kubernetes.
    (
        "Warning  FailedMount  55s  kubelet  Unable to attach or mount volumes: unmounted volumes=[up-tls], unattached volumes=[up-tls kube-api-access-x]: timed out waiting for the condition",
        "kubernetes/mount-waits",
        "configuration",
        "`up-tls`",
    ),
    (
        "Warning  FailedMount  2m (x4 over 2m)  kubelet  MountVolume.SetUp failed for volume \"certs\" : secret \"up-certs\" not found",
        "kubernetes/mount",
        "configuration",
        "`certs`",
    ),
    (
        "Liveness probe failed: Get \"https://10.0.0.7:8443/healthz\": remote error: tls: bad certificate",
        "kubernetes/probe-tls",
        "client",
        "no client certificate",
    ),
    (
        "Existing issued Secret is not up to date for spec: [spec.dnsNames]",
        "cert-manager/issued-anew",
        "configuration",
        "keeps the old certificate",
    ),
    // TLS and HTTP/2 on a port that expects neither, as several servers report it.
    (
        "10.0.0.9 - - [30/Nov/2026:10:11:12 +0000] \"\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03\" 400 157 \"-\" \"-\"",
        "first-bytes/client-hello",
        "server",
        "without `https://`",
    ),
    (
        "transport: http2Server.HandleStreams received bogus greeting from client: \"\\x16\\x03\\x01\\x02\\x00\"",
        "first-bytes/client-hello",
        "server",
        "plaintext",
    ),
    (
        "[2026-11-30 10:11:12 +0000] [12] [WARNING] Invalid request from ip=10.0.0.9: Invalid HTTP request line: '\\x16\\x03\\x01\\x02'",
        "first-bytes/client-hello",
        "server",
        "plaintext",
    ),
    (
        "BadHttpRequestException: Detected a TLS handshake to an endpoint that does not have TLS enabled.",
        "first-bytes/client-hello",
        "server",
        "plaintext",
    ),
    (
        "10.0.0.9 - - [30/Nov/2026:10:11:12 +0000] \"PRI * HTTP/2.0\" 400 157 \"-\" \"-\"",
        "first-bytes/http2-preface",
        "either",
        "`grpc: true`",
    ),
    (
        "rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: HTTP_1_1_REQUIRED",
        "grpc/http-1-1-required",
        "client",
        "certificate after the request",
    ),
    // A server that chooses by SNI, which Envoy does not send by default.
    (
        "level=debug msg=\"Serving default certificate for request: \\\"\\\"\"",
        "traefik/default-certificate",
        "server",
        "set `sni`",
    ),
    (
        "{\"level\":\"debug\",\"logger\":\"tls.handshake\",\"msg\":\"no matching certificates and no custom selection logic\",\"identifier\":\"10.0.0.7\"}",
        "caddy/no-certificate",
        "server",
        "set `sni`",
    ),
    // Servers whose line indicates the side.
    (
        "[WARN] agent: grpc: Server.Serve failed to complete security handshake from \"10.0.0.9:53448\": tls: first record does not look like a TLS handshake",
        "go/plaintext",
        "server",
        "`https://`",
    ),
    (
        "[4] 2026/11/30 10:11:12 [ERR] 10.0.0.9:5000 - cid:9 - TLS handshake error: remote error: tls: bad certificate",
        "go/remote-bad-certificate",
        "server",
        "the client does not accept",
    ),
    (
        "[notice] <0.1.0> TLS server: In state certify received CLIENT ALERT: Fatal - Unknown CA",
        "name/alert/48",
        "server",
        "the client does not trust the CA",
    ),
    (
        "[notice] <0.1.0> TLS server: In state wait_cert at ssl_handshake.erl:2098 generated SERVER ALERT: Fatal - Handshake Failure - {bad_cert,selfsigned_peer}",
        "erlang/peer-untrusted",
        "server",
        "`cacertfile`",
    ),
    (
        "TLS client: In state certify at ssl_handshake.erl:1372 generated CLIENT ALERT: Fatal - Handshake Failure - {bad_cert,hostname_check_failed}",
        "erlang/name",
        "client",
        "that name",
    ),
    (
        "2026-11-30T10:11:12.843+0000 I - [conn17] AssertionException handling request, closing client connection: 17189 The server is configured to only allow SSL connections",
        "mongodb/plaintext",
        "server",
        "plaintext",
    ),
    (
        "[2026-11-30 10:11:12,510] INFO [SocketServer brokerId=2] Failed authentication with /10.0.0.9 (errorMessage=SSL handshake failed caused by Unexpected content: 20)",
        "kafka/not-tls",
        "server",
        "security.protocol",
    ),
    (
        "psql: error: server does not support SSL, but SSL was required",
        "postgres/no-tls",
        "client",
        "ssl = on",
    ),
    (
        "*** Received alert [116]: Certificate is required",
        "gnutls/alert-required",
        "client",
        "requires a client certificate",
    ),
    (
        "403.16 Client certificate is not trusted or is invalid",
        "dotnet/iis",
        "server",
        "Trusted Roots",
    ),
    // OpenSSL 3 errors that are not about certificates.
    (
        "error:0A000152:SSL routines::unsafe legacy renegotiation disabled",
        "openssl/unsafe-renegotiation",
        "client",
        "RFC 5746",
    ),
    (
        "SSL routines:tls_process_ske_dhe:dh key too small",
        "openssl/dh-key-too-small",
        "client",
        "Diffie-Hellman",
    ),
    (
        "error:0A0000BF:SSL routines::no protocols available",
        "openssl/no-protocols",
        "configuration",
        "own settings",
    ),
    (
        "error:1E08010C:DECODER routines::unsupported",
        "openssl/no-start-line",
        "configuration",
        "line breaks",
    ),
    (
        "140011:error:1409E0E5:SSL routines:ssl3_write_bytes:ssl handshake failure:s3_pkt.c:659:",
        "openssl/handshake-failed",
        "either",
        "line before",
    ),
    ("Verify return code: 0 (ok)", "openssl/verify-ok", "client", "trusts the server's chain"),
    // Clients with their own messages.
    (
        "ERROR: cannot verify web's certificate, issued by 'CN=Root': Unable to locally verify the issuer's authority.",
        "wget/unknown-issuer",
        "client",
        "--ca-certificate",
    ),
    (
        "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326)",
        "dotnet/illegal-message",
        "client",
        "alert",
    ),
    (
        "curl: (92) HTTP/2 stream 1 was not closed cleanly: PROTOCOL_ERROR (err 1)",
        "curl/92",
        "client",
        "HTTP/2 failed",
    ),
    ("ERR_SSL_UNRECOGNIZED_NAME_ALERT", "nss/name-not-known", "client", "in front of Ambassador"),
    (
        "java.lang.IllegalArgumentException: File does not contain valid private key: /certs/tls.key",
        "java/key-file",
        "configuration",
        "pkcs8",
    ),
    ("cluster_not_found", "envoy/cluster-not-found", "server", "NC"),
    ("ssl_error_rx_record_too_long", "nss/not-tls", "client", "plaintext"),
    ("java.net.ConnectException: Connection refused", "java/refused", "client", "not involved"),
    (
        "Didn't find a registered implementation for name: 'envoy.filters.http.x'",
        "envoy/config/unknown-extension",
        "configuration",
        "built without it",
    ),
    ("503 UC", "envoy/flag/UC", "client", "closed"),
];

#[test]
fn each_program_is_recognised_with_its_side_and_next_step() {
    let mut wrong = Vec::new();
    for (line, id, side, words) in CASES {
        let reading = read(line);
        let Some(first) = reading.said.first() else {
            wrong.push(format!("nothing: {line}"));
            continue;
        };
        let told = [&first.title, &first.cause, &first.other, &first.next].map(String::as_str);
        let is_side = format!("{:?}", first.side).eq_ignore_ascii_case(side);
        if first.id != *id || !is_side || !told.join("\n").contains(words) {
            wrong
                .push(format!("{} ({:?}) instead of {id}: {line}\n{told:?}", first.id, first.side));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Lines in the same logs and threads that are about something else.
const OTHER: &[&str] = &[
    "alert: 40 new messages",
    "Alert(45): CPU high",
    "received alert [42] from the pager",
    "fatal alert 80 of the temperature sensor",
    "HikariPool-1 - Connection is not available, connection timeout after 30000ms",
    "MQTT protocol error: unexpected packet",
    "webhook callback failed with status 500",
    "PHP Warning: uninitialized string offset 0",
    "git: unsupported protocol 'foo'",
    "error: unknown protocol udp6",
    "kernel: nfs: server web not responding, connection failure",
    "state HTTP_REQUEST_SENT after 3 ms",
    "rsync: wrong version number in the module's header",
    "NullPointerException: unexpected record in table orders",
    "access denied for user app",
    "bad certificate of origin on the shipment",
    "The customs office says that a certificate is required for import",
    "error code 42 in module foo",
    "  tls: upstream",
    "    at TLSSocket.onConnectSecure (_tls_wrap.js:1496:34)",
    "\tat sun.security.ssl.Alerts.getSSLException(Alerts.java:192)",
    "10.0.0.9 - - [30/Nov/2026:10:11:12 +0000] \"GET /admin HTTP/1.1\" 403 12 \"-\" \"curl/8.0\"",
    "{\"level\":\"info\",\"msg\":\"request completed\",\"status\":403,\"path\":\"/admin\"}",
    "2026-11-30 10:11:12 INFO certificate of completion for course 48 is ready",
];

#[test]
fn unrelated_lines_are_not_mistaken_for_tls() {
    let taken: Vec<String> = OTHER
        .iter()
        .filter_map(|line| Some(format!("{}: {line}", read(line).said.into_iter().next()?.id)))
        .collect();
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}
