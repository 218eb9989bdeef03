//! `--live`: the chains that servers currently present.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use time::OffsetDateTime;

use crate::cli::shared::WorldArgs;
use crate::diagnostic::ObjectName;
use crate::failure::Failure;
use crate::probe::{AddressRules, Aim, Conduct, Direct, Files, Reach, Story, probe_all};
use crate::world::World;

/// How many servers are contacted at once.
const AT_ONCE: usize = 16;

/// Where to connect from.
pub(super) struct Way<'a> {
    /// The flags that select files and cluster.
    pub(super) world: &'a WorldArgs,
    /// The pod to connect from; this machine by default.
    pub(super) in_pod: Option<&'a str>,
}

/// The chain of each upstream's server, as PEM, or why none was received.
///
/// # Errors
/// A pod that cannot be found.
pub(super) fn chains(
    way: &Way<'_>,
    world: &World,
    names: &BTreeSet<ObjectName>,
    now: OffsetDateTime,
) -> Result<BTreeMap<ObjectName, Result<Vec<u8>, String>>, Failure> {
    let files = Files { maps: Vec::new(), rootfs: way.world.rootfs().map(Path::to_owned) };
    let mut aim = Aim::new(world, files, way.world.envoy());
    let mut chains = BTreeMap::new();
    let (mut asked, mut targets) = (Vec::new(), Vec::new());
    for upstream in &world.upstreams {
        let name = world.mapping(upstream).object.identity();
        if names.contains(&name) {
            match aim.at(upstream) {
                Ok(target) => {
                    asked.push(name);
                    targets.push(target);
                }
                Err(why) => {
                    chains.insert(name, Err(why));
                }
            }
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stories = runtime.block_on(async {
        let reach: Arc<dyn Reach> = match way.in_pod {
            Some(named) => Arc::new(way.world.cluster.in_pod(named).await?),
            None => Arc::new(Direct { route: AddressRules::default() }),
        };
        let conduct = Conduct {
            timeout: None,
            request: false,
            negative: false,
            matrix: false,
            reach,
            require_mutual: false,
            now,
        };
        Ok::<_, Failure>(probe_all(targets, conduct, AT_ONCE, |_| {}, std::future::pending()).await)
    });
    // A DNS lookup that never returns must not keep the process from exiting.
    runtime.shutdown_background();
    chains.extend(asked.into_iter().zip(stories?.iter().map(chain)));
    Ok(chains)
}

fn chain(story: &Story) -> Result<Vec<u8>, String> {
    let chains = story.attempts.iter().map(|attempt| &attempt.chain);
    match chains.into_iter().find(|chain| !chain.is_empty()) {
        Some(chain) => {
            Ok(chain.certificates().iter().flat_map(|one| one.pem().into_bytes()).collect())
        }
        None => {
            let (host, port) = (&story.target.host, story.target.port);
            Err(format!(
                "{host}:{port} cannot be reached, or the handshake ends before its certificate"
            ))
        }
    }
}
