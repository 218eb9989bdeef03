//! A service that Python's URL parser cannot read.

use crate::document::Change;
use crate::world::{Malformed, World};

use crate::rule::{Findings, rule};

rule! {
    id: "service-malformed",
    severity: Error,
    summary: "a service that is not a valid address",
    rows: [80],
    finds: "A `service` without a host, with a port that is not a number up to 65535, with an IPv6 \
            address that is not in brackets, or with `https:` that lacks its slashes.",
    matters: "Ambassador reports in its diagnostics that it ignores the cluster, but still creates \
              it, with an unintended host.",
    remedy: "Write `host`, `host:port` or `https://host:port`; IPv6 addresses go in brackets.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Err(Malformed::Bad(reason)), Some(service)) = (&upstream.address, &mapping.service)
        else {
            return;
        };
        let cluster = upstream.cluster.map(|id| world.cluster(id));
        let goes_to = cluster.and_then(|cluster| cluster.host.as_deref().zip(cluster.port));
        let written = mapping.service_as_written.as_deref().unwrap_or(service);
        let finding = found
            .at(service, format!("`{written}` is not a valid address"))
            .about(&mapping.object)
            .label("cannot be read")
            .note(format!("Ambassador reports: {reason}"))
            .help(cure(written));
        let plainly = mend(written).filter(|_| mapping.service_as_written.is_none());
        let finding = match plainly {
            Some(meant) => {
                finding.fix(format!("write `{meant}`"), [Change::set(service.span, meant)])
            }
            None => finding,
        };
        match goes_to {
            Some((host, port)) => finding.note(format!(
                "Ambassador reports that it ignores the cluster, but still sends the traffic to \
                 `{host}:{port}`"
            )),
            None => finding.note("Ambassador drops it"),
        };
    });
}

fn cure(service: &str) -> String {
    let bare = service.trim_start_matches("https://").trim_start_matches("http://");
    if bare.parse::<std::net::Ipv6Addr>().is_ok() {
        return format!("write the address in brackets: `[{bare}]`");
    }
    match mend(service) {
        Some(meant) => format!("write `{meant}`"),
        None => "write `host`, `host:port` or `https://host:port`, with a port from 1 to 65535"
            .to_owned(),
    }
}

/// What was clearly meant: an IPv6 address in brackets, or a scheme with its slashes.
fn mend(service: &str) -> Option<String> {
    let (scheme, bare) = match service.split_once("://") {
        Some((scheme @ ("http" | "https"), bare)) => (Some(scheme), bare),
        _ => (None, service),
    };
    if bare.parse::<std::net::Ipv6Addr>().is_ok() {
        return Some(match scheme {
            Some(scheme) => format!("{scheme}://[{bare}]"),
            None => format!("[{bare}]"),
        });
    }
    match service.split_once(':') {
        Some((scheme @ ("http" | "https"), rest)) if !rest.starts_with('/') => {
            Some(format!("{scheme}://{rest}"))
        }
        _ => None,
    }
}
