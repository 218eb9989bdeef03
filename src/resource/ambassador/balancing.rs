//! Load balancers and circuit breakers: the parts that affect a cluster's name.

use crate::document::Field;

/// A `load_balancer`: the parts that affect a cluster's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBalancer {
    /// What it adds to the cluster's name; `None` where no endpoints are needed for it.
    pub name_part: Option<String>,
    /// Whether Emissary accepts it.
    pub valid: bool,
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
