//! Which Hosts may take a route, without asking all of them: thousands of routes and of Hosts are each for
//! one name.

use std::collections::HashMap;

use crate::world::context::ActiveHost;

/// The positions of Hosts, by the name that each is for.
pub(crate) struct HostsByName<'w> {
    exact: HashMap<&'w str, Vec<usize>>,
    /// Hosts for a glob, or that select by labels.
    others: Vec<usize>,
}

impl<'w> HostsByName<'w> {
    pub(super) fn of(hosts: &'w [ActiveHost]) -> Self {
        let mut by_name = Self { exact: HashMap::new(), others: Vec::new() };
        for (position, host) in hosts.iter().enumerate() {
            if host.selector.is_none() && !host.glob.contains('*') {
                by_name.exact.entry(&host.glob).or_default().push(position);
            } else {
                by_name.others.push(position);
            }
        }
        by_name
    }

    /// All but the Hosts that are for another name than this one, which is no glob.
    pub(super) fn may_take(&self, name: &str) -> Vec<usize> {
        let exact = self.exact.get(name).into_iter().flatten();
        let mut positions: Vec<usize> = exact.chain(&self.others).copied().collect();
        positions.sort_unstable();
        positions
    }
}
