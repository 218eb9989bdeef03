//! Messages of curl, and of libcurl in PHP, git and others.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry =
    DictionaryEntry::of("curl", Side::Client, "curl 7.88 and 8, exit codes from its documentation");

const SAYS_NOTHING: &str = "what curl trusts does not show what Ambassador trusts; repeat it with \
                            `--cacert` and the context's CA, and with `--cert` and `--key`, or \
                            use `mtlsctl probe`";

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "curl/60",
        &["curl: (60) {reason}", "curl: (51) {reason}", "SSL certificate problem: {reason}", "server certificate verification failed. CAfile: {file}", "[60] SSL peer certificate or SSH remote key was not OK", "SSL peer certificate or SSH remote key was not OK"],
        "curl does not trust the server's certificate, or it is for another name: {reason}. Envoy under Ambassador does not compare \
         names",
        SAYS_NOTHING,
    )
    .weight(weight::GENERAL)
    .rules(&["ca-does-not-cover-own-issuer"]),
    E.says(
        "curl/35",
        &["curl: (35) {reason}"],
        "the TLS handshake failed: {reason}",
        "see the text after it; curl offers TLS 1.3, SNI and more suites than Envoy, so it may \
         succeed where Envoy fails, and vice versa",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "curl/56",
        &["curl: (56) OpenSSL SSL_read: {reason}", "curl: (56) {reason}", "curl: (55) {reason}"],
        "the server ended the connection after the handshake; with TLS 1.3, that is where it \
         rejects a client certificate or the lack of one: {reason}",
        "pass the certificate with `--cert` and `--key`; the alert's name shows the cause",
    )
    .weight(weight::GENERAL),
    E.says(
        "curl/reset",
        &["curl: (56) Recv failure: {reason}", "curl: (35) Recv failure: {reason}", "curl: (55) Send failure: {reason}",
          "schannel: failed to receive handshake, SSL/TLS connection failed"],
        "the connection was reset or closed before a response: over `http://` the port may expect \
         TLS; over `https://` the server (or something in front of it) closed the connection \
         during the handshake, or after it because of the client's certificate or the lack of one",
        "`curl -v` shows how far it got; pass `--cert` and `--key` if a client certificate is required",
    )
    .weight(weight::GENERAL + 5)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "curl/name",
        &["SSL: no alternative certificate subject name matches target host name {name}", "SSL: certificate subject name {text} does not match target host name {name}", "SSL: no alternative certificate subject name matches target {kind} {name}"],
        "the server's certificate does not have the name `{name}` that curl asked for. Envoy under Ambassador does not compare \
         names",
        "issue the certificate with that name, or connect by a name that it has (`--connect-to`, \
         `--resolve`)",
    )
    .weight(weight::CAUSE),
    E.says(
        "curl/no-h2",
        &["Server does not support HTTP/2 in TLS ALPN", "ALPN: server did not agree on a protocol. Uses default", "ALPN, server did not agree to a protocol"],
        "the server did not choose HTTP/2 by ALPN; it uses HTTP/1.1",
        "for gRPC the server must offer `h2`; on an Ambassador Host, set `alpn_protocols: h2,http/1.1`",
    )
    .grade(Grade::Note)
    .weight(weight::SPECIFIC),
    E.says(
        "curl/sent-alert",
        &["(OUT), TLS alert, {reason} ({number}):"],
        "curl itself ended the handshake with the alert `{reason}`: it does not accept what the \
         server sent, usually its certificate",
        SAYS_NOTHING,
    )
    .weight(weight::GENERAL),
    E.says(
        "curl/52",
        &["curl: (52) Empty reply from server"],
        "the server closed the connection without a response: plaintext was sent to a port that \
         expects TLS, or a proxy has no backend",
        "use `https://`; for a Mapping, write the service with `https://`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "curl/58",
        &["curl: (58) {reason}", "unable to set private key file: {text}", "could not load PEM client certificate {text}", "could not load PEM client certificate"],
        "curl cannot use the given client certificate or key: {reason}",
        "check them with `mtlsctl inspect CERTIFICATE --key KEY`",
    )
    .weight(weight::SPECIFIC)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-pem-invalid"]),
    E.says(
        "curl/77",
        &["curl: (77) {reason}", "error setting certificate verify locations", "error setting certificate file", "error adding trust anchors from file: {file}"],
        "curl cannot read the given CA file",
        "check the path; the file must be PEM",
    )
    .side(Side::Configuration),
    E.says(
        "curl/7",
        &["curl: (7) {reason}", "Failed to connect to {host} port {port}: {reason}", "Failed to connect to {host} port {port}"],
        "no connection was established ({reason}); TLS was not involved",
        "check the name, port and network policies",
    )
    .rules(&["service-port-undefined"]),
    E.says(
        "curl/6",
        &["curl: (6) Could not resolve host: {host}", "Could not resolve host: {host}"],
        "the name `{host}` does not resolve; TLS was not involved",
        "write `NAME.NAMESPACE` for a Service of another namespace",
    )
    .rules(&["service-name-not-qualified"]),
    E.says(
        "curl/28",
        &["curl: (28) {reason}"],
        "no response in time: {reason}",
        "a network policy drops packets, or the server does not respond",
    )
    .weight(weight::GENERAL),
    E.says(
        "curl/http09",
        &["Received HTTP/0.9 when not allowed", "curl: (1) Received HTTP/0.9 when not allowed"],
        "curl sent plaintext, and the response is not HTTP: most likely a TLS alert",
        "use `https://`",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "curl/wrong-version",
        &["LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to {host}", "OpenSSL SSL_connect: Connection reset by peer in connection to {host}",
          "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to {host}", "SSL_connect: Connection was reset in connection to {host}", "SSL connect error"],
        "the other side closed the connection during the handshake without an alert: the port \
         does not serve TLS, requires SNI or the PROXY protocol, or a load balancer in front has \
         no backend",
        "use the port that serves TLS; `curl -v --tls-max 1.2` offers the same version as Envoy",
    )
    .weight(weight::SPECIFIC)
    .rules(&["service-tls-to-port-80", "upstream-without-sni"]),
    E.says(
        "curl/92",
        &["curl: (92) {reason}", "curl: (16) {reason}", "HTTP/2 stream {number} was not closed cleanly: {reason}"],
        "TLS worked; HTTP/2 failed: {reason}",
        "check which protocol ALPN chose, and whether the server supports it",
    )
    .weight(weight::GENERAL)
    .rules(&["mapping-h2-without-grpc"]),
];
