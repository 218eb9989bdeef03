//! The fields that decide which traffic a Mapping gets, and with which others it shares a route.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::document::{Field, Located, Rare, Scalar, Text};

use super::balancing::{LoadBalancer, breakers, load_balancer};
use super::kind::MappingKind;
use crate::resource::spec::Spec;

/// The fields of a Mapping that determine its route, its group and parts of its cluster name.
#[derive(Debug, Clone)]
pub struct Routing {
    /// URL prefix; an empty one counts as absent.
    pub prefix: Option<Text>,
    /// Glob of host names (`hostname`).
    pub hostname: Option<Located<Text>>,
    /// Whether it is a v2 Mapping without a host, converted to `hostname: "*"`.
    pub any_host: bool,
    /// The fields that few Mappings have.
    more: Arc<MoreRouting>,
}

/// The routing fields that few Mappings have; shared by those that have none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoreRouting {
    /// Deprecated `host`; for a TCPMapping, the SNI that it matches.
    pub host: Rare<Text>,
    /// Whether `host` is a regular expression.
    pub host_regex: bool,
    /// The HTTP method.
    method: Option<Text>,
    /// Names and values of headers, as in the group key.
    headers: String,
    /// Names and values of query parameters and the precedence, as in the group key.
    query: String,
    /// Fields that must be equal in all members of a group, as canonical text in field order.
    pub core: Box<[(&'static str, String)]>,
    /// Names of headers with regular expressions, each preceded by a space.
    pub regex_headers: Option<Box<str>>,
    /// An `:authority` or `host` with a `*`, which matches nothing: the Mapping is dropped.
    pub impossible_host: Option<Box<str>>,
    /// TCP port.
    pub port: Rare<i64>,
    /// Address a TCPMapping binds to.
    pub address: Rare<Text>,
    /// Whether it redirects instead of forwarding.
    pub redirects: bool,
    /// Whether it only receives a copy of the traffic.
    pub shadows: bool,
    /// The tag in the cluster's name.
    pub cluster_tag: Option<Box<str>>,
    /// The parts of the cluster's name that come from circuit breakers.
    pub breakers: Vec<String>,
    /// Whether circuit breakers are invalid.
    pub has_bad_breakers: bool,
    /// The load balancer.
    pub load_balancer: Option<Box<LoadBalancer>>,
    /// AuthService `proto: grpc`.
    pub proto_is_grpc: bool,
}

impl Deref for Routing {
    type Target = MoreRouting;

    fn deref(&self) -> &MoreRouting {
        &self.more
    }
}

impl Routing {
    pub(crate) fn read(kind: MappingKind, spec: &Spec<'_>) -> Self {
        let text = |name: &str| spec.at(name)?.text().filter(|text| !text.is_empty());
        let truth = |name: &str| {
            spec.at(name).and_then(|field| field.boolean()).is_some_and(|value| value.value)
        };
        let integer = |name: &str| spec.at(name)?.integer().map(Box::new);
        let mut hostname = text("hostname");
        let mut more = MoreRouting {
            host: text("host").map(Box::new),
            host_regex: truth("host_regex"),
            port: integer("port").filter(|port| port.value != 0),
            address: text("address").map(Box::new),
            redirects: truth("host_redirect"),
            shadows: truth("shadow"),
            cluster_tag: text("cluster_tag").map(|tag| Box::from(tag.as_str())),
            load_balancer: spec.at("load_balancer").map(|field| Box::new(load_balancer(&field))),
            proto_is_grpc: text("proto").is_some_and(|proto| *proto == "grpc"),
            ..MoreRouting::default()
        };
        match breakers(spec.at("circuit_breakers")) {
            Some(breakers) => more.breakers = breakers,
            None => more.has_bad_breakers = true,
        }
        let mut any_host = false;
        if kind == MappingKind::Mapping && spec.converts && !more.host_regex {
            // `host` of v2 is `hostname` of v3alpha1; an absent one means any
            // (`Convert_v2_MappingSpec_To_v3alpha1_MappingSpec`).
            hostname = more.host.take().map(|host| *host);
            any_host = hostname.is_none();
        }
        more.core = core(kind, spec);
        if kind == MappingKind::Mapping {
            more.read_conditions(spec, hostname.is_some());
        }
        let prefix = text("prefix").map(|prefix| prefix.value);
        Self { prefix, hostname, any_host, more: more.shared() }
    }

    /// Emissary's group key, without the labels that Hosts select: `_group_id` of `IRHTTPMapping` and
    /// `IRTCPMapping` before hashing.
    pub fn group(&self, kind: MappingKind) -> String {
        match kind {
            MappingKind::Mapping => self.http_group(),
            MappingKind::TcpMapping => self.tcp_group(),
            _ => String::new(),
        }
    }

    fn http_group(&self) -> String {
        let method = self.method.as_deref();
        let host = self.route_glob().or(self.host.as_ref().map(|host| host.as_str()));
        let parts = [
            "HTTP-",
            method.unwrap_or("GET"),
            self.prefix.as_deref().unwrap_or_default(),
            &self.headers,
            if host.is_some() { ":authority" } else { "" },
            host.unwrap_or_default(),
            // An explicit method is also a header, so `GET` and no method are different groups.
            if method.is_some() { ":method" } else { "" },
            method.unwrap_or_default(),
            &self.query,
        ];
        parts.concat()
    }

    fn tcp_group(&self) -> String {
        let or_star = |text: &Rare<Text>| {
            text.as_ref().map_or_else(|| "*".to_owned(), |text| text.value.to_string())
        };
        let port = self.port.as_ref().map_or_else(String::new, |port| port.value.to_string());
        format!("TCP-{} {port} {}", or_star(&self.address), or_star(&self.host))
    }

    /// The glob of host names that the route is for; `None` for regular expressions.
    pub fn route_glob(&self) -> Option<&str> {
        let host = || self.host.as_deref().filter(|_| !self.host_regex);
        match self.hostname.as_ref().or_else(host) {
            Some(host) => Some(host),
            None => self.any_host.then_some("*"),
        }
    }

    /// Accepts a host with a `*`, as before v3alpha1.
    pub(crate) fn drop_impossible_host(&mut self) {
        if self.impossible_host.is_some() {
            Arc::make_mut(&mut self.more).impossible_host = None;
        }
    }

    /// Whether Hosts treat the route as matching any host: if there is a `host_regex`, they ignore
    /// `host` (`IRHost.matches_httpgroup`).
    pub fn has_host_regex(&self) -> bool {
        self.host_regex
    }
}

impl MoreRouting {
    /// Puts it in shared memory; one without any field is in memory once.
    fn shared(self) -> Arc<Self> {
        static NOTHING: LazyLock<Arc<MoreRouting>> = LazyLock::new(Arc::default);
        if self == **NOTHING { Arc::clone(&NOTHING) } else { Arc::new(self) }
    }

    /// Reads the conditions on requests besides prefix and host; one on `:authority` is a host.
    fn read_conditions(&mut self, spec: &Spec<'_>, has_hostname: bool) {
        let mut authority = None;
        let mut regexes = String::new();
        let (exact, regex) = conditions(spec, "headers", "regex_headers");
        for (name, value) in exact {
            if name.eq_ignore_ascii_case(":authority") {
                authority = value;
                continue;
            }
            self.headers.push_str(&name);
            self.headers.push_str(value.as_deref().unwrap_or_default());
        }
        for (name, value) in regex {
            self.headers.push_str(&name);
            self.headers.push_str(value.as_deref().unwrap_or_default());
            regexes.push(' ');
            regexes.push_str(&name);
        }
        if let Some(authority) = authority {
            if authority.contains('*') {
                let message = format!(
                    ":authority exact-match '{authority}' contains *, which cannot match anything."
                );
                self.impossible_host = Some(message.into_boxed_str());
            } else if self.host.is_none() && !has_hostname {
                let place = spec.at("headers").map(|field| field.located(authority.into()));
                self.host = place.map(Box::new);
            }
        }
        if let Some(host) = &self.host
            && !self.host_regex
            && host.contains('*')
        {
            let message =
                format!("host exact-match {} contains *, which cannot match anything.", host.value);
            self.impossible_host = Some(message.into_boxed_str());
        }
        if self.host.is_some() && self.host_regex && !has_hostname {
            regexes.push_str(" :authority");
        }
        let method = spec.at("method").and_then(|field| field.text());
        self.method = method.map(|method| method.value).filter(|method| !method.is_empty());
        let is_regex = spec.at("method_regex").and_then(|field| field.boolean());
        if self.method.is_some() && is_regex.is_some_and(|is| is.value) {
            regexes.push_str(" :method");
        }
        self.regex_headers = (!regexes.is_empty()).then(|| regexes.into_boxed_str());
        let (exact, regex) = conditions(spec, "query_parameters", "regex_query_parameters");
        for (name, value) in exact.into_iter().chain(regex) {
            self.query.push_str(&name);
            self.query.push_str(value.as_deref().unwrap_or_default());
        }
        let precedence = spec.at("precedence").and_then(|field| field.integer());
        if let Some(precedence) = precedence.filter(|precedence| precedence.value != 0) {
            self.query.push_str(&precedence.value.to_string());
        }
    }
}

/// The fields that must be equal in all members of a group.
fn core(kind: MappingKind, spec: &Spec<'_>) -> Box<[(&'static str, String)]> {
    let names: &[&'static str] = match kind {
        MappingKind::Mapping => &HTTP_CORE,
        MappingKind::TcpMapping => &TCP_CORE,
        _ => &[],
    };
    // The conversion of v1 and v2 removes a boolean `tls`.
    let is_converted =
        |name: &str, field: &Field<'_>| name == "tls" && spec.converts && field.boolean().is_some();
    let values = names.iter().filter_map(|&name| {
        let field = spec.at(name).filter(|field| !is_converted(name, field))?;
        Some((name, canonical(&field, 0)))
    });
    values.collect()
}

