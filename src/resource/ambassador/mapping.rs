//! Mapping and the related kinds: every object that names an upstream service.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::document::{Field, Located, Rare, Text};
use crate::source::Span;

use super::ip_families::IpFamilies;
use super::kind::MappingKind;
use super::routing::Routing;
use crate::resource::Object;
use crate::resource::spec::Spec;

/// An object that names an upstream service and usually a TLSContext for it.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Identity and origin.
    pub object: Object,
    /// Its kind.
    pub kind: MappingKind,
    /// The service as Emissary sees it: `tls: true` in v2 turns it into `https://…`.
    pub service: Option<Located<Text>>,
    /// What `tls` means to Emissary.
    pub tls: TlsReference,
    /// The value of `tls` as written.
    pub tls_as_written: Option<WrittenTls>,
    /// The fields that decide which traffic it gets.
    pub routing: Routing,
    /// The fields that few Mappings have.
    more: Arc<MoreOfMapping>,
}

/// The fields that few Mappings have; shared by those that have none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoreOfMapping {
    /// The service as written, if the conversion changed it.
    pub service_as_written: Option<Box<str>>,
    /// `grpc: true`, or a kind that always uses gRPC.
    pub grpc: Rare<bool>,
    /// The `resolver` field.
    pub resolver: Rare<Text>,
    /// The `Host` header it sets; not the SNI.
    pub host_rewrite: Rare<Text>,
    /// Whether the `Host` header becomes the upstream's host name.
    pub auto_host_rewrite: Rare<bool>,
    /// The upstream path of a request for exactly the prefix; `None` if it is `/`.
    pub path: Option<Box<str>>,
    /// `protocol_version` or `driver` of the kinds that have one.
    pub protocol_version: Rare<Text>,
    /// `allow_request_body: true` of an AuthService that also has an `include_body`.
    pub second_body: Rare<bool>,
    /// The headers in a LogService's `driver_config`.
    pub log_headers: LogHeaders,
    /// The tracing driver.
    pub driver: Rare<Text>,
    /// `connect_timeout_ms`, which Emissary reads only from Mappings.
    pub connect_timeout_ms: Option<i64>,
    /// `enable_ipv4` and `enable_ipv6`, which Emissary reads only from Mappings and TCPMappings.
    pub ip_families: IpFamilies,
}

impl Deref for Mapping {
    type Target = MoreOfMapping;

    fn deref(&self) -> &MoreOfMapping {
        &self.more
    }
}

impl MoreOfMapping {
    /// Puts it in shared memory; one without any field is in memory once.
    fn shared(self) -> Arc<Self> {
        static NOTHING: LazyLock<Arc<MoreOfMapping>> = LazyLock::new(Arc::default);
        if self == **NOTHING { Arc::clone(&NOTHING) } else { Arc::new(self) }
    }
}

/// `driver_config.additional_log_headers` of a LogService.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogHeaders {
    /// There is no `driver_config`; Emissary's Python code raises an exception.
    #[default]
    NoConfig,
    /// It lists no header.
    Absent,
    /// Every header has a name.
    Named,
    /// A header has no name or an empty one.
    Nameless,
}

impl LogHeaders {
    fn read(config: Option<Field<'_>>) -> Self {
        let Some(config) = config else { return Self::NoConfig };
        let Some(headers) = config.at("additional_log_headers") else { return Self::Absent };
        let is_named = |header: Field<'_>| {
            header
                .at("header_name")
                .is_some_and(|name| name.text().is_none_or(|name| !name.value.is_empty()))
        };
        match (headers.items().next().is_some(), headers.items().all(is_named)) {
            (false, _) => Self::Absent,
            (true, true) => Self::Named,
            (true, false) => Self::Nameless,
        }
    }
}

/// `tls` as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenTls {
    /// A boolean (v1 and v2).
    Boolean(Box<Located<bool>>),
    /// A string, with its place.
    Text(Span),
}

impl WrittenTls {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Self::Boolean(value) => value.span,
            Self::Text(span) => *span,
        }
    }
}

/// `tls` as Emissary understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsReference {
    /// No `tls`; the scheme decides.
    Absent,
    /// `true` without conversion: TLS without a context.
    Anonymous(Span),
    /// A TLSContext by name.
    Named(Located<Text>),
}

