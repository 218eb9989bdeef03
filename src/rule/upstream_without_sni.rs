//! SNI comes from the context alone, never from the host or a rewrite.

use crate::diagnostic::Severity;
use crate::world::{Effective, Reference, World};

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "upstream-without-sni",
    severity: Severity::Warning,
    summary: "an external host gets no server name, and may show the wrong certificate",
    rows: &[39, 40],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/upstream-without-sni/bad.yaml"),
    good: include_str!("../../testdata/rule/upstream-without-sni/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let sni = match world.effective(upstream) {
            None | Some(Effective::Plaintext) => continue,
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => {
                world.context(id).settings.sni.is_some()
            }
            Some(Effective::Tls(None)) => false,
        };
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { continue };
        // A context that cannot be used is another rule's finding.
        let broken = matches!(upstream.reference, Reference::Bad { .. });
        if sni || broken || !mapping.kind.has_tls() || !is_external(&address.host) {
            continue;
        }
        let finding = found
            .at(service, format!("`{}` is sent no server name", address.host))
            .about(&mapping.object)
            .label("no SNI goes there")
            .note("hosts that serve several names then show another certificate, or end the handshake")
            .help(format!("name a TLSContext with `sni: {}` (it needs a certificate, too)", address.host));
        match (&mapping.host_rewrite, &mapping.auto_host_rewrite) {
            (Some(rewrite), _) => {
                finding.also(rewrite, "changes the Host header, not the server name");
            }
            (None, Some(auto)) if auto.value => {
                finding.also(auto, "changes the Host header, not the server name");
            }
            _ => {}
        }
    }
}

/// Whether a name belongs to the world outside the cluster: it ends in something that is neither
/// a cluster domain nor a namespace after a service.
fn is_external(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let internal = ["local", "internal", "cluster", "svc", "consul", "localhost", "lan", "test"];
    let address = host.parse::<std::net::IpAddr>().is_ok();
    let top = labels.last().copied().unwrap_or_default();
    // `service.namespace` has two labels, and so has `example.com`; only well-known endings tell.
    let known = ["com", "org", "net", "io", "dev", "edu", "gov", "cloud", "app"];
    !address
        && !labels.contains(&"svc")
        && !internal.contains(&top)
        && (labels.len() >= 3 || (labels.len() == 2 && known.contains(&top)))
}

const EXPLAIN: &str = "\
What it finds
An upstream outside the cluster that is spoken to in TLS, while its context sets no `sni`, or there
is none.

Why it matters
Emissary takes the server name from `TLSContext.sni` only: not from the host, and not from
`host_rewrite` or `auto_host_rewrite`. Without it, a host with several names (any CDN or cloud load
balancer) shows another certificate or refuses.

How to fix it
Name a TLSContext that sets `sni`. It needs a client certificate to be valid; any one will do.
";