/// Names and values of headers or query parameters.
type Conditions = Vec<(String, Option<String>)>;

/// Exact and regular-expression conditions, each sorted by name, since Go sorts map keys. The
/// conversion of v1 and v2 turns `true` into a regular expression and drops `false`
/// (`Convert_v2_MappingSpec_To_v3alpha1_MappingSpec`).
fn conditions(spec: &Spec<'_>, exact: &str, regex: &str) -> (Conditions, Conditions) {
    let (mut exactly, mut regular) = (Conditions::new(), Conditions::new());
    let entries = |name: &str| spec.at(name).map(|field| field.entries()).unwrap_or_default();
    for entry in entries(exact) {
        let name = entry.key.clone().into_owned();
        match entry.value.boolean().filter(|_| spec.converts) {
            Some(any) if any.value => regular.push((name, Some(".*".to_owned()))),
            Some(_) => {}
            None => exactly.push((name, entry.value.text().map(|text| text.value.to_string()))),
        }
    }
    for entry in entries(regex) {
        let name = entry.key.clone().into_owned();
        regular.retain(|(known, _)| *known != name);
        regular.push((name, entry.value.text().map(|text| text.value.to_string())));
    }
    exactly.sort();
    regular.sort();
    (exactly, regular)
}

/// `IRHTTPMappingGroup.CoreMappingKeys` without the fields of the group key.
const HTTP_CORE: [&str; 12] = [
    "bypass_auth",
    "bypass_error_response_overrides",
    "circuit_breakers",
    "cluster_idle_timeout_ms",
    "cluster_max_connection_lifetime_ms",
    "cluster_timeout_ms",
    "connect_timeout_ms",
    "keepalive",
    "labels",
    "load_balancer",
    "prefix_exact",
    "prefix_regex",
];

