//! What rotates for one context: taken from two worlds, and from what is known of the server.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::diagnostic::ObjectName;
use crate::envoy::OfferedTls;
use crate::world::{Context, ContextId, Material, Role, World};

use super::state::{Contents, Part, Scene, Stage};

/// What is known of the server, before the rotation and after it, as PEM.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The chain it presents.
    pub chain: (Option<Vec<u8>>, Option<Vec<u8>>),
    /// The CAs it verifies client certificates with.
    pub trust: (Option<Vec<u8>>, Option<Vec<u8>>),
    /// What the server of each upstream presents now, or why that is not known; counts where `chain`
    /// says nothing of now. Upstreams that were not asked are absent.
    pub live: BTreeMap<ObjectName, Result<Vec<u8>, String>>,
}

/// A rotation, as one context meets it.
pub struct Rotation {
    /// The context.
    pub context: ObjectName,
    /// The upstreams that use it.
    pub upstreams: Vec<ObjectName>,
    /// What is to be done, in no order; each place once.
    pub steps: Vec<Step>,
    /// What was not given, so that it is taken to work, as sentences.
    pub unknown: Vec<String>,
    pub(super) scene: Scene,
}

/// Something that changes at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The places whose contents change together.
    pub parts: Vec<Part>,
    /// What they hold afterwards.
    pub stage: Stage,
    /// Where that is: `Secret default/client-cert`, a path, or the server.
    pub place: String,
    /// Whether Envoy takes the new content only when it starts: files are not reloaded.
    pub needs_restart: bool,
}

/// Keys are left out.
impl std::fmt::Debug for Rotation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = out.debug_struct("Rotation");
        shown.field("context", &self.context).field("steps", &self.steps).finish_non_exhaustive()
    }
}

/// The rotation of every context that upstreams use in both worlds and for which something changes.
pub fn rotations(
    before: &World,
    after: &World,
    given: &Given,
    now: OffsetDateTime,
) -> Vec<Rotation> {
    let mut users: BTreeMap<ContextId, Vec<ObjectName>> = BTreeMap::new();
    for upstream in &before.upstreams {
        if let Some(id) = before.context_used(upstream) {
            users.entry(id).or_default().push(before.mapping(upstream).object.identity());
        }
    }
    let found = users.into_iter().filter_map(|(id, upstreams)| {
        let object = before.context_object(id);
        let ids = (0..after.contexts.len()).map(ContextId);
        let later = ids.into_iter().find(|later| after.context_object(*later) == object)?;
        let rotation = rotation(before, id, after, later, upstreams, given, now);
        (!rotation.steps.is_empty()).then_some(rotation)
    });
    found.collect()
}

fn rotation(
    before: &World,
    old: ContextId,
    after: &World,
    new: ContextId,
    upstreams: Vec<ObjectName>,
    given: &Given,
    now: OffsetDateTime,
) -> Rotation {
    let held = |role| {
        let bytes = |world: &World, id| {
            world.credential(id, role).map(|credential| credential.source().bytes.to_vec())
        };
        Contents { before: bytes(before, old), both: None, after: bytes(after, new) }
    };
    let with_both = |mut contents: Contents| {
        // The new ones first: where two CAs have one name, Envoy takes the first.
        contents.both = contents.after.iter().zip(&contents.before).next().map(|(new, old)| {
            let mut both = new.clone();
            both.push(b'\n');
            both.extend_from_slice(old);
            both
        });
        contents
    };
    let server = |before: Option<&Vec<u8>>, after: &Option<Vec<u8>>| Contents {
        before: before.cloned(),
        both: None,
        after: after.as_ref().or(before).cloned(),
    };
    let seen: BTreeSet<&Vec<u8>> = match &given.chain.0 {
        Some(chain) => BTreeSet::from([chain]),
        None => {
            let asked = upstreams.iter().filter_map(|name| given.live.get(name)?.as_ref().ok());
            asked.collect()
        }
    };
    let servers: Vec<Contents> =
        seen.into_iter().map(|chain| server(Some(chain), &given.chain.1)).collect();
    let context = before.context(old);
    let settings = &context.settings;
    let curves = settings.ecdh_curves.iter().flat_map(|list| list.value.iter());
    let mut tls = OfferedTls::default().with_curves(curves.map(|curve| curve.value.as_str()));
    tls.tls13 = context.offered_versions().1 == "v1.3";
    let scene = Scene {
        certificate: held(Role::Certificate),
        key: held(Role::PrivateKey),
        trust: with_both(held(Role::TrustedCa)),
        revocation: held(Role::Crl),
        servers,
        server_trust: with_both(server(given.trust.0.as_ref(), &given.trust.1)),
        tls,
        version: before.settings.envoy(),
        now,
    };
    let mut unknown = Vec::new();
    let mut lacks = |is_lacking: bool, sentence: &str| {
        if is_lacking {
            unknown.push(sentence.to_owned());
        }
    };
    let is_asked = upstreams.iter().any(|name| given.live.contains_key(name));
    lacks(
        scene.servers.is_empty() && !is_asked,
        "the server's chain is not given (--server-chain, --live): whether Envoy accepts it is unknown",
    );
    for name in &upstreams {
        if let Some(Err(why)) = given.live.get(name) {
            lacks(true, &format!("the server of {name} has shown no chain: {why}"));
        }
    }
    lacks(
        scene.server_trust.before.is_none(),
        "the server's CAs are not given (--server-ca): whether it accepts the client certificate is unknown",
    );
    Rotation {
        context: before.context_object(old),
        upstreams,
        steps: steps(after.context(new), &scene),
        unknown,
        scene,
    }
}

/// What changes, by the place in which it does: parts in one Secret change together.
fn steps(context: &Context, scene: &Scene) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut add = |part, place: String, needs_restart: bool| match steps
        .iter_mut()
        .find(|step| step.place == place && !needs_restart)
    {
        Some(step) => step.parts.push(part),
        None => {
            let (parts, stage) = (vec![part], Stage::After);
            steps.push(Step { parts, stage, place, needs_restart });
        }
    };
    let client = scene.certificate.rotates() || scene.key.rotates();
    let own = [
        (Part::Client, client, &context.certificate),
        (Part::Trust, scene.trust.rotates(), &context.trusted_ca),
        (Part::Revocation, scene.revocation.rotates(), &context.crl),
    ];
    for (part, rotates, material) in own {
        if let (true, Some(material)) = (rotates, material) {
            match material {
                Material::File(path) => add(part, path.clone(), true),
                Material::Secret { namespace, name, .. }
                | Material::Nothing { namespace, name } => {
                    add(part, format!("Secret {namespace}/{name}"), false);
                }
            }
        }
    }
    if scene.servers.iter().any(Contents::rotates) {
        add(Part::Server, "the server's certificate".to_owned(), false);
    }
    if scene.server_trust.rotates() {
        add(Part::ServerTrust, "the server's CAs".to_owned(), false);
    }
    steps
}
