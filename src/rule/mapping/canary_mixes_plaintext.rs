//! `tls` is not part of the key that groups Mappings, so weighted members may differ in it.

use std::collections::BTreeMap;

use crate::world::{Effective, Reference, Upstream, World};

use crate::rule::{Findings, rule};

rule! {
    id: "canary-mixes-plaintext",
    severity: Warning,
    summary: "one route sends part of its traffic over TLS and part in plaintext",
    rows: [77],
    finds: "Mappings of one route (the same prefix and host, as with canaries) of which some use \
            TLS to their upstream and some do not. The same applies to TCPMappings of one port.",
    matters: "Emissary does not compare `tls` when it groups Mappings, so part of the traffic is \
              sent in plaintext, without a message.",
    remedy: "Name the same TLSContext in all of them.",
}

fn check(world: &World, found: &mut Findings) {
    let group = |upstream: &Upstream| upstream.group.filter(|_| upstream.cluster.is_some());
    let mut sizes = vec![0_usize; world.upstreams.len()];
    world.upstreams.iter().filter_map(group).for_each(|group| sizes[group] += 1);
    // Most routes have one member.
    let mut groups: BTreeMap<usize, Vec<&Upstream>> = BTreeMap::new();
    for upstream in &world.upstreams {
        if let Some(group) = group(upstream).filter(|group| sizes[*group] > 1) {
            groups.entry(group).or_default().push(upstream);
        }
    }
    for members in groups.into_values() {
        let is_plaintext =
            |upstream: &&&Upstream| world.effective(upstream) == Some(Effective::Plaintext);
        // Responses of a shadow are discarded, so its TLS says nothing about the others.
        let shadows = |upstream: &Upstream| world.mapping(upstream).routing.shadows;
        let encrypted = members.iter().find(|member| !shadows(member) && !is_plaintext(member));
        let Some(encrypted) = encrypted else { continue };
        for upstream in members.iter().filter(is_plaintext) {
            // An undefined context is another rule's finding.
            if upstream.reference != Reference::Absent {
                continue;
            }
            let (mapping, other) = (world.mapping(upstream), world.mapping(encrypted));
            let Some(service) = &mapping.service else { continue };
            let (kind, name) = (mapping.kind.name(), &*mapping.object.name);
            let (what, why) = match shadows(upstream) {
                true => {
                    ("gets a copy of a route's requests in plaintext", "every request is copied")
                }
                false => (
                    "sends its share of a route in plaintext",
                    "each request is sent to one of the Mappings at random",
                ),
            };
            found
                .at(service, format!("{kind} `{name}` {what}"))
                .about(&mapping.object)
                .label("neither `https://` nor `tls`")
                .also_maybe(other.service.as_ref(), "the same route, over TLS")
                .note(format!(
                    "it shares its route with {} `{}`; {why}",
                    other.kind.name(),
                    *other.object.name
                ))
                .help("name the same TLSContext in `tls` of all members");
        }
    }
}
