//! Emissary leaves the context out of most cluster names, and keeps the first cluster with a given
//! name.

use crate::document::{Located, Text};
use crate::resource::{Mapping, TlsReference};
use crate::world::{Context, ContextId, Effective, Reference, ServiceAddress, Upstream, World};

use crate::rule::{Findings, rule};

rule! {
    id: "cluster-shared",
    severity: Error,
    summary: "two Mappings share a cluster, and the second one gets the TLS settings of the first",
    rows: [75, 76],
    finds: "Mappings of one service whose `tls` differs, or contexts (or services) whose names \
            differ in punctuation only, so that Emissary creates a single cluster for both.",
    matters: "The first Mapping of a cluster decides for all of them. The others silently use its \
              client certificate, or none: one team's certificate is presented to another team's \
              upstream.",
    remedy: "Use the same `tls` in all Mappings of a service. If they must differ, leave the \
             scheme out of `service`, and give the contexts names that differ in letters or \
             digits.",
}

fn check(world: &World, found: &mut Findings) {
    for cluster in &world.clusters {
        let Some(first) = cluster.upstreams.first().map(|&first| &world.upstreams[first]) else {
            continue;
        };
        let mut moved = Vec::new();
        let mut changed = Vec::new();
        for upstream in cluster.upstreams[1..].iter().map(|&other| &world.upstreams[other]) {
            let (wished, got) = (wish(world, upstream), world.effective(upstream));
            if address(upstream) != address(first) {
                moved.push(upstream);
            } else if wished.zip(got).is_some_and(|(wished, got)| !same(world, wished, got)) {
                changed.push(upstream);
            }
        }
        tell(world, &moved, first, true, found);
        tell(world, &changed, first, false, found);
    }
}

fn tell(
    world: &World,
    upstreams: &[&Upstream],
    first: &Upstream,
    elsewhere: bool,
    found: &mut Findings,
) {
    /// How many Mappings are marked besides the first.
    const SHOWN: usize = 3;
    let Some((upstream, others)) = upstreams.split_first() else { return };
    let (mapping, maker) = (world.mapping(upstream), world.mapping(first));
    let what = match world.effective(upstream) {
        _ if elsewhere => "the address",
        Some(Effective::Mutual(_)) => "the client certificate",
        Some(Effective::Tls(_)) => "the TLS (without a client certificate)",
        _ => "the plaintext",
    };
    let (kind, name) = (mapping.kind.name(), &*mapping.object.name);
    let (first_kind, first_name) = (maker.kind.name(), &*maker.object.name);
    let place_of = |mapping: &Mapping| match (&mapping.tls, &mapping.service) {
        (TlsReference::Named(name), _) => name.span,
        (_, Some(service)) => service.span,
        _ => mapping.object.place(),
    };
    let who = match others.len() {
        0 => format!("{kind} `{name}` gets"),
        1 => format!("{kind} `{name}` and another one get"),
        count => format!("{kind} `{name}` and {count} more get"),
    };
    let counts = if others.is_empty() { "both" } else { "all" };
    let mut finding = found
        .at(place_of(mapping), format!("{who} {what} of {first_kind} `{first_name}`"))
        .about(&mapping.object)
        .label("has no effect")
        .also(place_of(maker), format!("takes effect for {counts}"));
    for other in others.iter().take(SHOWN) {
        finding = finding.also(place_of(world.mapping(other)), "also has no effect");
    }
    if elsewhere {
        finding
            .note("both get the same cluster name, in which everything but letters and digits becomes `_`")
            .help("rename one of the services or contexts so that they differ in more than \
                   punctuation");
    } else {
        finding
            .note(
                "a cluster's name contains the service, and the name of the context only if the \
                 service has no scheme; the first cluster with that name wins",
            )
            .help(
                "use the same `tls` everywhere a service is named, or write the services \
                   without `https://` and use contexts whose names differ in letters or digits",
            );
    }
}

/// Its address, with the namespace added to a short name: `reviews` may be `reviews.shop`.
fn address(upstream: &Upstream) -> Option<(String, Option<u16>)> {
    let address = ServiceAddress::parse(&upstream.service).ok()?;
    Some((address.host.into(), address.port))
}

/// What an upstream asks for; `None` if that does not exist, which other rules report.
fn wish(world: &World, upstream: &Upstream) -> Option<Effective> {
    let https = upstream.address.as_ref().ok()?.scheme.as_deref() == Some("https");
    match &upstream.reference {
        Reference::Good(id) if world.context(*id).presents_certificate() => {
            Some(Effective::Mutual(*id))
        }
        Reference::Good(id) => Some(Effective::Tls(Some(*id))),
        Reference::Anonymous => Some(Effective::Tls(None)),
        Reference::Absent if https => Some(Effective::Tls(None)),
        Reference::Absent => Some(Effective::Plaintext),
        Reference::Bad { .. } => None,
    }
}

/// Whether two TLS settings are the same on the wire; contexts may be copies of each other.
fn same(world: &World, wished: Effective, got: Effective) -> bool {
    let alike =
        |a: ContextId, b: ContextId| a == b || are_alike(world.context(a), world.context(b));
    match (wished, got) {
        (Effective::Plaintext, Effective::Plaintext)
        | (Effective::Tls(None), Effective::Tls(None)) => true,
        (Effective::Tls(Some(a)), Effective::Tls(Some(b)))
        | (Effective::Mutual(a), Effective::Mutual(b)) => alike(a, b),
        _ => false,
    }
}

fn are_alike(one: &Context, other: &Context) -> bool {
    let texts = |context: &Context| {
        let settings = &context.settings;
        let text = |field: &Option<Located<Text>>| field.as_ref().map(|field| field.value.clone());
        let list = |field: &Option<Located<Vec<Located<Text>>>>| {
            field
                .as_ref()
                .map(|list| list.value.iter().map(|item| item.value.to_string()).collect())
        };
        let lists: [Option<Vec<String>>; 2] =
            [list(&settings.cipher_suites), list(&settings.ecdh_curves)];
        (text(&settings.sni), text(&settings.alpn_protocols), lists)
    };
    one.certificate == other.certificate
        && one.private_key == other.private_key
        && one.trusted_ca == other.trusted_ca
        && one.crl == other.crl
        && one.min_version() == other.min_version()
        && one.max_version() == other.max_version()
        && texts(one) == texts(other)
}
