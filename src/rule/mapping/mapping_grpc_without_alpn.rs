//! `grpc: true` over TLS does not make Envoy offer h2.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::{Effective, World};

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "mapping-grpc-without-alpn",
    severity: Severity::Warning,
    summary: "a gRPC upstream is offered no ALPN, and may refuse",
    rows: &[38],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/mapping-grpc-without-alpn/bad.yaml"),
    good: include_str!("../../../testdata/rule/mapping-grpc-without-alpn/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let Some(cluster) = upstream.cluster.map(|id| world.cluster(id)) else { continue };
        let alpn = match world.effective(upstream) {
            None | Some(Effective::Plaintext) => continue,
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => {
                world.context(id).settings.alpn_protocols.as_ref()
            }
            Some(Effective::Tls(None)) => None,
        };
        let offers_h2 = alpn.is_some_and(|alpn| alpn.split(',').any(|name| name == "h2"));
        // Log and tracing services cannot name a context, so nothing can be done about them.
        if !cluster.http2 || offers_h2 || !mapping.kind.has_tls() {
            continue;
        }
        let place = match mapping.kind {
            MappingKind::Mapping => mapping.grpc.as_ref().map(|grpc| grpc.key.to(grpc.span)),
            _ => None,
        };
        let finding = found
            .at(
                place.unwrap_or(mapping.object.place()),
                format!(
                    "{} `{}` speaks HTTP/2 over TLS without offering it",
                    mapping.kind.name(),
                    *mapping.object.name
                ),
            )
            .about(&mapping.object)
            .label("does not set ALPN")
            .also_maybe(alpn.map(|alpn| alpn.span), "offers something else")
            .note("gRPC servers that insist on ALPN (those in Go, for one) end such connections")
            .help("set `alpn_protocols: h2` on a TLSContext, and name it in `tls`");
        // Whoever else uses the context would be offered it, too.
        if let (Some(Effective::Mutual(id)), None) = (world.effective(upstream), alpn) {
            let settings = &world.context(id).settings;
            if let Some(material) = settings.secret.as_ref().or(settings.cert_chain_file.as_ref()) {
                finding.fix_unsafe(
                    format!("add `alpn_protocols: h2` to `{}`", world.context(id).name),
                    [Change::add(material.key, "alpn_protocols", "h2")],
                );
            }
        }
    }
}

const EXPLAIN: &str = "\
What it finds
An upstream that speaks HTTP/2 (`grpc: true`, a RateLimitService, an AuthService with `proto: grpc`)
over TLS, whose context does not offer `h2`.

Why it matters
`grpc: true` changes what Envoy speaks, not what it offers in the TLS handshake. Servers that
require ALPN for HTTP/2 refuse.

How to fix it
Set `alpn_protocols: h2` on the TLSContext.
";
