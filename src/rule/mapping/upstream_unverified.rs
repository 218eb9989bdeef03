//! A context that upstreams use, without a CA.

use crate::world::{Effective, ISTIO_SECRET, Material, World};

use crate::rule::{Findings, rule};

rule! {
    id: "upstream-unverified",
    severity: Warning,
    summary: "a context has no trust anchors, so any server certificate is accepted",
    rows: [22, 57, 103],
    finds: "A TLSContext that upstreams use and that has neither `ca_secret` nor \
            `cacert_chain_file`, nor a `root-cert.pem` in its Secret. `ca.crt` is never read.",
    matters: "Envoy then accepts every server certificate, including an expired one or an \
              attacker's. The client certificate proves Ambassador's identity; nothing proves the \
              server's.",
    remedy: "Provide trust anchors: `ca_secret` (with `tls.crt`), `cacert_chain_file`, or a \
             `root-cert.pem` in the Secret itself.",
}

fn check(world: &World, found: &mut Findings) {
    let mut users = vec![0_usize; world.contexts.len()];
    for upstream in &world.upstreams {
        if let Some(Effective::Mutual(id)) = world.effective(upstream) {
            users[id.0] += 1;
        }
    }
    let written = world.connector_secrets();
    for (id, context, resource) in world.tls_contexts() {
        if users[id.0] == 0 || context.trusted_ca.is_some() {
            continue;
        }
        if let Some(Material::Secret { namespace, name, .. }) = &context.certificate
            && world.brings_roots(namespace, name)
        {
            continue;
        }
        let settings = &resource.settings;
        let field = settings.secret.as_ref().or(settings.cert_chain_file.as_ref());
        let place = field.map_or(resource.object.name.span, |field| field.span);
        let finding = found
            .at(
                place,
                format!(
                    "TLSContext `{}` has no trust anchors, so any server is accepted",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("only presented to the server")
            .note(format!("{} it, and none of them verifies the server", goes(users[id.0])));
        let Some(Material::Secret { namespace, name, .. }) = &context.certificate else {
            finding.help("add `cacert_chain_file`");
            continue;
        };
        let secret = world.secret(namespace, name);
        match secret.and_then(|secret| secret.entry("ca.crt")) {
            Some(entry) => {
                finding
                    .also(&entry.key, "never read")
                    .help("store the CA under `root-cert.pem` in the same Secret, or as `tls.crt` of a Secret named in `ca_secret`");
            }
            None if written.contains(&(namespace.clone(), name.clone())) => {
                finding
                    .note(
                        "the Consul connector writes a certificate and a key, but no trust \
                           anchors",
                    )
                    .help(
                        "store Consul's roots as `tls.crt` of a Secret, and name it in `ca_secret`",
                    );
            }
            None if name == ISTIO_SECRET => {
                finding
                    .note("Ambassador does not copy Istio's `root-cert.pem` into this Secret")
                    .help("add `cacert_chain_file` with the path of Istio's `root-cert.pem`");
            }
            // A Secret outside the input may have a CA, under a key that can only be guessed.
            None if secret.is_none() => {
                finding.help(
                    "add `ca_secret`, unless the Secret has `root-cert.pem` (`ca.crt` is \
                              never read)",
                );
            }
            None => {
                finding.help("add `ca_secret`, with the trust anchors in its `tls.crt`");
            }
        }
    }
}

fn goes(count: usize) -> String {
    match count {
        1 => "1 upstream uses".to_owned(),
        count => format!("{count} upstreams use"),
    }
}
