//! What rotates for one context, from two worlds and the known facts about the server.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::diagnostic::ObjectName;
use crate::envoy::OfferedTls;
use crate::world::{ContextId, CredentialRole, Material, World};

use super::state::{Contents, RotatingPlace, Scene, Stage};

/// The maximum number of steps in a joined rotation: every state is tried, and each step doubles
/// their number.
const MAX_STEPS: usize = 12;

/// The name for the server's own certificate.
pub const SERVER_CHAIN: &str = "the server's certificate";

/// The name for the CAs that the server verifies with.
pub const SERVER_TRUST: &str = "the server's CAs";

/// Known facts about the server before or after the rotation, as PEM.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The chain it presents.
    pub chain: (Option<Vec<u8>>, Option<Vec<u8>>),
    /// The CAs it verifies client certificates with.
    pub trust: (Option<Vec<u8>>, Option<Vec<u8>>),
    /// What each upstream's server presents now, or why that is unknown; used if `chain` does not
    /// have it. Upstreams that were not contacted are absent.
    pub live: BTreeMap<ObjectName, Result<Vec<u8>, String>>,
}

/// A rotation of all contexts that share a part of it: an order must be safe for all of them.
pub struct Rotation {
    /// The contexts.
    pub contexts: Vec<Member>,
    /// The steps, unordered; each place once.
    pub steps: Vec<RotationStep>,
    /// Sentences about missing inputs, which are assumed to work.
    pub unknown: Vec<String>,
}

/// A context for which something changes.
pub struct Member {
    /// The context.
    pub context: ObjectName,
    /// The upstreams that use it.
    pub upstreams: Vec<ObjectName>,
    pub(super) scene: Scene,
}

/// Something that changes at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationStep {
    /// The contents that change together, by context position.
    pub parts: Vec<(usize, RotatingPlace)>,
    /// Their stage afterwards.
    pub stage: Stage,
    /// Their location: `Secret default/client-cert`, a path, or the server.
    pub place: String,
    /// Why Envoy reads the new content only at startup, if so.
    pub needs_restart: Option<&'static str>,
}

/// A step for a single context.
struct Own {
    part: RotatingPlace,
    place: String,
    needs_restart: Option<&'static str>,
}

/// Keys are omitted.
impl std::fmt::Debug for Rotation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let contexts: Vec<&ObjectName> = self.contexts.iter().map(|one| &one.context).collect();
        let mut shown = out.debug_struct("Rotation");
        shown.field("contexts", &contexts).field("steps", &self.steps).finish_non_exhaustive()
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
    let mut found: Vec<Rotation> = Vec::new();
    for (id, upstreams) in users {
        let object = before.context_object(id);
        let mut ids = (0..after.contexts.len()).map(ContextId);
        let Some(later) = ids.find(|later| after.context_object(*later) == object) else {
            continue;
        };
        let scene = scene((before, id), (after, later), &upstreams, given, now);
        let own = steps(after, later, &scene);
        if own.is_empty() {
            continue;
        }
        let unknown = unknown(&scene, &upstreams, given);
        join(&mut found, Member { context: object, upstreams, scene }, own, unknown);
    }
    found
}

/// Adds a context: merged with the rotations it shares a place with, or as a new one.
fn join(found: &mut Vec<Rotation>, member: Member, own: Vec<Own>, unknown: Vec<String>) {
    let shares = |rotation: &Rotation| {
        let mut places = rotation.steps.iter().map(|step| &step.place);
        places.any(|place| own.iter().any(|step| step.place == *place))
    };
    let mut joined = Rotation { contexts: Vec::new(), steps: Vec::new(), unknown: Vec::new() };
    let mut apart = Vec::new();
    for other in found.drain(..) {
        // If the merged rotation would have too many steps to try, it stays separate.
        let all = joined.steps.iter().chain(&other.steps).map(|step| &step.place);
        let all: BTreeSet<&String> = all.chain(own.iter().map(|step| &step.place)).collect();
        match shares(&other) && all.len() <= MAX_STEPS {
            true => joined.absorb(other),
            false => apart.push(other),
        }
    }
    let at = joined.contexts.len();
    joined.contexts.push(member);
    let new = Rotation { contexts: Vec::new(), steps: Vec::new(), unknown };
    joined.absorb(new);
    for Own { part, place, needs_restart } in own {
        let step =
            RotationStep { parts: vec![(at, part)], stage: Stage::After, place, needs_restart };
        joined.add(step);
    }
    for other in &mut apart {
        let held = |place: &String| joined.steps.iter().any(|step| step.place == *place);
        let shared = other.steps.iter().map(|step| &step.place).find(|place| held(place));
        if let Some(shared) = shared {
            let sentence = format!(
                "too much rotates with {shared} to try every order for all contexts: change it at \
                 a step where none of them gets a gap"
            );
            for rotation in [other, &mut joined] {
                if !rotation.unknown.contains(&sentence) {
                    rotation.unknown.push(sentence.clone());
                }
            }
        }
    }
    *found = apart;
    found.push(joined);
}