impl Mapping {
    pub(crate) fn read(object: Object, kind: MappingKind, spec: &Spec<'_>) -> Self {
        let text = |name: &str| spec.at(name)?.text().filter(|text| !text.is_empty());
        let rare = |name: &str| text(name).map(Box::new);
        let boolean = |name: &str| spec.at(name)?.boolean().map(Box::new);
        let tls = spec.at("tls");
        let tls_as_written = tls.as_ref().and_then(|field| match field.boolean() {
            Some(value) => Some(WrittenTls::Boolean(Box::new(value))),
            None => field.text().map(|text| WrittenTls::Text(text.span)),
        });
        let mut service = text(kind.service_field());
        let mut service_as_written = None;
        let tls = match &tls_as_written {
            _ if !kind.has_tls() => TlsReference::Absent,
            Some(WrittenTls::Text(_)) => {
                let name = tls.and_then(|field| field.text()).filter(|name| !name.is_empty());
                name.map_or(TlsReference::Absent, TlsReference::Named)
            }
            Some(WrittenTls::Boolean(tls)) if tls.value && spec.converts => {
                if let Some(service) = &mut service
                    && let Some(converted) = with_https(service)
                {
                    let written = std::mem::replace(&mut service.value, converted.into());
                    service_as_written = Some(Box::from(written.as_str()));
                }
                TlsReference::Absent
            }
            Some(WrittenTls::Boolean(tls)) if tls.value => TlsReference::Anonymous(tls.span),
            Some(WrittenTls::Boolean(_)) | None => TlsReference::Absent,
        };
        let more = MoreOfMapping {
            service_as_written,
            grpc: boolean("grpc"),
            resolver: rare("resolver"),
            host_rewrite: rare("host_rewrite"),
            auto_host_rewrite: boolean("auto_host_rewrite"),
            path: path(spec),
            connect_timeout_ms: spec
                .at("connect_timeout_ms")
                .filter(|_| kind == MappingKind::Mapping)
                .and_then(|field| Some(field.integer()?.value)),
            ip_families: match kind {
                MappingKind::Mapping | MappingKind::TcpMapping => {
                    IpFamilies::read(|name| spec.at(name))
                }
                _ => IpFamilies::default(),
            },
            // The spelling of LogService v1 and v2.
            protocol_version: rare("protocol_version").or_else(|| rare("v3ProtocolVersion")),
            second_body: boolean("allow_request_body").filter(|allows| {
                kind == MappingKind::AuthService
                    && allows.value
                    && has_entries(spec, "include_body")
            }),
            log_headers: LogHeaders::read(spec.at("driver_config")),
            driver: rare("driver"),
        };
        let (routing, more) = (Routing::read(kind, spec), more.shared());
        Self { object, kind, service, tls, tls_as_written, routing, more }
    }

    /// Whether Envoy uses HTTP/2 for its upstream.
    pub fn speaks_http2(&self) -> bool {
        self.kind == MappingKind::RateLimitService
            || self.grpc.as_ref().is_some_and(|grpc| grpc.value)
            || (self.kind == MappingKind::AuthService && self.routing.proto_is_grpc)
            || (self.kind == MappingKind::TracingService
                && self.driver.as_ref().is_some_and(|driver| driver.value == "opentelemetry"))
    }
}

/// Whether a field is a non-empty mapping.
fn has_entries(spec: &Spec<'_>, name: &str) -> bool {
    spec.at(name).is_some_and(|field| !field.entries().is_empty())
}

/// The service with its scheme replaced by `https://`; `None` if it already has that
/// (`convert_v2_TLS_To_v3alpha1_TLS`).
fn with_https(service: &str) -> Option<String> {
    let lower = service.to_ascii_lowercase();
    if lower.starts_with("https://") {
        return None;
    }
    let bare = if lower.starts_with("http://") { &service["http://".len()..] } else { service };
    Some(format!("https://{bare}"))
}

/// `rewrite` defaults to `/`; if it is empty, the prefix is kept. `regex_rewrite` takes precedence
/// (`irhttpmapping.py`, 4.1). For a regular-expression prefix the path is unknown.
fn path(spec: &Spec<'_>) -> Option<Box<str>> {
    let text = |name: &str| spec.at(name)?.text().map(|text| text.value);
    let kept = || {
        let regex = spec.at("prefix_regex").and_then(|field| field.boolean());
        text("prefix").filter(|_| !regex.is_some_and(|regex| regex.value))
    };
    let path = match (spec.at("regex_rewrite"), text("rewrite")) {
        (Some(_), _) => kept(),
        (None, Some(rewrite)) if rewrite.is_empty() => kept(),
        (None, rewrite) => rewrite,
    };
    path.filter(|path| path.starts_with('/') && path != "/").map(|path| Box::from(path.as_str()))
}
