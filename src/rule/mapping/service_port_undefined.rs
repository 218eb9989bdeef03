//! A port that the named Service does not have.

use crate::document::Change;
use crate::resource::{Service, ServicePort};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "service-port-undefined",
    severity: Error,
    summary: "the Service in the input has no such port",
    finds: "An upstream whose Service is in the input and has no port of that number. A service \
            without a port uses 443 with TLS and 80 without.",
    matters: "Nothing listens there: clients get 503 after a timeout, while Ambassador shows the \
              Mapping as Running.",
    remedy: "Name a port that the Service has, or add it to the Service.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Ok(address), Some(written)) = (&upstream.address, &mapping.service) else { return };
        let Some(cluster) = upstream.cluster.map(|id| world.cluster(id)) else { return };
        // Consul services are unrelated, and endpoint resolvers use the pods' own ports.
        if cluster.endpoints.is_some() {
            return;
        }
        let port = match (address.port, cluster.context) {
            (Some(port), _) => port,
            (None, Some(_)) => 443,
            (None, None) => 80,
        };
        let services = world.destination_services(upstream);
        let Some(first) = services.first() else { return };
        // Two manifests of one Service may belong to two environments; and a headless Service
        // resolves to its pods, which may listen on any port.
        let fits = |service: &&Service| {
            service.headless
                || service.ports.is_empty()
                || service.is_external
                || service.ports.iter().any(|own| own.port == i64::from(port))
        };
        if services.iter().any(fits) {
            return;
        }
        let implied = if address.port.is_none() { ", which is implied" } else { "" };
        let finding = found
            .at(written, format!("Service `{}` has no port {port}", *first.object.name))
            .about(&mapping.object)
            .label(format!("port {port}{implied}"))
            .also(first.ports[0].place, "the Service has this one")
            .note(
                "without a port in `service` it is 443 for TLS and 80 otherwise; connections to \
                   ports that the Service does not have time out",
            );
        let old = address.port.map_or(String::new(), |port| format!(":{port}"));
        let is_tls = cluster.context.is_some();
        // Fixing only the port would cause the next mistake: TLS to a plaintext port, or the
        // opposite.
        let fitting =
            first.ports.iter().filter(|own| speaks_tls(own).is_none_or(|it| it == is_tls));
        let ports: Vec<String> = fitting.map(|own| own.port.to_string()).collect();
        let finding = match (ports.is_empty(), is_tls) {
            (false, _) => finding.help(format!("name one of its ports: {}", ports.join(", "))),
            (true, true) => finding
                .help(
                    "if the upstream expects plaintext there, turn TLS off: `tls: false`, and \
                       no `https://`",
                )
                .help("if it serves TLS, add a port for that to the Service, and use it"),
            (true, false) => finding.help(
                "write `https://` before the service, with a TLSContext in `tls` if the upstream \
                 asks for a certificate; its Service has only TLS ports",
            ),
        };
        if let ([port], Some(bare)) = (ports.as_slice(), written.strip_suffix(&old)) {
            let meant = format!("{bare}:{port}");
            finding.fix_unsafe(format!("write `{meant}`"), [Change::set(written.span, meant)]);
        }
    });
}

/// Whether a port is for TLS, by its number or by the naming convention; `None` if neither decides.
fn speaks_tls(port: &ServicePort) -> Option<bool> {
    let name = port.name.as_deref().unwrap_or_default();
    let named = |word: &str| {
        name == word || name.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'))
    };
    match port.port {
        _ if named("https") || named("tls") => Some(true),
        443 | 8443 => Some(true),
        80 => Some(false),
        _ if named("http") || named("http2") || named("grpc") => Some(false),
        _ => None,
    }
}
