//! Field documentation, one sentence each, and schema lookup.

use crate::resource::schema::{FieldSchema, Schema, SchemaVersion, spec_schema};
use crate::world::Profile;

use super::cursor::Cursor;

/// Fields of TLSContexts, and of a Host's `tls`.
const CONTEXT: [(&str, &str); 18] = [
    ("secret", "The Secret with the certificate to present (`tls.crt`) and its key (`tls.key`)."),
    (
        "cert_chain_file",
        "A file in the Ambassador pod with the certificate to present. Envoy does not reload it \
         when it changes.",
    ),
    ("private_key_file", "A file in the Ambassador pod with the private key of `cert_chain_file`."),
    (
        "ca_secret",
        "The Secret with the CA certificates to verify the peer with (`tls.crt`). Without one, \
         every server is accepted.",
    ),
    (
        "cacert_chain_file",
        "A file in the Ambassador pod with the CA certificates to verify the peer with.",
    ),
    ("crl_secret", "The Secret with revocation lists (`crl.pem`)."),
    (
        "crl_file",
        "A file in the Ambassador pod with revocation lists; only available in bare documents.",
    ),
    (
        "secret_namespacing",
        "Whether a dot in a Secret name is parsed as a namespace separator (`name.namespace`).",
    ),
    ("sni", "The server name (SNI) to send to the upstream. Nothing is sent unless this is set."),
    ("alpn_protocols", "The protocols to offer, as a comma-separated string: `h2,http/1.1`."),
    ("min_tls_version", "The lowest TLS version; `v1.2` by default for an upstream."),
    ("max_tls_version", "The highest TLS version; `v1.2` by default for an upstream."),
    (
        "cipher_suites",
        "The cipher suites for TLS 1.2 and below, by BoringSSL's names; TLS 1.3 suites cannot be \
         chosen.",
    ),
    ("ecdh_curves", "The key exchange groups, in order of preference, by BoringSSL's names."),
    (
        "cert_required",
        "Whether Ambassador's clients must present a certificate; not for upstreams.",
    ),
    ("hosts", "The names for which this context terminates TLS; not needed for upstreams."),
    (
        "redirect_cleartext_from",
        "A port from which cleartext was redirected; no effect since Emissary 2.0.",
    ),
    ("ambassador_id", "The ids of the Ambassadors that read this object; `default` if not set."),
];

/// Fields of Mappings and similar objects.
const MAPPING: [(&str, &str); 15] = [
    (
        "service",
        "Where requests are sent: `NAME.NAMESPACE:PORT`, with `https://` before it for TLS. The \
         default port is 443 for TLS, else 80.",
    ),
    (
        "auth_service",
        "The service to call: `NAME.NAMESPACE:PORT`, with `https://` before it for TLS.",
    ),
    (
        "tls",
        "The TLSContext for the connection to the upstream, whose certificate is presented. If no \
         TLSContext has this name, the connection has no client certificate, or uses plaintext.",
    ),
    ("hostname", "The host names of the requests that it handles."),
    ("prefix", "The start of the paths of the requests that it handles."),
    ("rewrite", "The replacement for the prefix; `/` by default."),
    ("resolver", "The resolver that finds the service."),
    ("grpc", "Whether to use HTTP/2 (gRPC) for the upstream."),
    (
        "host_rewrite",
        "The `Host` header sent to the upstream; SNI is set by `sni` in the TLSContext.",
    ),
    ("auto_host_rewrite", "Whether the `Host` header becomes the upstream's host name."),
    (
        "connect_timeout_ms",
        "How long connecting may take, including the TLS handshake, in milliseconds.",
    ),
    ("cluster_tag", "Separates the cluster from those of other Mappings with the same service."),
    ("load_balancer", "How requests are distributed over endpoints; needs an endpoint resolver."),
    ("ambassador_id", "The ids of the Ambassadors that read this object; `default` if not set."),
    ("weight", "The share of requests, in percent, among Mappings with the same prefix."),
];

/// Fields of Hosts.
const HOST: [(&str, &str); 8] = [
    ("hostname", "The names for which Ambassador terminates TLS, as a glob."),
    ("tlsSecret", "The Secret with the certificate presented to clients."),
    ("tlsContext", "The TLSContext for TLS with clients."),
    ("tls", "Settings for TLS with clients."),
    ("mappingSelector", "Which Mappings belong to this Host, by their labels."),
    ("requestPolicy", "How requests without TLS are handled."),
    ("acmeProvider", "Where Edge Stack gets a certificate; Emissary ignores it."),
    ("ambassador_id", "The ids of the Ambassadors that read this object; `default` if not set."),
];

/// Fields of resolvers.
const RESOLVER: [(&str, &str); 2] = [
    ("address", "The address of the Consul agent: `HOST:PORT`."),
    ("datacenter", "The Consul datacenter."),
];

/// The meaning of a field, if it is about TLS.
pub(super) fn meaning(kind: &str, path: &[&str], field: &str) -> Option<&'static str> {
    let table: &[(&str, &str)] = match (kind, path) {
        ("TLSContext", []) | ("Host", ["tls"]) => &CONTEXT,
        (
            "Mapping" | "TCPMapping" | "AuthService" | "RateLimitService" | "LogService"
            | "TracingService",
            [],
        ) => &MAPPING,
        ("Host", []) => &HOST,
        ("ConsulResolver", []) => &RESOLVER,
        _ => return None,
    };
    table.iter().find(|(name, _)| *name == field).map(|(_, words)| *words)
}

