//! Messages of Istio: istiod, pilot-agent, ztunnel and its sidecars.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "Istio (pilot-agent, istiod)",
    Side::Configuration,
    "Istio 1.31's source; 1.5 to 1.27 from reports",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "istio/csr",
        &["CSR Request failed: {reason}", "ca request failed, starting attempt {number}", "failed to generate secret for {name}: {reason}", "{name} failed to sign: {reason}", "csr sign error: {reason}", "failed to generate key and certificate for CSR: {reason}", "Failed to create certificate: {reason}", "failed to generate workload certificate: {reason}", "failed to warm certificate: {reason}",
          "create certificate: rpc error: {reason}", "Failed to generate secret for proxy from file: {reason}", "SDS: {name} failed to generate secret: {reason}", "Failed to get secret for proxy {text}",
          "failed to sign CSR: {reason}", "CSR signing failed: {reason}"],
        "the sidecar gets no certificate from istiod: {reason}. Its Envoy then reports `Secret is \
         not supplied by SDS`, and the files for Ambassador (`OUTPUT_CERTS`) are missing or \
         outdated",
        "check istiod's log and the pod's token (`istio-token`, audience `istio-ca`); restart the \
         pod once istiod works",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["istio-output-certs-incomplete", "istio-secret-dir-empty"]),
    E.says(
        "istio/token",
        &["Authenticator {name}: {reason}", "invalid audiences {text}", "the service account authentication returns an error: {reason}", "request authenticate failure", "Authentication failed for {text}: {reason}", "Failed to authenticate client from {client}: {reason}", "authenticator KubeJWTAuthenticator failed", "the token is not authenticated", "failed to validate the JWT", "could not get auth token", 
          "token audiences {text} is invalid"],
        "istiod does not accept the workload's token or certificate: {reason}",
        "check `istio-token`'s audience and age, the API server's issuer, and the istiod revision \
         that the pod connects to",
    )
    .weight(weight::SPECIFIC)
    .by("istiod"),
    E.says(
        "istio/xds-ca",
        &["failed to verify certificate: x509: certificate signed by unknown authority (possibly because of {text} while trying to verify candidate authority certificate \"cluster.local\")",
          "Failed to connect to {text} istiod"],
        "the sidecar does not reach istiod, or does not trust it: the mesh's root was replaced \
         and the pod (or its ConfigMap `istio-ca-root-cert`) still has the old one",
        "restart the workloads after changing the root; check that `istio-ca-root-cert` in the \
         namespace is current",
    )
    .weight(weight::SPECIFIC + 5),
    E.says(
        "istio/envoy-not-ready",
        &["Envoy proxy is NOT ready: {reason}", "Envoy proxy is NOT ready", "config not received from XDS server", "config not fully received from XDS server"],
        "the sidecar's Envoy has no configuration yet: {reason}. If Ambassador's container starts \
         before its sidecar, it finds no certificates",
        "set `holdApplicationUntilProxyStarts: true`; check istiod",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "istio/envoy-rejected",
        &["Envoy proxy is NOT ready: config received from XDS server, but was rejected: {reason}", "config received from XDS server, but was rejected"],
        "the sidecar's Envoy rejects istiod's configuration ({reason}) and keeps its current one: \
         a single bad certificate, listener or EnvoyFilter is enough",
        "look for `gRPC config for … rejected` in the same log: it names the object and the reason",
    )
    .weight(weight::SPECIFIC)
    .seen("Istio 1.8 and later; istio#41793"),
    E.says(
        "istio/secret-fetcher",
        &["failed load server cert/key pair from secret {secret}: {reason}", "failed to load server cert/key pair from secret {secret}: {reason}"],
        "a gateway's agent found no certificate and key in Secret `{secret}` ({reason}). It reads \
         every Secret in its namespace, so this is harmless for those that no Gateway names",
        "if a Gateway's `credentialName` is `{secret}`, check that the Secret has `tls.crt` and \
         `tls.key`, or `cert` and `key`",
    )
    .grade(Grade::Warning)
    .seen("Istio 1.1 to 1.7; istio#22443"),
    E.says(
        "istio/plugged-ca",
        &["certificate is not authorized to sign other certificates", "Failed to create an Citadel ({reason}", "failed to create a self-signed istiod CA: {reason}"],
        "Istio's CA does not start: the plugged-in certificate (`cacerts`, `ca-cert.pem`) is not a CA",
        "issue it with `CA:TRUE` and the key usage `keyCertSign`, and put its key in `ca-key.pem`",
    )
    .weight(weight::CAUSE)
    .seen("Istio 1.0 to 1.22; istio#16337"),
    E.says(
        "istio/output-certs",
        &["failed to write certs: {reason}", "failed to create output directory {file}: {reason}", "error writing certs to {file}", "Failed to output the key and certificates to {file}: {reason}"],
        "the sidecar cannot write its certificates to the `OUTPUT_CERTS` folder ({reason}), so \
         Ambassador finds none or outdated ones",
        "mount an `emptyDir` there in both containers, writable for user 1337",
    )
    .rules(&["istio-output-certs-incomplete", "istio-secret-dir-empty", "mount-empty-dir-unfilled", "volume-mode-unreadable"]),
    E.says(
        "istio/inbound-plaintext",
        &["inbound|{port}||", "InboundPassthroughCluster", "virtualInbound"],
        "the line is from the sidecar in front of the upstream (its inbound side): downstream is \
         its client, such as Ambassador, and a flag that begins with U concerns its connection to \
         its own application",
        "for UC, UF, UPE and UR, check the application: its port, and whether it expects TLS \
         itself although the sidecar sends it plaintext; Ambassador got the 503 over a working \
         connection",
    )
    .by("Istio's sidecar (Envoy) of the upstream")
    .side(Side::Server)
    .weight(weight::SPECIFIC - 5),
    E.says(
        "istio/black-hole",
        &["BlackHoleCluster", "block_all"],
        "an Istio sidecar blocks this outbound connection: with `outboundTrafficPolicy: \
         REGISTRY_ONLY`, a destination needs a ServiceEntry or a Service. No connection was \
         attempted",
        "add a ServiceEntry for the destination; if Ambassador's own pod has a sidecar, exclude the \
         port (`traffic.sidecar.istio.io/excludeOutboundPorts`), so that Ambassador's own TLS is used",
    )
    .by("Istio's sidecar (Envoy)")
    .side(Side::Client)
    .weight(weight::CAUSE),
    E.says(
        "istio/webhook",
        &["failed calling webhook \"sidecar-injector.istio.io\": {reason}", "failed calling webhook \"namespace.sidecar-injector.istio.io\": {reason}", "failed calling webhook \"rev.namespace.sidecar-injector.istio.io\": {reason}",
          "failed calling webhook \"validation.istio.io\": {reason}", "failed calling admission webhook \"pilot.validation.istio.io\": {reason}", "failed calling webhook \"rev.validation.istio.io\": {reason}"],
        "Kubernetes' API server called Istio's webhook but got no trusted response: {reason}. \
         This concerns the API server and istiod; no upstream is affected, but pods may start \
         without their sidecar",
        "check that istiod runs; for `certificate signed by unknown authority` compare the \
         webhook configuration's `caBundle` with istiod's root (`istio-ca-root-cert`), and \
         restart istiod",
    )
    .by("Kubernetes' API server")
    .weight(weight::CAUSE + 5),
    E.says(
        "istio/outbound",
        &["outbound|{port}|{subset}|{host}", "outbound|{port}||{host}", "PassthroughCluster"],
        "the line is from an Istio sidecar or gateway connecting to {host}: its client side, not \
         Ambassador's own Envoy",
        "its certificates come from istiod, and a DestinationRule, not a TLSContext, configures \
         its TLS",
    )
    .by("Istio's sidecar or gateway (Envoy)")
    .side(Side::Client)
    .weight(weight::FRAME),
    E.says(
        "istio/ambient",
        &["connection closed due to policy rejection: {reason}", "connection closed due to policy change", "policy rejection: {reason}", "allow policies exist, but none allowed", "explicitly denied by: {policy}"],
        "Istio's ztunnel in front of the upstream denies the connection because of an \
         authorization policy or a STRICT PeerAuthentication: {reason}. The policies do not allow \
         the client's identity, or it has none (it is outside the mesh)",
        "enrol Ambassador's namespace in ambient mode, or allow its identity in the AuthorizationPolicy",
    )
    .by("Istio's ztunnel")
    .side(Side::Server)
    .weight(weight::CAUSE),
    E.says(
        "istio/ambient-identity",
        &["identity verification error: peer did not present the expected SAN {text}", "identity verification error: peer did not present the expected trustdomain {text}", "identity verification error", "invalid peer certificate: Other(OtherError(SanError({text}", "invalid peer certificate: ApplicationVerificationFailure"],
        "ztunnel reached a workload with an unexpected SPIFFE identity: {text}",
        "check which service account the workload runs as, and whether both sides are in the same \
         trust domain",
    )
    .by("Istio's ztunnel")
    .side(Side::Client)
    .weight(weight::CAUSE),
    E.says(
        "istio/ambient-network",
        &["connection timed out, maybe a NetworkPolicy is blocking HBONE port 15008", "connection closed: peer certificate revoked by CRL", "http2 handshake failed: {reason}", "unknown waypoint: {reason}"],
        "ztunnel could not connect to the other node's ztunnel (port 15008): a network policy, or \
         the cause in the message",
        "allow port 15008 between the nodes; read the other ztunnel's log",
    )
    .by("Istio's ztunnel")
    .weight(weight::SPECIFIC),
    E.says(
        "istio/peer-authentication",
        &["PeerAuthentication", "STRICT mTLS", "mTLS mode STRICT"],
        "the workload accepts only mutual TLS: plaintext from Ambassador is reset (503 UC)",
        "give the Mapping a context with Istio's certificate (`secret: istio-certs`, `alpn_protocols: istio`)",
    )
    .side(Side::Server)
    .weight(weight::GENERAL - 5)
    .rules(&["istio-strict-plaintext", "istio-alpn-missing"]),
    E.says(
        "istio/gateway-credential",
        &["failed to fetch key and certificate for {secret}: {reason}", "failed to fetch ca certificate for {secret}: {reason}", "found secret, but didn't have expected keys {text}; found: {detail}", "attempted to access unauthorized certificates {secret}", "is not authorized to read secrets", "is not authorized to receive secret", "cross namespace secret reference requires ReferenceGrant", "credential {secret} not found", "failed to fetch key and certificate for kubernetes://{secret}", "invalid credentialName", "found secret, but didn't have expected keys (cert, key, cacert) or (tls.crt, tls.key, ca.crt)", "SecretNotFound", "proxy is not authorized to read secret",
          "unable to retrieve kubernetes resource {secret}"],
        "an Istio gateway's `credentialName` does not name a Secret that it can read and that has \
         the required entries",
        "put the Secret into the gateway's own namespace, with `tls.crt`, `tls.key` and, for \
         mutual TLS, `ca.crt`",
    )
    .weight(weight::SPECIFIC)
    .by("istiod"),
    E.says(
        "istio/citadel",
        &["istio.io/key-and-cert", "istio.default"],
        "these Secrets were written by Istio's Citadel, before 1.5; newer Istio does not write \
         Secrets, so nothing renews them",
        "use the certificates from a sidecar (`OUTPUT_CERTS`, `AMBASSADOR_ISTIO_SECRET_DIR`)",
    )
    .grade(Grade::Warning)
    .weight(weight::GENERAL)
    .rules(&["istio-citadel-secret", "secret-name-dotted"]),
    E.says(
        "istio/analyzer",
        &["IST0{number}"],
        "a message of `istioctl analyze`",
        "look up the number in Istio's list of messages",
    )
    .grade(Grade::Warning)
    .weight(weight::FRAME),
];
