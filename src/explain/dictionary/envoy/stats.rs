//! Statistics of Envoy that tell of TLS, from its documentation and what each failure moved when run.

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
        "give these clients a certificate; on a cluster it stays 0",
    )
    .side(Side::Server),
    E.says(
        "envoy/stat/fail-verify-san",
        &["ssl.fail_verify_san", "ssl_fail_verify_san", "fail_verify_san"],
        "counts connections on which a name was demanded of the certificate and is not in it. Ambassador demands no \
         names, so this is another proxy's, an Istio sidecar's for instance",
        "compare the certificate's names with what that proxy demands",
    ),
    E.says(
        "envoy/stat/fail-verify-hash",
        &["ssl.fail_verify_cert_hash", "ssl_fail_verify_cert_hash", "fail_verify_cert_hash"],
        "counts connections on which the certificate is not one of those that are pinned; Ambassador pins none",
        "renew the pin",
    ),
    E.says(
        "envoy/stat/connection-error",
        &["ssl.connection_error", "envoy_cluster_ssl_connection_error", "envoy_listener_ssl_connection_error"],
        "counts handshakes that failed for other reasons than verification: an alert of the other side, plaintext, no \
         common version. A server that hangs up without an alert does not move it; one that refuses after a TLS 1.3 \
         handshake moves it together with `ssl.handshake`",
        "`mtlsctl probe MAPPING` names the reason; on a listener look at clients that speak plaintext to the TLS port",
    ),
    E.says(
        "envoy/stat/no-certificate",
        &["ssl.no_certificate", "envoy_cluster_ssl_no_certificate", "envoy_listener_ssl_no_certificate"],
        "counts successful connections on which the other side presented no certificate; nothing failed",
        "on a listener: the client was not asked for one, or it is optional",
    )
    .grade(Grade::Note),
    E.says(
        "envoy/stat/handshake",
        &["ssl.handshake", "envoy_cluster_ssl_handshake", "envoy_listener_ssl_handshake"],
        "counts handshakes that came to an end as Envoy sees it; with TLS 1.3 a server may still refuse the client's \
         certificate afterwards",
        "compare with `ssl.connection_error` and `upstream_cx_destroy_remote`",
    )
    .grade(Grade::Note),
    E.says(
        "envoy/stat/connect-fail",
        &["upstream_cx_connect_fail"],
        "counts connections to the upstream that did not come about, by TCP or by TLS; if none of `ssl.…` moved with \
         it, the server hung up without an alert, reset, or did not listen",
        "`mtlsctl probe MAPPING` tells them apart",
    ),
    E.says(
        "envoy/stat/connect-timeout",
        &["upstream_cx_connect_timeout"],
        "counts connections on which TCP and TLS did not come about in `connect_timeout_ms`",
        "check network policies, and that the port answers a ClientHello",
    ),
    E.says(
        "envoy/stat/certificate-expiry",
        &["server.days_until_first_cert_expiring", "days_until_first_cert_expiring", "expiration_unix_time_seconds"],
        "says when the first certificate ends that Envoy has loaded. Up to Envoy 1.39 only the first CA of a bundle \
         counts, and intermediates of its own chain never do",
        "`mtlsctl inspect` on the Secrets looks at every certificate",
    )
    .grade(Grade::Note)
    .rules(&["certificate-expires-soon"]),
    E.says(
        "envoy/stat/update-rejected",
        &["cluster_manager.cds.update_rejected", "listener_manager.lds.update_rejected", "cds.update_rejected", "lds.update_rejected",
          "update_rejected"],
        "counts configurations that Envoy rejected as a whole; it goes on with the last one that \
         it took",
        "the reason is in Envoy's log: `rejected`, `Failed to load …`, `no such field …`",
    )
    .grade(Grade::Freeze)
    .side(Side::Configuration),
    E.says(
        "envoy/stat/sds",
        &["ssl_context_update_by_sds", "upstream_context_secrets_not_ready", "downstream_context_secrets_not_ready",
          "secrets_not_ready"],
        "is about certificates that a control plane sends (SDS); `…_secrets_not_ready` counts connections that were \
         refused because none had come yet. Ambassador's Envoy has files only",
        "look at the proxy in between: Istio's sidecar, Consul's, Envoy Gateway",
    ),
    E.says(
        "envoy/stat/ocsp",
        &["ssl.ocsp_staple_failed", "ocsp_staple_failed", "ssl.ocsp_staple_omitted"],
        "is about OCSP staples of a listener's own certificate; upstreams have no part in it",
        "nothing to do for upstreams",
    )
    .grade(Grade::Note),
];
