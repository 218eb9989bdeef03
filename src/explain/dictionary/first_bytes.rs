//! What servers of plaintext make of a TLS ClientHello, and of HTTP/2: its first bytes in their logs, in every spelling.

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
        "a client began TLS (`16 03` are the first bytes of a ClientHello) on a port that serves plaintext: the Mapping's \
         service is written with `https://`, or its `tls:` context originates TLS, and this port expects none",
        "write the Mapping's service without `https://` and without `tls:`, or name the port that serves TLS",
    )
    .weight(weight::CAUSE)
    .other("the client speaks TLS; Envoy reports WRONG_VERSION_NUMBER or that the connection was closed")
    .rules(&["service-tls-to-port-80", "istio-alpn-missing"]),
    E.says(
        "first-bytes/alert",
        &[r"\x15\x03", r"\u0015\u0003", "0x15 0x03", "0x150x03"],
        "one side speaks plaintext and the other TLS: `15 03` are the first bytes of a TLS alert",
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
        "HTTP/2 without an agreement by ALPN met a side that speaks HTTP/1.1: `PRI * HTTP/2.0` is what HTTP/2 begins with. \
         Envoy speaks HTTP/2 to an upstream where the Mapping has `grpc: true`, and an HTTP/1.1 server answers 400",
        "set `grpc: true` only for an upstream of gRPC, and let it listen for HTTP/2 (h2c without TLS, ALPN `h2` with it)",
    )
    .by("a program that expects HTTP/1.1, or its client")
    .side(Side::Either)
    .weight(weight::SPECIFIC + 10)
    .rules(&["mapping-h2-without-grpc", "mapping-grpc-without-alpn"]),
];