/// `IRTCPMappingGroup.CoreMappingKeys` without the fields of the group key.
const TCP_CORE: [&str; 6] =
    ["circuit_breakers", "enable_ipv4", "enable_ipv6", "idle_timeout_ms", "labels", "tls"];

/// Maximum depth that is compared; Ambassador's own fields are far shallower.
const CANONICAL_DEPTH: u32 = 12;

/// Text that is equal for equal values.
fn canonical(field: &Field<'_>, depth: u32) -> String {
    if depth > CANONICAL_DEPTH {
        return String::new();
    }
    if field.is_mapping() {
        let mut entries: Vec<_> = field
            .entries()
            .iter()
            .map(|entry| format!("{}: {}", entry.key, canonical(&entry.value, depth + 1)))
            .collect();
        entries.sort();
        return format!("{{{}}}", entries.join(", "));
    }
    if field.is_sequence() {
        let items: Vec<_> = field.items().map(|item| canonical(&item, depth + 1)).collect();
        return format!("[{}]", items.join(", "));
    }
    match field.scalar() {
        Some(Scalar::Text(text)) => text.into_owned(),
        Some(Scalar::Bool(value)) => if value { "True" } else { "False" }.to_owned(),
        Some(Scalar::Integer(value)) => value.to_string(),
        Some(Scalar::Float(value)) => value.to_string(),
        Some(Scalar::Null) | None => "None".to_owned(),
    }
}
