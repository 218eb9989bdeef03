//! Envoy reads certificate files once, when it loads its configuration.

use crate::resource::MountedPart;
use crate::world::{Effective, Material, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-files-not-reloaded",
    severity: Warning,
    summary: "certificates in files are not reloaded when they rotate",
    rows: [45],
    finds: "A TLSContext with `cert_chain_file` that upstreams use.",
    matters: "Emissary passes the path to Envoy, and Envoy reads the file when it loads the \
              configuration. A rotated certificate (Istio rotates daily) is not picked up: when \
              the old one expires, every upstream that uses it fails until the pod is restarted.",
    remedy: "Use a `secret`, which Ambassador reloads. With Istio, `AMBASSADOR_ISTIO_SECRET_DIR` \
             turns the mounted files into the Secret `istio-certs`.",
}

fn check(world: &World, found: &mut Findings) {
    let mut used = vec![false; world.contexts.len()];
    for upstream in &world.upstreams {
        if let Some(Effective::Mutual(id)) = world.effective(upstream) {
            used[id.0] = true;
        }
    }
    for (id, context, resource) in world.tls_contexts() {
        let file = resource.settings.cert_chain_file.as_ref();
        let (Some(file), Some(Material::File(_)), true) = (file, &context.certificate, used[id.0])
        else {
            continue;
        };
        // A missing file is reported by other rules.
        let trail = context.settings.cert_chain_file.as_ref().map(|file| world.trail(file));
        if trail.as_ref().is_some_and(|trail| trail.fault().is_some()) {
            continue;
        }
        let part = trail.and_then(|trail| trail.mount?.part.clone());
        let finding = found
            .at(file, format!("Envoy does not reload `{}` when it changes", file.value))
            .about(&resource.object)
            .label("read only once")
            .note("once the loaded certificate expires, requests to upstreams get 503 until the \
                   pod restarts")
            .help("use a `secret`; for Istio, set AMBASSADOR_ISTIO_SECRET_DIR and `secret: istio-certs`");
        if let Some(MountedPart::Path(part) | MountedPart::Expression(part)) = part {
            finding.also(&part, "also keeps a renewed Secret out of the pod");
        }
    }
}
