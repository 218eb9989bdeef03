//! `alpn_protocols` is split at commas and otherwise sent unchanged.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::envoy::{AlpnFault, read_alpn};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-alpn-malformed",
    severity: Warning,
    summary: "`alpn_protocols` holds more than names and commas",
    rows: [35],
    finds: "An `alpn_protocols` with spaces, brackets or quotes in it, such as `h2, http/1.1`.",
    matters: "Envoy splits the text at commas and sends what is between them, including spaces. \
              The server does not know ` http/1.1` and picks another protocol, or rejects the \
              handshake. A list that RFC 7301 does not allow is an error: Envoy does not load it, \
              and may crash.",
    remedy: "Separate the names with commas only: `h2,http/1.1`.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, _, resource) in world.tls_contexts() {
        let Some(alpn) = &resource.settings.alpn_protocols else { continue };
        let odd = |c: char| c.is_whitespace() || "[]\"'".contains(c);
        let bad = alpn.split(',').find(|name| {
            name.is_empty() && !alpn.is_empty() || name.contains(odd) || read_alpn(name).is_err()
        });
        let Some(bad) = bad else { continue };
        let names: Vec<&str> =
            alpn.split(|c| odd(c) || c == ',').filter(|n| !n.is_empty()).collect();
        let joined = names.join(",");
        let finding = match read_alpn(alpn) {
            Err(fault) => found
                .at(alpn, format!("`alpn_protocols` is not a list of protocol names: {fault}"))
                .severity(Severity::Error)
                .about(&resource.object)
                .label("not allowed by RFC 7301")
                .note(match fault {
                    AlpnFault::NoName => {
                        "Envoy does not reject this configuration: it aborts when loading it"
                    }
                    AlpnFault::TooLong => "Envoy rejects the whole configuration",
                }),
            Ok(_) => found
                .at(alpn, format!("`alpn_protocols` offers the protocol {bad:?}"))
                .about(&resource.object)
                .label("sent unchanged")
                .note(
                    "Envoy splits at commas and trims nothing, so servers do not recognise the name",
                ),
        };
        let finding = finding.help(format!("write `alpn_protocols: {joined}`"));
        if !names.is_empty() {
            finding.fix(format!("write `{joined}`"), [Change::set(alpn.span, joined)]);
        }
    }
}
