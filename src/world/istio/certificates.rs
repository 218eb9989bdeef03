//! Which contexts present an Istio certificate, and how Ambassador gets it.

use crate::cert::{Certificate, IstioAccount};
use crate::world::context::{Context, ContextId, Material};
use crate::world::{CredentialRole, ISTIO_SECRET, TrailEnd, Unjudged, World};

/// How Ambassador gets an Istio certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IstioSource {
    /// The virtual Secret that Ambassador makes from the sidecar's files.
    Virtual,
    /// Files that the sidecar of Ambassador's own pod writes.
    Sidecar,
    /// A Secret `istio.ACCOUNT`, written by Citadel up to Istio 1.5.
    Citadel {
        /// The Secret's name.
        secret: String,
        /// The service account it belongs to.
        account: String,
    },
}

impl World {
    /// How a context's certificate comes from Istio; `None` if it does not.
    pub fn istio_source(&self, context: &Context) -> Option<IstioSource> {
        match context.certificate.as_ref()? {
            Material::Secret { name, .. } if name == ISTIO_SECRET => Some(IstioSource::Virtual),
            Material::Secret { name, .. } => citadel(name),
            Material::File(path) => {
                let trail = self.trail(path);
                match trail.end {
                    TrailEnd::Sidecar(_) => Some(IstioSource::Sidecar),
                    TrailEnd::Entry { .. }
                    | TrailEnd::Promised { .. }
                    | TrailEnd::Unknown(Unjudged::NotInInput) => {
                        citadel(trail.source?.name.as_str())
                    }
                    _ => None,
                }
            }
            Material::Nothing { .. } => None,
        }
    }

    /// The Istio identity of a context's certificate, if the input holds it.
    pub fn istio_account(&self, id: ContextId) -> Option<IstioAccount> {
        let leaf: &Certificate = self.credential(id, CredentialRole::Certificate)?.chain.leaf()?;
        leaf.spiffe_id()?.istio_account()
    }
}

fn citadel(name: &str) -> Option<IstioSource> {
    let account = name.strip_prefix("istio.").filter(|account| !account.is_empty())?;
    Some(IstioSource::Citadel { secret: name.to_owned(), account: account.to_owned() })
}
