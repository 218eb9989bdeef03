//! Environments next to each other in a repository: one folder or one overlay each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::resource::{Documents, Object, ObjectOrigin, Resources};
use crate::source::{SourceId, Span};
use crate::world::{World, runs_ambassador};

use super::plan::{Division, WorldPlan};

/// The maximum ratio of texts in all worlds to texts in the input: beyond it, worlds are not
/// separated, since shared texts would be checked too often.
const MOST_SHARED: usize = 8;

/// A folder as a list of its parts.
type Folder<'s> = Vec<&'s str>;

/// One world per kustomization that builds on the same files, with the files that belong to no such
/// build.
pub(super) fn builds(documents: &Documents, whole: &World) -> Option<Vec<WorldPlan>> {
    let mut builds = documents.builds(&whole.sources);
    let concerned: HashSet<SourceId> =
        concerned(whole).map(|object| object.place().source).collect();
    // A build without anything that Ambassador reads is not a world.
    builds.retain(|build| build.texts.iter().any(|text| concerned.contains(text)));
    let of_builds: BTreeSet<SourceId> =
        builds.iter().flat_map(|build| build.texts.iter().copied()).collect();
    let ids = whole.sources.ids();
    let plans = builds.into_iter().map(|build| {
        let own: BTreeSet<SourceId> = build.texts.into_iter().collect();
        let texts = ids.iter().filter(|id| own.contains(id) || !of_builds.contains(id));
        (build.folder, texts.copied().collect())
    });
    planned(plans.collect(), whole)
}

/// One world per folder that defines the same objects as a sibling, with the files outside such
/// folders.
///
/// `apps/cart/{dev,prod}` and `apps/shop/{dev,prod}` are two worlds, `dev` and `prod`. The second
/// value is whether there are any such folders, even if they are not worlds.
pub(super) fn folders(whole: &World) -> (Option<(Vec<WorldPlan>, Division)>, bool) {
    let folders: Vec<String> = whole
        .sources
        .iter()
        .map(|source| match source.path_in_tree().rsplit_once('/') {
            Some((folder, _)) => folder.to_owned(),
            None => String::new(),
        })
        .collect();
    if folders.windows(2).all(|pair| pair[0] == pair[1]) {
        return (None, false);
    }
    let folder_of: HashMap<SourceId, &str> =
        whole.sources.ids().iter().copied().zip(folders.iter().map(String::as_str)).collect();
    let mut places: BTreeMap<(&str, &str, &str), Vec<&Object>> = BTreeMap::new();
    for object in objects(&whole.resources) {
        let name = (object.kind.as_str(), object.namespace(), object.name.as_str());
        places.entry(name).or_default().push(object);
    }
    let concerned: HashSet<Span> = concerned(whole).map(Object::place).collect();
    let mut rivals = Rivals::default();
    for same in places.values() {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for object in same {
            if let Some(folder) = folder_of.get(&object.place().source) {
                seen.insert(folder);
            }
        }
        let concerns = same.iter().any(|object| concerned.contains(&object.place()));
        for (at, one) in seen.iter().enumerate() {
            for other in seen.iter().skip(at + 1).take(MOST_SHARED) {
                rivals.note(one, other, same[0], concerns);
            }
        }
    }
    let have_rivals = !rivals.sites.is_empty();
    let settled = rivals.settle(&folders, &folder_of, whole);
    let apart = settled.and_then(|(sites, example)| {
        Some((planned(sides(&sites, &folders, whole), whole)?, Division::Folders(example)))
    });
    (apart, have_rivals)
}

/// The texts of each sibling folder, with those outside all of them.
fn sides(
    sites: &BTreeMap<Folder<'_>, BTreeSet<&str>>,
    folders: &[String],
    whole: &World,
) -> Vec<(String, Vec<SourceId>)> {
    // The folder below a site that contains a text, if it is one of the siblings there.
    let side = |folder: &str| {
        let parts: Folder<'_> = parts(folder);
        sites.iter().find_map(|(above, children)| {
            let child = *parts.get(above.len()).filter(|_| parts.starts_with(above))?;
            children.contains(child).then(|| (above.join("/"), child.to_owned()))
        })
    };
    let sides: Vec<Option<(String, String)>> = folders.iter().map(|folder| side(folder)).collect();
    let names: BTreeSet<&str> = sides.iter().flatten().map(|(_, child)| child.as_str()).collect();
    let plans = names.into_iter().map(|name| {
        let texts = whole.sources.ids().iter().zip(&sides);
        let texts = texts.filter(|(_, side)| side.as_ref().is_none_or(|(_, own)| own == name));
        let texts: Vec<SourceId> = texts.map(|(id, _)| *id).collect();
        let mut above = sides.iter().flatten().filter(|(_, own)| own == name);
        let first = above.next().map_or("", |(above, _)| above.as_str());
        let is_one_place = above.all(|(other, _)| other == first) && !first.is_empty();
        let shown = if is_one_place { format!("{first}/{name}") } else { name.to_owned() };
        (shown, texts)
    });
    plans.collect()
}

fn planned(worlds: Vec<(String, Vec<SourceId>)>, whole: &World) -> Option<Vec<WorldPlan>> {
    let texts: usize = worlds.iter().map(|(_, texts)| texts.len()).sum();
    if worlds.len() < 2 || texts > MOST_SHARED * whole.sources.len() {
        return None;
    }
    let plan = |(name, texts): (String, Vec<SourceId>)| WorldPlan {
        name,
        aliases: Vec::new(),
        texts: Arc::new(whole.sources.only(texts)),
        settings: whole.settings.clone(),
    };
    Some(worlds.into_iter().map(plan).collect())
}

