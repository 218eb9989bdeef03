//! The virtual Secret `istio-certs`, which nothing in the input creates.

use crate::diagnostic::Severity;
use crate::resource::EnvironmentValue;
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-certs-unpublished",
    severity: Warning,
    summary: "`istio-certs` is used, but `AMBASSADOR_ISTIO_SECRET_DIR` is not set in the input",
    rows: [102],
    finds: "A TLSContext with `secret: istio-certs`, while Ambassador's Deployment does not set \
            `AMBASSADOR_ISTIO_SECRET_DIR`, or is not in the input.",
    matters: "Ambassador (1.10 and later) creates this Secret from the files in that folder, which \
              the Istio sidecar keeps fresh. Without the variable it does not exist: the context \
              is dropped, and its Mappings fall back to plaintext, or to TLS without a client \
              certificate.",
    remedy: "Set the variable to the folder that `OUTPUT_CERTS` names and that both containers \
             mount.",
}

const VARIABLE: &str = "AMBASSADOR_ISTIO_SECRET_DIR";

fn check(world: &World, found: &mut Findings) {
    let installation = &world.installation;
    let workload = installation.workload.map(|index| &world.resources.workloads[index]);
    // A ConfigMap or Secret may set it, which cannot be known.
    let set_elsewhere = workload
        .and_then(|workload| workload.variable(VARIABLE))
        .is_some_and(|variable| variable.value == EnvironmentValue::Elsewhere);
    // A folder that stays empty has its own rule.
    let empty = installation.istio_secret_dir.is_some()
        && world.settings.profile.has(Behaviour::WatchesIstioCertificates);
    if empty {
        return;
    }
    let namespace_known = workload.is_some() || world.settings.ambassador_namespace.is_some();
    for (_, context, resource) in world.tls_contexts() {
        let settings = &resource.settings;
        for secret in [&settings.secret, &settings.ca_secret].into_iter().flatten() {
            let reference = world.secret_reference(context, secret);
            // Outside Ambassador's namespace it is never found: another rule.
            let misplaced = namespace_known && reference.namespace != installation.namespace;
            if !reference.is_virtual() || misplaced || !world.lacks_secret(&reference) {
                continue;
            }
            let name = &context.name;
            let external = format!("`--external Secret/{}/istio-certs`", reference.namespace);
            let finding = match workload {
                Some(workload) if !set_elsewhere => found
                    .at(
                        secret,
                        format!("nothing creates the Secret `istio-certs` that `{name}` uses"),
                    )
                    .severity(Severity::Error)
                    .also(&workload.object, format!("{VARIABLE} is not set here"))
                    .help(format!("set {VARIABLE} to the folder that the sidecar writes to"))
                    .help(format!("or pass {external} if `envFrom` sets it")),
                _ => found
                    .at(
                        secret,
                        format!(
                            "nothing in this input shows that the Secret `istio-certs` that \
                             `{name}` uses exists"
                        ),
                    )
                    .help(format!(
                        "pass {external} if {VARIABLE} is set, or add the Deployment that sets it \
                         to the input"
                    )),
            };
            finding.about(&resource.object).label("created by Ambassador itself").note(format!(
                "Ambassador creates this Secret from Istio's files if {VARIABLE} is set; \
                 otherwise the context is dropped, and its Mappings fall back to plaintext, or to \
                 TLS without a client certificate"
            ));
        }
    }
}
