//! Module: global settings (`ambassador`) and the legacy TLS configuration (`tls`).

use crate::document::{Field, Located, Text};
use crate::source::Span;

use super::balancing::{LoadBalancer, breakers, load_balancer};
use super::ip_families::IpFamilies;
use super::tls_settings::TlsSettings;
use crate::resource::Object;
use crate::resource::spec::Spec;

/// A Module: the fields that affect upstream TLS.
#[derive(Debug, Clone)]
pub struct Module {
    /// Identity and origin.
    pub object: Object,
    /// Whether it has a `config`.
    pub has_config: bool,
    /// `defaults.tls_secret_namespacing`.
    pub secret_namespacing: Option<Located<bool>>,
    /// `use_ambassador_namespace_for_service_resolution`.
    pub own_namespace_for_services: Option<Located<bool>>,
    /// Default resolver.
    pub resolver: Option<Located<Text>>,
    /// Default load balancer.
    pub load_balancer: Option<LoadBalancer>,
    /// Names of the default circuit breakers.
    pub breakers: Option<Vec<String>>,
    /// `envoy_validation_timeout` in seconds; 0 disables Envoy's validation.
    pub envoy_validation_timeout: Option<Located<i64>>,
    /// `enable_ipv4` and `enable_ipv6`.
    pub ip_families: IpFamilies,
    /// The place of the `tls` block of an `ambassador` Module.
    pub tls_block: Option<Span>,
    /// The named blocks of a `tls` Module.
    pub legacy_contexts: Vec<LegacyContext>,
}

/// One block of a legacy `tls` Module.
#[derive(Debug, Clone)]
pub struct LegacyContext {
    /// `server`, `client`, `upstream`, or any other name.
    pub name: Located<Text>,
    /// Its fields; Emissary copies only a few of them.
    pub settings: TlsSettings,
    /// True unless `enabled: false`.
    pub enabled: bool,
    /// Fields that are silently dropped when the block becomes a context.
    pub dropped: Vec<Located<Text>>,
}

/// Top-level keys of a `tls` Module that are not contexts.
const NOT_CONTEXTS: [&str; 6] =
    ["name", "namespace", "metadata_labels", "location", "kind", "enabled"];

/// The fields that `IRTLSContext.from_legacy` copies.
const COPIED: [&str; 6] = [
    "secret",
    "cert_chain_file",
    "private_key_file",
    "alpn_protocols",
    "redirect_cleartext_from",
    "enabled",
];

impl Module {
    /// Reads a Module; before 2.0 the `tls` block of `ambassador` also created contexts.
    pub(crate) fn read(object: Object, spec: &Spec<'_>, ambassador_has_tls: bool) -> Self {
        let config = spec.at("config");
        let at = |name: &str| config.as_ref()?.set_at(name);
        let defaults = at("defaults");
        let legacy_contexts = match object.name.as_str() {
            "tls" => config.as_ref().map(legacy_contexts).unwrap_or_default(),
            "ambassador" if ambassador_has_tls => {
                at("tls").as_ref().map(legacy_contexts).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        Self {
            has_config: config.is_some(),
            secret_namespacing: defaults
                .and_then(|defaults| defaults.set_at("tls_secret_namespacing"))
                .and_then(|field| field.boolean()),
            own_namespace_for_services: at("use_ambassador_namespace_for_service_resolution")
                .and_then(|field| field.boolean()),
            resolver: at("resolver").and_then(|field| field.text()),
            load_balancer: at("load_balancer").map(|field| load_balancer(&field)),
            breakers: breakers(at("circuit_breakers")),
            envoy_validation_timeout: at("envoy_validation_timeout").and_then(|f| f.integer()),
            ip_families: IpFamilies::read(at),
            tls_block: at("tls").map(|field| field.key_span()),
            legacy_contexts,
            object,
        }
    }
}

fn legacy_contexts(config: &Field<'_>) -> Vec<LegacyContext> {
    let entries = config.entries().into_iter();
    entries
        .filter(|entry| !NOT_CONTEXTS.contains(&&*entry.key) && entry.value.is_mapping())
        .map(|entry| {
            let client = entry.key == "client";
            let kept = |name: &str| {
                COPIED.contains(&name)
                    || (client && matches!(name, "cacert_chain_file" | "cert_required"))
            };
            let fields = entry.value.entries();
            let dropped = fields.iter().filter(|field| !kept(&field.key));
            LegacyContext {
                name: entry.value.located(entry.key.into()),
                settings: TlsSettings::read(|name| entry.value.set_at(name)),
                enabled: entry
                    .value
                    .set_at("enabled")
                    .and_then(|field| field.boolean())
                    .is_none_or(|enabled| enabled.value),
                dropped: dropped.map(|f| f.value.located(Text::from(&*f.key))).collect(),
            }
        })
        .collect()
}
