//! A certificate for a service account other than the pod's.

use crate::world::{IstioSource, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-identity-of-other-account",
    severity: Note,
    summary: "an Istio certificate is for a service account other than Ambassador's",
    finds: "A TLSContext with an Istio certificate (by its SPIFFE identity, or by the name of the \
            Secret `istio.ACCOUNT`) for a service account other than the one the Ambassador pod \
            runs as.",
    matters: "Upstreams see the certificate's identity. With `istio.default`, Ambassador appears \
              as `sa/default`, like every pod without its own account: policies that allow \
              Ambassador do not match, and those that match allow too much.",
    remedy: "Use the certificate of the pod's own account: `istio.ambassador` up to Istio 1.5, and \
             the one that the sidecar writes (`OUTPUT_CERTS`) since then.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(workload) = world.ambassador().filter(|workload| workload.is_whole()) else { return };
    let namespace = workload.object.namespace();
    let own = workload.service_account.as_ref().map_or("default", |account| account.as_str());
    for (id, context, resource) in world.tls_contexts() {
        let named = match world.istio_source(context) {
            Some(IstioSource::Citadel { account, .. }) => Some((None, account)),
            _ => None,
        };
        let certified = world.istio_account(id);
        let certified = certified.map(|one| (Some(one.namespace), one.service_account));
        let Some((other, account)) = certified.or(named) else { continue };
        let other = other.unwrap_or_else(|| namespace.to_owned());
        if account == own && other == namespace {
            continue;
        }
        let settings = &context.settings;
        let Some(field) = settings.cert_chain_file.as_ref().or(settings.secret.as_ref()) else {
            continue;
        };
        let place = workload.service_account.as_ref().map_or(workload.object.place(), |a| a.span);
        found
            .at(
                field,
                format!("upstreams see `{other}/{account}`, while Ambassador runs as `{namespace}/{own}`"),
            )
            .about(&resource.object)
            .label(format!("a certificate for the service account `{account}`"))
            .also(place, "the pod's service account")
            .note(format!(
                "an AuthorizationPolicy for `cluster.local/ns/{namespace}/sa/{own}` does not \
                 match, and one for `{account}` matches every pod that runs as that account"
            ))
            .help(format!("use a certificate for `{own}`, such as the one that its sidecar writes"));
    }
}
