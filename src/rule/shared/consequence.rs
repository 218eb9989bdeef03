//! Sentences and questions that several rules share.

use crate::diagnostic::{ObjectName, Severity, counted};
use crate::resource::{Object, Refusal, TlsReference};
use crate::source::Span;
use crate::world::{ContextId, Effective, FreezeCause, Restriction, Storage, Upstream, World};

use crate::rule::{Finding, Findings};

/// What an upstream gets in place of the context it asked for.
pub(crate) fn fallback(world: &World, upstream: &Upstream) -> String {
    let Some(effective) = world.effective(upstream) else {
        return "the Mapping is dropped, so nothing is sent".to_owned();
    };
    let cluster = upstream.cluster.map(|id| world.cluster(id));
    let place = match cluster.and_then(|cluster| cluster.host.as_deref().zip(cluster.port)) {
        Some((host, port)) => format!("`{host}:{port}`"),
        None => "the upstream".to_owned(),
    };
    match effective {
        Effective::Plaintext => format!("Ambassador falls back to plaintext for {place}"),
        Effective::Tls(_) => {
            format!(
                "Ambassador falls back to TLS without a client certificate for {place}, and \
                 accepts any server"
            )
        }
        Effective::Mutual(id) => {
            let name = &world.context(id).name;
            format!("Ambassador uses the client certificate of `{name}` for {place}")
        }
    }
}

/// What Envoy does when it cannot load something, and what that affects.
pub(crate) fn frozen(world: &World, uses: &[ContextId]) -> String {
    let profile = world.settings.profile;
    if world.settings.envoy.is_none() && !profile.envoy_is_measured() {
        return format!(
            "Envoy {} rejects the whole configuration; what Envoy {} (shipped with Emissary \
             {profile}) does is unknown: it has not been tested",
            world.settings.envoy(),
            profile.shipped_envoy()
        );
    }
    if uses.iter().any(|id| world.is_in_use(*id)) {
        "Envoy rejects the whole configuration: no configuration change takes effect until this \
         is fixed, and a restarted pod has no routes at all"
            .to_owned()
    } else {
        "nothing uses the context yet; once something does, Envoy rejects the whole configuration"
            .to_owned()
    }
}

/// Why Emissary checks Secrets itself, if it does.
pub(crate) fn validation(world: &World) -> Option<String> {
    let (installation, profile) = (&world.installation, world.settings.profile);
    installation.validates_secrets(profile).then(|| match installation.force_secret_validation {
        true => "AMBASSADOR_FORCE_SECRET_VALIDATION is set".to_owned(),
        false => format!("Emissary {profile} validates every Secret"),
    })
}

/// An error if the configuration is frozen, a warning if it will be, or if this Emissary's Envoy
/// has not been tested.
pub(crate) fn frozen_severity(world: &World, id: ContextId) -> Severity {
    let settings = &world.settings;
    let is_known = settings.envoy.is_some() || settings.profile.envoy_is_measured();
    if world.is_in_use(id) && is_known { Severity::Error } else { Severity::Warning }
}

/// Tells of each context for which Envoy rejects the configuration: `message` is made of its name, and
/// `finish` adds what only the rule knows.
pub(crate) fn tell_freezes(
    found: &mut Findings<'_>,
    world: &World,
    cause: FreezeCause,
    message: impl Fn(&str) -> String,
    finish: impl Fn(Finding<'_>, ContextId, Span),
) {
    for freeze in world.freezes_by(cause) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let finding = found
            .at(place, message(&world.context(id).name))
            .about_name(freeze.object.clone())
            .severity(frozen_severity(world, id))
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason));
        finish(finding, id, place);
    }
}

/// What depends on contexts: "it is used by Mapping `a`, Mapping `b` and Host names `x`".
pub(crate) fn dependents(world: &World, uses: &[ContextId]) -> Option<String> {
    let mut routes = Vec::new();
    let mut hosts = Vec::new();
    for id in uses {
        for upstream in world.users(*id) {
            let object = &world.mapping(upstream).object;
            routes.push(format!("{} `{}`", object.kind, *object.name));
        }
        hosts.extend(world.hosts_of(*id).map(|host| format!("`{}`", host.glob)));
    }
    for list in [&mut routes, &mut hosts] {
        list.sort();
        list.dedup();
    }
    let mut parts = Vec::new();
    if !routes.is_empty() {
        parts.push(listed(&routes));
    }
    if !hosts.is_empty() {
        parts.push(format!("Host names {}", listed(&hosts)));
    }
    if parts.is_empty() { None } else { Some(format!("it is used by {}", parts.join(" and "))) }
}

