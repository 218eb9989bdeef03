//! Upstreams that no route leads to: tracing, rate limiting, logging and authorisation.

use std::collections::HashMap;

use crate::resource::MappingKind;

use super::cluster::{Cluster, ClusterId};
use super::rejection::{AuthFault, auxiliary_rejection};
use super::traffic::Traffic;
use super::upstream::Dropped;
use crate::world::Stored;
use crate::world::context::{Freeze, FreezeCause, crash};
use crate::world::premise::Behaviour;

impl Traffic<'_> {
    /// TracingService, RateLimitService, LogService and AuthService, in that order.
    pub(crate) fn auxiliary(&mut self) {
        for kind in
            MappingKind::IN_CLUSTER_ORDER.into_iter().filter(|kind| !kind.qualifies_service())
        {
            let of_kind = |stored: &&Stored| self.resources.mappings[stored.index].kind == kind;
            let all: Vec<usize> =
                self.storages.mappings.stored.iter().filter(of_kind).map(|s| s.index).collect();
            let single =
                matches!(kind, MappingKind::TracingService | MappingKind::RateLimitService);
            // `IRAuth.hosts` is keyed by the service as written: of equal ones the last one counts.
            let mut last_of: HashMap<String, usize> = HashMap::new();
            if kind == MappingKind::AuthService {
                let named = all.iter().filter_map(|&index| self.positions[index]);
                last_of.extend(named.map(|at| (self.upstreams[at].service.clone(), at)));
            }
            let mut first_log: Option<String> = None;
            let mut first_auth: Option<ClusterId> = None;
            let mut auth_is_good = true;
            for &index in &all {
                let mapping = &self.resources.mappings[index];
                let Some(position) = self.positions[index] else { continue };
                if single && all.len() > 1 {
                    let words = format!("only one {} is supported, got {}", kind.name(), all.len());
                    self.upstreams[position].drop_it(Dropped::OnlyOneAllowed(words));
                    continue;
                }
                if let Some(message) = auxiliary_rejection(mapping, self.settings.profile) {
                    self.upstreams[position].drop_it(Dropped::Rejected(message));
                    continue;
                }
                if kind == MappingKind::LogService {
                    // `setup` looks for a header in it, whatever the release.
                    if !mapping.has_driver_config {
                        let words = "TypeError: argument of type 'NoneType' is not iterable";
                        self.crashes.push(crash(self.resources, index, words.to_owned()));
                        continue;
                    }
                    // All of them are called `logservice`, so that the first good one is kept.
                    if let Some(first) = &first_log {
                        let words = format!(
                            "Duplicate LogService logservice; keeping definition from {first}"
                        );
                        self.upstreams[position].drop_it(Dropped::OnlyOneAllowed(words));
                        continue;
                    }
                    first_log = Some(mapping.object.sort_key());
                }
                if last_of.get(&self.upstreams[position].service).is_some_and(|&at| at != position)
                {
                    continue;
                }
                let marker = match kind {
                    MappingKind::TracingService => Some("tracing"),
                    MappingKind::LogService => Some("logging"),
                    MappingKind::AuthService => Some("extauth"),
                    _ => None,
                };
                let Some(id) = self.connect(index, position, marker) else { continue };
                self.upstreams[position].routed = true;
                if kind == MappingKind::AuthService {
                    match first_auth {
                        None => first_auth = Some(id),
                        Some(first) => {
                            auth_is_good = self.merges(first, id);
                            if !auth_is_good {
                                let (old, new) = (&self.clusters[first.0], &self.clusters[id.0]);
                                let words = format!(
                                    "cannot merge cluster {}: mismatched attributes {}",
                                    new.name,
                                    differences(old, new).join(", ")
                                );
                                self.upstreams[position].messages.push(words);
                            }
                        }
                    }
                }
            }
            for &index in &all {
                let Some(position) = self.positions[index] else { continue };
                let last = last_of.get(&self.upstreams[position].service).copied();
                if let Some(last) = last.filter(|&last| last != position)
                    && let Some(id) = self.upstreams[last].cluster
                {
                    self.clusters[id.0].upstreams.push(position);
                    self.upstreams[position].cluster = Some(id);
                    self.upstreams[position].routed = true;
                }
            }
            self.refuse_all(kind, &all);
            if !auth_is_good && let Some(&last) = all.last() {
                let words = "AssertionError: the auth filter has no cluster";
                self.crashes.push(crash(self.resources, last, words.to_owned()));
            }
        }
        self.crashes.extend(self.unresolved());
    }

    /// Clusters made so far have no resolver of their own, and Emissary takes it for granted that the
    /// Module's exists (`IR.resolve_resolver`, 1.14 to 4.1).
    fn unresolved(&self) -> Option<Freeze> {
        let resolver = self.resolvers.unknown_default().filter(|_| !self.clusters.is_empty())?;
        Some(Freeze {
            object: self.module?.object.identity(),
            place: Some(resolver.span),
            cause: FreezeCause::Crash,
            reason: format!("AssertionError: resolver {} is unknown", resolver.value),
            context: None,
        })
    }

    /// There is one auth filter for all AuthServices, and an error of any of them makes it answer 500.
    fn refuse_all(&mut self, kind: MappingKind, all: &[usize]) {
        if kind != MappingKind::AuthService {
            return;
        }
        let mut is_faulty = false;
        for &index in all {
            let Some(position) = self.positions[index] else { continue };
            let mapping = &self.resources.mappings[index];
            let own = AuthFault::of(mapping, self.settings.profile);
            let own = own.map(|fault| fault.words(mapping));
            // What is said of a definition that replaces another is filed under the name that the
            // filter has of the first AuthService.
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

    /// What Emissary says of a definition that replaces another one of the same name, where that is an
    /// error of the AuthService.
    fn defined_twice(&self, index: usize) -> Option<String> {
        if !self.settings.profile.has(Behaviour::NeedsProtocolV3) {
            return None;
        }
        let mut shadowed = self.storages.mappings.shadowed.iter();
        let loser = shadowed.find(|one| one.winner == index && !one.by_kubectl)?.loser;
        let object = |index: usize| &self.resources.mappings[index].object;
        let (kept, lost) = (object(index), object(loser));
        Some(format!(
            "{} defines {} {}, which is already defined by {}",
            kept.sort_key(),
            *kept.kind,
            *kept.name,
            lost.sort_key()
        ))
    }

    /// `IRCluster.merge`, as far as the fields at hand can differ.
    fn merges(&self, first: ClusterId, other: ClusterId) -> bool {
        differences(&self.clusters[first.0], &self.clusters[other.0]).is_empty()
    }
}

/// The attributes that keep two auth clusters from being merged.
fn differences(first: &Cluster, other: &Cluster) -> Vec<&'static str> {
    let mut differing = Vec::new();
    if first.context != other.context {
        differing.push("tls_context");
    }
    if first.http2 != other.http2 {
        differing.push("grpc");
    }
    differing
}
