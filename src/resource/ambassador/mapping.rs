//! Mapping and its kin: every object that names an upstream service.

use crate::document::{Field, Located, Rare, Text};
use crate::source::Span;

use super::ip_families::IpFamilies;
use super::kind::MappingKind;
use super::routing::Routing;
use crate::resource::Object;
use crate::resource::spec::Spec;

/// An object that names an upstream service and, mostly, a TLSContext for it.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Identity and origin.
    pub object: Object,
    /// Which of the kinds it is.
    pub kind: MappingKind,
    /// The service as Emissary sees it: v2's `tls: true` turns it into `https://…`.
    pub service: Option<Located<Text>>,
    /// The service as it was written, where the conversion changed it.
    pub service_as_written: Option<Box<str>>,
    /// What `tls` means to Emissary.
    pub tls: TlsReference,
    /// What `tls` says, whatever becomes of it.
    pub tls_as_written: Option<WrittenTls>,
    /// `grpc: true`, or a kind that always speaks it.
    pub grpc: Rare<bool>,
    /// The resolver it asks for.
    pub resolver: Rare<Text>,
    /// The `Host` header it sets; not the server name it sends.
    pub host_rewrite: Rare<Text>,
    /// Whether the `Host` header becomes the upstream's host name.
    pub auto_host_rewrite: Rare<bool>,
    /// The path that a request for the prefix alone gets upstream, unless that is `/`.
    pub path: Option<Box<str>>,
    /// Everything that decides where its traffic comes from.
    pub routing: Routing,
    /// `protocol_version` or `driver` of the kinds that have one.
    pub protocol_version: Rare<Text>,
    /// `allow_request_body: true` of an AuthService that has an `include_body` as well.
    pub second_body: Rare<bool>,
    /// What a LogService's `driver_config` says of headers.
    pub log_headers: LogHeaders,
    /// The tracing driver.
    pub driver: Rare<Text>,
    /// `connect_timeout_ms`, which Emissary reads of Mappings alone.
    pub connect_timeout_ms: Option<i64>,
    /// `enable_ipv4` and `enable_ipv6`, which Emissary reads of Mappings and TCPMappings alone.
    pub ip_families: IpFamilies,
}

/// `driver_config.additional_log_headers` of a LogService.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogHeaders {
    /// There is no `driver_config`, which makes Emissary raise.
    NoConfig,
    /// It names no header.
    Absent,
    /// Each header has a name.
    Named,
    /// A header has none, or an empty one.
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
    /// A string, which stands here.
    Text(Span),
}

impl WrittenTls {
    /// Where it stands.
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
    /// No TLS is asked for here; the scheme decides.
    Absent,
    /// `true` that was never converted: TLS without a context.
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
        Self {
            kind,
            service,
            service_as_written,
            tls,
            tls_as_written,
            grpc: boolean("grpc"),
            resolver: rare("resolver"),
            host_rewrite: rare("host_rewrite"),
            auto_host_rewrite: boolean("auto_host_rewrite"),
            path: path(spec),
            routing: Routing::read(kind, spec),
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
            // v1 and v2 of LogService spell it so.
            protocol_version: rare("protocol_version").or_else(|| rare("v3ProtocolVersion")),
            second_body: boolean("allow_request_body").filter(|allows| {
                kind == MappingKind::AuthService
                    && allows.value
                    && has_entries(spec, "include_body")
            }),
            log_headers: LogHeaders::read(spec.at("driver_config")),
            driver: rare("driver"),
            object,
        }
    }

    /// Whether its upstream is spoken to in HTTP/2.
    pub fn speaks_http2(&self) -> bool {
        self.kind == MappingKind::RateLimitService
            || self.grpc.as_ref().is_some_and(|grpc| grpc.value)
            || (self.kind == MappingKind::AuthService && self.routing.proto_is_grpc)
            || (self.kind == MappingKind::TracingService
                && self.driver.as_ref().is_some_and(|driver| driver.value == "opentelemetry"))
    }
}

/// Whether a field is a mapping with something in it.
fn has_entries(spec: &Spec<'_>, name: &str) -> bool {
    spec.at(name).is_some_and(|field| !field.entries().is_empty())
}

/// The service with `https://` in place of its scheme, unless it has that already
/// (`convert_v2_TLS_To_v3alpha1_TLS`).
fn with_https(service: &str) -> Option<String> {
    let lower = service.to_ascii_lowercase();
    if lower.starts_with("https://") {
        return None;
    }
    let bare = if lower.starts_with("http://") { &service["http://".len()..] } else { service };
    Some(format!("https://{bare}"))
}

/// `rewrite` is `/` unless it is given, and empty text leaves the prefix as it is; `regex_rewrite` goes
/// before it (`irhttpmapping.py`, 4.1). A prefix that is a regular expression names no path.
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
