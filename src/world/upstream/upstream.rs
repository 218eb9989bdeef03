//! An upstream: what a Mapping asks for, and what it gets.

use std::ops::Deref;
use std::sync::Arc;

use super::cluster::{ClusterId, ClusterSettings};
use super::mapping_fault::MappingFault;
use super::service_address::{Malformed, ServiceAddress};
use crate::world::context::ContextId;

/// One Mapping's (or its kin's) upstream.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Index of the Mapping among [`crate::resource::Resources::mappings`].
    pub mapping: usize,
    /// Its cluster; none where it is dropped or only redirects.
    pub cluster: Option<ClusterId>,
    /// Which group of Mappings it shares a route with; none for other kinds.
    pub group: Option<usize>,
    /// What it is, whatever number it has; shared with the world before.
    pub(super) state: Arc<UpstreamState>,
}

/// What an upstream is, apart from its number and those of its cluster and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamState {
    pub(super) asked: Arc<Asked>,
    /// The cluster that its Mapping makes, if there is none of that name yet.
    pub(super) made: Option<Arc<ClusterSettings>>,
    /// What `tls` leads to.
    pub reference: Reference,
    /// Why it has no cluster.
    pub dropped: Option<Dropped>,
    /// Whether a route, a filter or a logger points at the cluster.
    pub routed: bool,
    /// Hosts that take its route, as indices of [`crate::world::World::hosts`]; empty for kinds that have no
    /// route of their own.
    pub taken_by: Arc<[usize]>,
    /// Errors that Emissary posts about it, those on its cluster included.
    pub messages: Vec<String>,
}

/// Where an upstream is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The service as it reaches the cluster: converted, expanded, completed with a namespace.
    pub service: String,
    /// The service in its parts.
    pub address: Result<ServiceAddress, Malformed>,
}

impl Deref for Upstream {
    type Target = UpstreamState;

    fn deref(&self) -> &UpstreamState {
        &self.state
    }
}

impl Deref for UpstreamState {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.asked
    }
}

/// What `tls` leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Nothing is asked for.
    Absent,
    /// TLS without a context (`tls: true`, never converted).
    Anonymous,
    /// A context that works.
    Good(ContextId),
    /// A name that leads to nothing usable.
    Bad {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: BadContext,
    },
}

/// Why a name leads to nothing usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadContext {
    /// No context has that name.
    Undefined,
    /// There was one, and it was dropped or has an error on it.
    Broken(ContextId),
}

/// Why a Mapping has no cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// It redirects, so there is no upstream.
    Redirects,
    /// Emissary drops it, and says why.
    Faulty(Box<MappingFault>),
}

impl UpstreamState {
    /// Drops it, and posts Emissary's words on it.
    pub(crate) fn drop_it(&mut self, fault: MappingFault) {
        self.messages.push(fault.to_string());
        self.dropped = Some(Dropped::Faulty(Box::new(fault)));
    }

    /// For what Emissary drops it.
    pub fn fault(&self) -> Option<&MappingFault> {
        match &self.dropped {
            Some(Dropped::Faulty(fault)) => Some(fault),
            Some(Dropped::Redirects) | None => None,
        }
    }
}

/// The TLS that an upstream really gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effective {
    /// None.
    Plaintext,
    /// TLS without a client certificate; with the context that shapes it, if any.
    Tls(Option<ContextId>),
    /// TLS with this context's client certificate.
    Mutual(ContextId),
}
