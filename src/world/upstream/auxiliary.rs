//! Upstreams without routes: tracing, rate limiting, logging and authorisation.

use std::collections::HashMap;

use crate::document::Text;
use crate::resource::{LogHeaders, MappingKind};

use super::cluster::ClusterSettings;
use super::mapping_fault::MappingFault;
use super::rejection::{AuthFault, auxiliary_rejection};
use super::traffic::Traffic;
use crate::world::Stored;
use crate::world::context::{Crash, Freeze};
use crate::world::premise::Behaviour;

impl Traffic<'_> {
    /// Adds the TracingService, RateLimitService, LogService and AuthService upstreams, in that
    /// order.
    pub(crate) fn auxiliary(&mut self) {
        for kind in
            MappingKind::IN_CLUSTER_ORDER.into_iter().filter(|kind| !kind.qualifies_service())
        {
            let of_kind = |stored: &&Stored| self.resources.mappings[stored.index].kind == kind;
            let all: Vec<usize> =
                self.filed.stored.iter().filter(of_kind).map(|s| s.index).collect();
            match kind {
                MappingKind::AuthService => self.auth_services(&all),
                MappingKind::LogService => self.log_services(&all),
                _ => self.only_service(kind, &all),
            }
        }
        self.crashes.extend(self.unresolved());
    }

    /// Adds the service of a kind that Emissary supports only once: with several, none is used.
    fn only_service(&mut self, kind: MappingKind, all: &[usize]) {
        let marker = (kind == MappingKind::TracingService).then_some("tracing");
        for &index in all {
            let Some(position) = self.positions[index] else { continue };
            if all.len() > 1 {
                let fault = MappingFault::OnlyOneAllowed { kind, count: all.len() };
                self.upstreams[position].drop_for(fault);
            } else if !self.is_rejected(index, position) {
                self.send(index, position, marker);
            }
        }
    }

    /// All are named `logservice`, so the first good one is kept.
    fn log_services(&mut self, all: &[usize]) {
        let mut kept: Option<String> = None;
        let mut faulty: Option<usize> = None;
        for &index in all {
            let Some(position) = self.positions[index] else { continue };
            let mapping = &self.resources.mappings[index];
            if self.is_rejected(index, position) {
                faulty = Some(index);
            } else if mapping.log_headers == LogHeaders::NoConfig {
                // `setup` looks for a header in it in every release.
                self.crash(index, Crash::DriverConfigMissing);
            } else if let Some(kept) = &kept {
                let fault = MappingFault::LogServiceDuplicate { kept: kept.clone() };
                self.upstreams[position].drop_for(fault);
            } else {
                kept = Some(mapping.object.sort_key());
                self.send(index, position, Some("logging"));
            }
        }
        // A good one replaces one with an error, which counts as missing.
        let is_left_out = self.settings.profile.has(Behaviour::LeavesOutFaultyLogService);
        if let Some(index) = faulty.filter(|_| kept.is_none() && !is_left_out) {
            self.crash(index, Crash::LogServiceWithoutCluster);
        }
    }

    /// All share one filter with one cluster.
    fn auth_services(&mut self, all: &[usize]) {
        // `IRAuth.hosts` is keyed by the service as written: of equal ones, the last one is used.
        let positions = || all.iter().filter_map(|&index| self.positions[index]);
        let last_of: HashMap<Text, usize> =
            positions().map(|at| (self.upstreams[at].service.clone(), at)).collect();
        let last = |this: &Self, at: usize| last_of.get(&this.upstreams[at].service).copied();
        let mut asked: Vec<(usize, usize)> = Vec::new();
        for &index in all {
            let Some(position) = self.positions[index] else { continue };
            if !self.is_rejected(index, position) && last(self, position) == Some(position) {
                asked.push((index, position));
            }
        }
        let attempts = self.attempts(&asked);
        for (index, position) in asked {
            match attempts.given_up.get(&position) {
                Some(fault) => self.upstreams[position].drop_for(fault.clone()),
                None => self.send(index, position, Some("extauth")),
            }
        }
        for position in all.iter().filter_map(|&index| self.positions[index]) {
            let last = last(self, position).filter(|&last| last != position);
            if let Some(id) = last.and_then(|last| self.upstreams[last].cluster) {
                self.clusters[id.0].upstreams.push(position);
                self.upstreams[position].cluster = Some(id);
                self.upstreams[position].routed = true;
            }
        }
        self.refuse_all(all);
        if let Some((position, fault)) = attempts.failed {
            self.upstreams[position].messages.push(fault.to_string());
            let last = all.last().copied().unwrap_or_default();
            self.crash(last, Crash::AuthFilterWithoutCluster);
        }
    }

    /// Drops what Emissary rejects.
    fn is_rejected(&mut self, index: usize, position: usize) -> bool {
        let mapping = &self.resources.mappings[index];
        let Some(fault) = auxiliary_rejection(mapping, self.settings.profile) else {
            return false;
        };
        self.upstreams[position].drop_for(fault);
        true
    }

    fn send(&mut self, index: usize, position: usize, marker: Option<&str>) {
        self.upstreams[position].routed |= self.connect(index, position, marker).is_some();
    }

    /// A crash if the Module's `resolver` does not exist: these clusters have no resolver of their
    /// own, and Emissary assumes that the Module's exists (`IR.resolve_resolver`, 1.14 to 4.1).
    fn unresolved(&self) -> Option<Freeze> {
        let resolver = self.resolvers.unknown_default().filter(|_| !self.clusters.is_empty())?;
        let crash = Crash::ResolverUnknown(resolver.value.to_string());
        Some(Freeze::crash(self.module?.object.identity(), resolver.span, crash))
    }

    /// All AuthServices share one auth filter; an error of any of them makes it answer with status
    /// 500.
    fn refuse_all(&mut self, all: &[usize]) {
        let mut is_faulty = false;
        for &index in all {
            let Some(position) = self.positions[index] else { continue };
            let mapping = &self.resources.mappings[index];
            let own = AuthFault::of(mapping, self.settings.profile);
            let own = own.map(|fault| fault.words(mapping));
            // The message about a replaced definition is filed under the filter's name, which is
            // that of the first AuthService.
            let twice = self.defined_twice(index).filter(|_| Some(&index) == all.first());
            let words: Vec<String> = own.into_iter().chain(twice).collect();
            is_faulty |= !words.is_empty();
            self.upstreams[position].messages.extend(words);
        }
        if is_faulty {
            for position in all.iter().filter_map(|&index| self.positions[index]) {
                self.upstreams[position].routed = false;
            }
        }
    }

    /// Emissary's message about a definition that replaces another one of the same name, if it
    /// counts as an error of the AuthService.
    fn defined_twice(&self, index: usize) -> Option<String> {
        if !self.settings.profile.has(Behaviour::NeedsProtocolV3) {
            return None;
        }
        let mut shadowed = self.filed.shadowed.iter();
        let loser = shadowed.find(|one| one.winner == index && !one.by_kubectl)?.loser;
        let object = |index: usize| &self.resources.mappings[index].object;
        let (kept, lost) = (object(index), object(loser));
        Some(format!(
            "{} defines {} {}, which is already defined by {}",
            kept.sort_key(),
            kept.kind,
            *kept.name,
            lost.sort_key()
        ))
    }

    /// Merges the clusters of AuthServices as Emissary does. One that does not match the first
    /// leaves its error on the first, which then counts as missing, so that the next AuthService
    /// starts over (`IRAuth.add_mappings`, `IRCluster.merge` and `IRResource.__bool__`, 1.14 to
    /// 4.1).
    fn attempts(&mut self, asked: &[(usize, usize)]) -> Attempts {
        let mut attempts = Attempts::default();
        let mut merged: Vec<(usize, ClusterSettings)> = Vec::new();
        for &(index, position) in asked {
            let mapping = &self.resources.mappings[index];
            let reference = self.reference(mapping);
            let null_context = self.null_context_of(&reference, mapping);
            let service = &self.upstreams[position].service;
            let made = self.make(mapping, service, Some("extauth"), &reference, null_context);
            let Ok(made) = made else { continue };
            if let Some((_, fault)) = attempts.failed.take() {
                let given_up = merged.drain(..).map(|(position, _)| (position, fault.clone()));
                attempts.given_up.extend(given_up);
            }
            if let Some((_, first)) = merged.first() {
                let attributes = differences(first, &made);
                if !attributes.is_empty() {
                    let cluster = made.name.clone();
                    let fault = MappingFault::ClusterMismatch { cluster, attributes };
                    attempts.failed = Some((position, fault));
                }
            }
            merged.push((position, made));
        }
        attempts
    }
}

/// The result of merging the clusters of AuthServices; positions are those of upstreams.
#[derive(Default)]
struct Attempts {
    /// Those whose cluster a later one replaces, and why.
    given_up: HashMap<usize, MappingFault>,
    /// The last one, if it does not match the previous ones, so that the filter has no cluster.
    failed: Option<(usize, MappingFault)>,
}

/// The attributes whose difference keeps two auth clusters from being merged.
fn differences(first: &ClusterSettings, other: &ClusterSettings) -> Vec<&'static str> {
    let mut differing = Vec::new();
    if first.context != other.context {
        differing.push("tls_context");
    }
    if first.http2 != other.http2 {
        differing.push("grpc");
    }
    differing
}