/// Sibling folders that define the same objects, by their parent.
#[derive(Default)]
struct Rivals<'s> {
    /// By parent and folder: the number of objects that are also defined in a sibling.
    sites: BTreeMap<Folder<'s>, BTreeMap<&'s str, usize>>,
    /// Sites where one of these objects is relevant for Ambassador.
    concerned: BTreeSet<Folder<'s>>,
    example: Option<ObjectName>,
}

impl<'s> Rivals<'s> {
    fn note(&mut self, one: &'s str, other: &'s str, object: &Object, concerns: bool) {
        let (one, other) = (parts(one), parts(other));
        let common = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
        // A folder and one below it are not sibling environments.
        let (Some(here), Some(there)) = (one.get(common), other.get(common)) else { return };
        let site = self.sites.entry(one[..common].to_vec()).or_default();
        *site.entry(here).or_default() += 1;
        *site.entry(there).or_default() += 1;
        if !concerns {
            return;
        }
        self.concerned.insert(one[..common].to_vec());
        let name = object.identity();
        if self.example.as_ref().is_none_or(|known| name < *known) {
            self.example = Some(name);
        }
    }

    /// Sites where at least half of a folder's objects are also defined in a sibling; sites within
    /// another site's folders are handled there.
    fn settle(
        self,
        folders: &'s [String],
        folder_of: &HashMap<SourceId, &'s str>,
        whole: &World,
    ) -> Option<(BTreeMap<Folder<'s>, BTreeSet<&'s str>>, ObjectName)> {
        let example = self.example?;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for object in objects(&whole.resources) {
            if let Some(folder) = folder_of.get(&object.place().source) {
                *counts.entry(folder).or_default() += 1;
            }
        }
        let distinct: BTreeSet<&'s str> = folders.iter().map(String::as_str).collect();
        let within = |above: &[&str], child: &str| -> usize {
            let below = distinct.iter().filter(|folder| {
                let parts = parts(folder);
                parts.starts_with(above) && parts.get(above.len()) == Some(&child)
            });
            below.filter_map(|folder| counts.get(folder)).sum()
        };
        let mut kept: BTreeMap<Folder<'s>, BTreeSet<&'s str>> = BTreeMap::new();
        // Shorter ones come first, since a folder sorts before its contents.
        for (above, children) in self.sites {
            // Duplicates of objects that Ambassador never reads do not make environments.
            if !self.concerned.contains(&above) {
                continue;
            }
            let alike = |child: &str, same: usize| 2 * same >= within(&above, child);
            if !children.iter().any(|(child, same)| alike(child, *same)) {
                continue;
            }
            let inner = kept.iter().any(|(outer, sides)| {
                above.starts_with(outer)
                    && above.get(outer.len()).is_some_and(|child| sides.contains(child))
            });
            if !inner {
                kept.insert(above, children.into_keys().collect());
            }
        }
        (!kept.is_empty()).then_some((kept, example))
    }
}

fn parts(folder: &str) -> Folder<'_> {
    folder.split('/').filter(|part| !part.is_empty()).collect()
}

/// What Ambassador reads: its own objects and workload, and the Secrets and Services they refer to.
fn concerned(whole: &World) -> impl Iterator<Item = &Object> {
    let all = &whole.resources;
    let contexts = all.contexts.iter().map(|one| &one.object);
    let mappings = all.mappings.iter().map(|one| &one.object);
    let hosts = all.hosts.iter().map(|one| &one.object);
    let modules = all.modules.iter().map(|one| &one.object);
    let resolvers = all.resolvers.iter().map(|one| &one.object);
    let own_workloads = all.workloads.iter().filter(|one| runs_ambassador(one));
    let workloads = own_workloads.map(|one| &one.object);
    let lookups = whole.contexts.iter().flat_map(|context| &context.lookups);
    let mut names: HashSet<&str> = lookups.map(|one| one.reference.name.as_str()).collect();
    names.extend(all.hosts.iter().filter_map(|host| Some(host.tls_secret.as_ref()?.as_str())));
    let volumes = all.workloads.iter().filter(|one| runs_ambassador(one));
    let volumes = volumes.flat_map(|workload| &workload.volumes);
    names.extend(volumes.flat_map(|volume| volume.secrets()));
    let secrets = all.secrets.iter().map(|one| &one.object);
    let secrets = secrets.filter(move |object| names.contains(object.name.as_str()));
    let upstreams = whole.upstreams.iter();
    let hosts_named: HashSet<&str> =
        upstreams.filter_map(|one| one.address.as_ref().ok()?.host.split('.').next()).collect();
    let services = all.services.iter().map(|one| &one.object);
    let services = services.filter(move |object| hosts_named.contains(object.name.as_str()));
    let objects = contexts.chain(mappings).chain(hosts).chain(modules).chain(resolvers);
    objects.chain(workloads).chain(secrets).chain(services)
}

/// The objects that distinguish environments: those that exist only once in a cluster.
fn objects(resources: &Resources) -> impl Iterator<Item = &Object> {
    let contexts = resources.contexts.iter().map(|one| &one.object);
    let mappings = resources.mappings.iter().map(|one| &one.object);
    let hosts = resources.hosts.iter().map(|one| &one.object);
    let modules = resources.modules.iter().map(|one| &one.object);
    let resolvers = resources.resolvers.iter().map(|one| &one.object);
    let secrets = resources.secrets.iter().map(|one| &one.object);
    let services = resources.services.iter().map(|one| &one.object);
    let workloads = resources.workloads.iter().map(|one| &one.object);
    let all = contexts.chain(mappings).chain(hosts).chain(modules).chain(resolvers);
    let all = all.chain(secrets).chain(services).chain(workloads);
    all.filter(|object| object.origin == ObjectOrigin::Manifest)
}
