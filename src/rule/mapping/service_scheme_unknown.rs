//! Only `http` and `https` are schemes.

use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "service-scheme-unknown",
    severity: Warning,
    summary: "a scheme that Ambassador treats as HTTP",
    rows: [81],
    finds: "A `service` with a scheme other than `http` or `https`.",
    matters: "Ambassador notes \"unknown scheme\" in its diagnostics and treats it as HTTP, so \
              `grpcs://` or `tls://` are plaintext.",
    remedy: "Write `https://` for TLS. `grpc: true` or `allow_upgrade` set the protocol inside it.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        let Some(scheme) = address.scheme.as_deref().filter(|s| !matches!(*s, "http" | "https"))
        else {
            return;
        };
        let encrypted =
            world.effective(upstream).is_some_and(|effective| effective != Effective::Plaintext);
        let taken = if encrypted { "TLS, because of `tls`" } else { "plaintext" };
        let help = match scheme {
            "grpc" => {
                "leave the scheme out, and set `grpc: true`; for TLS, add `https://` or `tls`"
            }
            "grpcs" => "write `https://` and `grpc: true`",
            "h2c" | "http2" => "leave the scheme out, and set `grpc: true`, which makes it HTTP/2",
            "wss" => "write `https://`, and `allow_upgrade: [websocket]`",
            "ws" => "write `http://`, and `allow_upgrade: [websocket]`",
            "tls" | "ssl" | "tcps" | "mtls" => {
                "write `https://`, which means TLS for TCPMappings as well"
            }
            _ => "write `https://` for TLS, or no scheme",
        };
        let finding = found
            .at(service, format!("`{scheme}://` is not a scheme that Ambassador knows"))
            .about(&mapping.object)
            .label(format!("means {taken}"))
            .note("everything but `https` is treated as HTTP unless `tls` is set")
            .help(help);
        let bare = service.split_once("://").map_or(service.as_str(), |(_, bare)| bare);
        let grpc = (mapping.kind == MappingKind::Mapping && mapping.grpc.is_none())
            .then(|| Change::add_bool(service.key(), "grpc", true));
        match scheme {
            "tls" | "ssl" | "tcps" | "mtls" => {
                let set = Change::set(service.span, format!("https://{bare}"));
                finding.fix_unsafe("write `https://`", [set])
            }
            "grpcs" => {
                let set = Change::set(service.span, format!("https://{bare}"));
                finding
                    .fix_unsafe("write `https://` and `grpc: true`", [set].into_iter().chain(grpc))
            }
            "grpc" | "h2c" | "http2" => {
                let set = Change::set(service.span, bare);
                finding.fix_unsafe(
                    "leave the scheme out, and set `grpc: true`",
                    [set].into_iter().chain(grpc),
                )
            }
            _ => finding,
        };
    });
}
