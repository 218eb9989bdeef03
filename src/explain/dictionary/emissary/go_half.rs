//! Emissary's own messages: its Go half (entrypoint, ambex, apiext), in its log.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "Emissary (entrypoint)",
    Side::Configuration,
    "Emissary 2.0 to 4.1.0, cmd/entrypoint",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/secret-key-unparsed",
        &["{secret} tls.key cannot be parsed as PKCS1, PKCS8, or EC: {reason}", "{secret} tls.key cannot be parsed as PKCS1 or PKCS8: {reason}"],
        "Go cannot read the first PEM block of `tls.key` in Secret {secret} as a private key: it \
         is encrypted, a certificate, `EC PARAMETERS`, or damaged ({reason}); 2.2.0 and 2.2.1 \
         reject every EC key. With `AMBASSADOR_FORCE_SECRET_VALIDATION`, Emissary withholds the \
         Secret and drops each context that names it; otherwise it passes the Secret on to Envoy",
        "rewrite the key with `openssl pkey -in KEY -out PLAIN-KEY`, and check the Secret with \
         `mtlsctl inspect`",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-key-unusable", "secret-key-encrypted", "secret-key-ec-parameters", "secret-pem-invalid"])
    .seen("Emissary 2.2.0 to 4.1.0, cmd/entrypoint/secrets.go"),
    E.says(
        "emissary/secret-key-not-pem",
        &["{secret} tls.key is not a PEM-encoded key"],
        "`tls.key` in Secret {secret} has no PEM block: it is DER, base64-encoded twice, or some \
         other text",
        "store the key as PEM, base64-encoded once; `mtlsctl lint` shows its contents",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-pem-invalid", "secret-key-unusable"])
    .seen("Emissary 2.2.0 to 4.1.0, cmd/entrypoint/secrets.go"),
    E.says(
        "emissary/secret-certificate-unparsed",
        &["{secret} tls.crt cannot be parsed as x.509: {reason}"],
        "the first PEM block of `tls.crt` in Secret {secret} is not a certificate that Go can \
         read: a key comes first, or the certificate is damaged ({reason})",
        "put the leaf certificate first; `mtlsctl inspect` shows the line",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-pem-invalid", "secret-chain-order"])
    .seen("Emissary 2.2.0 to 4.1.0, cmd/entrypoint/secrets.go"),
    E.says(
        "emissary/secret-certificate-not-pem",
        &["{secret} tls.crt is not a PEM-encoded certificate"],
        "`tls.crt` in Secret {secret} has no PEM block: it is DER, base64-encoded twice, or some \
         other text",
        "store the certificate as PEM, base64-encoded once",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-pem-invalid", "secret-certificate-not-text"])
    .seen("Emissary 2.2.0 to 4.1.0, cmd/entrypoint/secrets.go"),
    E.says(
        "emissary/annotations-unparsed",
        &[
            "ERROR parsing annotations in configuration change: {reason}",
            "error parsing annotations: {reason}",
            "annotation getambassador.io/config: could not parse YAML: {reason}",
        ],
        "a `getambassador.io/config` annotation is not YAML ({reason}); one unreadable document \
         discards every document of that annotation",
        "`mtlsctl lint` shows the annotation and the line",
    )
    .weight(weight::CAUSE)
    .rules(&["annotation-unreadable"]),
    E.says(
        "emissary/annotation-kind",
        &["unsupported GroupVersionKind {text}, ignoring"],
        "an annotation has an object with an API version or kind that annotations do not support \
         (v0, `x.`, or none at all): {text}",
        "use `getambassador.io/v3alpha1` and the kind as in its CRD",
    )
    .rules(&["object-api-version-unknown", "object-kind-case", "annotation-ignored"]),
    E.says(
        "emissary/validation-error",
        &["validation error: {kind} {object} -- {reason}"],
        "{kind} `{object}` does not match its schema ({reason}), so Emissary ignores it",
        "correct the field; `mtlsctl lint` shows its location",
    )
    .weight(weight::CAUSE)
    .rules(&["object-refused-by-schema", "field-unknown"]),
    E.says(
        "emissary/schema",
        &[
            "{field} in body must be of type {text}",
            "{field} in body should be one of {text}",
            "{field} in body is required",
            "spec.{field}: Unsupported value: {text}",
            "spec.{field}: Required value",
            "spec.{field}: Invalid value: {text}",
            "unknown field spec.{field}",
            "strict decoding error: unknown field spec.{field}",
            "strict decoding error: unknown field {field}",
        ],
        "a field does not match the schema of its kind: `{field}`. In v3alpha1 `tls` and \
         `alpn_protocols` are strings, `ambassador_id` and `hosts` lists",
        "write the value as that API version's schema requires; an unknown field is pruned and \
         has no effect",
    )
    .rules(&["object-refused-by-schema", "field-unknown", "mapping-tls-boolean", "context-alpn-list", "ambassador-id-string"])
    .by("Kubernetes' API server, or Emissary for annotations"),
    E.says(
        "emissary/secrets-reconcile",
        &["ERROR reconciling Secrets: {reason}", "error extracting secrets from module: {reason}", "error parsing module: {reason}"],
        "Emissary could not determine which Secrets it needs ({reason}): a Module's `config` has \
         a field of the wrong type. Secrets may be missing for every context",
        "run `mtlsctl lint` on the Module",
    )
    .rules(&["configuration-crashes-ambassador", "module-tls-legacy", "secret-namespacing-split"]),
    E.says(
        "emissary/consul-reconcile",
        &["ERROR reconciling Consul resources: {reason}", "error resolving consul address {address}: {reason}"],
        "Emissary cannot reach the Consul of a ConsulResolver: {reason}. It uses plain HTTP to \
         `address`, never HTTPS, and has no endpoints from that resolver (503 UH)",
        "check that `address` is Consul's HTTP port (8500), reachable from Emissary's pod",
    ),
    E.says(
        "emissary/watches-unable",
        &["Warning, unable to watch {kind}, unknown kind", "Warning, unable to list api-resources: {reason}"],
        "Emissary cannot watch a kind: its CRD is not installed, or RBAC does not allow it",
        "install the CRDs of the same release, and check Emissary's ClusterRole",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/secrets-forbidden",
        &["secrets is forbidden: User {user} cannot list resource {text}", "secrets {secret} is forbidden: User {user} cannot get resource {text}"],
        "the service account `{user}` is not allowed to read Secrets, so no context gets its \
         certificate",
        "grant `get`, `list` and `watch` on Secrets in its ClusterRole (or Role, with \
         `AMBASSADOR_SINGLE_NAMESPACE`)",
    )
    .weight(weight::CAUSE)
    .by("Kubernetes' API server")
    .rules(&["secret-outside-watch"]),
    E.says(
        "emissary/istio-certificate-unread",
        &["{source}: couldn't read {file}: {reason}", "{source}: read error, bailing", "FSWatcher: couldn't scan {file}: {reason}", "FSW: FSWatcher error: {reason}"],
        "Emissary watches the folder of Istio's certificates (`AMBASSADOR_ISTIO_SECRET_DIR`) but \
         cannot read it: the volume is missing, or not readable by its user. `istio-certs` is not \
         created, so contexts that name it find no certificate",
        "mount the folder that the sidecar writes to (`OUTPUT_CERTS`) as a shared `emptyDir` in \
         Emissary's container",
    )
    .rules(&["istio-certs-unpublished", "istio-secret-dir-empty", "istio-output-certs-incomplete", "volume-mode-unreadable"])
    .seen("Ambassador 1.10 to Emissary 4.1.0, cmd/entrypoint/istiocert.go, fswatcher.go"),
    E.says(
        "emissary/istio-certificate-updated",
        &["IstioCert: certificate {secret} updated"],
        "Emissary read a new certificate from Istio's folder and stored it as Secret `{secret}`; \
         nothing is wrong",
        "nothing to do; a context uses it with `secret: istio-certs` from Emissary's own namespace",
    )
    .grade(Grade::Note),
    E.says(
        "emissary/istio-certificate-deleted",
        &["IstioCert: certificate {secret} deleted"],
        "Istio's certificate files are gone, and so is Secret `{secret}`: contexts that name it \
         lose their certificate",
        "find out why the sidecar no longer writes its certificates (check its log and the shared \
         volume)",
    )
    .rules(&["istio-output-certs-incomplete", "istio-certs-unpublished"]),
    E.says(
        "emissary/endpoint-extra-domain",
        &["mapping {mapping} in namespace {namespace}: ignoring extra domain parts in service, using {service}"],
        "Mapping {namespace}/{mapping} has an endpoint resolver, which uses the first two labels \
         of the service as its name and namespace: it looks up {service}. For an address outside \
         the cluster there is no such Service, so there are no endpoints (503 UH)",
        "write `resolver: kubernetes-service`, or the service as `NAME.NAMESPACE`",
    )
    .rules(&["resolver-unknown", "service-port-undefined"]),
    E.says(
        "emissary/ambassador-id",
        &["error parsing ambassador-id {value}"],
        "`ambassador_id: {value}` is invalid, so no Ambassador reads the object",
        "write a list of strings",
    )
    .rules(&["ambassador-id-string", "ambassador-id-unmatched"]),
    E.says(
        "emissary/snapshot-inconsistent",
        &["V3 Snapshot inconsistency: {reason}", "V2 Snapshot inconsistency: {reason}", "V3 Snapshot error: {reason}", "v3 Snapshot error {reason}", "V2 Snapshot error {reason}"],
        "Emissary's ambex rejects the configuration before Envoy sees it: {reason}",
        "check the clusters or listeners that the message names",
    )
    .by("Emissary (ambex)")
    .grade(Grade::Freeze)
    .seen("Emissary 2.0 to 4.1.0, pkg/ambex"),
    E.says(
        "emissary/ambex-unrecognised",
        &["Unrecognized resource {name}: {reason}", "unknown field {field} in envoy.extensions.transport_sockets.tls.v3.{text}"],
        "with `envoy_validation_timeout: 0`, Emissary's ambex parses the configuration itself and \
         rejects a field that Envoy does not have",
        "`cert_required` on an upstream's context and `sni` on a terminating one are the usual causes",
    )
    .by("Emissary (ambex)")
    .grade(Grade::Freeze)
    .rules(&["context-cert-required-upstream", "context-sni-on-termination"]),
    E.says(
        "emissary/webhook-certificate",
        &[
            "conversion webhook for getambassador.io/{version}, Kind={kind} failed: {reason}",
            "conversion webhook for {text} failed: {reason}",
        ],
        "Kubernetes called Emissary's conversion webhook (apiext) but got no trusted response: \
         {reason}. Objects of v1 and v2 cannot be read or applied until it works. This concerns \
         the API server and apiext, not upstreams",
        "check that `emissary-apiext` runs in `emissary-system`; for `certificate signed by \
         unknown authority`, delete its Secret `emissary-ingress-webhook-ca` and restart it, so \
         that it writes the CA to the CRDs again",
    )
    .by("Kubernetes' API server")
    .weight(weight::CAUSE)
    .seen("Emissary 2.0 to 4.1.0, threads on conversion webhooks"),
    E.says(
        "emissary/apiext-ca",
        &["ca bundle is missing, unable to generate new server certificate", "unable to ensure CA cert is valid", "unable to obtain a valid root CA cert from the secret", "invalid ClientHello received, unable to determine server name"],
        "Emissary's conversion webhook (apiext) has no usable CA; this affects the conversion of \
         old objects, not upstreams",
        "delete its CA Secret and restart `emissary-apiext`",
    )
    .by("Emissary (apiext)")
    .grade(Grade::Warning),
    E.says(
        "emissary/apiext-wait",
        &["timeout waiting for apiext deployment {text}", "apiext readiness check failed: {reason}", "Waiting for apiext deployment {text}", "error checking deployment {text}: {reason}"],
        "Emissary waits for its conversion webhook before it starts, and gives up after a while; \
         this has nothing to do with TLS to upstreams",
        "find out why `emissary-apiext` is not ready",
    )
    .grade(Grade::Freeze),
    E.says(
        "emissary/watcher-failed",
        &["[WATCHER]: ERROR calculating changes in an update to the cluster config: {reason}", "[WATCHER]: ERROR checking changes from a cluster config update: {reason}",
          "[WATCHER]: ERROR reconciling {kind}: {reason}", "[Dispatch Snapshot]: unable to get valid snapshot"],
        "Emissary could not process a change to the cluster's objects ({reason}): Envoy keeps its \
         current configuration, and every later change waits as well",
        "correct the object that the reason names; `mtlsctl lint -A` finds objects that Emissary cannot read",
    )
    .weight(weight::SPECIFIC)
    .grade(Grade::Freeze)
    .rules(&["annotation-unreadable", "configuration-crashes-ambassador"])
    .seen("Emissary 2.5 to 4.1.0, cmd/entrypoint/watcher.go"),
    E.says(
        "emissary/module-unparsed",
        &["error parsing ambassador module: {reason}"],
        "the Module `ambassador` has a field of the wrong type for Emissary's Go half ({reason}), \
         which then ignores the Module's resolver and load balancer: with an endpoint resolver \
         there may be no endpoints (503 UH)",
        "run `mtlsctl lint` on the Module",
    )
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, cmd/entrypoint/endpoints.go"),
    E.says(
        "emissary/webhook-request",
        &["could not read conversion request: {reason}", "no conversion request provided", "failed to convert to hub version {reason}", "failed to convert from hub version {reason}",
          "conversion is not allowed between same type {text}"],
        "Emissary's conversion webhook (apiext) could not convert an object for the API server, \
         so that object cannot be read or written in the other API version. Upstreams are not \
         affected until Emissary reads the object again",
        "apply the object as `getambassador.io/v3alpha1`, and use CRDs and apiext of the same release",
    )
    .by("Emissary (apiext)")
    .seen("Emissary 2.0 to 4.1.0, cmd/apiext and pkg/kates"),
    E.says(
        "emissary/memory-throttled",
        &["Memory Usage: throttling reconfig {text} due to constrained memory with {reason}"],
        "Emissary delays changes because its memory is nearly used up: Envoy still has an older \
         configuration",
        "raise the pod's memory limit, or make fewer changes per minute \
         (`AMBASSADOR_AMBEX_SNAPSHOT_COUNT`, drain time)",
    )
    .by("Emissary (ambex)")
    .grade(Grade::Warning)
    .seen("Ambassador 1.11 to Emissary 4.1.0, pkg/ambex/ratelimit.go"),
    E.says(
        "emissary/watch-closed",
        &["Watch of {kind} closed with: {reason}", "Watch for {kind} closed with unexpected EOF: {reason}", "Failed to watch {kind}: {reason}",
          "error listing {kind}: {reason}"],
        "Emissary's watch for a kind of object ended ({reason}) and is restarted. If this keeps \
         happening, changes to that kind do not reach Envoy",
        "a single one is harmless; many point to RBAC, a missing CRD or an API server problem",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Note)
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, pkg/kates/client.go"),
    E.says(
        "emissary/diagd-not-notified",
        &["error notifying diagd: {reason}", "error notifying {name}: {reason}", "error reading body from diagd: {reason}"],
        "the Go half could not pass its snapshot to diagd ({reason}): a 500 means that diagd \
         rejected the change, `connection refused` that diagd is not running yet or crashed. \
         Until this works, Envoy keeps its current configuration",
        "look for `could not reconfigure` or a Python traceback in the same log",
    )
    .grade(Grade::Freeze)
    .rules(&["configuration-crashes-ambassador"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, cmd/entrypoint/notify.go"),
    E.says(
        "emissary/consul-answer",
        &["unexpected empty/nil response from consul", "unexpected raw type. expected: {text}", "unexpected raw type expected={text}"],
        "Consul's answer to Emissary (or to its connector) is not what the client expects: \
         Connect is not enabled there, or the ACL token is not allowed to read it. The requested \
         endpoints, leaf or roots are not renewed",
        "request Consul's `/v1/agent/connect/ca/roots` with the same token, as `mtlsctl consul \
         export` does",
    )
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, pkg/consulwatch"),
];
