//! Envoy's statistics about TLS, from its documentation and from tests of which counters each
//! failure changes.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "Envoy's statistics (`/stats`, Prometheus)",
    Side::Either,
    "Envoy 1.36 to 1.40, each failure run and its counters read",
)
.weight(weight::GENERAL);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "envoy/stat/fail-verify-error",
        &["ssl.fail_verify_error", "ssl_fail_verify_error", "fail_verify_error"],
        "counts connections on which the other side's certificate was not trusted: unknown CA, missing intermediate, \
         expired, wrong use. On a cluster the server's certificate, on a listener the client's",
        "the access log's `%UPSTREAM_TRANSPORT_FAILURE_REASON%` has the reason from Envoy 1.37 on; `mtlsctl probe \
         MAPPING` verifies as Envoy does and names it",
    )
    .rules(&["ca-does-not-cover-own-issuer", "ca-secret-is-own-certificate"]),
    E.says(
        "envoy/stat/fail-verify-no-cert",
        &["ssl.fail_verify_no_cert", "ssl_fail_verify_no_cert", "fail_verify_no_cert"],
        "counts clients without a certificate on a listener that requires one (`cert_required`)",
        "give these clients a certificate; on a cluster it is always 0",
    )
    .side(Side::Server),
    E.says(
        "envoy/stat/fail-verify-san",
        &["ssl.fail_verify_san", "ssl_fail_verify_san", "fail_verify_san"],
        "counts connections on which the certificate lacks a required name. Ambassador does not \
         require names, so this is another proxy's, for example an Istio sidecar's",
        "compare the certificate's names with what that proxy requires",
    ),
    E.says(
        "envoy/stat/fail-verify-hash",
        &["ssl.fail_verify_cert_hash", "ssl_fail_verify_cert_hash", "fail_verify_cert_hash"],
        "counts connections on which the certificate is not one of the pinned ones; Ambassador \
         does not pin certificates",
        "update the pin",
    ),
    E.says(
        "envoy/stat/connection-error",
        &["ssl.connection_error", "envoy_cluster_ssl_connection_error", "envoy_listener_ssl_connection_error"],
        "counts handshakes that failed for reasons other than verification: an alert from the \
         other side, plaintext, no common version. A server that closes the connection without an \
         alert does not increase it; one that rejects the client after a TLS 1.3 handshake \
         increases both it and `ssl.handshake`",
        "`mtlsctl probe MAPPING` shows the reason; on a listener, look for clients that send \
         plaintext to the TLS port",
    ),
    E.says(
        "envoy/stat/no-certificate",
        &["ssl.no_certificate", "envoy_cluster_ssl_no_certificate", "envoy_listener_ssl_no_certificate"],
        "counts successful connections on which the other side presented no certificate; nothing failed",
        "on a listener, clients are not asked for one, or it is optional",
    )
    .grade(Grade::Note),
    E.says(
        "envoy/stat/handshake",
        &["ssl.handshake", "envoy_cluster_ssl_handshake", "envoy_listener_ssl_handshake"],
        "counts handshakes that Envoy completed; with TLS 1.3 a server may still reject the \
         client's certificate afterwards",
        "compare with `ssl.connection_error` and `upstream_cx_destroy_remote`",
    )
    .grade(Grade::Note),
    E.says(
        "envoy/stat/connect-fail",
        &["upstream_cx_connect_fail"],
        "counts connections to the upstream that were not established, in TCP or TLS; if no \
         `ssl.…` counter increased with it, the server closed the connection without an alert, \
         reset it, or did not listen",
        "`mtlsctl probe MAPPING` tells them apart",
    ),
    E.says(
        "envoy/stat/connect-timeout",
        &["upstream_cx_connect_timeout"],
        "counts connections on which TCP and TLS were not established within `connect_timeout_ms`",
        "check network policies, and that the port answers a ClientHello",
    ),
    E.says(
        "envoy/stat/certificate-expiry",
        &["server.days_until_first_cert_expiring", "days_until_first_cert_expiring", "expiration_unix_time_seconds"],
        "shows when the first certificate that Envoy has loaded expires. Up to Envoy 1.39 only \
         the first CA of a bundle counts; intermediates of its own chain never count",
        "run `mtlsctl inspect` on the Secrets to check every certificate",
    )
    .grade(Grade::Note)
    .rules(&["certificate-expires-soon"]),
    E.says(
        "envoy/stat/update-rejected",
        &["cluster_manager.cds.update_rejected", "listener_manager.lds.update_rejected", "cds.update_rejected", "lds.update_rejected",
          "update_rejected"],
        "counts configurations that Envoy rejected; it continues with the last one it accepted",
        "the reason is in Envoy's log: `rejected`, `Failed to load …`, `no such field …`",
    )
    .grade(Grade::Freeze)
    .side(Side::Configuration),
    E.says(
        "envoy/stat/sds",
        &["ssl_context_update_by_sds", "upstream_context_secrets_not_ready", "downstream_context_secrets_not_ready",
          "secrets_not_ready"],
        "concerns certificates from a control plane (SDS); `…_secrets_not_ready` counts \
         connections that were rejected because none had arrived yet. Ambassador's Envoy uses \
         only files",
        "check the proxy in between: Istio's sidecar, Consul's, or Envoy Gateway",
    ),
    E.says(
        "envoy/stat/ocsp",
        &["ssl.ocsp_staple_failed", "ocsp_staple_failed", "ssl.ocsp_staple_omitted"],
        "concerns OCSP staples for a listener's own certificate; upstreams are not involved",
        "nothing to do for upstreams",
    )
    .grade(Grade::Note),
];
