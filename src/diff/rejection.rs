//! What keeps a configuration from taking effect, including certificates and keys.

use crate::diagnostic::ObjectName;
use crate::envoy::{EnvoyVerdict, ValidationContext, load_pair};
use crate::source::Span;
use crate::world::{ContextId, Credential, CredentialRole, World};

/// A reason why Emissary or Envoy rejects the whole configuration.
pub(super) struct Rejection {
    /// The object at fault.
    pub(super) object: ObjectName,
    /// The faulty location.
    pub(super) place: Option<Span>,
    /// Emissary's or Envoy's message.
    pub(super) reason: String,
}

/// All of them: those known from the objects, then what Envoy cannot load.
pub(super) fn rejections(world: &World) -> Vec<Rejection> {
    let known = world.freezes.iter().map(|freeze| Rejection {
        object: freeze.object.clone(),
        place: freeze.place,
        reason: freeze.reason.clone(),
    });
    let mut all: Vec<Rejection> = known.collect();
    let contexts = (0..world.contexts.len()).map(ContextId);
    for id in contexts.filter(|id| world.is_in_use(*id)) {
        for (credential, reason) in unloadable(world, id) {
            let object = credential.object.clone().unwrap_or_else(|| world.context_object(id));
            // A Secret that several contexts use is reported once.
            if !all.iter().any(|known| known.object == object && known.reason == reason) {
                let place = credential.place.or_else(|| world.context_place(id));
                all.push(Rejection { object, place, reason });
            }
        }
    }
    all
}

/// What Envoy cannot load of a context, and its message.
fn unloadable(world: &World, id: ContextId) -> Vec<(&Credential, String)> {
    let version = world.settings.envoy();
    let held = |role| world.credential(id, role);
    let mut found = Vec::new();
    let mut note = |credential, verdict| {
        if let EnvoyVerdict::ConfigRejected { reason } = verdict {
            found.push((credential, reason));
        }
    };
    if let (Some(certificate), Some(key)) =
        (held(CredentialRole::Certificate), held(CredentialRole::PrivateKey))
    {
        note(certificate, load_pair(Some(certificate.source()), Some(key.source()), version));
    }
    if let Some(ca) = held(CredentialRole::TrustedCa) {
        let lists = held(CredentialRole::Crl);
        let lists = lists.map(Credential::source);
        if let Err(verdict) = ValidationContext::load(Some(ca.source()), lists, version) {
            note(ca, verdict);
        }
    }
    found
}
