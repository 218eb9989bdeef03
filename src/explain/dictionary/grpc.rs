//! Messages of gRPC: client status messages, and the logs of its C core and its Go and Java
//! libraries.

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a gRPC client or server",
    Side::Client,
    "grpcio 1.85, run; older C cores, grpc-go and grpc-java from reports",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "grpc/handshake",
        &["connection error: desc = \"transport: authentication handshake failed: {reason}\"", "transport: authentication handshake failed: {reason}", "authentication handshake failed: {reason}"],
        "the TLS handshake of a Go gRPC client failed: {reason}",
        "see the text after it: `EOF` and `first record does not look like a TLS handshake` mean that the port \
         serves plaintext, `x509:` that the certificate is not trusted, `missing selected ALPN property` that \
         the server does not offer h2",
    )
    .weight(weight::FRAME + 10)
    .rules(&["service-tls-to-port-80"]),
    E.says(
        "grpc/alpn",
        &["missing selected ALPN property", "Cannot check peer: missing selected ALPN property"],
        "the server did not choose `h2` by ALPN: it supports only HTTP/1.1, or a proxy in between \
         terminates TLS without ALPN. Newer gRPC libraries reject this",
        "make the server (or the Host, with `alpn_protocols: h2,http/1.1`) offer `h2`; for an \
         upstream, set `grpc: true` on the Mapping",
    )
    .weight(weight::CAUSE)
    .rules(&["mapping-grpc-without-alpn", "context-alpn-malformed"]),
    E.says(
        "grpc/preface",
        &["error reading server preface: {reason}", "error reading server preface", "connection closed before server preface received", "Failed parsing HTTP/2", 
          "Trying to connect an http1.x server", "http2: server: error reading preface from client {client}: {reason}"],
        "the other side did not use HTTP/2: it uses HTTP/1.1, only one side uses TLS, or, with \
         TLS 1.3, it rejected the client's certificate right after the handshake ({reason})",
        "set `grpc: true` on the Mapping; check that both sides use TLS, or neither; read the \
         server's log",
    )
    .weight(weight::SPECIFIC)
    .rules(&["mapping-h2-without-grpc", "service-port-443-plaintext"]),
    E.says(
        "grpc/core-plaintext",
        &["SSL_ERROR_SSL: {code}:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER", "WRONG_VERSION_NUMBER: Invalid certificate verification context", "Tls handshake failed (TSI_PROTOCOL_FAILURE): SSL_ERROR_SSL: {code}:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER"],
        "the port that this gRPC client reached does not serve TLS; ignore `Invalid certificate \
         verification context`",
        "use the port that serves TLS, or an insecure channel; for an Ambassador Host, check that \
         it terminates TLS",
    )
    .weight(weight::CAUSE + 5)
    .rules(&["host-tls-without-secret"]),
    E.says(
        "grpc/core-verify",
        &["SSL_ERROR_SSL: {code}:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED"],
        "this gRPC program does not trust the other side's certificate: none of its root CAs issued it, an intermediate \
         is missing, or it has expired",
        "give the client the server's CA as `root_certificates` (or \
         GRPC_DEFAULT_SSL_ROOTS_FILE_PATH), and the server its clients' CA; make the other side \
         send its whole chain",
    )
    .side(Side::Either)
    .weight(weight::CAUSE + 4)
    .rules(&["ca-does-not-cover-own-issuer"]),
    E.says(
        "grpc/core-no-certificate",
        &["SSL_ERROR_SSL: {code}:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE"],
        "this gRPC server requires a client certificate (`require_client_auth`) and the client sent none. It closes the \
         connection without an alert",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .side(Side::Server)
    .weight(weight::CAUSE + 5)
    .other("the client presented no certificate; Envoy's access log has UF in TLS 1.2 and UC in 1.3, without a reason")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "grpc/core-alert",
        &["SSL_ERROR_SSL: {code}:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE"],
        "the other side ended the handshake of this gRPC program with alert 40: they have no \
         version or suite in common, or the other side requires SNI, or it requires a client \
         certificate and got none that it accepts",
        "read the other side's log; give the client `private_key` and `certificate_chain` if one \
         is required",
    )
    .side(Side::Either)
    .weight(weight::CAUSE + 4),
    E.says(
        "grpc/core-name",
        &["Hostname Verification Check failed", "Peer name {name} is not in peer certificate", "Failed to extract peer SPIFFE ID"],
        "the server's certificate does not have the name that this gRPC client asked for. Envoy under Ambassador does not \
         compare names",
        "issue the certificate with that name, or set `grpc.ssl_target_name_override` for a test",
    )
    .weight(weight::SPECIFIC + 10),
    E.says(
        "grpc/core-handshake",
        &["Tls handshake failed (TSI_PROTOCOL_FAILURE): {reason}", "Handshake failed with error SSL_ERROR_SSL: {reason}", "Handshake failed with fatal error SSL_ERROR_SSL: {reason}", "Ssl handshake failed: SSL_ERROR_SSL: {reason}", "Security handshake failed", "TSI_PROTOCOL_FAILURE", "TSI_DATA_CORRUPTED", "Handshaker factory creation failed",
          "Handshake read failed", "SSL handshake failed (TSI_PROTOCOL_FAILURE)"],
        "the TLS handshake of a gRPC program (C core: Python, Ruby, C++, PHP) failed: {reason}",
        "see the text after it; with `require_client_auth` the server closes the connection \
         without an alert if it does not accept the client certificate",
    )
    .side(Side::Either)
    .weight(weight::GENERAL),
    E.says(
        "grpc/unavailable",
        &["rpc error: code = Unavailable desc = {reason}", "failed to connect to all addresses; last error: {reason}", "failed to connect to all addresses", "StatusCode.UNAVAILABLE", "UNAVAILABLE: io exception", "UNAVAILABLE: Network closed for unknown reason", "code = Unavailable",
          "14 UNAVAILABLE: {reason}", "Status{code=UNAVAILABLE"],
        "the server was not reached, or the handshake failed, or Envoy in between had no connection to its upstream ({reason})",
        "if the text is Envoy's (`upstream connect error …`), the failure is between Ambassador \
         and the upstream; otherwise between this client and the server",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "grpc/internal-http1",
        &["unexpected HTTP status code received from server: {status}", "Received unexpected content-type text/html", "unexpected content-type {text}", "received unexpected content-type", "invalid content-type: {text}",
          "Received http2 header with status: {status}"],
        "the response is plain HTTP, not gRPC: Envoy's or another server's error page ({status})",
        "explain that status; a Mapping for a gRPC service needs `grpc: true`",
    )
    .weight(weight::GENERAL)
    .rules(&["mapping-grpc-without-alpn"]),
    E.says(
        "grpc/goaway",
        &["received GOAWAY", "ENHANCE_YOUR_CALM", "code = ErrCodeProtocol", "Protocol error RST_STREAM", "RST_STREAM closed stream. HTTP/2 error code: {code}"],
        "TLS worked; the other side ended the HTTP/2 connection or stream",
        "read its log",
    )
    .weight(weight::GENERAL),
    E.says(
        "grpc/http-1-1-required",
        &["HTTP_1_1_REQUIRED", "ErrCodeHTTP11Required", "http2_stream_error_http_1_1_required", "NGHTTP2_HTTP_1_1_REQUIRED"],
        "the server accepts this request only over HTTP/1.1 and ends the HTTP/2 stream: IIS and \
         Apache do so if they would ask for the client's certificate after the request, which \
         HTTP/2 does not support, and for Windows authentication",
        "make the server ask for the certificate in the handshake, or remove `h2` from \
         `alpn_protocols` and `grpc: true` for it",
    )
    .by("the server, over HTTP/2")
    .weight(weight::CAUSE)
    .rules(&["mapping-h2-without-grpc"])
    .seen("RFC 9113; IIS 10 and Apache 2.4, from reports"),
    E.says(
        "grpc/core-files",
        &["Invalid cert chain file", "Invalid private key", "Could not load root certificate", "Cannot load server root certificates", "Handshaker factory creation failed with TSI_INVALID_ARGUMENT"],
        "a gRPC program cannot use the given certificate, key or CA: it is not PEM or the wrong \
         one, or the certificate and key do not belong together",
        "check them with `mtlsctl inspect CERTIFICATE --key KEY`",
    )
    .side(Side::Configuration)
    .weight(weight::SPECIFIC)
    .seen("grpc 1.4x, src/core/tsi"),
    E.says(
        "grpc/core-corruption",
        &["ssl_transport_security_utils.cc:{number}] Corruption detected", "TSI_DATA_CORRUPTED", "Corruption detected."],
        "a gRPC program got records that it cannot decrypt, usually because the other side \
         rejects a client certificate after the handshake (TLS 1.3), or a proxy in between \
         changes bytes",
        "read the other side's log",
    )
    .side(Side::Either)
    .weight(weight::GENERAL)
    .seen("grpc 1.4x, src/core/tsi"),
];
