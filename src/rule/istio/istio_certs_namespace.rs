//! The virtual Secret `istio-certs`, looked up outside Ambassador's namespace.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "istio-certs-namespace",
    severity: Error,
    summary: "`istio-certs` is looked up outside Ambassador's namespace",
    rows: [101],
    finds: "A TLSContext outside Ambassador's namespace with `secret: istio-certs`.",
    matters: "`istio-certs` is not a Secret in the cluster. Ambassador creates it from the files \
              that the Istio sidecar writes, and only in its own namespace. A context elsewhere \
              does not find it, and its Mappings fall back to plaintext, or to TLS without a \
              client certificate.",
    remedy: "Put the TLSContext into Ambassador's namespace, since contexts are global. Or write \
             `istio-certs.NAMESPACE` with `secret_namespacing: true`.",
}

fn check(world: &World, found: &mut Findings) {
    let installation = &world.installation;
    // Its namespace must be known, not guessed.
    if installation.workload.is_none() && world.settings.ambassador_namespace.is_none() {
        return;
    }
    for (_, context, resource) in world.tls_contexts() {
        let settings = &resource.settings;
        for secret in [&settings.secret, &settings.ca_secret].into_iter().flatten() {
            let reference = world.secret_reference(context, secret);
            let own = &installation.namespace;
            if !reference.is_virtual()
                || reference.namespace == *own
                || !world.lacks_secret(&reference)
            {
                continue;
            }
            let deployment =
                installation.workload.map(|index| &world.resources.workloads[index].object);
            found
                .at(
                    secret,
                    format!(
                        "there is no Secret `istio-certs` in namespace `{}`",
                        reference.namespace
                    ),
                )
                .about(&resource.object)
                .label("looked up there")
                .also_maybe(deployment, format!("it exists in `{own}`, Ambassador's namespace"))
                .note(
                    "Ambassador creates this Secret itself, in its own namespace only; the \
                     context is dropped, and its Mappings fall back to plaintext, or to TLS \
                     without a client certificate",
                )
                .help(format!("write `secret: istio-certs.{own}` and `secret_namespacing: true`"))
                .fix_unsafe(
                    format!("write `istio-certs.{own}`"),
                    std::iter::once(Change::set(secret.span, format!("istio-certs.{own}"))).chain(
                        match &settings.secret_namespacing {
                            Some(said) if said.value => None,
                            Some(said) => Some(Change::set_bool(said.span, true)),
                            None => {
                                Some(Change::add_bool(secret.key(), "secret_namespacing", true))
                            }
                        },
                    ),
                )
                .help(format!("or move the TLSContext to namespace `{own}`: contexts are global"));
        }
    }
}
