//! Overrides of a context, by flags or by a mesh's agent.

use super::identity::Identity;
use super::misfit::ContextPart;
use super::target::Target;
use super::trust::Trust;
use crate::probe::hello::Misfit;

/// Overrides of a context; absent parts leave the context's.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Certificate and key, or why they cannot be used.
    pub pair: Option<Result<Identity, Misfit>>,
    /// The authorities, or why they cannot be used.
    pub trust: Option<Result<Trust, Misfit>>,
    /// The SNI to send.
    pub server_name: Option<String>,
    /// Suites to offer in TLS 1.2; empty for those of the context.
    pub cipher_suites: Vec<String>,
    /// Groups to offer; empty for those of the context.
    pub ecdh_curves: Vec<String>,
}

impl Target {
    /// Applies overrides to this target. An overridden part loses the fault of the context's own
    /// part, and no other.
    pub fn lay_over(&mut self, layer: &Overlay) {
        if let Some(pair) = &layer.pair {
            self.misfits.remove(ContextPart::Pair);
            match pair {
                Ok(identity) => self.identity = Some(identity.clone()),
                Err(why) => self.misfits.add(ContextPart::Pair, why.clone()),
            }
        }
        if let Some(trust) = &layer.trust {
            self.misfits.remove(ContextPart::Trust);
            match trust {
                Ok(trust) => self.trust = trust.clone(),
                Err(why) => self.misfits.add(ContextPart::Trust, why.clone()),
            }
        }
        if let Some(name) = &layer.server_name {
            self.misfits.remove(ContextPart::ServerName);
            self.offer.sni = Some(name.clone());
        }
        if !layer.cipher_suites.is_empty() {
            self.misfits.remove(ContextPart::CipherSuites);
            self.offer.cipher_suites.clone_from(&layer.cipher_suites);
        }
        if !layer.ecdh_curves.is_empty() {
            self.misfits.remove(ContextPart::Curves);
            self.offer.ecdh_curves.clone_from(&layer.ecdh_curves);
        }
    }
}
