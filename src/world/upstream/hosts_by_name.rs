//! Finds the Hosts that may match a route without trying all of them: there may be thousands of
//! both, mostly for a single name each.

use std::collections::BTreeMap;

use crate::resource::{Mapping, MappingKind};

use crate::world::context::ActiveHost;

/// The positions of Hosts, by host name.
pub(crate) struct HostsByName<'w> {
    exact: BTreeMap<&'w str, Vec<usize>>,
    /// The same names, each reversed.
    backwards: BTreeMap<Vec<u8>, &'w str>,
    /// Hosts with a glob or a label selector.
    others: Vec<usize>,
}

impl<'w> HostsByName<'w> {
    pub(super) fn of(hosts: &'w [ActiveHost]) -> Self {
        let mut by_name =
            Self { exact: BTreeMap::new(), backwards: BTreeMap::new(), others: Vec::new() };
        for (position, host) in hosts.iter().enumerate() {
            if host.selector.is_none() && !host.glob.contains('*') {
                by_name.exact.entry(&host.glob).or_default().push(position);
                by_name.backwards.insert(backwards(&host.glob), &host.glob);
            } else {
                by_name.others.push(position);
            }
        }
        by_name
    }

    /// The Hosts that may match the name or glob of a route; without one, only those with a label
    /// selector can.
    pub(super) fn may_take(&self, route: Option<&str>) -> Vec<usize> {
        let mut positions = self.others.clone();
        if let Some(glob) = route {
            if let Some(tail) = glob.strip_prefix('*') {
                let tail = backwards(tail);
                let fit = self.backwards.range(tail.clone()..);
                let fit = fit.take_while(|(name, _)| name.starts_with(&tail));
                positions.extend(fit.flat_map(|(_, name)| &self.exact[name]));
            } else if let Some(head) = glob.strip_suffix('*') {
                let fit = self.exact.range(head..).take_while(|(name, _)| name.starts_with(head));
                positions.extend(fit.flat_map(|(_, positions)| positions));
            } else {
                positions.extend(self.exact.get(glob).into_iter().flatten());
            }
        }
        positions.sort_unstable();
        positions
    }
}

/// The host name or glob of a route.
pub(super) fn name(mapping: &Mapping) -> Option<&str> {
    match mapping.kind {
        MappingKind::TcpMapping => mapping.routing.host.as_ref().map(|name| name.as_str()),
        _ => mapping.routing.route_glob(),
    }
}

fn backwards(name: &str) -> Vec<u8> {
    name.bytes().rev().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn those_that_may_take_a_route_are_all_that_take_it() {
        let pieces = ["*", ".", "a", "b", "ab", "ä"];
        let mut random = fastrand::Rng::with_seed(7);
        let mut name = || -> String {
            let count = random.usize(1..4);
            (0..count).map(|_| pieces[random.usize(0..pieces.len())]).collect()
        };
        for round in 0..300 {
            let host = |glob: String, at: usize| ActiveHost {
                index: None,
                glob,
                selector: (round < 100 && at < 4).then(|| vec![("a".to_owned(), "b".to_owned())]),
                context: None,
                displaced_by: None,
            };
            let hosts: Vec<ActiveHost> = (0..20).map(|at| host(name(), at)).collect();
            let by_name = HostsByName::of(&hosts);
            let labels = HashMap::from([("a", "b")]);
            let routes: Vec<String> = (0..20).map(|_| name()).chain(["*".to_owned()]).collect();
            for route in routes.iter().map(|route| Some(route.as_str())).chain([None]) {
                for strict in [false, true] {
                    let takes = |at: &usize| hosts[*at].takes(route, false, &labels, strict);
                    let all: Vec<usize> = (0..hosts.len()).filter(takes).collect();
                    let mut found = by_name.may_take(route);
                    found.retain(takes);
                    assert_eq!(found, all, "{route:?} {hosts:?}");
                }
            }
        }
    }
}
