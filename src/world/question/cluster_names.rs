//! Envoy's cluster names: Emissary shortens long ones and uses others for statistics
//! (`IR.finalize`, `ircluster.py`).

use crate::cert::sha1;
use crate::world::premise::Behaviour;
use crate::world::upstream::ClusterId;
use crate::world::world::World;

/// Longer names are shortened.
const LONGEST: usize = 60;
/// Length in characters of a shortened name before its number.
const KEPT: usize = 40;

impl World {
    /// The name of a cluster in Envoy. Names of more than 60 characters are cut to 40 and numbered
    /// in name order; from 3.2.0 on with a digest before the number.
    pub fn envoy_name(&self, id: ClusterId) -> String {
        let name = &self.cluster(id).name;
        match (name.len() > LONGEST, self.settings.profile.has(Behaviour::DigestsLongNames)) {
            (false, _) => name.clone(),
            (true, true) => digested(name),
            (true, false) => format!("{}-{}", start(name), self.number(name)),
        }
    }

    /// The clusters that a name in a log line may mean, as spelt by any release.
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

    /// The clusters whose statistics have a name, since 2.0: the service with `_` for non-word
    /// characters. A Mapping's `stats_name` is ignored.
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

    /// The position of a long name among those with the same start.
    fn number(&self, name: &str) -> usize {
        let alike = |other: &str| other.len() > LONGEST && start(other) == start(name);
        let others = self.clusters.iter().map(|cluster| cluster.name.as_str());
        others.filter(|other| alike(other) && *other < name).count()
    }
}

fn digested(name: &str) -> String {
    format!("{}-{}-0", start(name), &sha1([name])[..16])
}

/// Names are ASCII: everything else is replaced by `_`.
fn start(name: &str) -> &str {
    name.get(..KEPT).unwrap_or(name)
}
