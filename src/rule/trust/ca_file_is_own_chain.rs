//! Trust anchors that are the context's own chain.

use crate::world::{Material, World};

use crate::rule::{Findings, rule};

rule! {
    id: "ca-file-is-own-chain",
    severity: Warning,
    summary: "`cacert_chain_file` is the context's own certificate chain",
    finds: "A `cacert_chain_file` that is the context's own `cert_chain_file`, or a file called \
            `cert-chain.pem`.",
    matters: "`cert-chain.pem` starts with Ambassador's own certificate. Envoy uses every \
              certificate in the file as a trust anchor. Servers are accepted only if the chain \
              happens to contain their CA.",
    remedy: "Name the file with the trust anchors: for Istio that is `root-cert.pem`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let settings = &context.settings;
        let (Some(ca), Some(Material::File(trusted))) =
            (&settings.cacert_chain_file, &context.trusted_ca)
        else {
            continue;
        };
        let chain = settings.cert_chain_file.as_ref().filter(|chain| chain.value == *trusted);
        if (chain.is_none() && !trusted.ends_with("/cert-chain.pem")) || !world.is_in_use(id) {
            continue;
        }
        found
            .at(ca, format!("the trust anchors are the certificate chain `{trusted}`"))
            .about(&resource.object)
            .label("a leaf and its issuers")
            .also_maybe(chain, "also the chain that is presented")
            .note(
                "servers are trusted only if a certificate that happens to be in this chain \
                 issued theirs: this fails with CERTIFICATE_VERIFY_FAILED, or works only until \
                 the chain is renewed",
            )
            .help("name the file with the CA, `root-cert.pem` for Istio");
    }
}