/// The first few of a list, and how many more there are.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// The consequences of a rejected object, for itself and for the Mappings that name it.
pub(crate) fn tell_refused<'f>(
    finding: Finding<'f>,
    world: &World,
    refusal: &Refusal,
) -> Finding<'f> {
    let ObjectName { kind, name, .. } = &refusal.object;
    let finding = finding.note(match refusal.in_annotation {
        true => format!("Ambassador drops the whole {kind} and reports an error"),
        false => format!(
            "the API server rejects the whole {kind}; an earlier version, if there is one, stays \
             unchanged"
        ),
    });
    match world.undefined(name) {
        upstreams if kind == "TLSContext" && !upstreams.is_empty() => {
            tell_upstreams(finding, world, &upstreams)
        }
        _ => finding,
    }
}

/// The consequences for upstreams that name a context that Ambassador drops.
pub(crate) fn tell_let_down<'f>(finding: Finding<'f>, world: &World, id: ContextId) -> Finding<'f> {
    tell_upstreams(finding, world, &world.upstreams_missing(id))
}

/// Adds what restricts Ambassador's watch, and where that is set.
pub(crate) fn restriction<'f>(
    finding: Finding<'f>,
    world: &World,
    why: Restriction,
) -> Finding<'f> {
    let installation = &world.installation;
    let variable = match why {
        Restriction::Namespace => "AMBASSADOR_SINGLE_NAMESPACE",
        Restriction::Labels => "AMBASSADOR_LABEL_SELECTOR",
        Restriction::Fields => "AMBASSADOR_FIELD_SELECTOR",
    };
    let selector = match why {
        Restriction::Namespace => None,
        Restriction::Labels => installation.label_selector.as_ref(),
        Restriction::Fields => installation.field_selector.as_ref(),
    };
    let place = world.ambassador().and_then(|workload| workload.variable(variable));
    let finding = finding.also_maybe(place.map(|variable| &variable.name), "restricted here");
    finding.note(match selector {
        Some(selector) => format!("{variable} is `{selector}`, and also applies to Secrets"),
        None => format!("{variable} applies to everything, including Secrets"),
    })
}

/// The same for several contexts dropped for one cause.
pub(crate) fn tell_all_let_down<'f>(
    finding: Finding<'f>,
    world: &World,
    contexts: &[ContextId],
) -> Finding<'f> {
    let all: Vec<&Upstream> = contexts.iter().flat_map(|id| world.upstreams_missing(*id)).collect();
    tell_upstreams(finding, world, &all)
}

/// Labels the first few affected upstreams, and adds what they get instead.
pub(crate) fn tell_upstreams<'f>(
    finding: Finding<'f>,
    world: &World,
    all: &[&Upstream],
) -> Finding<'f> {
    const SHOWN: usize = 3;
    let Some(first) = all.first() else {
        return finding.note("Ambassador drops the context");
    };
    let mut finding = finding;
    for upstream in all.iter().take(SHOWN) {
        if let TlsReference::Named(name) = &world.mapping(upstream).tls {
            finding = finding.also(name, "named here, and not found");
        }
    }
    let instead = fallback(world, first);
    match all.len() {
        1 => finding.note(format!("the context counts as undefined: {instead}")),
        count => finding.note(format!(
            "the context counts as undefined for {}; for the first, {instead}",
            counted(count, "upstream")
        )),
    }
}

/// The object of an index of one kind.
type ObjectAt<'w> = Box<dyn Fn(usize) -> &'w Object + 'w>;

/// How the objects of each kind are indexed, with access to the objects by index.
pub(crate) fn filings(world: &World) -> [(&Storage, ObjectAt<'_>); 4] {
    let all = &world.resources;
    [
        (world.filed_contexts(), Box::new(|index| &all.contexts[index].object)),
        (world.filed_mappings(), Box::new(|index| &all.mappings[index].object)),
        (world.filed_hosts(), Box::new(|index| &all.hosts[index].object)),
        (world.filed_modules(), Box::new(|index| &all.modules[index].object)),
    ]
}
