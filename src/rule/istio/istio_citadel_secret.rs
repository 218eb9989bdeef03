//! Secrets written by Citadel, which current Istio does not have.

use crate::diagnostic::Severity;
use crate::world::{Era, IstioSource, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-citadel-secret",
    severity: Note,
    summary: "a Secret `istio.ACCOUNT` is used, which Istio 1.6 and later do not write",
    finds: "A TLSContext whose certificate comes from a Secret `istio.ACCOUNT`, mounted or named. \
            It is a warning where the input shows that Istio is 1.6 or later (a \
            `proxy.istio.io/config` annotation, a `security.istio.io/v1` policy, the image of a \
            sidecar), and not reported where it shows that it is older.",
    matters: "Up to Istio 1.4, Citadel wrote such a Secret for every service account. In 1.5 only \
              upgraded installations have them, and 1.6 removed the controller. A Secret that is \
              still there is a leftover with a certificate that has expired, or soon will.",
    remedy: "Let the sidecar of the Ambassador pod write its certificates (`OUTPUT_CERTS`), and \
             use the Secret `istio-certs` that Ambassador creates from them.",
}

fn check(world: &World, found: &mut Findings) {
    let era = world.istio_era();
    if era.as_ref().is_some_and(|evidence| evidence.era == Era::Citadel) {
        return;
    }
    let mut told: Vec<(String, String)> = Vec::new();
    for (_, context, resource) in world.tls_contexts() {
        let Some(IstioSource::Citadel { secret, account }) = world.istio_source(context) else {
            continue;
        };
        let settings = &context.settings;
        let Some(field) = settings.secret.as_ref().or(settings.cert_chain_file.as_ref()) else {
            continue;
        };
        let trail = settings.cert_chain_file.as_ref().map(|file| world.trail(file));
        let source = trail.as_ref().and_then(|trail| trail.source);
        // A volume that hides a missing Secret has its own rule, which also reports this.
        let hidden = source.is_some_and(|source| source.optional.is_some());
        if hidden && trail.as_ref().is_some_and(|trail| trail.result() == "unknown") {
            continue;
        }
        let key = (context.namespace.clone(), secret.clone());
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        let place = source.map_or(field.span, |source| source.name.span);
        let finding = found
            .at(place, format!("`{secret}` is a Citadel Secret, and Istio 1.6 removed Citadel"))
            .about(&resource.object)
            .label(format!("for the service account `{account}`"))
            .note(
                "if it still exists, it is a leftover that is not renewed: its certificate lasts \
                 90 days at most, and upstreams reject it after that",
            )
            .help(
                "let the sidecar write certificates (`OUTPUT_CERTS`), set \
                 AMBASSADOR_ISTIO_SECRET_DIR, and use `secret: istio-certs`",
            );
        match &era {
            Some(evidence) => {
                finding.severity(Severity::Warning).also(evidence.place, evidence.words);
            }
            None => {
                finding.help("with Istio 1.5 or older, ignore this");
            }
        }
    }
}