/// The keys from a spec's top to a position; `None` outside a spec.
pub(super) fn in_spec<'c, 't>(cursor: &'c Cursor<'t>) -> Option<&'c [&'t str]> {
    match (cursor.is_bare, cursor.path.as_slice()) {
        (true, path) => Some(path.strip_prefix(&["spec"]).unwrap_or(path)),
        (false, ["spec", path @ ..]) => Some(path),
        (false, _) => None,
    }
}

/// The schema at a position.
pub(super) fn schema_at(cursor: &Cursor<'_>) -> Option<&'static Schema> {
    let version = cursor.api_version?.rsplit_once('/')?.1;
    let mut schema = spec_schema(SchemaVersion::parse(version)?, cursor.kind?)?;
    for key in in_spec(cursor)? {
        schema = below(schema, key)?;
    }
    Some(inner(schema))
}

fn below(schema: &'static Schema, key: &str) -> Option<&'static Schema> {
    match inner(schema) {
        Schema::Map(value) => Some(value),
        object => object.field(key).map(FieldSchema::schema),
    }
}

/// Resolves list items and alternatives.
pub(super) fn inner(schema: &'static Schema) -> &'static Schema {
    match schema {
        Schema::List(item) | Schema::NonEmptyList(item) | Schema::Single(item) => inner(item),
        Schema::OneOf(forms) => {
            forms.iter().find(|form| !form.fields().is_empty()).unwrap_or(schema)
        }
        other => other,
    }
}

/// Whether a release has a field.
pub(super) fn exists(field: &FieldSchema, profile: Profile) -> bool {
    field.lifetime().is_none_or(|lifetime| {
        lifetime.covers(|border| profile.is_at_least(border.major, border.minor, border.patch))
    })
}

/// A field's documentation in Markdown: its meaning, its type, and which releases have it.
pub(super) fn described(
    kind: &str,
    path: &[&str],
    field: &FieldSchema,
    profile: Profile,
) -> String {
    let mut text = meaning(kind, path, field.name()).map(str::to_owned).unwrap_or_default();
    if !text.is_empty() {
        text += "\n\n";
    }
    text += &form(field.schema());
    if field.is_required() {
        text += ", required";
    }
    match (field.lifetime(), exists(field, profile)) {
        (Some(lifetime), true) => {
            if let Some(since) = lifetime.since() {
                text += &format!("; since Emissary {since}");
            }
        }
        (Some(_), false) => {
            text += &format!("; dropped by Emissary {profile}, which does not know it");
        }
        (None, _) => {}
    }
    text
}

/// The type of a value, for people.
fn form(schema: &Schema) -> String {
    match schema {
        Schema::Any | Schema::AnyObject => "anything".to_owned(),
        Schema::String | Schema::Pattern(_) => "text".to_owned(),
        Schema::Choice(values) => {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("one of {}", values.join(", "))
        }
        Schema::Integer => "a whole number".to_owned(),
        Schema::Range(least, most) => format!("a whole number from {least} to {most}"),
        Schema::Code(values) => {
            let values: Vec<String> = values.iter().map(i64::to_string).collect();
            format!("one of {}", values.join(", "))
        }
        Schema::Boolean => "`true` or `false`".to_owned(),
        Schema::List(item) | Schema::NonEmptyList(item) => format!("a list: {}", form(item)),
        Schema::Map(_) => "arbitrary names with values".to_owned(),
        Schema::Object(_) | Schema::Single(_) => "an object".to_owned(),
        Schema::OneOf(forms) => forms.iter().map(form).collect::<Vec<_>>().join(" or "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_with_words_is_in_the_schema() {
        let has = |kind: &str, path: &[&str], name: &str| {
            [SchemaVersion::V2, SchemaVersion::V3alpha1].into_iter().any(|version| {
                let Some(mut schema) = spec_schema(version, kind) else { return false };
                for key in path {
                    let Some(next) = below(schema, key) else { return false };
                    schema = next;
                }
                inner(schema).field(name).is_some()
            })
        };
        for (name, _) in CONTEXT.iter().filter(|(name, _)| *name != "crl_file") {
            assert!(has("TLSContext", &[], name), "{name}");
        }
        for (name, _) in MAPPING.iter().filter(|(name, _)| *name != "auth_service") {
            assert!(has("Mapping", &[], name), "{name}");
        }
        assert!(has("AuthService", &[], "auth_service"));
        assert!(HOST.iter().all(|(name, _)| has("Host", &[], name)));
        assert!(RESOLVER.iter().all(|(name, _)| has("ConsulResolver", &[], name)));
    }

    #[test]
    fn a_field_that_the_release_lacks_says_so() {
        let schema = spec_schema(SchemaVersion::V3alpha1, "TLSContext").unwrap();
        let field = schema.field("crl_secret").unwrap();
        let said = |version: &str| described("TLSContext", &[], field, version.parse().unwrap());
        assert!(said("4.1").ends_with("text; since Emissary 2.3"), "{}", said("4.1"));
        assert!(said("2.2").contains("dropped by Emissary 2.2"), "{}", said("2.2"));
    }
}
