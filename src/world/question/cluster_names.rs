//! Envoy's names of clusters: Emissary cuts long ones, and counts under others (`IR.finalize`, `ircluster.py`).

use crate::cert::sha1;
use crate::world::premise::Behaviour;
use crate::world::upstream::ClusterId;
use crate::world::world::World;

/// Longer names are cut.
const LONGEST: usize = 60;
/// To so many characters.
const KEPT: usize = 40;

impl World {
    /// The name that Envoy has for a cluster: as it is up to 60 characters; longer ones are cut to 40 and numbered in
    /// the order of their names, from 3.2.0 on behind a digest.
    pub fn envoy_name(&self, id: ClusterId) -> String {
        let name = &self.cluster(id).name;
        match (name.len() > LONGEST, self.settings.profile.has(Behaviour::DigestsLongNames)) {
            (false, _) => name.clone(),
            (true, true) => digested(name),
            (true, false) => format!("{}-{}", start(name), self.number(name)),
        }
    }

    /// The clusters that a line may mean by a name, in any release's spelling.
    pub fn clusters_named(&self, written: &str) -> Vec<ClusterId> {
        let is_numbered = |name: &str| {
            written.strip_prefix(start(name)).and_then(|rest| rest.strip_prefix('-')).is_some_and(
                |number| number.parse::<usize>().is_ok_and(|number| number == self.number(name)),
            )
        };
        let is_named = |name: &str| {
            name == written
                || name.len() > LONGEST && (digested(name) == written || is_numbered(name))
        };
        self.clusters_that(|id| is_named(&self.cluster(id).name))
    }

    /// The clusters whose statistics have a name, from 2.0 on: the service with `_` for what is no word (a Mapping's
    /// `stats_name` is not looked at).
    pub fn clusters_counted_as(&self, written: &str) -> Vec<ClusterId> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let counted = |service: &str| -> String {
            service.chars().map(|c| if is_word(c) { c } else { '_' }).collect()
        };
        self.clusters_that(|id| {
            let first = self.cluster(id).upstreams.first().and_then(|at| self.upstreams.get(*at));
            first.is_some_and(|upstream| counted(&upstream.service) == written)
        })
    }

    fn clusters_that(&self, holds: impl Fn(ClusterId) -> bool) -> Vec<ClusterId> {
        (0..self.clusters.len()).map(ClusterId).filter(|id| holds(*id)).collect()
    }

    /// Where a long name stands among those that begin like it.
    fn number(&self, name: &str) -> usize {
        let alike = |other: &str| other.len() > LONGEST && start(other) == start(name);
        let others = self.clusters.iter().map(|cluster| cluster.name.as_str());
        others.filter(|other| alike(other) && *other < name).count()
    }
}

fn digested(name: &str) -> String {
    format!("{}-{}-0", start(name), &sha1([name])[..16])
}

/// Names are of ASCII only: everything else is `_` in them.
fn start(name: &str) -> &str {
    name.get(..KEPT).unwrap_or(name)
}
