//! The fields that decide which traffic a Mapping gets, and with which others it shares a route.

use crate::document::{Field, Located, Rare, Scalar, Text};

use super::kind::MappingKind;
use crate::resource::spec::Spec;

/// The fields of a Mapping that determine its route, its group and parts of its cluster name.
#[derive(Debug, Clone, Default)]
pub struct Routing {
    /// URL prefix; an empty one counts as absent.
    pub prefix: Option<Located<Text>>,
    /// Glob of host names (`hostname`).
    pub hostname: Option<Located<Text>>,
    /// Whether it is a v2 Mapping without a host, converted to `hostname: "*"`.
    pub any_host: bool,
    /// Deprecated `host`; for a TCPMapping, the SNI that it matches.
    pub host: Rare<Text>,
    /// Whether `host` is a regular expression.
    pub host_regex: bool,
    /// Emissary's group key except for the host: method, prefix, headers, query, precedence.
    pub group: Box<str>,
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
    /// The parts of the cluster's name that come from circuit breakers; `None` if they are invalid.
    pub breakers: Option<Vec<String>>,
    /// The load balancer.
    pub load_balancer: Option<Box<LoadBalancer>>,
    /// AuthService `proto: grpc`.
    pub proto_is_grpc: bool,
    /// Share of the traffic, in percent.
    pub weight: Rare<i64>,
}

/// A `load_balancer`: the parts that affect a cluster's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBalancer {
    /// Its part of the cluster's name; `None` if it needs no endpoints.
    pub name_part: Option<String>,
    /// Whether Emissary accepts it.
    pub valid: bool,
}

