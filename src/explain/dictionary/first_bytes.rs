//! How plaintext servers log the first bytes of a TLS ClientHello or of HTTP/2.

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a server whose port serves plaintext",
    Side::Server,
    "reports of users of nginx, Python, Node, Go and others",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "first-bytes/client-hello",
        &[r"\x16\x03", "x16x03", r"\u0016\u0003", "0x16 0x03", "0x160x03", "16 03 01 02 00 01 00 01",
          "received bogus greeting from client", "Detected a TLS handshake to an endpoint that does not have TLS enabled",
          "Bad request version ('{text}", "Bad HTTP/0.9 request type ('{text}",
          "HTTP parser error: invalid method encountered", "TLS handshake on plaintext port",
          "Are you trying to open an SSL connection to a non-SSL Puma?"],
        "a client started TLS (`16 03` are the first bytes of a ClientHello) on a port that \
         serves plaintext: the Mapping's service has `https://`, or its `tls:` context originates \
         TLS, but this port does not expect it",
        "write the Mapping's service without `https://` and `tls:`, or use the port that serves TLS",
    )
    .weight(weight::CAUSE)
    .other("the client uses TLS; Envoy reports WRONG_VERSION_NUMBER or that the connection was closed")
    .rules(&["service-tls-to-port-80", "istio-alpn-missing"]),
    E.says(
        "first-bytes/alert",
        &[r"\x15\x03", r"\u0015\u0003", "0x15 0x03", "0x150x03"],
        "one side uses plaintext and the other TLS: `15 03` are the first bytes of a TLS alert",
        "use TLS on both sides or on none: write the Mapping's service with `https://` if the upstream's port serves TLS",
    )
    .by("a program that expects plaintext")
    .side(Side::Either)
    .weight(weight::GENERAL)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "first-bytes/http2-preface",
        &["PRI * HTTP/2.0", "First received frame was not SETTINGS", "Unexpected preface", "invalid method PRI",
          "Error while processing HTTP/2 preface"],
        "HTTP/2 was sent without ALPN to a side that uses HTTP/1.1: HTTP/2 begins with `PRI * \
         HTTP/2.0`. Envoy uses HTTP/2 to an upstream if the Mapping has `grpc: true`, and an \
         HTTP/1.1 server answers 400",
        "set `grpc: true` only for a gRPC upstream, which must accept HTTP/2 (h2c without TLS, \
         ALPN `h2` with TLS)",
    )
    .by("a program that expects HTTP/1.1, or its client")
    .side(Side::Either)
    .weight(weight::SPECIFIC + 10)
    .rules(&["mapping-h2-without-grpc", "mapping-grpc-without-alpn"]),
];
