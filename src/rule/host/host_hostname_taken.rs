//! A Host that Ambassador ignores because another Host has the same `hostname`.

use crate::source::Span;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "host-hostname-taken",
    severity: Warning,
    summary: "two Hosts have the same `hostname`, and only one of them is used",
    finds: "Two Hosts with the same `hostname` but a different `mappingSelector` or different TLS \
            settings, often in the namespaces of two teams.",
    matters: "Ambassador creates one virtual host per name. In cleartext, the last Host wins, in \
              order of name and then namespace. With TLS, the last one wins before 2.4, in 3.0 and \
              in 3.1; in 2.4, 2.5 and 3.2 to 3.4 the first one wins; since 3.5 it is the last of \
              those that share the first one's TLSContext. Mappings that only the other Host \
              selects get a cluster but no route, and its certificate is never served.",
    remedy: "Merge them into one Host whose `mappingSelector` selects all their Mappings, or give \
             each Host its own `hostname`.",
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
            .label("this Host is not used")
            .also(&kept.object, "this one is used")
            .note(format!(
                "Ambassador silently creates one virtual host for both, with only the {parts} of \
                 Host `{}`",
                kept.object.name.value
            ))
            .help("merge the two Hosts, or give each its own `hostname`");
        let [own, other] = [lost, kept].map(|host| folder(world, host.object.place()));
        if !own.starts_with(&*other) && !other.starts_with(&*own) {
            finding.help(format!(
                "if `{own}` and `{other}` are never applied to the same cluster, declare them as \
                 separate `worlds` in .mtlsctl.yaml"
            ));
        }
    }
}

/// The folder of the file at a location, ending in `/`; empty for the top folder.
fn folder(world: &World, place: Span) -> String {
    let path = world.sources.get(place.source).path_in_tree();
    path.rfind('/').map_or_else(String::new, |at| path[..=at].to_owned())
}
