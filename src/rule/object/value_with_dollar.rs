//! Ambassador expands `$NAME` in everything it reads.

use crate::diagnostic::Severity;
use crate::document::{Located, Text};
use crate::resource::{Object, TlsReference};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "value-with-dollar",
    severity: Warning,
    summary: "a `$` in a value is replaced from the environment, or left unchanged",
    rows: [49],
    finds: "A `$NAME` or `${NAME}` in a path, a Secret name, a server name, a service or a context \
            name.",
    matters: "Ambassador replaces it from its pod's environment before it parses anything. If the \
              variable is not set, the text is left unchanged and names something that does not \
              exist. Secrets named that way are never found.",
    remedy: "Write out the value, or render it before it is applied.",
}

fn check(world: &World, found: &mut Findings) {
    found.apart(|found| contexts(world, found));
    found.each_mapping(world, |mapping, found| {
        if let Some(service) = &mapping.service {
            told(world, service, &mapping.object, false, found);
        }
        if let TlsReference::Named(name) = &mapping.tls {
            told(world, name, &mapping.object, false, found);
        }
    });
}

fn contexts(world: &World, found: &mut Findings<'_>) {
    for context in &world.resources.contexts {
        for field in context.settings.material() {
            let secret = matches!(field.name(), "secret" | "ca_secret" | "crl_secret");
            told(world, field, &context.object, secret, found);
        }
        for field in context.settings.sni.iter().chain(&context.settings.alpn_protocols) {
            told(world, field, &context.object, false, found);
        }
    }
}

fn told(world: &World, field: &Located<Text>, object: &Object, secret: bool, found: &mut Findings) {
    let Some(variable) = variable(field) else { return };
    // If the Deployment in the input sets the variable, it is intended.
    if !secret && world.installation.has_variable(&world.resources, variable) {
        return;
    }
    let name = field.name().to_owned();
    let finding = found
        .at(
            field,
            format!("the `$` in `{name}` is replaced from the environment of the Ambassador pod"),
        )
        .about(object)
        .label("expanded before it is read");
    // Without a Deployment, a tool may replace it before the manifest is applied.
    let finding = match world.ambassador() {
        None => finding
            .severity(Severity::Note)
            .note("if Flux or `envsubst` replaces it before it is applied, this is fine"),
        Some(_) => finding,
    };
    if secret {
        finding
            .note("Secrets are selected before that, so this one is never found")
            .help("write out the name; render it with Helm or kustomize if it varies");
    } else {
        finding
            .note("a variable that the pod does not have is left as written")
            .help("write out the value, or set the variable in Ambassador's Deployment");
    }
}

/// The first variable in a text; a `$` alone stays as it is.
fn variable(text: &str) -> Option<&str> {
    text.split('$').skip(1).find_map(|after| {
        let inner = after.strip_prefix('{');
        let rest = inner.unwrap_or(after);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let closed = inner.is_none() || rest[end..].starts_with('}');
        (end > 0 && closed).then(|| &rest[..end])
    })
}
