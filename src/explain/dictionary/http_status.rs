//! HTTP statuses caused by TLS to an upstream, and how to proceed.

use crate::explain::matching::entry::Grade;

/// What a status may mean.
#[derive(Debug, Clone, Copy)]
pub struct HttpStatus {
    /// The number.
    pub number: u16,
    /// Its name.
    pub name: &'static str,
    /// What it means here.
    pub cause: &'static str,
    /// What to do about it.
    pub next: &'static str,
    /// How bad it is.
    pub grade: Grade,
    /// Rules that find a cause in manifests.
    pub rules: &'static [&'static str],
}

impl HttpStatus {
    /// The status of this number.
    pub fn of(number: u16) -> Option<&'static Self> {
        STATUSES.iter().find(|status| status.number == number)
    }
}

const STATUSES: &[HttpStatus] = &[
    HttpStatus {
        number: 400,
        name: "Bad Request",
        cause: "nginx answers 400 if it requires a client certificate and got none (\"No required \
                SSL certificate was sent\") or a bad one (\"The SSL certificate error\"), and if \
                plaintext was sent to its TLS port (\"The plain HTTP request was sent to HTTPS \
                port\"); the page shows which. From Envoy itself (flag DPE, or \
                `http1.codec_error`), the client's request was not HTTP",
        next: "read the page; `mtlsctl resolve NAME -f manifests` shows what Ambassador presents, \
               and `mtlsctl probe NAME` how the server reacts",
        grade: Grade::Failure,
        rules: &["service-port-443-plaintext", "mapping-context-undefined", "upstream-without-sni"],
    },
    HttpStatus {
        number: 401,
        name: "Unauthorized",
        cause: "the application requires authentication. Tomcat with CLIENT-CERT authentication \
                answers 401 if it would ask for the certificate only after the request, which \
                Envoy does not support over TLS 1.3",
        next: "make the server ask for certificates in the first handshake; otherwise it is up to \
               the application",
        grade: Grade::Failure,
        rules: &[],
    },
    HttpStatus {
        number: 403,
        name: "Forbidden",
        cause: "TLS worked, but access is denied by a sidecar's authorization (`RBAC: access \
                denied`: Istio's policy, Consul's intentions), by Apache asking for the \
                certificate after the request (`Cannot perform Post-Handshake Authentication`), \
                by a server that compares SNI with Host, or by an AuthService (flag UAEX)",
        next: "read the body and `response_code_details`: `via_upstream` is the server's own \
               response, `rbac_access_denied…` the sidecar's; `mtlsctl probe NAME` shows whether \
               the server asks for a certificate",
        grade: Grade::Failure,
        rules: &["istio-identity-of-other-account", "upstream-without-sni"],
    },
    HttpStatus {
        number: 404,
        name: "Not Found",
        cause: "no Mapping matches the request (flag NR), or the application has no such path \
                (`via_upstream`). A Mapping that Emissary dropped also results in 404",
        next: "`mtlsctl resolve NAME -f manifests` shows whether the Mapping is routed",
        grade: Grade::Warning,
        rules: &["mapping-dropped", "mapping-not-routed", "resolver-unknown"],
    },
    HttpStatus {
        number: 421,
        name: "Misdirected Request",
        cause: "this connection is for a different name than the request's Host: Envoy sends no SNI \
                unless the context has `sni`, so the server chose its default site (Apache, Caddy, \
                Traefik, IIS)",
        next: "set `sni` in the TLSContext to the name that the server expects",
        grade: Grade::Failure,
        rules: &["upstream-without-sni"],
    },
    HttpStatus {
        number: 426,
        name: "Upgrade Required",
        cause: "the server does not accept this protocol version here; an Istio sidecar answers \
                this to HTTP/1.0",
        next: "check which protocol the client uses; certificates are not involved",
        grade: Grade::Warning,
        rules: &[],
    },
    HttpStatus {
        number: 495,
        name: "SSL Certificate Error (nginx)",
        cause: "nginx does not accept the client's certificate: unknown CA, expired, for servers \
                only, or an outdated revocation list in nginx. Outside nginx's own log it is a \
                400, unless `error_page` changes it",
        next: "compare issuer, dates and usage of Ambassador's certificate (`mtlsctl inspect`) with \
               `ssl_client_certificate` and `ssl_verify_depth`; nginx's log has the reason at level info",
        grade: Grade::Failure,
        rules: &["certificate-expired", "certificate-usage-wrong", "secret-chain-order"],
    },
    HttpStatus {
        number: 496,
        name: "SSL Certificate Required (nginx)",
        cause: "nginx requires a client certificate and got none: the Mapping has no context, Emissary discarded it, or the \
                context has no certificate; or nginx asks only clients that send SNI. Outside nginx's own log it is a 400, \
                unless `error_page` changes it",
        next: "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents; also set `sni`",
        grade: Grade::Failure,
        rules: &[
            "mapping-context-undefined",
            "secret-missing",
            "context-without-certificate",
            "upstream-without-sni",
        ],
    },
    HttpStatus {
        number: 497,
        name: "HTTP Request Sent to HTTPS Port (nginx)",
        cause: "plaintext was sent to nginx's TLS port: the Mapping's service has no `https://` \
                and no usable `tls:` context. Outside nginx's own log it is a 400",
        next: "write the service with `https://`, or give the Mapping a `tls:` context that exists",
        grade: Grade::Failure,
        rules: &["service-port-443-plaintext", "mapping-context-undefined"],
    },
    HttpStatus {
        number: 502,
        name: "Bad Gateway",
        cause: "from Envoy (flag UPE), the upstream's response does not use the protocol that \
                Envoy expects: ALPN chose h2 but the pool uses HTTP/1.1, or the reverse, or the \
                port does not serve HTTP. From a load balancer in front, it did not reach \
                Ambassador, or does not trust its certificate. With `via_upstream` it is the \
                server's own response",
        next: "remove `h2` from `alpn_protocols`, or set `grpc: true` on the Mapping of a gRPC service",
        grade: Grade::Failure,
        rules: &["mapping-h2-without-grpc", "mapping-grpc-without-alpn"],
    },
    HttpStatus {
        number: 503,
        name: "Service Unavailable",
        cause: "Envoy had no usable connection to the upstream, and the response flag shows why: \
                UF, TCP or the TLS handshake failed (certificate, version, suite, nothing \
                listens); UC, the upstream closed the connection (plaintext on a TLS port, or a \
                client certificate rejected after a TLS 1.3 handshake); UH, there is no endpoint \
                (Consul or endpoint resolver); UO, a circuit breaker is open. Without a flag, or \
                with `via_upstream`, it is the server's own response",
        next: "read the flag, `response_code_details` and `%UPSTREAM_TRANSPORT_FAILURE_REASON%` \
               in the access log and explain that line; or `mtlsctl probe MAPPING`, which \
               performs the same handshake and shows where it fails",
        grade: Grade::Failure,
        rules: &[
            "mapping-context-undefined",
            "secret-missing",
            "service-port-443-plaintext",
            "upstream-without-sni",
            "consul-service-not-bare",
        ],
    },
    HttpStatus {
        number: 504,
        name: "Gateway Timeout",
        cause: "the upstream did not respond in time (flag UT): TCP and TLS were established. \
                With UF and `connection_timeout` they were not, and the status is 503",
        next: "raise `timeout_ms`, or find out what the application is waiting for",
        grade: Grade::Failure,
        rules: &[],
    },
    HttpStatus {
        number: 525,
        name: "SSL Handshake Failed (Cloudflare)",
        cause: "Cloudflare in front could not complete the TLS handshake with Ambassador's \
                listener: no Host has the name, or versions and suites do not match",
        next: "check whether a Host with a `tlsSecret` covers the name",
        grade: Grade::Failure,
        rules: &["host-tls-without-secret", "secret-missing"],
    },
    HttpStatus {
        number: 526,
        name: "Invalid SSL Certificate (Cloudflare)",
        cause: "Cloudflare in front does not trust the certificate of Ambassador's Host (mode Full (strict)): self-signed, \
                expired, or for another name",
        next: "put a certificate from a public CA, or from Cloudflare's origin CA, into the \
               Host's Secret",
        grade: Grade::Failure,
        rules: &["certificate-expired"],
    },
];
