//! SNI comes only from the context, never from the host or a rewrite.

use std::cell::LazyCell;

use crate::world::{Effective, Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "upstream-without-sni",
    severity: Warning,
    summary: "an external host gets no SNI, and may present the wrong certificate",
    rows: [39, 40],
    finds: "An upstream outside the cluster that gets TLS with a context that does not set `sni`, \
            or without a context.",
    matters: "Emissary takes the SNI from `TLSContext.sni` only: not from the host, and not from \
              `host_rewrite` or `auto_host_rewrite`. Without it, a server with several names (any \
              CDN or cloud load balancer) presents a different certificate or rejects the \
              handshake.",
    remedy: "Name a TLSContext that sets `sni`. It needs a client certificate to be valid; any one \
             will do.",
}

fn check(world: &World, found: &mut Findings) {
    let namespaces = LazyCell::new(|| world.namespaces());
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let sni = match world.effective(upstream) {
            None | Some(Effective::Plaintext) => return,
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => {
                world.context(id).settings.sni.is_some()
            }
            Some(Effective::Tls(None)) => false,
        };
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        // A context that cannot be used is another rule's finding.
        let broken = matches!(upstream.reference, Reference::Bad { .. });
        if sni
            || broken
            || !mapping.kind.has_tls()
            || !is_external(&address.host, |top| namespaces.contains(top))
        {
            return;
        }
        let finding = found
            .at(service, format!("`{}` gets no SNI", address.host))
            .about(&mapping.object)
            .label("no SNI is sent")
            .note(
                "servers with several names then present a different certificate, or abort the \
                 handshake",
            )
            .help(format!(
                "name a TLSContext with `sni: {}` (it also needs a certificate)",
                address.host
            ));
        match (mapping.host_rewrite.as_deref(), mapping.auto_host_rewrite.as_deref()) {
            (Some(rewrite), _) => {
                finding.also(rewrite, "changes the Host header, not the SNI");
            }
            (None, Some(auto)) if auto.value => {
                finding.also(auto, "changes the Host header, not the SNI");
            }
            _ => {}
        }
    });
}

/// Public suffixes that are hardly ever the name of a namespace.
const WELL_KNOWN: [&str; 6] = ["com", "org", "net", "edu", "gov", "io"];

/// Other public suffixes; `api.dev` may just as well be a Service in namespace `dev`.
const PUBLIC: [&str; 8] = ["dev", "app", "cloud", "tech", "info", "biz", "online", "site"];

/// Whether a name is outside the cluster. `service.namespace` has two labels, and
/// `pod.service.namespace` three; so the last label must be a public suffix and not a namespace.
fn is_external(host: &str, is_namespace: impl Fn(&str) -> bool) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    let country = top.len() == 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    let public = match labels.len() {
        0 | 1 => false,
        2 => WELL_KNOWN.contains(&top),
        _ => WELL_KNOWN.contains(&top) || PUBLIC.contains(&top) || country,
    };
    public && !labels.contains(&"svc") && !is_namespace(top)
}
