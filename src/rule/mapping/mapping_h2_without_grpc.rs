//! ALPN offers h2, but only `grpc: true` makes Envoy speak it.

use crate::resource::MappingKind;
use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-h2-without-grpc",
    severity: Error,
    summary: "HTTP/2 is negotiated, but HTTP/1.1 is used",
    rows: [37],
    finds: "An upstream whose context offers `h2` in `alpn_protocols`, while the Mapping does not \
            set `grpc: true`.",
    matters: "ALPN does not change the protocol that Envoy uses: only `grpc: true` enables HTTP/2. \
              A server that agrees on h2 gets HTTP/1.1 and drops the connection.",
    remedy: "Add `grpc: true` (it means HTTP/2, for any content), or do not offer `h2`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let context = match world.effective(upstream) {
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => world.context(id),
            _ => return,
        };
        let Some(alpn) = &context.settings.alpn_protocols else { return };
        let offers_h2 = alpn.split(',').any(|name| name == "h2");
        let http2 = upstream.cluster.is_some_and(|id| world.cluster(id).http2);
        if !offers_h2 || http2 || mapping.kind == MappingKind::TcpMapping {
            return;
        }
        found
            .at(
                &mapping.object,
                format!(
                    "{} `{}` offers h2 to its upstream, but uses HTTP/1.1",
                    mapping.kind.name(),
                    *mapping.object.name
                ),
            )
            .about(&mapping.object)
            .label("has no `grpc: true`")
            .also(alpn, "offers h2")
            .note("a server that picks h2 gets HTTP/1.1 bytes, and resets the connection")
            .help("add `grpc: true`, or remove `h2` from `alpn_protocols`");
    });
}
