//! Emissary's own messages about Hosts and Listeners.

use super::context::{E, GONE};
use crate::explain::matching::entry::{DictionaryEntry, Grade, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "emissary/host-context-undefined",
        &["Host {host}: Specified TLSContext does not exist: {context}"],
        "Host `{host}` names TLSContext `{context}` in `tlsContext`, but none has that name; \
         Emissary drops the Host",
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
        "Host `{host}` and the TLSContext `{context}` that it names must name the same Secret, \
         and the Host's is not split at a dot: `secret: name.namespace` in the context never \
         matches the Host's `tlsSecret` with name and namespace. Emissary drops the Host",
        "name the same Secret in both, or leave `secret` out of the context, which then uses the \
         Host's",
    )
    .weight(weight::CAUSE)
    .rules(&["host-secret-mismatch"]),
    E.says(
        "emissary/host-names-mismatch",
        &[
            "Hosts mismatch between Host {host} (accepted hosts: {text}) and TLSContext {context} (hosts: {detail})",
            "Hosts mismatch between Host: {host} (accepted hosts: {text}) and TLSContext {context} (hosts: {detail})",
        ],
        "the `hosts` of TLSContext `{context}` do not contain the hostname of Host `{host}`; \
         Emissary reports it and continues",
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
        "Host `{host}` has its own `tls`, so the TLSContext `{context}`, which has the name that \
         Emissary generates for the Host, is not used",
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
        "Host `{host}` names Secret `{secret}` in `tlsSecret`, but Emissary finds no certificate \
         and key there; the Host becomes inactive. If no Host is left, Emissary serves every name \
         in plaintext",
        "check that Secret `{secret}` exists in the Host's namespace with `tls.crt` and `tls.key`",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-missing", "secret-entries-wrong", "secret-without-key"]),
    E.says(
        "emissary/host-acme-key-invalid",
        &[
            "continuing with invalid ACME private key secret {secret}",
            "Host {host}: continuing with invalid private key secret {secret}",
        ],
        "the ACME account's Secret `{secret}` has no usable key; the Host works, but its \
         certificate will not be renewed",
        "remove the Secret so that Emissary registers again, or manage certificates with cert-manager",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/host-generated-context-invalid",
        &[
            "Host {host}: generated TLSContext {context} from Host.tls is not valid",
            "Host {host}: new TLSContext {context} is not valid",
        ],
        "the context for Host `{host}` is not created: its Secret, its `ca_secret` or a value \
         under `tls` is wrong; another message shows which",
        "look for a message about `{context}`",
    )
    .rules(&["secret-missing", "context-secret-lacks-entry", "host-tls-camel-case"]),
    E.says(
        "emissary/host-tls-version",
        &[
            "Host {host}: Invalid min_tls_version set in Host.tls: {value}",
            "Host {host}: Invalid max_tls_version set in Host.tls: {value}",
        ],
        "`{value}` is not a TLS version for Emissary; it accepts v1.0, v1.1, v1.2 and v1.3",
        "write `v1.2` or `v1.3`",
    )
    .rules(&["context-tls-version-spelling"]),
    E.says(
        "emissary/no-hosts",
        &["No Hosts defined, but TLSContexts exist that terminate TLS. The TLSContexts are being ignored",
          "No Hosts defined, but TLSContexts exist that terminate TLS"],
        "since 2.0 TLS is terminated only for Hosts: there is none, so contexts with `hosts` have \
         no effect. If such a context is meant for an upstream, its `hosts` is the mistake",
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
        "Host `{host}` should terminate TLS on this Listener but has no usable context; Emissary \
         leaves it out",
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
        "use the name in only one of them, or give both the same context",
    )
    .grade(Grade::Warning),
    E.says(
        "emissary/tls-module-field",
        &["The tls field on the Ambassador module is deprecated"],
        "the `ambassador` Module has a `tls` block; Emissary creates no contexts from it, so for \
         Mappings that name one, it is not defined",
        "write each context as a TLSContext",
    )
    .other(GONE)
    .rules(&["module-tls-block", "module-tls-legacy"]),
    E.says(
        "emissary/host-impossible",
        &["Host {host} contains unsaved TLSContext {context}", "Synthesized default host is inactive? {text}"],
        "Emissary found a Host in a state that its own code considers impossible; clients may get \
         a certificate other than that Host's, or none",
        "look for other messages about that Host and its Secret; upstreams are not affected",
    )
    .seen("Ambassador 1.14.4 to Emissary 4.1.0, python/ambassador/ir/irhost.py and irlistener.py"),
    E.says(
        "emissary/host-acme-port",
        &["ACME requires insecure.additionalPort to function; forcing to 8080"],
        "an Edge Stack Host with an ACME provider forbids the cleartext port that the challenge \
         needs, so Ambassador opens 8080 anyway",
        "set `requestPolicy.insecure.additionalPort`, or `acmeProvider.authority: none`",
    )
    .grade(Grade::Note)
    .seen("Ambassador 1.14.4, python/ambassador/ir/irhost.py"),
    E.says(
        "emissary/listener-twice",
        &["Duplicate listener {name} on {text}; keeping definition from {other}", "UDP is only supported with HTTP. Invalid protocolStack for listener {name}"],
        "two Listeners use the same port, or Envoy does not support a protocol stack; Emissary \
         leaves `{name}` out",
        "give each Listener its own port; upstreams are not affected",
    )
    .seen("Emissary 2.0 to 4.1.0, python/ambassador/ir"),
];
