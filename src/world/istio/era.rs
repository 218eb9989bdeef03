//! Whether the Istio of the input is old enough for Citadel to write a Secret for each account.
//!
//! Citadel wrote `istio.ACCOUNT` into every namespace up to Istio 1.4, and in upgraded 1.5
//! installations; 1.6 has no Secret controller (istio 5cb42eacf). The 1.6 change notes add the
//! annotation `proxy.istio.io/config` and remove the alpha policies.

use crate::source::Span;
use crate::world::World;

/// A range of Istio releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// Up to 1.5.
    Citadel,
    /// 1.6 and later.
    Now,
}

/// Evidence for the Istio release.
#[derive(Debug, Clone)]
pub struct EraEvidence {
    /// The range.
    pub era: Era,
    /// Where the evidence is.
    pub place: Span,
    /// The evidence in a few words.
    pub words: &'static str,
}

impl World {
    /// The Istio releases that the input indicates; `None` without evidence or if it is
    /// contradictory.
    pub fn istio_era(&self) -> Option<EraEvidence> {
        let mut found = self.proxies();
        for policy in &self.resources.peer_authentications {
            let version = policy.object.api_version.as_ref();
            let Some(version) = version.filter(|version| version.ends_with("/v1")) else {
                continue;
            };
            let (place, words) = (version.span, "this version of the API is Istio 1.22 or later");
            found.push(EraEvidence { era: Era::Now, place, words });
        }
        for workload in &self.resources.workloads {
            if let Some(config) = workload.annotation("proxy.istio.io/config") {
                let words = "this annotation is known from Istio 1.6 on";
                found.push(EraEvidence { era: Era::Now, place: config.key.span, words });
            }
        }
        if let Some(policy) = self.resources.citadel_policies.first() {
            let words = "policies of this API were removed in Istio 1.6";
            found.push(EraEvidence { era: Era::Citadel, place: policy.place(), words });
        }
        let agrees = found.iter().all(|one| one.era == found[0].era);
        if agrees { found.into_iter().next() } else { None }
    }

    /// Sidecars in the input, by their images.
    fn proxies(&self) -> Vec<EraEvidence> {
        let workloads = self.resources.workloads.iter();
        let containers =
            workloads.flat_map(|one| one.containers.iter().chain(&one.init_containers));
        let images = containers.filter_map(|container| container.image.as_ref());
        images
            .filter_map(|image| {
                let (_, tag) = image.rsplit_once("/proxyv2:")?;
                let mut numbers = tag.split(['.', '-']).map(str::parse::<u32>);
                let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
                    return None;
                };
                let era = if (major, minor) >= (1, 6) { Era::Now } else { Era::Citadel };
                Some(EraEvidence { era, place: image.span, words: "the sidecar's version" })
            })
            .collect()
    }
}
