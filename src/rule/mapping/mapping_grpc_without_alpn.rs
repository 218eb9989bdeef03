//! `alpn_protocols` keeps Envoy from offering h2 where it uses HTTP/2.

use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-grpc-without-alpn",
    severity: Warning,
    summary: "`alpn_protocols` leaves out `h2` for an upstream that uses HTTP/2",
    rows: [38],
    finds: "An upstream that uses HTTP/2 (`grpc: true`, a RateLimitService, an AuthService with \
            `proto: grpc`) over TLS, whose context sets `alpn_protocols` to a list without `h2`.",
    matters: "Without `alpn_protocols`, Envoy offers `h2` for such an upstream automatically \
              (since Envoy 1.16). The field overrides that. A server that chooses the protocol by \
              ALPN answers in HTTP/1.1 or closes the connection.",
    remedy: "Remove `alpn_protocols`, or add `h2` to it.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let Some(cluster) = upstream.cluster.map(|id| world.cluster(id)) else { return };
        let context = match world.effective(upstream) {
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => world.context(id),
            // Envoy offers `h2` automatically.
            _ => return,
        };
        let Some(alpn) = context.settings.alpn_protocols.as_ref().filter(|alpn| !alpn.is_empty())
        else {
            return;
        };
        // An Istio sidecar accepts its own ALPN names for both HTTP versions.
        let fits = |name: &str| name == "h2" || name.starts_with("istio");
        if !cluster.http2 || alpn.split(',').any(fits) {
            return;
        }
        let place = match mapping.kind {
            MappingKind::Mapping => mapping.grpc.as_ref().map(|grpc| grpc.key().to(grpc.span)),
            _ => None,
        };
        // Other upstreams that use the context are then offered the protocol of their own
        // connection pool, as by default.
        found
            .at(
                place.unwrap_or(mapping.object.place()),
                format!(
                    "{} `{}` uses HTTP/2 and does not offer `h2`",
                    mapping.kind.name(),
                    *mapping.object.name
                ),
            )
            .about(&mapping.object)
            .label("makes Envoy use HTTP/2")
            .also(alpn, "offers something else")
            .note(
                "servers that choose the protocol by ALPN then answer in HTTP/1.1 or close the \
                   connection",
            )
            .help("remove `alpn_protocols`: without it, Envoy offers what it uses; or add `h2`")
            .fix_unsafe(
                format!("remove `alpn_protocols` from `{}`", context.name),
                [Change::Remove { key: alpn.key() }],
            );
    });
}
