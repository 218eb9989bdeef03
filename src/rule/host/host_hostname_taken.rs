//! A Host whose `hostname` another Host has as well, and which Ambassador leaves out for that.

use crate::source::Span;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "host-hostname-taken",
    severity: Warning,
    summary: "two Hosts have one `hostname`, and only one of them counts",
}

fn check(world: &World, found: &mut Findings) {
    for host in &world.hosts {
        let Some(winner) = host.displaced_by.map(|by| &world.hosts[by]) else { continue };
        let (Some(lost), Some(kept)) = (host.index, winner.index) else { continue };
        let selects_alike = host.selector == winner.selector;
        if selects_alike && host.context == winner.context {
            continue;
        }
        let [lost, kept] = [lost, kept].map(|index| &world.resources.hosts[index]);
        let parts = match (selects_alike, host.context == winner.context) {
            (false, false) => "`mappingSelector` and the TLS settings",
            (false, true) => "`mappingSelector`",
            (true, _) => "TLS settings",
        };
        let name = &lost.object.name.value;
        let finding = found
            .at(&lost.object, format!("Host `{name}` loses `{}` to another Host", host.glob))
            .about(&lost.object)
            .label("this Host does not count")
            .also(&kept.object, "this one does")
            .note(format!(
                "Ambassador makes one virtual host of both, with the {parts} of Host `{}` alone, \
                 and says nothing",
                kept.object.name.value
            ))
            .help("merge the two Hosts, or give each a `hostname` of its own");
        let [own, other] = [lost, kept].map(|host| folder(world, host.object.place()));
        if !own.starts_with(&*other) && !other.starts_with(&*own) {
            finding.help(format!(
                "if `{own}` and `{other}` are never applied to one cluster, say so with `worlds` in \
                 .mtlsctl.yaml"
            ));
        }
    }
}

/// The folder of the file that a place is in, with `/` at its end; empty for the topmost one.
fn folder(world: &World, place: Span) -> String {
    let path = world.sources.get(place.source).path_in_tree();
    path.rfind('/').map_or_else(String::new, |at| path[..=at].to_owned())
}

const EXPLAIN: &str = "\
What it finds
Two Hosts with the same `hostname` but another `mappingSelector` or other TLS settings, often in the
namespaces of two teams.

Why it matters
Ambassador keeps one virtual host for each name. In cleartext the Host that it reads last has it, by
name and then by namespace. With TLS that is so before 2.4, in 3.0 and in 3.1; in 2.4, 2.5 and from
3.2 to 3.4 the first one keeps the name; since 3.5 the last one has it of those that share the first
one's TLSContext. Mappings that only the other Host selects get a cluster but no route, and its
certificate is never served.

How to fix it
Make one Host of both, with a `mappingSelector` that selects all their Mappings, or give each Host a
`hostname` of its own.
";
