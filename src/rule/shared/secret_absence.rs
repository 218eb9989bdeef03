//! Why a context did not get a Secret it names: the one place that distinguishes the cases.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::document::{Change, Located, Text};
use crate::resource::{Object, Promise, Secret, TlsSettings};
use crate::world::{
    Context, ContextId, ContextOrigin, Horizon, Restriction, SecretReference, SecretUse, Watched,
    World, split_reference,
};

use crate::rule::Finding;

/// A Secret that a context names and did not get.
pub(crate) struct Absence<'w> {
    pub(crate) id: ContextId,
    pub(crate) object: &'w Object,
    /// The field that names it.
    pub(crate) field: &'w Located<Text>,
    pub(crate) lookup: &'w SecretUse,
    /// Whether it is assumed to be defined elsewhere, so that the context is judged as if it were
    /// there.
    pub(crate) assumed: bool,
    pub(crate) cause: Cause<'w>,
}

/// Why a Secret is not found.
pub(crate) enum Cause<'w> {
    /// It exists, but Emissary's two halves split its name differently (§2.4).
    SplitBrain,
    /// Its name has a dot, which Emissary parses as a namespace separator; with the intended
    /// Secret, if it is in the input.
    DottedName(Option<&'w Secret>),
    /// `name.namespace` was meant, but namespacing is off.
    NamespacingOff(Option<&'w Secret>),
    /// `name.namespace.svc…`, as if it were a Service.
    LikeService,
    /// It exists, with a type that Emissary does not read.
    Type(&'w Secret),
    /// It exists, without any entry that this use needs.
    Entries(&'w Secret),
    /// It will be created, without any entry that this use needs.
    EntriesNeverMade(&'w Promise),
    /// It exists, with an entry that is not text; certificate rules report details.
    Unreadable,
    /// Ambassador does not watch it.
    Unwatched(Restriction),
    /// Istio's virtual Secret, which has its own rules.
    Istio,
    /// The Secret of a Consul connector in the input, which writes a different one.
    Consul,
    /// A Secret with that name is in another namespace.
    OtherNamespace(&'w Secret),
    /// Nothing with that name is in the input.
    NotInInput,
}

impl Absence<'_> {
    /// Offers to set `secret_namespacing` on the TLSContext: a safe fix if the author has not set
    /// it and every Secret that the context names is then found. A value that the author has set is
    /// not inverted if that would lose another Secret.
    pub(crate) fn switch_namespacing<'f>(
        &self,
        finding: Finding<'f>,
        world: &World,
        on: bool,
    ) -> Finding<'f> {
        if self.object.kind != "TLSContext" {
            return finding;
        }
        let context = world.context(self.id);
        let others = self.others_found(world, on);
        let all = others && is_found(world, context, self.lookup, on);
        let own = context.settings.secret_namespacing.as_ref();
        if own.is_some() && !others {
            return finding;
        }
        let (verb, change) = match own {
            Some(own) => ("set", Change::set_bool(own.span, on)),
            None => ("add", Change::add_bool(self.field.key(), "secret_namespacing", on)),
        };
        let description = format!("{verb} `secret_namespacing: {on}`");
        finding.fix_if(own.is_none() && all, description, [change])
    }

    /// Whether every other dotted Secret of the context is found with namespacing on, or off.
    pub(crate) fn others_found(&self, world: &World, on: bool) -> bool {
        let context = world.context(self.id);
        let mut others = context.lookups.iter().filter(|other| other.field != self.lookup.field);
        others.all(|other| is_found(world, context, other, on))
    }
}

fn is_found(world: &World, context: &Context, lookup: &SecretUse, on: bool) -> bool {
    let there = |namespace: &str, name: &str| {
        world.secret(namespace, name).is_some() || world.is_promised(namespace, name)
    };
    let written = lookup.reference.written.as_str();
    match split_reference(written).filter(|_| on) {
        Some((name, namespace)) => there(namespace, name),
        None => !written.contains('.') || there(&context.namespace, written),
    }
}

/// A Secret that a context names.
pub(crate) struct NamedSecret<'w> {
    pub(crate) id: ContextId,
    pub(crate) object: &'w Object,
    /// The field that names it.
    pub(crate) field: &'w Located<Text>,
    pub(crate) lookup: &'w SecretUse,
}

/// All Secrets that contexts name; variables in names have their own rule.
pub(crate) fn uses(world: &World) -> impl Iterator<Item = NamedSecret<'_>> {
    contexts(world).flat_map(|(id, context, object, settings)| {
        context.lookups.iter().filter_map(move |lookup| {
            let field = field(settings, lookup).filter(|field| !field.contains('$'))?;
            Some(NamedSecret { id, object, field, lookup })
        })
    })
}

/// The first Secret with each name, collected only when one is missing.
type ByName<'w, 'f> =
    LazyCell<HashMap<&'w str, &'w Secret>, Box<dyn FnOnce() -> HashMap<&'w str, &'w Secret> + 'f>>;

/// All Secrets that contexts name and that are missing, as far as is known.
pub(crate) fn absences(world: &World) -> Vec<Absence<'_>> {
    let mut found = Vec::new();
    let by_name: ByName<'_, '_> = LazyCell::new(Box::new(|| {
        let mut by_name: HashMap<&str, &Secret> = HashMap::new();
        for secret in &world.resources.secrets {
            by_name.entry(secret.object.name.as_str()).or_insert(secret);
        }
        by_name
    }));
    for NamedSecret { id, object, field, lookup } in uses(world) {
        let assumed = lookup.got.is_some() && world.lacks_secret(&lookup.reference);
        if lookup.got.is_none() || (assumed && world.settings.horizon != Horizon::default()) {
            let cause = cause(world, world.context(id), lookup, &by_name);
            found.push(Absence { id, object, field, lookup, assumed, cause });
        }
    }
    found
}

