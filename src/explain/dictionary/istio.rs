//! Words of Istio: istiod, pilot-agent, ztunnel and its sidecars.

use crate::explain::matching::entry::{Entry, Grade, Side, weight};

const E: Entry = Entry::of(
    "Istio (pilot-agent, istiod)",
    Side::Configuration,
    "Istio 1.5 to 1.27, from its source's texts and reports",
);

pub(super) const ENTRIES: &[Entry] = &[
    E.says(
        "istio/csr",
        &["CSR Request failed: {reason}", "Failed to create certificate: {reason}", "failed to generate workload certificate: {reason}", "failed to warm certificate: {reason}",
          "create certificate: rpc error: {reason}", "Failed to generate secret for proxy from file: {reason}", "SDS: {name} failed to generate secret: {reason}", "Failed to get secret for proxy {text}",
          "failed to sign CSR: {reason}"],
        "the sidecar gets no certificate from istiod: {reason}. Its Envoy then reports `Secret is \
         not supplied by SDS`, and files for Ambassador (`OUTPUT_CERTS`) are not written or go \
         stale",
        "look at istiod's log and at the pod's token (`istio-token`, audience `istio-ca`); restart the pod after istiod works",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["istio-output-certs-incomplete", "istio-secret-dir-empty"]),
    E.says(
        "istio/token",
        &["Authentication failed for {text}: {reason}", "Failed to authenticate client from {client}: {reason}", "authenticator KubeJWTAuthenticator failed", "the token is not authenticated", "failed to validate the JWT", "could not get auth token", 
          "token audiences {text} is invalid"],
        "istiod does not accept the workload's token or certificate: {reason}",
        "check `istio-token`'s audience and age, the API server's issuer, and the revision of istiod that the pod talks to",
    )
    .weight(weight::SPECIFIC)
    .by("istiod"),
    E.says(
        "istio/xds-ca",
        &["failed to verify certificate: x509: certificate signed by unknown authority (possibly because of {text} while trying to verify candidate authority certificate \"cluster.local\")",
          "Failed to connect to {text} istiod"],
        "the sidecar does not reach istiod, or does not trust it: the mesh's root was replaced and the pod (or its ConfigMap \
         `istio-ca-root-cert`) still holds the old one",
        "restart the workloads after a change of the root; see that `istio-ca-root-cert` in the namespace is current",
    )
    .weight(weight::SPECIFIC + 5),
    E.says(
        "istio/envoy-not-ready",
        &["Envoy proxy is NOT ready: {reason}", "Envoy proxy is NOT ready", "config not received from XDS server", "config not fully received from XDS server"],
        "the sidecar's Envoy has no configuration yet: {reason}. Ambassador's container may start before its sidecar, and finds no \
         certificates then",
        "`holdApplicationUntilProxyStarts: true`; look at istiod",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "istio/output-certs",
        &["failed to write certs: {reason}", "failed to create output directory {file}: {reason}", "error writing certs to {file}", "Failed to output the key and certificates to {file}: {reason}"],
        "the sidecar cannot write its certificates to the folder of `OUTPUT_CERTS` ({reason}), so Ambassador finds none or old ones",
        "mount an `emptyDir` there in both containers, writable for user 1337",
    )
    .rules(&["istio-output-certs-incomplete", "istio-secret-dir-empty", "mount-empty-dir-unfilled", "volume-mode-unreadable"]),
    E.says(
        "istio/inbound-plaintext",
        &["inbound|{port}||{text}", "InboundPassthroughCluster", "virtualInbound", "inbound {port}", "BlackHoleCluster"],
        "the line is of the sidecar in front of the upstream (its inbound side), so what it calls downstream is Ambassador",
        "read it as the server's view; what failed there is what Ambassador sees as UC or as a reset",
    )
    .by("Istio's sidecar (Envoy) of the upstream")
    .side(Side::Server)
    .weight(weight::FRAME),
    E.says(
        "istio/outbound",
        &["outbound|{port}|{subset}|{host}", "outbound|{port}||{host}", "PassthroughCluster"],
        "the line is of an Istio sidecar or gateway on its way to {host}: its client side, not Ambassador's own Envoy",
        "its certificates come from istiod, and a DestinationRule decides about TLS, no TLSContext",
    )
    .by("Istio's sidecar or gateway (Envoy)")
    .side(Side::Client)
    .weight(weight::FRAME),
    E.says(
        "istio/ambient",
        &["ztunnel", "connection closed due to policy rejection", "policy rejection: {reason}", "allow policies exist, but none allowed"],
        "the line is from Istio's ztunnel: it opens or accepts HBONE connections between nodes \
         ({reason}). A policy or PeerAuthentication rejects a client outside the mesh",
        "enrol Ambassador's namespace in ambient mode, or allow its identity",
    )
    .by("Istio's ztunnel")
    .side(Side::Server)
    .weight(weight::GENERAL - 5),
    E.says(
        "istio/peer-authentication",
        &["PeerAuthentication", "STRICT mTLS", "mTLS mode STRICT"],
        "the workload takes mutual TLS only: plaintext from Ambassador is reset (503 UC)",
        "give the Mapping a context with Istio's certificate (`secret: istio-certs`, `alpn_protocols: istio`)",
    )
    .side(Side::Server)
    .weight(weight::GENERAL - 5)
    .rules(&["istio-strict-plaintext", "istio-alpn-missing"]),
    E.says(
        "istio/gateway-credential",
        &["credential {secret} not found", "failed to fetch key and certificate for kubernetes://{secret}", "invalid credentialName", "found secret, but didn't have expected keys (cert, key, cacert) or (tls.crt, tls.key, ca.crt)", "SecretNotFound", "proxy is not authorized to read secret",
          "unable to retrieve kubernetes resource {secret}"],
        "an Istio gateway's `credentialName` leads to no Secret that it may read, with the entries it needs",
        "put the Secret into the gateway's own namespace, with `tls.crt`, `tls.key` and for mutual TLS `ca.crt`",
    )
    .weight(weight::SPECIFIC)
    .by("istiod"),
    E.says(
        "istio/citadel",
        &["istio.io/key-and-cert", "istio.default"],
        "these are the Secrets of Istio's Citadel, before 1.5; newer Istio writes no Secrets, so nothing renews them",
        "take the certificates from a sidecar (`OUTPUT_CERTS`, `AMBASSADOR_ISTIO_SECRET_DIR`)",
    )
    .grade(Grade::Warning)
    .weight(weight::GENERAL)
    .rules(&["istio-citadel-secret", "secret-name-dotted"]),
    E.says(
        "istio/analyzer",
        &["IST0{number}"],
        "a message of `istioctl analyze`",
        "look the number up in Istio's list of messages",
    )
    .grade(Grade::Warning)
    .weight(weight::FRAME),
];
