//! Emissary's own messages about TLS: its Python half (diagd), in status pages and its log.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

pub(super) const E: DictionaryEntry = DictionaryEntry::of(
    "Emissary (diagd), while it reads its configuration",
    Side::Configuration,
    "Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir",
);

/// The consequence for a Mapping whose context is not created.
pub(super) const GONE: &str = "every Mapping that names the context loses it: `https://` services \
                               get TLS without a client certificate or verification, others get \
                               plaintext, while the Mapping's status is `Running`";

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/context-undefined",
        &[
            "Originate-TLS context {context} is not defined",
            "Originate-TLS context {context} not defined",
        ],
        "the Mapping (or AuthService, RateLimitService, TCPMapping) names `{context}` in `tls:`, \
         and there is no usable TLSContext with that name: it does not exist, it belongs to \
         another `ambassador_id`, the name was written with its namespace, or Emissary discarded \
         it because of its Secret. Emissary continues without it: an `https://` service gets TLS \
         without a client certificate or verification, any other gets plaintext",
        "look for other messages about `{context}` first, then compare its name and \
         `ambassador_id`; `mtlsctl lint` on the manifests shows which of these it is",
    )
    .weight(weight::CAUSE)
    .other("a server that requires a client certificate rejects the connection (40, 116, or HTTP \
            400); one that does not require it never notices")
    .rules(&[
        "mapping-context-undefined",
        "mapping-context-of-other-ambassador",
        "context-without-certificate",
        "secret-missing",
        "context-name-collision",
    ]),
    E.says(
        "emissary/context-over-http",
        &["Originate-TLS context {context} being used even though service {service} lists HTTP"],
        "the service of the Mapping begins with `http://`, and its `tls:` names `{context}`: \
         Emissary uses TLS anyway",
        "write the service with `https://`, or without a scheme",
    )
    .grade(Grade::Warning)
    .rules(&["service-scheme-contradicts-tls"]),
    E.says(
        "emissary/secret-not-found",
        &[
            "TLSContext {context} found no certificate in secret {secret} in namespace {namespace}",
            "TLSContext {context} found no certificate in {secret}, ignoring",
            "TLSContext {context} found no certificate in {text}",
        ],
        "Emissary finds no certificate in Secret `{secret}` in namespace `{namespace}`: the \
         Secret does not exist, is not watched (`AMBASSADOR_SINGLE_NAMESPACE`, selectors, RBAC), \
         has a type that Emissary ignores or no `tls.crt`, or a dot in the reference is parsed as \
         a namespace separator (or is not). Emissary discards the context",
        "`kubectl -n {namespace} describe secret {secret}` lists its type and entries; `mtlsctl \
         lint` distinguishes the causes",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&[
        "secret-missing",
        "secret-entries-wrong",
        "secret-type-unknown",
        "secret-certificate-not-text",
        "secret-namespacing-split",
        "secret-name-dotted",
        "secret-outside-watch",
        "istio-certs-namespace",
        "istio-certs-unpublished",
    ]),
    E.says(
        "emissary/secret-without-key",
        &[
            "TLSContext {context} found no private key in secret {secret} in namespace {namespace}",
            "TLSContext {context} found no private key in {text}",
        ],
        "Secret `{secret}` in namespace `{namespace}` has a certificate (`tls.crt`) but no \
         private key (`tls.key`, or `key.pem`), so Emissary discards the context",
        "store the certificate and key together: `kubectl -n {namespace} create secret tls {secret} \
         --cert=… --key=…`; for a CA use `ca_secret`, not `secret`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["secret-without-key"]),
    E.says(
        "emissary/ca-secret-not-found",
        &[
            "TLSContext {context} found no validation certificate in secret {secret} in namespace {namespace}",
            "TLSContext {context} found no validation certificate in {text}",
        ],
        "the context's `ca_secret` names Secret `{secret}` in namespace `{namespace}`, but \
         Emissary finds no `tls.crt` there: the Secret is missing, or has only `ca.crt` or \
         `root-cert.pem`, which Emissary does not read for `ca_secret`. It discards the context",
        "put the CA's certificate under `tls.crt`: `kubectl -n {namespace} create secret generic {secret} \
         --from-file=tls.crt=ca.pem`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-secret-lacks-entry", "secret-entries-wrong", "secret-missing", "secret-namespacing-split"]),
    E.says(
        "emissary/crl-secret-not-found",
        &[
            "TLSContext {context} found no certificate revocation list in secret {secret} in namespace {namespace}",
            "TLSContext {context} found no certificate revocation list in {text}",
        ],
        "the context's `crl_secret` names Secret `{secret}`, but Emissary finds no `crl.pem` (or \
         `user.key`) there; it discards the context",
        "`kubectl -n {namespace} create secret generic {secret} --from-file=crl.pem=…`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-secret-lacks-entry", "secret-missing", "context-crl-without-ca"])
    .seen("Emissary 2.3.0 to 4.1.0, python/ambassador/ir/irtlscontext.py"),
    E.says(
        "emissary/context-without-certificate",
        &["TLSContext {context} has no certificate information at all"],
        "TLSContext `{context}` has no `secret`, no `cert_chain_file` and no `ca_secret`, only \
         settings such as `sni`, versions or ALPN. Emissary marks it as errored and treats every \
         `tls: {context}` as not defined, so its other settings are lost as well. It logs this \
         message at level DEBUG only",
        "give the context a `secret` with a client certificate, even if the upstream asks for none",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-without-certificate"]),
    E.says(
        "emissary/ca-without-certificate",
        &["TLSContext {context} cannot validate client certs without TLS termination", 
          "TLSContext {context}: cannot validate client certs without TLS termination"],
        "TLSContext `{context}` has `ca_secret` or `cacert_chain_file` but no certificate. The \
         message mentions termination, but applies to upstreams as well: Emissary cannot verify \
         an upstream without also presenting a client certificate, so it discards the context",
        "add a `secret` (or `cert_chain_file` and `private_key_file`) with any client certificate",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-ca-without-certificate"]),
    E.says(
        "emissary/file-not-found",
        &[
            "TLSContext {context} found no cert_chain_file {file}",
            "TLSContext {context} found no private_key_file {file}",
            "TLSContext {context} found no cacert_chain_file {file}",
            "TLSContext {context} found no crl_file {file}",
        ],
        "`{file}` is not a regular file in Emissary's container when it reads its configuration: \
         the volume is not mounted there, the key of the Secret has another name, the path has a \
         typo, or the file is written later (by Istio's sidecar, for example). Emissary discards \
         the context and does not check again until something changes",
        "`kubectl exec` into Emissary's container and `ls -lL {file}`; `mtlsctl lint` follows the mounts of the \
         Deployment to the Secret behind the path",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&[
        "context-file-missing",
        "context-file-not-mounted",
        "context-file-path-wrong",
        "context-file-is-folder",
        "context-file-in-other-container",
        "volume-key-missing",
        "volume-secret-missing",
        "mount-sub-path-wrong",
        "mount-empty-dir-unfilled",
        "istio-output-certs-incomplete",
    ]),
    E.says(
        "emissary/termination-without-certificate",
        &[
            "TLSContext {context} is missing cert_chain_file",
            "TLSContext {context} is missing private_key_file",
        ],
        "TLSContext `{context}` has `hosts`, which makes it a terminating context, and such a \
         context needs a certificate and its key. If it is meant for an upstream, `hosts` is the \
         mistake",
        "remove `hosts` from a context that only Mappings use; give one for a Host a `secret`",
    )
    .weight(weight::CAUSE)
    .rules(&["context-hosts-on-upstream", "context-without-certificate"]),
    E.says(
        "emissary/cert-without-key-file",
        &["cert_chain_file requires private_key_file as well"],
        "a TLSContext has `cert_chain_file` but no `private_key_file`; Emissary does not store it \
         at all, so for Mappings that name it, it is not defined",
        "add `private_key_file`, or use `secret`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-cert-without-key"]),
    E.says(
        "emissary/secret-and-file",
        &["exactly one of secret and cert_chain_file must be present", "exactly one of secret and cert_chain_file"],
        "a TLSContext has both `secret` and `cert_chain_file`; Emissary does not store it at all, \
         so for Mappings that name it, it is not defined",
        "keep one of the two",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-secret-and-file"]),
    E.says(
        "emissary/context-duplicate",
        &["Duplicate TLSContext {context}; keeping definition from {text}"],
        "two contexts are called `{context}`: the first one (from a Host, the `tls` Module or \
         another namespace) is kept; the other is ignored",
        "rename one of them",
    )
    .grade(Grade::Warning)
    .rules(&["context-name-collision", "object-defined-twice", "context-name-reserved"]),
    E.says(
        "emissary/host-duplicate",
        &["Duplicate Host {host}; keeping definition from {text}"],
        "two Hosts are called `{host}`; the second is ignored",
        "rename one of them",
    )
    .grade(Grade::Warning)
    .rules(&["object-defined-twice"]),
    E.says(
        "emissary/redirect-conflict",
        &["TLSContext: {context}; configured conflicting redirect_from port: {port}"],
        "two contexts have different values for `redirect_cleartext_from`; the later one, \
         `{context}`, is discarded with all its settings",
        "remove `redirect_cleartext_from`, which has no effect since 2.0, or use the same value",
    )
    .other(GONE)
    .rules(&["context-redirect-conflict"]),
    E.says(
        "emissary/defined-twice",
        &["defines {kind} {name}, which is already defined by {text}"],
        "two manifests define {kind} `{name}` in the same namespace, for example a custom \
         resource and an annotation; the later one wins",
        "remove one of them",
    )
    .grade(Grade::Warning)
    .rules(&["object-defined-twice", "object-given-twice"]),
    E.says(
        "emissary/secret-unknown",
        &["Secret {secret} unknown"],
        "Emissary does not have Secret `{secret}` (name.namespace): it does not exist, is not \
         watched, or has a type or entries that Emissary ignores",
        "check that the Secret exists and has `tls.crt` and `tls.key`; a message about the \
         context that names it usually follows",
    )
    .rules(&["secret-missing", "secret-type-unknown", "secret-entries-wrong", "secret-outside-watch"]),
    E.says(
        "emissary/secret-no-certificate-old",
        &["{kind} {name}: found no certificate in {text}", "{kind} {name}: found data but no certificate in {text}"],
        "the Secret or file that `{name}` names has no certificate that Emissary reads (`tls.crt`)",
        "store the certificate as PEM under `tls.crt`",
    )
    .rules(&["secret-entries-wrong", "secret-certificate-not-text"]),
    E.says(
        "emissary/secret-no-user-key",
        &["{kind} {name}: found data but no user.key in {text}"],
        "the ACME account's Secret that `{name}` names has no `user.key`",
        "let Emissary recreate it, or correct `acmeProvider.privateKeySecret`",
    )
    .grade(Grade::Warning)
    .rules(&["secret-entries-wrong"]),
    E.says(
        "emissary/api-version",
        &["apiVersion {version} is deprecated", "apiVersion {version} is not supported", "apiVersion {version} unsupported"],
        "`{version}` is an API version that this Emissary does not serve, or will soon stop serving",
        "write `getambassador.io/v3alpha1` (1.x: `getambassador.io/v2`), and adjust the fields",
    )
    .grade(Grade::Warning)
    .rules(&["object-api-version-outdated", "object-api-version-unknown"]),
    E.says(
        "emissary/yaml-unreadable",
        &["could not parse YAML: {text}", "could not parse WATT: {text}", "could not read YAML from {text}"],
        "a document of the configuration is not YAML; for Emissary, its contents do not exist",
        "`mtlsctl lint --check-yaml` shows the line",
    )
    .rules(&["document-unreadable", "annotation-unreadable"]),
    E.says(
        "emissary/crds-missing",
        &["Ambassador could not find core CRD definitions", "Ambassador could not find {text} CRD definition"],
        "Emissary's custom resource definitions are not installed (or are from another version), \
         so for Emissary no objects of that kind exist",
        "install the CRDs of the same release: `kubectl apply -f …/emissary-crds.yaml`",
    )
    .grade(Grade::Freeze),
    E.says(
        "emissary/validation-failed",
        &[
            "no update performed (invalid envoy configuration generated), continuing with current configuration",
            "no updates were performed due to invalid envoy configuration, continuing with current configuration",
            "no update performed ({text}), continuing with current configuration",
            "could not validate the envoy configuration above",
            "notify: status 500: configuration failed",
            "notify: update to {url} failed",
            "ignoring (invalid envoy configuration generated) in snapshot",
        ],
        "Envoy rejected the configuration that Emissary generated (`envoy --mode validate`), so \
         no configuration change takes effect until this is fixed, and a restarted pod has no \
         configuration at all. The reason is some lines above, after a long JSON text: `Failed to \
         load …`, `no such field …`, `KEY_VALUES_MISMATCH` or similar",
        "also explain the lines before it (`kubectl logs … | mtlsctl explain -`); `mtlsctl lint` \
         finds the TLSContext, Secret or field that causes it",
    )
    .grade(Grade::Freeze)
    .rules(&[
        "secret-key-mismatch",
        "secret-pem-invalid",
        "context-cert-required-upstream",
        "context-sni-on-termination",
        "secret-chain-order",
        "context-cipher-suite-unknown",
    ])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador_diag/diagd.py"),
    E.says(
        "emissary/validation-timeout",
        &["envoy configuration validation timed out after {seconds} seconds"],
        "`envoy --mode validate` did not finish in time: the pod has too little CPU, or the \
         configuration is very large",
        "raise the pod's CPU, or `envoy_validation_timeout` in the `ambassador` Module",
    )
    .grade(Grade::Freeze),
    E.says(
        "emissary/could-not-reconfigure",
        &["could not reconfigure: {text}"],
        "Emissary's own code raised an exception while it read the configuration: no \
         configuration change takes effect until the object that causes it is fixed. Usual causes \
         are a Module without `config`, a field of the wrong type, or a bug in this version",
        "find the object in the traceback above; `mtlsctl lint` reports objects that are known to \
         crash it",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Freeze)
    .rules(&["configuration-crashes-ambassador", "object-refused-by-schema"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador_diag/diagd.py"),
    E.says(
        "emissary/envoy-problems",
        &["ENVOY CONFIG PROBLEMS: {text}"],
        "Envoy rejects the configuration that Emissary generated: {text}",
        "explain that text on its own as well",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Freeze),
    E.says(
        "emissary/pod-not-ready",
        &["ambassador is not ready", "envoy_ready is false", "no config loaded", "completely empty config"],
        "Emissary has no configuration that Envoy accepted: nothing was found for its \
         `ambassador_id`, the first configuration was rejected, or the watch is waiting for a \
         Consul service",
        "search its log for `no update performed`, `could not reconfigure` and `[WATCHER]`",
    )
    .weight(weight::GENERAL)
    .rules(&["ambassador-id-unmatched"]),
    E.says(
        "emissary/grpc-protocol-version",
        &["protocol_version {version} is unsupported, protocol_version must be {wanted}"],
        "since 3.0 AuthService, RateLimitService and LogService support only {wanted}; the \
         service is dropped",
        "write `protocol_version: v3`, if the service supports it",
    )
    .rules(&["object-refused-by-schema", "mapping-dropped"]),
];