impl Routing {
    pub(crate) fn read(kind: MappingKind, spec: &Spec<'_>) -> Self {
        let text = |name: &str| spec.at(name)?.text().filter(|text| !text.is_empty());
        let truth = |name: &str| {
            spec.at(name).and_then(|field| field.boolean()).is_some_and(|value| value.value)
        };
        let integer = |name: &str| spec.at(name)?.integer().map(Box::new);
        let mut routing = Self {
            prefix: text("prefix"),
            hostname: text("hostname"),
            host: text("host").map(Box::new),
            host_regex: truth("host_regex"),
            port: integer("port").filter(|port| port.value != 0),
            address: text("address").map(Box::new),
            redirects: truth("host_redirect"),
            shadows: truth("shadow"),
            cluster_tag: text("cluster_tag").map(|tag| Box::from(tag.as_str())),
            breakers: breakers(spec.at("circuit_breakers")),
            load_balancer: spec.at("load_balancer").map(|field| Box::new(load_balancer(&field))),
            proto_is_grpc: text("proto").is_some_and(|proto| *proto == "grpc"),
            weight: integer("weight"),
            ..Self::default()
        };
        if kind == MappingKind::Mapping && spec.converts && !routing.host_regex {
            // `host` of v2 is `hostname` of v3alpha1; an absent one means any
            // (`Convert_v2_MappingSpec_To_v3alpha1_MappingSpec`).
            routing.hostname = routing.host.take().map(|host| *host);
            routing.any_host = routing.hostname.is_none();
        }
        let core: &[&'static str] = match kind {
            MappingKind::Mapping => &HTTP_CORE,
            MappingKind::TcpMapping => &TCP_CORE,
            _ => &[],
        };
        // The conversion of v1 and v2 removes a boolean `tls`.
        let is_converted = |name: &str, field: &Field<'_>| {
            name == "tls" && spec.converts && field.boolean().is_some()
        };
        let values = core.iter().filter_map(|&name| {
            let field = spec.at(name).filter(|field| !is_converted(name, field))?;
            Some((name, canonical(&field, 0)))
        });
        routing.core = values.collect();
        routing.group = match kind {
            MappingKind::Mapping => routing.http_group(spec),
            MappingKind::TcpMapping => routing.tcp_group(),
            _ => String::new(),
        }
        .into_boxed_str();
        routing
    }

    /// `IRHTTPMapping._group_id` before hashing.
    fn http_group(&mut self, spec: &Spec<'_>) -> String {
        let method = spec.at("method").and_then(|field| field.text());
        let method = method.filter(|method| !method.is_empty());
        let mut group = format!("HTTP-{}", method.as_ref().map_or("GET", |method| method.as_str()));
        group.push_str(self.prefix.as_ref().map_or("", |prefix| prefix));
        let mut authority = None;
        let mut regexes = String::new();
        let (exact, regex) = conditions(spec, "headers", "regex_headers");
        for (name, value) in exact {
            if name.eq_ignore_ascii_case(":authority") {
                authority = value;
                continue;
            }
            group.push_str(&name);
            group.push_str(value.as_deref().unwrap_or_default());
        }
        for (name, value) in regex {
            group.push_str(&name);
            group.push_str(value.as_deref().unwrap_or_default());
            regexes.push(' ');
            regexes.push_str(&name);
        }
        if let Some(authority) = authority {
            if authority.contains('*') {
                let message = format!(
                    ":authority exact-match '{authority}' contains *, which cannot match anything."
                );
                self.impossible_host = Some(message.into_boxed_str());
            } else if self.host.is_none() && self.hostname.is_none() {
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
        if let Some(host) = self.route_glob().or(self.host.as_ref().map(|host| host.as_str())) {
            group.push_str(":authority");
            group.push_str(host);
            if self.host_regex && self.hostname.is_none() {
                regexes.push_str(" :authority");
            }
        }
        // An explicit method is also a header, so `GET` and no method are different groups.
        if let Some(method) = method {
            group.push_str(":method");
            group.push_str(&method.value);
            if spec.at("method_regex").and_then(|field| field.boolean()).is_some_and(|is| is.value)
            {
                regexes.push_str(" :method");
            }
        }
        self.regex_headers = (!regexes.is_empty()).then(|| regexes.into_boxed_str());
        let (exact, regex) = conditions(spec, "query_parameters", "regex_query_parameters");
        for (name, value) in exact.into_iter().chain(regex) {
            group.push_str(&name);
            group.push_str(value.as_deref().unwrap_or_default());
        }
        let precedence = spec.at("precedence").and_then(|field| field.integer());
        if let Some(precedence) = precedence.filter(|precedence| precedence.value != 0) {
            group.push_str(&precedence.value.to_string());
        }
        group
    }

    /// `IRTCPMapping._group_id` before hashing.
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

    /// Whether Hosts treat the route as matching any host: if there is a `host_regex`, they ignore
    /// `host` (`IRHost.matches_httpgroup`).
    pub fn has_host_regex(&self) -> bool {
        self.host_regex
    }
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

/// `IRBaseMapping.validate_circuit_breakers`: each breaker's part of the cluster name.
pub(crate) fn breakers(field: Option<Field<'_>>) -> Option<Vec<String>> {
    let Some(field) = field else { return Some(Vec::new()) };
    if !field.is_sequence() {
        return None;
    }
    field
        .items()
        .map(|breaker| {
            let mut name = "cb".to_owned();
            match breaker.set_at("priority") {
                Some(priority) => {
                    let priority = priority.text()?.to_ascii_lowercase();
                    if priority != "default" && priority != "high" {
                        return None;
                    }
                    name.push_str(&priority[..1]);
                }
                None => name.push('n'),
            }
            let numbers = [
                ("max_connections", 'c'),
                ("max_pending_requests", 'p'),
                ("max_requests", 'r'),
                ("max_retries", 't'),
            ];
            for (field, letter) in numbers {
                if let Some(number) = breaker.set_at(field) {
                    let number = number
                        .integer()
                        .map(|number| number.value)
                        .or_else(|| number.written()?.trim().parse().ok())?;
                    name.push_str(&format!("{letter}{number}"));
                }
            }
            Some(name)
        })
        .collect()
}

/// `IRCluster` (name) and `IRHTTPMapping.validate_load_balancer`.
pub(crate) fn load_balancer(field: &Field<'_>) -> LoadBalancer {
    let policy = field.set_at("policy").and_then(|policy| policy.text()).map(|policy| policy.value);
    let size = field.entries().len();
    let text = |field: Option<Field<'_>>| field.and_then(|field| field.text());
    let header = text(field.set_at("header"));
    let cookie = field.set_at("cookie").and_then(|cookie| text(cookie.set_at("name")));
    let source_ip = field.set_at("source_ip").is_some();
    let valid = match policy.as_deref() {
        Some("round_robin" | "least_request") => size == 1,
        Some("ring_hash" | "maglev") => {
            size == 2 && (header.is_some() || cookie.is_some() || source_ip)
        }
        _ => false,
    };
    let endpoints =
        matches!(policy.as_deref(), Some("round_robin" | "least_request" | "ring_hash" | "maglev"));
    let name_part = endpoints.then(|| {
        let mut parts = vec!["er".to_owned(), policy.unwrap_or_default().to_string()];
        if let Some(header) = header {
            parts.extend(["hdr".to_owned(), header.value.to_string()]);
        }
        if let Some(cookie) = cookie {
            parts.extend(["cookie".to_owned(), cookie.value.to_string()]);
        }
        if source_ip {
            parts.push("srcip".to_owned());
        }
        parts.join("-")
    });
    LoadBalancer { name_part, valid }
}
