//! Certificates of Istio without the ALPN that its sidecars look for.

use crate::diagnostic::Severity;
use crate::world::{Context, Effective, ISTIO_SECRET, Material, TrailEnd, World};

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "istio-alpn-missing",
    severity: Severity::Note,
    summary: "Istio's certificates are used without `alpn_protocols: istio`",
    rows: &[105],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/istio-alpn-missing/bad.yaml"),
    good: include_str!("../../testdata/rule/istio-alpn-missing/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    let mut used = vec![false; world.contexts.len()];
    for upstream in &world.upstreams {
        if let Some(Effective::Mutual(id)) = world.effective(upstream) {
            used[id.0] = true;
        }
    }
    for (id, context, resource) in world.tls_contexts() {
        let alpn = context.settings.alpn_protocols.as_ref();
        let speaks_istio =
            alpn.is_some_and(|alpn| alpn.split(',').any(|token| token.starts_with("istio")));
        if !used[id.0] || speaks_istio || !is_of_istio(world, context) {
            continue;
        }
        let settings = &resource.settings;
        let material = settings.secret.as_ref().or(settings.cert_chain_file.as_ref());
        let place = alpn.or(material).map_or(resource.object.place(), |field| field.span);
        found
            .at(place, format!("the context `{}` does not offer the ALPN `istio`", context.name))
            .about(&resource.object)
            .label(if alpn.is_some() { "offered instead" } else { "a certificate of Istio" })
            .note(
                "an Istio sidecar in PERMISSIVE mode takes TLS without it for the application's \
                 own: HTTP ports then reset the connection; in STRICT mode nothing is amiss",
            )
            .help("add `alpn_protocols: istio`");
    }
}

/// Whether the certificate is written by a sidecar of Ambassador's own pod.
fn is_of_istio(world: &World, context: &Context) -> bool {
    match &context.certificate {
        Some(Material::Secret { name, .. }) => name == ISTIO_SECRET,
        Some(Material::File(path)) => matches!(world.trail(path).end, TrailEnd::Sidecar(_)),
        _ => false,
    }
}

const EXPLAIN: &str = "\
What it finds
A context with a certificate that the Istio sidecar of Ambassador's own pod writes, without `istio`
in its `alpn_protocols`.

Why it matters
A sidecar in PERMISSIVE mode, which is Istio's default, tells the mesh's TLS from the application's
own by ALPN. Without it the connection is reset, or passed through to an application that does not
speak TLS. In STRICT mode it works without.

How to fix it
Add `alpn_protocols: istio` to the TLSContext.
";
