//! Validity of certificates at a world's time.

use std::collections::BTreeMap;

use crate::cert::Phase;
use crate::world::{ContextId, CredentialRole, World};

/// The state of each certificate, by role and subject, and in words.
pub(super) type Phases = BTreeMap<(CredentialRole, String), (Phase, String)>;

/// The certificates of a context; empty if the world has no time.
pub(super) fn of(world: &World, id: ContextId) -> Phases {
    let Some(now) = world.settings.now else { return Phases::new() };
    let roles = [CredentialRole::Certificate, CredentialRole::TrustedCa].into_iter();
    let held = roles.filter_map(|role| Some((role, world.credential(id, role)?)));
    let each = held.flat_map(|(role, credential)| {
        let certificates = credential.chain.certificates();
        certificates.iter().map(move |certificate| (role, certificate))
    });
    each.filter_map(|(role, certificate)| {
        let validity = certificate.validity.as_ref()?;
        let phase = validity.phase(now);
        let subject = certificate.subject.to_string();
        let state = match phase {
            Phase::Valid => "valid",
            Phase::Expired => "expired",
            Phase::NotYetValid => "not valid yet",
        };
        Some(((role, subject.clone()), (phase, format!("{role} `{subject}`: {state}"))))
    })
    .collect()
}
