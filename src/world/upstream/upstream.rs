//! An upstream: what a Mapping asks for, and what it gets.

use std::ops::Deref;
use std::sync::Arc;

use crate::document::Text;

use super::cluster::{ClusterId, ClusterSettings};
use super::mapping_fault::MappingFault;
use super::service_address::{Malformed, ServiceAddress};
use crate::world::context::ContextId;

/// The upstream of a Mapping or of an object of a related kind.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Index of the Mapping among [`crate::resource::Resources::mappings`].
    pub mapping: usize,
    /// Its cluster; `None` if it is dropped or only redirects.
    pub cluster: Option<ClusterId>,
    /// The group of Mappings that share its route; `None` for other kinds.
    pub group: Option<usize>,
    /// Everything that does not depend on its position; shared with the earlier world.
    pub(super) state: Arc<UpstreamState>,
}

/// The parts of an upstream except the indices of itself, its cluster and its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamState {
    pub(super) asked: Asked,
    /// The cluster that its Mapping creates, if none has that name yet.
    pub(super) made: Option<Arc<ClusterSettings>>,
    /// What `tls` refers to.
    pub reference: Reference,
    /// Why it has no cluster.
    pub dropped: Option<Dropped>,
    /// Whether a route, a filter or a logger points at the cluster.
    pub routed: bool,
    /// Hosts that match its route, as indices of [`crate::world::World::hosts`]; empty for kinds
    /// without routes.
    pub taken_by: Arc<[usize]>,
    /// Errors that Emissary reports for it, including those for its cluster.
    pub messages: Vec<String>,
}

/// The service that a Mapping asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The service as used for the cluster: converted, expanded, with a namespace.
    pub service: Text,
    /// The parsed service.
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

/// What `tls` refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Nothing: `tls` is not set.
    Absent,
    /// TLS without a context (`tls: true`, if it is not converted).
    Anonymous,
    /// A context that works.
    Good(ContextId),
    /// A name without a usable context.
    Bad {
        /// The name.
        name: String,
        /// Why it is not usable.
        why: BadContext,
    },
}

/// Why a name has no usable context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadContext {
    /// No context has that name.
    Undefined,
    /// The context was dropped or has an error.
    Broken(ContextId),
}

/// Why a Mapping has no cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// It redirects and needs no upstream.
    Redirects,
    /// Emissary drops it, and says why.
    Faulty(Box<MappingFault>),
}

impl UpstreamState {
    /// Drops it and records Emissary's message.
    pub(crate) fn drop_for(&mut self, fault: MappingFault) {
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
