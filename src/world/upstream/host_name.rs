//! Different spellings of the same host: `web.shop`, `web.shop.svc` and
//! `web.shop.svc.cluster.local.`.

/// Whether two names mean the same host, given the search domains of a pod.
pub fn is_same_host(one: &str, other: &str) -> bool {
    bare(one).eq_ignore_ascii_case(bare(other))
}

/// A name without its trailing dot and, for a Service, without the cluster domain.
fn bare(host: &str) -> &str {
    let host = host.strip_suffix('.').unwrap_or(host);
    let domains = [".svc.cluster.local", ".svc"];
    let service = domains.iter().find_map(|domain| {
        let at = host.len().checked_sub(domain.len())?;
        let (name, end) = (host.get(..at)?, host.get(at..)?);
        (end.eq_ignore_ascii_case(domain) && name.contains('.')).then_some(name)
    });
    service.unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::is_same_host;

    #[test]
    fn a_service_is_the_same_host_with_and_without_its_domain() {
        let spellings =
            ["web.shop", "Web.Shop", "web.shop.", "web.shop.svc", "web.shop.svc.cluster.local"];
        for one in spellings {
            assert!(spellings.iter().all(|other| is_same_host(one, other)), "{one}");
        }
        for other in ["web", "web.svc", "web.other", "web.shop.example.com"] {
            assert!(!is_same_host("web.shop", other), "{other}");
        }
    }
}
