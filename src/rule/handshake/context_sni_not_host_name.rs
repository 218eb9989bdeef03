//! An `sni` that cannot be the name of a server.

use std::net::IpAddr;

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-sni-not-host-name",
    severity: Warning,
    summary: "`sni` is not a host name: a port, a `*`, an address",
    finds: "An `sni` with a port, a scheme, a `*`, spaces or a trailing dot, or an IP address.",
    matters: "Envoy sends it to the upstream unchanged. A server that selects its certificate by \
              SNI has none for it: it rejects the handshake, or presents a certificate for another \
              name.",
    remedy: "Use the host name that the upstream's certificate is for, and nothing else.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        let Some(sni) = &context.settings.sni else { continue };
        // Variables, and names that are too long, have their own rules.
        if sni.is_empty() || sni.contains('$') || sni.len() > 255 {
            continue;
        }
        let Some((label, meant)) = slip(sni) else { continue };
        let finding = found
            .at(sni, format!("`sni` is `{}`, which is not a host name", sni.value))
            .about(&resource.object)
            .label(label)
            .note(
                "Envoy sends it unchanged; a server that selects its certificate by SNI has none \
                 for it, and rejects the handshake or presents a different certificate",
            );
        let is_variable = resource.settings.sni.as_ref().is_some_and(|sni| sni.contains('$'));
        match meant.filter(|meant| slip(meant).is_none() && !is_variable) {
            Some(meant) => finding
                .help(format!("write `{meant}`"))
                .fix_unsafe(format!("write `{meant}`"), [Change::set(sni.span, meant)]),
            None => finding.help("use the host name that the upstream's certificate is for"),
        };
    }
}

/// Why it is not a host name (RFC 6066, section 3), and the name that was probably meant.
fn slip(sni: &str) -> Option<(&'static str, Option<String>)> {
    let meant = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
    let bare = sni.trim_start_matches('[').trim_end_matches(']');
    if sni.trim() != sni {
        Some(("spaces around it", meant(sni.trim())))
    } else if bare.parse::<IpAddr>().is_ok() {
        Some(("an address", None))
    } else if let Some((_, rest)) = sni.split_once("://") {
        Some(("with a scheme", meant(rest.split(['/', ':']).next().unwrap_or_default())))
    } else if sni.contains('*') {
        Some(("wildcards are for certificates, not SNI", None))
    } else if let Some((name, port)) = sni.rsplit_once(':')
        && port.chars().all(|c| c.is_ascii_digit())
    {
        Some(("with a port", meant(name)))
    } else if let Some(name) = sni.strip_suffix('.') {
        Some(("with a trailing dot", meant(name)))
    } else if sni.contains(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | ',' | '@')) {
        Some(("more than a host name", None))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_pass_and_what_stands_beside_them_is_told() {
        for name in
            ["web", "web.example.com", "a_b.example.com", "A.Example.com", "xn--bcher-kva.de"]
        {
            assert_eq!(slip(name), None, "{name}");
        }
        let meant = |sni| slip(sni).expect("no host name").1;
        for sni in ["web.example.com:8443", " web.example.com", "https://web.example.com/x"] {
            assert_eq!(meant(sni).as_deref(), Some("web.example.com"), "{sni}");
        }
        assert_eq!(meant("web.").as_deref(), Some("web"));
        for sni in ["*", "*.example.com", "10.0.0.1", "::1", "[::1]", "a, b"] {
            assert_eq!(meant(sni), None, "{sni}");
        }
    }
}
