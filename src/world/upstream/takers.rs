//! Finds the Hosts that may match a route without trying all of them: there may be thousands of
//! both, mostly for a single name each.

use std::collections::HashMap;

use crate::world::context::ActiveHost;

/// The positions of Hosts, by host name.
pub(crate) struct HostsByName<'w> {
    exact: HashMap<&'w str, Vec<usize>>,
    /// Hosts with a glob or a label selector.
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

    /// The Hosts that may match a name (not a glob).
    pub(super) fn may_take(&self, name: &str) -> Vec<usize> {
        let exact = self.exact.get(name).into_iter().flatten();
        let mut positions: Vec<usize> = exact.chain(&self.others).copied().collect();
        positions.sort_unstable();
        positions
    }
}
