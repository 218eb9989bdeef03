//! Messages of Kubernetes itself about Secrets, volumes, probes and webhooks: the API server, the
//! kubelet and kubectl.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const OTHER: DictionaryEntry =
    DictionaryEntry::of("Kubernetes", Side::Configuration, "from its source's texts and reports");

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    OTHER
        .by("Kubernetes' API server")
        .side(Side::Configuration)
        .says(
            "kubernetes/webhook",
            &["failed calling webhook {name}: {reason}", "failed calling admission webhook {name}: {reason}"],
            "Kubernetes' API server called the webhook `{name}` but got no trusted response: \
             {reason}. No upstream is affected",
            "check that the webhook's pods run, and that the `caBundle` in its configuration is \
             the CA of its certificate",
        )
        .weight(weight::CAUSE),
    OTHER
        .by("Kubernetes' API server")
        .side(Side::Configuration)
        .says(
            "kubernetes/secret-data",
            &["{kind} in version \"v1\" cannot be handled as a {name}: {reason}", "illegal base64 data at input byte {number}", "data[tls.crt]: Required value", "data[tls.key]: Required value", "data[{key}]: Required value"],
            "the API server rejects the Secret: a value under `data` is not base64, or a Secret \
             of type kubernetes.io/tls lacks `tls.crt` or `tls.key`",
            "put PEM text under `stringData`, or its base64 under `data`; for a CA alone, use \
             type Opaque",
        )
        .weight(weight::CAUSE)
        .rules(&["secret-entries-wrong", "secret-pem-invalid"]),
    OTHER
        .by("Kubernetes' API server")
        .side(Side::Configuration)
        .says(
            "kubernetes/schema",
            &["ValidationError({name}): unknown field {field} in {schema}", "spec.{field}: Unsupported value: {text}", "is invalid: spec.{field}: {text}"],
            "the object does not match the schema of its kind: field {field}",
            "`mtlsctl lint` shows the location and the field that was probably meant",
        )
        .weight(weight::SPECIFIC + 10)
        .rules(&["object-refused-by-schema", "field-unknown", "context-tls-version-spelling"]),
    OTHER
        .by("kubectl")
        .side(Side::Configuration)
        .says(
            "kubernetes/no-kind",
            &["no matches for kind {kind} in version {version}", "the server doesn't have a resource type {kind}"],
            "the cluster has no CRD for kind {kind} in that version: Emissary's CRDs are not \
             installed, or are from another release",
            "install the CRDs of the same release: `kubectl apply -f …/emissary-crds.yaml`",
        )
        .weight(weight::CAUSE)
        .rules(&["object-api-version-unknown"]),
    OTHER
        .by("Kubernetes (kubelet, API server)")
        .says(
            "kubernetes/mount",
            &["MountVolume.SetUp failed for volume {volume} : secret {secret} not found", "MountVolume.SetUp failed for volume {volume}: secret {secret} not found", "MountVolume.SetUp failed for volume {volume} : references non-existent secret key: {key}",
              "MountVolume.SetUp failed for volume {volume} : configmap {name} not found", "references non-existent secret key: {key}"],
            "the pod does not start: its volume `{volume}` names a Secret, ConfigMap or key that does not exist",
            "create it in the pod's namespace, or correct the name; `mtlsctl lint` checks volumes",
        )
        .weight(weight::CAUSE)
        .rules(&["volume-secret-missing", "volume-key-missing"]),
    OTHER
        .by("Kubernetes (kubelet)")
        .side(Side::Client)
        .says(
            "kubernetes/probe",
            &["Readiness probe failed: {reason}", "Liveness probe failed: {reason}", "Startup probe failed: {reason}"],
            "the kubelet's probe of a pod failed: {reason}. The kubelet is not part of a mesh and \
             has no client certificate, so a port that requires one rejects it",
            "probe another port, or use `exec`; with Istio, let it rewrite probes",
        )
        .weight(weight::GENERAL)
        .grade(Grade::Warning),
    OTHER
        .by("Kubernetes (kubelet)")
        .side(Side::Client)
        .says(
            "kubernetes/probe-tls",
            &["Readiness probe failed: Get {text} remote error: tls: {reason}", "Liveness probe failed: Get {text} remote error: tls: {reason}",
              "Startup probe failed: Get {text} remote error: tls: {reason}", "probe failed: Get {text} server gave HTTP response to HTTPS client",
              "probe failed: HTTP probe failed with statuscode: 400"],
            "the kubelet's probe of a pod does not match the port's TLS: it has no client \
             certificate, so a port that requires one rejects it, and its `scheme` must be HTTPS \
             for a TLS port and HTTP for a plaintext one",
            "probe a port without client certificates, or use `exec` or `tcpSocket`; set the \
             probe's `scheme` to what the port serves",
        )
        .weight(weight::CAUSE + 1)
        .grade(Grade::Warning),
    OTHER
        .by("Kubernetes (kubelet)")
        .says(
            "kubernetes/mount-waits",
            &["Unable to attach or mount volumes: unmounted volumes=[{volume}], unattached volumes=[{text}]: timed out waiting for the condition", "Unable to attach or mount volumes: unmounted volumes=[{volume}]"],
            "the pod does not start: its volume `{volume}` could not be mounted; for a Secret \
             volume, usually because the Secret does not exist",
            "the event `MountVolume.SetUp failed` next to it names the Secret; `mtlsctl lint` \
             checks volumes",
        )
        .rules(&["volume-secret-missing", "volume-key-missing"]),
    OTHER
        .by("Kubernetes' API server, to a controller")
        .says(
            "kubernetes/forbidden",
            &["Failed to list {kind}: {resource} is forbidden: User {user} cannot list resource {text}", "Failed to watch {kind}: failed to list {type}: {resource} is forbidden: User {user} cannot list resource {text}",
              "is forbidden: User {user} cannot list resource {text}", "is forbidden: User {user} cannot watch resource {text}"],
            "the service account `{user}` is not allowed to read these objects, so for that \
             program there are none: {text}",
            "grant `get`, `list` and `watch` on them in its ClusterRole; for Emissary, install \
             the RBAC of the same release",
        ),
    OTHER
        .by("kubectl")
        .side(Side::Configuration)
        .says(
            "kubectl/tls-secret",
            &["failed to load key pair tls: private key does not match public key", "failed to load key pair {reason}", "error: tls: private key does not match public key", "error: tls: failed to find any PEM data in certificate input"],
            "`kubectl create secret tls` compares the key with the first certificate: they do not \
             belong together, or the chain is in the wrong order",
            "put the leaf first, and use the key that belongs to it",
        )
        .weight(weight::CAUSE + 1)
        .rules(&["secret-key-mismatch", "secret-chain-order"]),
    OTHER
        .by("Kubernetes' API server, to kubectl")
        .side(Side::Client)
        .says(
            "kubectl/unauthorized",
            &["You must be logged in to the server (Unauthorized)", "error: You must be logged in to the server"],
            "the API server does not accept kubectl's token or client certificate: it has \
             expired, or is for another cluster",
            "log in again, or check the certificate in the kubeconfig; no upstream is affected",
        )
        .weight(weight::SPECIFIC),
    OTHER
        .by("a gateway's controller (Contour, Envoy Gateway)")
        .says(
            "kubernetes/gateway-secret",
            &["TLS Secret {secret} is invalid: {reason}", "TLS upstream validation policy error: invalid CA Secret {secret}: {reason}", "upstreamValidation requested but secret not found or misconfigured",
              "failed to locate TLS secret for client auth: {secret} specified in {text}", "failed to locate CA certificate in {text}"],
            "a gateway other than Ambassador finds no usable Secret: it does not exist, does not \
             have the type the gateway requires (kubernetes.io/tls, or Opaque with `ca.crt`), or \
             its certificate cannot be read, which some also report as `not found`",
            "check the Secret's type and entries, and whether its namespace can be referenced",
        )
        .seen("Contour 1.0 to 1.30 and Envoy Gateway 1.x; contour#2616, contour#3496"),
    OTHER
        .by("External Secrets Operator")
        .says(
            "kubernetes/external-secret",
            &["SecretSyncedError", "could not get secret data from provider", "error processing spec.data[{number}] (key: {key}), err: {reason}"],
            "an ExternalSecret could not be fetched from its store, so its Secret is missing or \
             outdated",
            "`kubectl describe externalsecret` shows the provider's error; check the key, the \
             property and the store's credentials",
        )
        .rules(&["secret-missing"])
        .seen("External Secrets 0.5 and later"),
    OTHER
        .by("Kubernetes (kubelet)")
        .says(
            "kubernetes/cache-sync",
            &["failed to sync secret cache: timed out waiting for the condition", "failed to sync configmap cache: timed out waiting for the condition"],
            "the kubelet has not read the Secret or ConfigMap of a volume yet; this is temporary \
             when a node starts, and does not show whether the object exists",
            "wait for the next attempt; if it persists, check the node's connection to the API server",
        )
        .grade(Grade::Warning),
];