impl Rotation {
    /// Merges the contexts and steps of another one.
    fn absorb(&mut self, other: Self) {
        let offset = self.contexts.len();
        self.contexts.extend(other.contexts);
        for mut step in other.steps {
            step.parts.iter_mut().for_each(|(member, _)| *member += offset);
            self.add(step);
        }
        for sentence in other.unknown {
            if !self.unknown.contains(&sentence) {
                self.unknown.push(sentence);
            }
        }
    }

    /// Merges a step with the one for the same place.
    fn add(&mut self, step: RotationStep) {
        match self.steps.iter_mut().find(|other| other.place == step.place) {
            Some(other) => {
                other.parts.extend(step.parts);
                // A restart for one of them affects all.
                other.needs_restart = other.needs_restart.or(step.needs_restart);
            }
            None => self.steps.push(step),
        }
    }
}

/// One context on both sides, and its servers.
fn scene(
    (before, old): (&World, ContextId),
    (after, new): (&World, ContextId),
    upstreams: &[ObjectName],
    given: &Given,
    now: OffsetDateTime,
) -> Scene {
    let held = |role| {
        let bytes = |world: &World, id| {
            world.credential(id, role).map(|credential| credential.source().bytes.to_vec())
        };
        Contents { before: bytes(before, old), both: None, after: bytes(after, new) }
    };
    let with_both = |mut contents: Contents| {
        // The new ones first: of two CAs with the same name, Envoy uses the first.
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
    let servers = seen.into_iter().map(|chain| server(Some(chain), &given.chain.1)).collect();
    let context = before.context(old);
    let curves = context.settings.ecdh_curves.iter().flat_map(|list| list.value.iter());
    let mut tls = OfferedTls::default().with_curves(curves.map(|curve| curve.value.as_str()));
    tls.tls13 = context.offered_versions().1 == "v1.3";
    Scene {
        certificate: held(CredentialRole::Certificate),
        key: held(CredentialRole::PrivateKey),
        trust: with_both(held(CredentialRole::TrustedCa)),
        revocation: held(CredentialRole::Crl),
        servers,
        server_trust: with_both(server(given.trust.0.as_ref(), &given.trust.1)),
        tls,
        version: before.settings.envoy(),
        now,
    }
}

/// Sentences about missing inputs.
fn unknown(scene: &Scene, upstreams: &[ObjectName], given: &Given) -> Vec<String> {
    let mut unknown = Vec::new();
    let is_asked = upstreams.iter().any(|name| given.live.contains_key(name));
    if scene.servers.is_empty() && !is_asked {
        unknown.push("the server's chain is not given (--server-chain, --live): whether Envoy accepts it is unknown".to_owned());
    }
    for name in upstreams {
        if let Some(Err(why)) = given.live.get(name) {
            unknown.push(format!("the server of {name} presented no chain: {why}"));
        }
    }
    if scene.server_trust.before.is_none() {
        unknown.push("the server's CAs are not given (--server-ca): whether it accepts the client certificate is unknown".to_owned());
    }
    unknown
}

/// What changes for one context, and where.
fn steps(world: &World, id: ContextId, scene: &Scene) -> Vec<Own> {
    let context = world.context(id);
    let client = scene.certificate.rotates() || scene.key.rotates();
    let mut steps = Vec::new();
    let own = [
        (RotatingPlace::Client, CredentialRole::Certificate, client, &context.certificate),
        (
            RotatingPlace::Trust,
            CredentialRole::TrustedCa,
            scene.trust.rotates(),
            &context.trusted_ca,
        ),
        (RotatingPlace::Revocation, CredentialRole::Crl, scene.revocation.rotates(), &context.crl),
    ];
    for (part, role, rotates, material) in own {
        let Some(material) = material.as_ref().filter(|_| rotates) else { continue };
        let (place, needs_restart) = match material {
            Material::File(path) => {
                let mounted = world.credential(id, role).and_then(|held| held.object.as_ref());
                let place = match mounted {
                    Some(object) => format!("{object} (mounted as {path})"),
                    None => path.clone(),
                };
                (place, Some("Envoy does not reload files"))
            }
            Material::Secret { namespace, name, key, .. } => {
                // The name of the file that Emissary writes depends only on certificate and key.
                let is_alone = *key == "root-cert.pem" && !client;
                let why =
                    "Envoy keeps the old `root-cert.pem` if certificate and key do not change";
                (format!("Secret {namespace}/{name}"), is_alone.then_some(why))
            }
            Material::Nothing { namespace, name } => (format!("Secret {namespace}/{name}"), None),
        };
        steps.push(Own { part, place, needs_restart });
    }
    let mut at_server = |part, place: &str| {
        steps.push(Own { part, place: place.to_owned(), needs_restart: None });
    };
    if scene.servers.iter().any(Contents::rotates) {
        at_server(RotatingPlace::Server, SERVER_CHAIN);
    }
    if scene.server_trust.rotates() {
        at_server(RotatingPlace::ServerTrust, SERVER_TRUST);
    }
    steps
}
