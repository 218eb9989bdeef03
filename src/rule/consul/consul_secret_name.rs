//! A Consul connector's Secret, referred to by a name that the connector does not write.

use crate::document::Change;
use crate::world::{Connector, World};

use crate::rule::{Findings, rule};

rule! {
    id: "consul-secret-name",
    severity: Error,
    summary: "the Consul connector writes a Secret with another name",
    rows: [109],
    finds: "A TLSContext that names a Consul connector's Secret, while the connector in the input \
            writes a Secret with another name or in another namespace.",
    matters: "With `_AMBASSADOR_ID: foo` the connector writes `ambassador-foo-consul-connect`. The \
              documentation says `foo-consul-connect`, and the TLSContext that comes with the \
              connector still names `ambassador-consul-connect`. The Secret is not found, so the \
              context is dropped, and its Mappings fall back to plaintext, or to TLS without a \
              client certificate.",
    remedy: "Name the Secret that the connector writes, or set `_AMBASSADOR_TLS_SECRET_NAME`.",
}

fn check(world: &World, found: &mut Findings) {
    let connectors: Vec<_> = world.connectors().collect();
    for (_, context, resource) in world.tls_contexts() {
        let Some(secret) = &resource.settings.secret else { continue };
        let reference = world.secret_reference(context, secret);
        if !reference.name.contains("consul-connect") || !world.lacks_secret(&reference) {
            continue;
        }
        // Of several, the one in the context's namespace is the likeliest.
        let near = connectors.iter().find(|one| one.namespace == reference.namespace);
        let Some(Connector { workload: connector, namespace, secret: name }) =
            near.or(connectors.first())
        else {
            continue;
        };
        let id = connector.variable("_AMBASSADOR_ID");
        let own_name = connector.variable("_AMBASSADOR_TLS_SECRET_NAME");
        let place = own_name.or(id).map_or(connector.object.place(), |v| v.name.span);
        let finding = found
            .at(
                secret,
                format!(
                    "the Consul connector does not write a Secret `{}` to namespace `{}`",
                    reference.name, reference.namespace
                ),
            )
            .about(&resource.object)
            .label("not there")
            .also(place, format!("it writes `{name}` to `{namespace}`"))
            .note(
                "the context is dropped, and its Mappings fall back to plaintext, or to TLS \
                   without it",
            );
        let finding = match (own_name, id) {
            (None, Some(id)) if reference.name != *name => finding.note(format!(
                "its name is `ambassador-<id>-consul-connect`, and the id is `{}`; the \
                 documentation omits `ambassador-`",
                id.literal().unwrap_or("set elsewhere")
            )),
            _ => finding,
        };
        if *namespace == context.namespace {
            finding
                .help(format!("write `secret: {name}`"))
                .fix_unsafe(format!("write `{name}`"), [Change::set(secret.span, name)]);
        } else {
            finding
                .help(format!("write `secret: {name}.{namespace}` and `secret_namespacing: true`"));
        }
    }
}