/// The contexts dropped because Ambassador cannot create a Secret from Istio's certificates,
/// although it is configured to.
pub(crate) fn without_istio_certificates(world: &World) -> Vec<ContextId> {
    let installation = &world.installation;
    let lost = absences(world).into_iter().filter(|absence| {
        let reference = &absence.lookup.reference;
        installation.istio_secret_dir.is_some()
            && matches!(absence.cause, Cause::Istio)
            && reference.namespace == installation.namespace
    });
    let mut contexts: Vec<ContextId> = lost.map(|absence| absence.id).collect();
    contexts.dedup();
    contexts
}

/// Contexts that are in the input: TLSContexts, and the `tls` of Hosts.
fn contexts(world: &World) -> impl Iterator<Item = (ContextId, &Context, &Object, &TlsSettings)> {
    world.contexts.iter().enumerate().filter_map(|(at, context)| {
        let (object, settings) = match context.origin {
            ContextOrigin::TlsContext(index) => {
                let resource = &world.resources.contexts[index];
                (&resource.object, &*resource.settings)
            }
            ContextOrigin::Host(index) => {
                let host = &world.resources.hosts[index];
                (&host.object, &host.tls.as_ref()?.value)
            }
            _ => return None,
        };
        Some((ContextId(at), context, object, settings))
    })
}

fn field<'w>(settings: &'w TlsSettings, lookup: &SecretUse) -> Option<&'w Located<Text>> {
    match lookup.field {
        "secret" => settings.secret.as_ref(),
        "ca_secret" => settings.ca_secret.as_ref(),
        _ => settings.crl_secret.as_ref(),
    }
}

fn cause<'w>(
    world: &'w World,
    context: &Context,
    lookup: &SecretUse,
    by_name: &ByName<'w, '_>,
) -> Cause<'w> {
    let reference = &lookup.reference;
    let written = reference.written.as_str();
    let unwatched = match world.watches_secret(reference) {
        Watched::No(why) => Some(Cause::Unwatched(why)),
        _ => None,
    };
    if let Some(secret) = world.secret(&reference.namespace, &reference.name) {
        if let Some(cause) = unwatched {
            return cause;
        }
        if !secret.has_known_type() {
            return Cause::Type(secret);
        }
        if !has_needed_entry(secret, lookup.field) {
            return Cause::Entries(secret);
        }
        return if is_split_brain(world, context, reference) {
            Cause::SplitBrain
        } else {
            Cause::Unreadable
        };
    }
    let meant = world.secret(&context.namespace, written);
    if meant.is_none() && is_split_brain(world, context, reference) {
        return Cause::SplitBrain;
    }
    if reference.is_virtual() {
        return Cause::Istio;
    }
    let unwatched = match unwatched {
        Some(cause) if world.is_promised(&reference.namespace, &reference.name) => return cause,
        other => other,
    };
    let mut makers = world.resources.promises.iter();
    let maker = makers.find(|one| one.covers(&reference.namespace, &reference.name));
    if let Some(maker) = maker.filter(|maker| !makes_needed_entry(maker, lookup.field)) {
        return Cause::EntriesNeverMade(maker);
    }
    let has_connector = world.resources.workloads.iter().any(|one| crate::world::is_connector(one));
    if has_connector && reference.name.contains("consul-connect") {
        return Cause::Consul;
    }
    let split = split_reference(written);
    let namespacing = split.is_some() && reference.name != written;
    if namespacing {
        if reference.is_like_service() {
            return Cause::LikeService;
        }
        let promised = world.is_promised(&context.namespace, written);
        if meant.is_some() || promised || reference.is_misread() {
            return Cause::DottedName(meant);
        }
    } else if let Some((name, namespace)) = split {
        let secret = world.secret(namespace, name);
        if secret.is_some() || world.is_promised(namespace, name) {
            return Cause::NamespacingOff(secret);
        }
    }
    match by_name.get(reference.name.as_str()) {
        _ if unwatched.is_some() => unwatched.unwrap_or(Cause::NotInInput),
        Some(secret) => Cause::OtherNamespace(secret),
        None => Cause::NotInInput,
    }
}

/// Whether Emissary's two halves split a reference differently, so that neither finds the Secret
/// (§2.4); unless something else makes the Go half fetch it.
fn is_split_brain(world: &World, context: &Context, reference: &SecretReference) -> bool {
    let module_silent = world.module().is_some_and(|module| module.secret_namespacing.is_none());
    let split = split_reference(&reference.written).is_some();
    split && context.secret_namespacing.is_none() && module_silent && !world.fetches(reference)
}

/// Whether a Secret may get an entry that Emissary would use for a field.
fn makes_needed_entry(maker: &Promise, field: &str) -> bool {
    needed_entries(field).iter().any(|key| maker.makes(key))
}

/// Whether a Secret has an entry, even an invalid one, that Emissary would use for a field.
fn has_needed_entry(secret: &Secret, field: &str) -> bool {
    needed_entries(field).iter().any(|key| secret.entry(key).is_some_and(|entry| !entry.is_empty()))
}

fn needed_entries(field: &str) -> &'static [&'static str] {
    match field {
        "crl_secret" => &["crl.pem", "user.key", "tls.crt", "cert-chain.pem"],
        _ => &["tls.crt", "cert-chain.pem", "user.key", "crl.pem"],
    }
}

/// Whether a Secret has a key and an empty certificate entry: cert-manager fills it in when the
/// order is done.
pub(crate) fn is_pending(secret: &Secret) -> bool {
    let filled = |key: &str| secret.entry(key).map(|entry| !entry.is_empty());
    filled("tls.key") == Some(true) && filled("tls.crt") == Some(false)
}
