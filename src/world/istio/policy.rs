//! What an upstream's sidecar requires, by the PeerAuthentications of the input.
//!
//! Scopes are mesh, namespace, workload, port; the narrowest wins (Istio
//! `pilot/pkg/model/authentication`).

use std::sync::Arc;

use crate::document::Located;
use crate::resource::{DestinationRule, MutualMode, Object, PeerAuthentication, Service};
use crate::world::World;
use crate::world::upstream::Upstream;

/// The namespace of mesh-wide policies, unless the installation configures another.
const ROOT_NAMESPACE: &str = "istio-system";

/// The policy that applies to an upstream.
#[derive(Debug, Clone, Copy)]
pub struct PeerPolicy<'w> {
    /// Its mode, and where it is set.
    pub mode: &'w Located<MutualMode>,
    /// The PeerAuthentication.
    pub object: &'w Object,
    /// Whether it is mesh-wide; the upstream may not be in the mesh.
    pub is_mesh_wide: bool,
}

/// Whether Ambassador's outgoing traffic passes through a sidecar in its pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outbound {
    /// It leaves the pod as Ambassador sends it.
    Direct,
    /// A sidecar intercepts it and may add mutual TLS.
    Intercepted,
    /// It depends on a namespace label or a default that the input does not show.
    Unknown,
}

impl World {
    /// The policy that decides what an upstream's sidecar accepts; `None` if the input has none or
    /// is not enough to tell.
    pub fn peer_policy(&self, upstream: &Upstream) -> Option<PeerPolicy<'_>> {
        let all = &self.resources.peer_authentications;
        if all.is_empty() {
            return None;
        }
        let (namespace, name) = self.destination(upstream)?;
        let services: Vec<&Service> = self.services(namespace, name).collect();
        let service = services.first().copied();
        let port = upstream.cluster.and_then(|id| self.cluster(id).port);
        let of = |namespace: &str| -> Vec<&PeerAuthentication> {
            let all = all.iter().map(Arc::as_ref);
            all.filter(|policy| policy.object.namespace() == namespace).collect()
        };
        let own = of(namespace);
        let selecting: Vec<_> = own.iter().filter(|policy| !policy.selector.is_empty()).collect();
        if !selecting.is_empty() && namespace != ROOT_NAMESPACE {
            let labels = self.pod_labels(namespace, service?)?;
            for policy in selecting {
                let matches = policy.selector.iter().all(|label| labels.contains(label));
                let target = target_port(service?, port?);
                if matches && !policy.port_modes.is_empty() {
                    let target = target?;
                    let mode = policy.port_modes.iter().find(|(port, _)| *port == target);
                    if let Some((_, mode)) = mode {
                        return Some(decided(policy, mode, false));
                    }
                }
                if let (true, Some(mode)) = (matches, &policy.mode) {
                    return Some(decided(policy, mode, false));
                }
            }
        }
        let whole = |list: &[&'_ PeerAuthentication]| -> Vec<usize> {
            let modes = list.iter().enumerate();
            let modes = modes.filter(|(_, one)| one.selector.is_empty() && one.mode.is_some());
            modes.map(|(at, _)| at).collect()
        };
        for (list, is_mesh_wide) in [(own, namespace == ROOT_NAMESPACE), (of(ROOT_NAMESPACE), true)]
        {
            match whole(&list)[..] {
                [] => {}
                [at] => {
                    let policy = list[at];
                    return policy.mode.as_ref().map(|mode| decided(policy, mode, is_mesh_wide));
                }
                // The oldest one wins, and manifests do not show their age.
                _ => return None,
            }
        }
        None
    }

    /// The DestinationRule for an upstream's host.
    pub fn destination_rule(&self, upstream: &Upstream) -> Option<&DestinationRule> {
        if self.resources.destination_rules.is_empty() {
            return None;
        }
        let (namespace, name) = self.destination(upstream)?;
        let full = format!("{name}.{namespace}.svc.cluster.local");
        self.resources.destination_rules.iter().map(Arc::as_ref).find(|rule| {
            let Some(host) = &rule.host else { return false };
            let host = host.trim_end_matches('.');
            match host.split_once('.') {
                None => host == name && rule.object.namespace() == namespace,
                Some(_) if host.starts_with('*') => false,
                Some(_) => host == full || full.starts_with(&format!("{host}.")),
            }
        })
    }

    /// Whether Ambassador's pod has a sidecar that intercepts its traffic.
    pub fn outbound(&self) -> Outbound {
        let Some(workload) = self.ambassador() else { return Outbound::Unknown };
        let inject = workload.annotation("sidecar.istio.io/inject").map(|one| one.value.as_str());
        let label = workload.pod_labels.iter().find(|(key, _)| key == "sidecar.istio.io/inject");
        let inject = label.map(|(_, value)| value.as_str()).or(inject);
        let ranges = workload.annotation("traffic.sidecar.istio.io/includeOutboundIPRanges");
        let mut containers = workload.containers.iter().chain(&workload.init_containers);
        let injected = containers.any(|one| one.called() == "istio-proxy");
        match (inject, ranges.map(|ranges| ranges.value.trim())) {
            (Some("false"), _) if !injected => Outbound::Direct,
            (_, Some("")) => Outbound::Direct,
            (Some("true"), _) => Outbound::Intercepted,
            _ if injected => Outbound::Intercepted,
            _ => Outbound::Unknown,
        }
    }

    /// The labels of the pods behind a Service; `None` if the input does not show them completely.
    fn pod_labels(&self, namespace: &str, service: &Service) -> Option<&[(String, String)]> {
        let mut workloads = self.resources.workloads.iter().filter(|workload| {
            workload.object.namespace() == namespace
                && !service.selector.is_empty()
                && service.selector.iter().all(|(key, value)| {
                    workload.pod_labels.iter().any(|(own, is)| own == key && is == value)
                })
        });
        workloads.next().map(|workload| workload.pod_labels.as_slice())
    }
}

fn decided<'w>(
    policy: &'w PeerAuthentication,
    mode: &'w Located<MutualMode>,
    is_mesh_wide: bool,
) -> PeerPolicy<'w> {
    PeerPolicy { mode, object: &policy.object, is_mesh_wide }
}

/// The workload's port behind a Service's port; `None` if it is a named port.
fn target_port(service: &Service, port: u16) -> Option<String> {
    let own = service.ports.iter().find(|own| own.port == i64::from(port))?;
    let target = own.target.as_deref().map_or_else(|| port.to_string(), str::to_owned);
    target.parse::<u16>().ok().map(|_| target)
}
