//! Emissary's own sentences about TLS: its Python half (diagd), as in status pages and its log.

use crate::explain::matching::entry::{Entry, Grade, Side, weight};

const E: Entry = Entry::of(
    "Emissary (diagd), while it reads its configuration",
    Side::Configuration,
    "Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir",
);

/// What follows for a Mapping whose context does not come about.
const GONE: &str = "every Mapping that names the context loses it: `https://` services are reached without a \
    client certificate and unverified, others in plaintext, while the Mapping's status is `Running`";

pub(super) const ENTRIES: &[Entry] = &[
    E.says(
        "emissary/context-undefined",
        &[
            "Originate-TLS context {context} is not defined",
            "Originate-TLS context {context} not defined",
        ],
        "the Mapping (or AuthService, RateLimitService, TCPMapping) names `{context}` in `tls:`, and there is \
         no usable TLSContext of that name: it does not exist, it belongs to another `ambassador_id`, the name \
         was written with its namespace, or Emissary discarded it because of its Secret. Emissary goes on \
         without it: an `https://` service is reached without a client certificate and unverified, any other \
         in plaintext",
        "look for other messages about `{context}` first, then compare its name and `ambassador_id`; \
         `mtlsctl lint` on the manifests names which of these it is",
    )
    .weight(weight::CAUSE)
    .other("a server that requires a client certificate refuses (40, 116, or HTTP 400); one that does not \
            never learns that it should have got one")
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
        "the service of the Mapping begins with `http://`, and its `tls:` names `{context}`: Emissary speaks \
         TLS nevertheless",
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
        "Emissary has no Secret `{secret}` in namespace `{namespace}` with a certificate in it: the Secret is \
         not there, not watched (`AMBASSADOR_SINGLE_NAMESPACE`, selectors, RBAC), of a type that Emissary \
         ignores, without `tls.crt`, or the reference has a dot that is read as another namespace (or is not). \
         Emissary discards the context",
        "`kubectl -n {namespace} describe secret {secret}` lists its type and entries; `mtlsctl lint` tells the causes \
         apart",
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
        "Secret `{secret}` in namespace `{namespace}` has a certificate (`tls.crt`) and no private key \
         (`tls.key`, or `key.pem`), so Emissary discards the context",
        "store certificate and key together: `kubectl -n {namespace} create secret tls {secret} --cert=… \
         --key=…`; for a CA use `ca_secret`, not `secret`",
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
        "the context's `ca_secret` names Secret `{secret}` in namespace `{namespace}`, and Emissary finds no \
         `tls.crt` there: the Secret is missing, or holds only `ca.crt` or `root-cert.pem`, which Emissary does \
         not read for `ca_secret`. It discards the context",
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
        "the context's `crl_secret` names Secret `{secret}`, and Emissary finds no `crl.pem` (or `user.key`) \
         there; it discards the context",
        "`kubectl -n {namespace} create secret generic {secret} --from-file=crl.pem=…`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-secret-lacks-entry", "secret-missing", "context-crl-without-ca"])
    .seen("Emissary 2.3.0 to 4.1.0, python/ambassador/ir/irtlscontext.py"),
    E.says(
        "emissary/context-without-certificate",
        &["TLSContext {context} has no certificate information at all"],
        "TLSContext `{context}` names no `secret`, no `cert_chain_file` and no `ca_secret`, only such things as \
         `sni`, versions or ALPN. Emissary keeps it in its table as errored and treats every `tls: {context}` \
         as not defined, so its other settings are lost, too. It logs this sentence at level DEBUG only",
        "give the context a `secret` with a client certificate, even if the upstream asks for none",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-without-certificate"]),
    E.says(
        "emissary/ca-without-certificate",
        &["TLSContext {context} cannot validate client certs without TLS termination", 
          "TLSContext {context}: cannot validate client certs without TLS termination"],
        "TLSContext `{context}` has `ca_secret` or `cacert_chain_file` and no certificate of its own. The words \
         are about termination, but hold for upstreams, too: Emissary cannot verify an upstream without \
         presenting a client certificate as well, so it discards the context",
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
        "`{file}` is no regular file in Emissary's container when it reads its configuration: the volume is not \
         mounted there, the key of the Secret has another name, the path has a slip, or the file is written \
         later (as by Istio's sidecar). Emissary discards the context and does not look again until something \
         changes",
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
        "TLSContext `{context}` has `hosts`, which makes it one that terminates TLS, and such a context needs a \
         certificate and its key. If it is meant for an upstream, `hosts` is what is wrong",
        "remove `hosts` from a context that only Mappings use; give one for a Host a `secret`",
    )
    .weight(weight::CAUSE)
    .rules(&["context-hosts-on-upstream", "context-without-certificate"]),
    E.says(
        "emissary/cert-without-key-file",
        &["cert_chain_file requires private_key_file as well"],
        "a TLSContext has `cert_chain_file` and no `private_key_file`; Emissary does not store it at all, so \
         Mappings that name it find it not defined",
        "add `private_key_file`, or use `secret`",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-cert-without-key"]),
    E.says(
        "emissary/secret-and-file",
        &["exactly one of secret and cert_chain_file must be present", "exactly one of secret and cert_chain_file"],
        "a TLSContext has both `secret` and `cert_chain_file`; Emissary does not store it at all, so Mappings \
         that name it find it not defined",
        "keep one of the two",
    )
    .weight(weight::CAUSE)
    .other(GONE)
    .rules(&["context-secret-and-file"]),
    E.says(
        "emissary/context-duplicate",
        &["Duplicate TLSContext {context}; keeping definition from {text}"],
        "two contexts are called `{context}`: one of a Host, of the `tls` Module or of another namespace came \
         first and is kept; the other is ignored",
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
        "two contexts have different values for `redirect_cleartext_from`; the later one, `{context}`, is \
         discarded with all that it says",
        "remove `redirect_cleartext_from`, which has had no effect since 2.0, or write the same value",
    )
    .other(GONE)
    .rules(&["context-redirect-conflict"]),
    E.says(
        "emissary/defined-twice",
        &["defines {kind} {name}, which is already defined by {text}"],
        "two manifests define {kind} `{name}` in one namespace, a custom resource and an annotation for \
         instance; the later one wins",
        "remove one of them",
    )
    .grade(Grade::Warning)
    .rules(&["object-defined-twice", "object-given-twice"]),
    E.says(
        "emissary/secret-unknown",
        &["Secret {secret} unknown"],
        "Emissary was asked for Secret `{secret}` (name.namespace) and does not have it: it does not exist, is \
         not watched, or is of a type or with entries that Emissary ignores",
        "see that the Secret exists and has `tls.crt` and `tls.key`; a message about the context that names it \
         usually follows",
    )
    .rules(&["secret-missing", "secret-type-unknown", "secret-entries-wrong", "secret-outside-watch"]),
    E.says(
        "emissary/secret-no-certificate-old",
        &["{kind} {name}: found no certificate in {text}", "{kind} {name}: found data but no certificate in {text}"],
        "the Secret or file that `{name}` names holds no certificate that Emissary reads (`tls.crt`)",
        "store the certificate in PEM under `tls.crt`",
    )
    .rules(&["secret-entries-wrong", "secret-certificate-not-text"]),
    E.says(
        "emissary/secret-no-user-key",
        &["{kind} {name}: found data but no user.key in {text}"],
        "the ACME account's Secret that `{name}` names has no `user.key`",
        "let Emissary write it anew, or correct `acmeProvider.privateKeySecret`",
    )
    .grade(Grade::Warning)
    .rules(&["secret-entries-wrong"]),
    E.says(
        "emissary/host-context-undefined",
        &["Host {host}: Specified TLSContext does not exist: {context}"],
        "Host `{host}` names TLSContext `{context}` in `tlsContext`, and there is none of that name; Emissary \
         drops the Host",
        "create the TLSContext, or correct the name (without namespace)",
    )
    .weight(weight::CAUSE)
    .other("clients of that host get another Host's certificate, or plaintext")
    .rules(&["host-context-undefined"]),
    E.says(
        "emissary/host-secret-mismatch",
        &[
            "Secret info mismatch between Host {host} (secret: {text}) and TLSContext {context}: (secret: {detail})",
            "Secret info mismatch between Host: {host} (secret: {text}) and TLSContext: {context} (secret: {detail})",
        ],
        "Host `{host}` and the TLSContext `{context}` that it names must name one and the same Secret, and the \
         Host's is not split at a dot: `secret: name.namespace` in the context never equals the Host's `tlsSecret` \
         with name and namespace. Emissary drops the Host",
        "name the same Secret in both, or leave `secret` out of the context: it is taken from the Host",
    )
    .weight(weight::CAUSE)
    .rules(&["host-secret-mismatch"]),
    E.says(
        "emissary/host-names-mismatch",
        &[
            "Hosts mismatch between Host {host} (accepted hosts: {text}) and TLSContext {context} (hosts: {detail})",
            "Hosts mismatch between Host: {host} (accepted hosts: {text}) and TLSContext {context} (hosts: {detail})",
        ],
        "the `hosts` of TLSContext `{context}` do not contain the hostname of Host `{host}`; Emissary says so \
         and goes on",
        "add the hostname to the context's `hosts`, or remove `hosts`",
    )
    .grade(Grade::Warning)
    .rules(&["host-names-mismatch"]),
    E.says(
        "emissary/host-tls-twice",
        &["Host {host}: both TLSContext name and TLS config specified, ignoring Host"],
        "Host `{host}` has both `tls` and `tlsContext`; Emissary drops the Host",
        "keep one of the two",
    )
    .weight(weight::CAUSE)
    .rules(&["host-tls-twice"]),
    E.says(
        "emissary/host-context-ignored",
        &["Host {host}: even though TLSContext {context} exists in the cluster,it will be ignored in favor of"],
        "Host `{host}` has `tls` of its own, so the TLSContext `{context}` of the name that Emissary would make \
         for the Host is not used",
        "put the settings in one place",
    )
    .grade(Grade::Note)
    .rules(&["host-tls-twice"]),
    E.says(
        "emissary/host-secret-invalid",
        &[
            "Host {host}: invalid TLS secret {secret}, marking inactive",
            "Host {host}: continuing with invalid TLS secret {secret}",
        ],
        "Host `{host}` names Secret `{secret}` in `tlsSecret`, and Emissary finds no certificate and key there; \
         the Host becomes inactive. If no Host is left, Emissary serves every name in plaintext",
        "see that Secret `{secret}` exists in the Host's namespace with `tls.crt` and `tls.key`",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-missing", "secret-entries-wrong", "secret-without-key"]),
    E.says(
        "emissary/host-acme-key-invalid",
        &[
            "continuing with invalid ACME private key secret {secret}",
            "Host {host}: continuing with invalid private key secret {secret}",
        ],
        "the ACME account's Secret `{secret}` holds no usable key; the Host works, and its certificate will not \
         be renewed",
        "remove the Secret so that Emissary registers again, or manage certificates with cert-manager",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/host-generated-context-invalid",
        &[
            "Host {host}: generated TLSContext {context} from Host.tls is not valid",
            "Host {host}: new TLSContext {context} is not valid",
        ],
        "the context that Emissary makes from Host `{host}` does not come about: its Secret, its `ca_secret` or \
         a value under `tls` is wrong; another message says which",
        "look for a message about `{context}`",
    )
    .rules(&["secret-missing", "context-secret-lacks-entry", "host-tls-camel-case"]),
    E.says(
        "emissary/host-tls-version",
        &[
            "Host {host}: Invalid min_tls_version set in Host.tls: {value}",
            "Host {host}: Invalid max_tls_version set in Host.tls: {value}",
        ],
        "`{value}` is no TLS version for Emissary; it writes v1.0, v1.1, v1.2 and v1.3",
        "write `v1.2` or `v1.3`",
    )
    .rules(&["context-tls-version-spelling"]),
    E.says(
        "emissary/no-hosts",
        &["No Hosts defined, but TLSContexts exist that terminate TLS. The TLSContexts are being ignored",
          "No Hosts defined, but TLSContexts exist that terminate TLS"],
        "since 2.0 TLS is terminated for Hosts only: there is none, so contexts with `hosts` do nothing. If such \
         a context is meant for an upstream, its `hosts` is what is wrong",
        "create a Host with `tlsSecret`; remove `hosts` from contexts that only Mappings use",
    )
    .grade(Grade::Warning)
    .rules(&["context-hosts-on-upstream"])
    .seen("Emissary 2.0 to 4.1.0, python/ambassador/ir/irhost.py"),
    E.says(
        "emissary/cleartext-only",
        &["No TLS termination and no fallback cert -- defaulting to cleartext-only",
          "No TLS termination and no fallback cert"],
        "no usable Host terminates TLS, so Emissary serves every name in plaintext",
        "create a Host with `tlsSecret`, and look for messages about Hosts that were dropped",
    )
    .grade(Grade::Warning)
    .rules(&["host-tls-without-secret", "host-context-undefined", "host-secret-mismatch"]),
    E.says(
        "emissary/listener-disabled",
        &[
            "No matching TLSContext found, disabling",
            "No matching Hosts/TCPMappings found, disabling",
            "No active listeners at all; check your Listener and Host configuration",
        ],
        "no Host (or TCPMapping with `host`) belongs to this Listener, or none of them has a certificate, so \
         Emissary does not open it: `hostBinding`, `securityModel`, `ambassador_id`, or a Host that was dropped",
        "compare the Listener's `hostBinding` with the Hosts' namespaces and labels, and look for messages about \
         Hosts that were dropped",
    )
    .rules(&["host-context-undefined", "host-secret-mismatch", "ambassador-id-unmatched"])
    .seen("Emissary 2.0 to 4.1.0, python/ambassador/envoy/v3/v3listener.py"),
    E.says(
        "emissary/host-without-context",
        &["{text} {host}: discarding because host is missing TLSContext"],
        "Host `{host}` should terminate TLS on this Listener and has no usable context; Emissary leaves it out",
        "give the Host a `tlsSecret` that exists, and look for other messages about it",
    )
    .rules(&["host-tls-without-secret", "host-context-undefined"]),
    E.says(
        "emissary/host-conflict",
        &[
            "discarding because it conflicts with {text}",
            "discarding because mismatching TLSContext between Hosts matching on dns hostname={host}",
        ],
        "two Hosts or TCPMappings claim the same name on the same port with different TLS; Emissary keeps the \
         first",
        "let one of them have the name, or give both the same context",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/tls-module-field",
        &["The tls field on the Ambassador module is deprecated"],
        "the `ambassador` Module has a `tls` block; Emissary creates no contexts from it, so Mappings that name \
         one find it not defined",
        "write each context as a TLSContext",
    )
    .other(GONE)
    .rules(&["module-tls-block", "module-tls-legacy"]),
    E.says(
        "emissary/resolver-unknown",
        &["resolver {resolver} is unknown"],
        "the Mapping names resolver `{resolver}`, and there is no ConsulResolver, KubernetesEndpointResolver or \
         KubernetesServiceResolver of that name for this Ambassador; Emissary drops the Mapping, so its route is \
         404",
        "create the resolver, or use `kubernetes-service`, `endpoint` or the name that your ConsulResolver has",
    )
    .weight(weight::CAUSE)
    .other("the service gets no requests at all from this Mapping")
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/cluster-resolver-invalid",
        &["cluster {cluster} has invalid resolver {resolver}"],
        "the upstream's resolver `{resolver}` does not exist, so it gets no endpoints",
        "create the resolver, or name another one",
    )
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/consul-dots",
        &["The Consul resolver does not allow dots in service names"],
        "a Mapping with a ConsulResolver has a dot in its `service`; Consul's names have none, so Emissary drops \
         the Mapping",
        "write the bare name that the service has in Consul; TLS comes from `tls:`, the port from Consul",
    )
    .weight(weight::CAUSE)
    .rules(&["consul-service-with-dots"]),
    E.says(
        "emissary/consul-port",
        &["The Consul resolver does not allow overriding service port; ignoring requested port",
          "The Consul resolver does not allow overriding service port"],
        "a Mapping with a ConsulResolver has a port or a scheme in its `service`. Emissary ignores it in one half \
         and watches the raw text as Consul's service name in the other, so there never are endpoints: 503 UH",
        "write the bare name that the service has in Consul; use `tls:` for TLS",
    )
    .weight(weight::CAUSE)
    .rules(&["consul-service-not-bare"]),
    E.says(
        "emissary/consul-datacenter",
        &["ConsulResolver is required to have a datacenter"],
        "a ConsulResolver has no `datacenter`; Emissary does not use it, and Mappings that name it are dropped",
        "add `datacenter: dc1`, or as yours is called",
    )
    .weight(weight::CAUSE)
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/resolver-kind",
        &["Resolver kind {kind} unknown"],
        "`{kind}` is no kind of resolver that this Emissary has",
        "use ConsulResolver, KubernetesEndpointResolver or KubernetesServiceResolver",
    )
    .rules(&["resolver-unknown"]),
    E.says(
        "emissary/no-endpoints",
        &["Service {service}: {key} matches no endpoints from {resolver}", "no endpoints found, disabling cluster"],
        "the resolver knows no endpoints for this service: the name has too many or too few labels, the \
         Service has no pods that are ready, or the port is not one of its ports. Requests get 503 UH",
        "`kubectl get endpoints`; with an endpoint resolver the service is `NAME.NAMESPACE:PORT`, and an address \
         outside the cluster needs `resolver: kubernetes-service`",
    )
    .rules(&["service-port-undefined", "resolver-unknown"]),
    E.says(
        "emissary/load-balancer-resolver",
        &["No load_balancer setting is allowed with the KubernetesServiceResolver",
          "Invalid load_balancer specified: {text}"],
        "the Mapping has a `load_balancer` that does not go with its resolver or is malformed; Emissary drops the \
         Mapping",
        "use `resolver: endpoint`, or remove `load_balancer`",
    ),
    E.says(
        "emissary/service-port-invalid",
        &["found invalid port for service {service}", "found invalid port {text}"],
        "the port in `service:` is no number from 1 to 65535; Emissary still makes a cluster, with the scheme's \
         own port",
        "correct the port",
    )
    .rules(&["service-malformed"]),
    E.says(
        "emissary/service-malformed",
        &["Malformed service {text}", "service {service} has extra URL components; ignoring everything but the host and port"],
        "`service:` is a host with an optional scheme and port, no URL with a path; IPv6 addresses stand in \
         brackets",
        "write `[scheme://]host[:port]`; a path belongs to `rewrite`",
    )
    .grade(Grade::Warning)
    .rules(&["service-malformed", "service-path-ignored"]),
    E.says(
        "emissary/service-scheme-unknown",
        &["service {service} has unknown scheme {scheme}, assuming {protocol}"],
        "`{scheme}://` is no scheme for Emissary, which takes it for {protocol}",
        "write `https://` for TLS; gRPC is `grpc: true`",
    )
    .grade(Grade::Warning)
    .rules(&["service-scheme-unknown"]),
    E.says(
        "emissary/service-scheme-ignored",
        &["ignoring scheme {scheme} for service {service}, since it is being used for a non-HTTP mapping"],
        "before 2.0.4 a TCPMapping's scheme is ignored: `https://` gives no TLS",
        "name a context in `tls:`",
    )
    .rules(&["tcp-mapping-scheme-ignored"])
    .seen("Ambassador 1.x to Emissary 2.0.3, python/ambassador/ir/ircluster.py"),
    E.says(
        "emissary/cluster-merge",
        &["cannot merge cluster {cluster}: mismatched attributes {text}"],
        "two AuthServices (or the like) lead to one cluster and differ in {text}; Emissary adds none of them",
        "give them the same `tls:` and the same settings",
    )
    .rules(&["cluster-shared"]),
    E.says(
        "emissary/mapping-mismatched",
        &["cannot accept new mapping {mapping} with mismatched {text}"],
        "Mappings of one route (a canary) must agree in the fields that the message names; `{mapping}` does not, \
         so it is left out",
        "write the same values in all Mappings of the route; for a TCPMapping also the same `tls:`",
    )
    .rules(&["mapping-dropped", "canary-mixes-plaintext"]),
    E.says(
        "emissary/api-version",
        &["apiVersion {version} is deprecated", "apiVersion {version} is not supported", "apiVersion {version} unsupported"],
        "`{version}` is an API version that this Emissary does not serve, or will not for long",
        "write `getambassador.io/v3alpha1` (1.x: `getambassador.io/v2`), and adapt the fields",
    )
    .grade(Grade::Warning)
    .rules(&["object-api-version-outdated", "object-api-version-unknown"]),
    E.says(
        "emissary/yaml-unreadable",
        &["could not parse YAML: {text}", "could not parse WATT: {text}", "could not read YAML from {text}"],
        "a document of the configuration is no YAML; what stands in it does not exist for Emissary",
        "`mtlsctl lint --check-yaml` names the line",
    )
    .rules(&["document-unreadable", "annotation-unreadable"]),
    E.says(
        "emissary/crds-missing",
        &["Ambassador could not find core CRD definitions", "Ambassador could not find {text} CRD definition"],
        "Emissary's custom resource definitions are not installed (or of another version), so no TLSContext, \
         Mapping or Host of that kind exists for it",
        "install the CRDs of the same release: `kubectl apply -f …/emissary-crds.yaml`",
    )
    .grade(Grade::Freeze),
    E.says(
        "emissary/validation-failed",
        &[
            "no update performed (invalid envoy configuration generated), continuing with current configuration",
            "no updates were performed due to invalid envoy configuration, continuing with current configuration",
            "no update performed ({text}), continuing with current configuration",
            "could not validate the envoy configuration above after {text}",
            "ignoring (invalid envoy configuration generated) in snapshot",
        ],
        "Envoy refused the configuration that Emissary made (`envoy --mode validate`), so nothing that anybody \
         changes takes effect until this is corrected, and a pod that restarts has no configuration at all. The \
         reason stands some lines above, after a long JSON text: `Failed to load …`, `no such field …`, \
         `KEY_VALUES_MISMATCH` and the like",
        "explain the lines before it, too (`kubectl logs … | mtlsctl explain -`); `mtlsctl lint` finds the \
         TLSContext, Secret or field behind it",
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
        "`envoy --mode validate` did not end in time: too little CPU for the pod, or a very large configuration",
        "raise the pod's CPU, or `envoy_validation_timeout` in the `ambassador` Module",
    )
    .grade(Grade::Freeze),
    E.says(
        "emissary/could-not-reconfigure",
        &["could not reconfigure: {text}"],
        "an exception in Emissary's own code while it read the configuration: nothing that anybody changes takes \
         effect until the object that causes it is corrected. It is usually a Module without `config`, a field of \
         another type than expected, or a bug of this version",
        "read the traceback above it for the object; `mtlsctl lint` knows the shapes that crash it",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Freeze)
    .rules(&["configuration-crashes-ambassador", "object-refused-by-schema"])
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador_diag/diagd.py"),
    E.says(
        "emissary/envoy-problems",
        &["ENVOY CONFIG PROBLEMS: {text}"],
        "Envoy objects to the configuration that Emissary made: {text}",
        "explain that text alone, too",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Freeze),
    E.says(
        "emissary/pod-not-ready",
        &["ambassador is not ready", "envoy_ready is false", "no config loaded", "completely empty config"],
        "Emissary has no configuration that Envoy took up: none was found for its `ambassador_id`, the first one \
         was refused, or the watch waits for a Consul service",
        "read its log for `no update performed`, `could not reconfigure` and `[WATCHER]`",
    )
    .weight(weight::GENERAL)
    .rules(&["ambassador-id-unmatched"]),
    E.says(
        "emissary/grpc-protocol-version",
        &["protocol_version {version} is unsupported, protocol_version must be {wanted}"],
        "since 3.0 AuthService, RateLimitService and LogService speak {wanted} only; the service is dropped",
        "write `protocol_version: v3`, if the service speaks it",
    )
    .rules(&["object-refused-by-schema", "mapping-dropped"]),
];
