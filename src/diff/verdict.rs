//! Envoy's verdict on an upstream's certificates, and its defaults, by version and time.

use crate::envoy::{EnvoyVerdict, Purpose, ValidationContext, load_pair};
use crate::world::{ContextId, CredentialRole, Tls, World};

/// Whether an Envoy that trusts the same CAs, such as a sidecar in the same mesh, accepts the
/// client certificate; `None` if either is missing or does not load.
pub(super) fn of(world: &World, id: ContextId) -> Option<EnvoyVerdict> {
    let presented = world.credential(id, CredentialRole::Certificate)?;
    let trusted = world.credential(id, CredentialRole::TrustedCa)?;
    let (version, profile) = (world.settings.envoy(), world.settings.profile);
    if world.settings.envoy.is_none() && !profile.envoy_is_measured() {
        let why = format!("Envoy {} of Emissary {profile} was not tested", profile.shipped_envoy());
        return Some(EnvoyVerdict::Unknown { why });
    }
    let is_rejected = world.credential(id, CredentialRole::PrivateKey).is_some_and(|key| {
        let pair = load_pair(Some(presented.source()), Some(key.source()), version);
        matches!(pair, EnvoyVerdict::ConfigRejected { .. })
    });
    if is_rejected {
        return None;
    }
    let peer = ValidationContext::load(Some(trusted.source()), None, version).ok()?;
    Some(peer.with_purpose(Purpose::Client).verify(&presented.chain, world.settings.now?))
}

/// The verdict in words.
pub(super) fn told(verdict: &EnvoyVerdict) -> String {
    let by = "by an Envoy with the same CAs";
    match verdict {
        EnvoyVerdict::Accepted => format!("accepted {by}"),
        EnvoyVerdict::Refused { reason, .. } | EnvoyVerdict::ConfigRejected { reason } => {
            format!("rejected {by}: {reason}")
        }
        EnvoyVerdict::Unknown { why } => format!("unknown: {why}"),
    }
}

/// The groups that Envoy offers if the context sets none.
pub(super) fn default_groups(world: &World, tls: &Tls) -> String {
    let offers_13 = tls.versions.as_ref().is_some_and(|versions| versions.max == "v1.3");
    let first = match world.settings.envoy().prefers_post_quantum() && offers_13 {
        true => "X25519MLKEM768, ",
        false => "",
    };
    format!("Envoy's default ({first}X25519, P-256)")
}
