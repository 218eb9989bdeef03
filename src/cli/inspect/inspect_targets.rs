//! The targets of `mtlsctl inspect`: files, standard input, Secrets, contexts, manifests, agents.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::console::Console;
use crate::consul::Unsound;
use crate::diagnostic::nearest;
use crate::failure::Failure;
use crate::inspect::{
    Store, Subject, SubjectOrigin, all_secrets, context, from_bytes, looks_like_manifest, secret,
};
use crate::probe::place;
use crate::source::{read_bytes, read_stream};
use crate::world::{ContextId, ContextState, World};

use super::args::InspectArgs;
use super::inspect_consul::from_agent;
use super::inspect_folder::Folder;
use super::inspect_server::from_server;
use crate::cli::shared::{Kept, Worlds, warn_all};

/// Subjects, and by position why some of them cannot be used as they are.
type Found = (Vec<Subject>, Vec<(usize, Unsound)>);

/// Resolves targets to subjects; manifests are read once, and only if needed.
pub(crate) struct Targets<'a> {
    pub(crate) args: &'a InspectArgs,
    pub(crate) worlds: Option<Worlds>,
    /// Which subjects cannot be used as they are, and why.
    pub(crate) unsound: Vec<(usize, Unsound)>,
}

impl Targets<'_> {
    pub(crate) fn read(mut self, console: &mut Console<'_>) -> Result<Found, Failure> {
        let mut subjects = Vec::new();
        let mut manifests = Vec::new();
        for target in &self.args.targets {
            if let Some(rest) = target.strip_prefix("secret/") {
                subjects.extend(self.secret(rest, console)?);
            } else if let Some(name) = target.strip_prefix("context/") {
                subjects.extend(self.context(name, console)?);
            } else if let Some(service) = target.strip_prefix("consul:") {
                let (found, unsound) = from_agent(service, &self.args.agent, console)?;
                self.unsound.extend(unsound.map(|why| (subjects.len(), why)));
                subjects.extend(found);
            } else if target == "-" {
                let unreadable =
                    |reason| Failure::Unreadable { path: "<stdin>".to_owned(), reason };
                let bytes = read_stream(&mut *console.input).map_err(unreadable)?;
                if looks_like_manifest(target, &bytes) {
                    let mut again = Console {
                        out: &mut *console.out,
                        err: &mut *console.err,
                        input: &mut bytes.as_slice(),
                        ..*console
                    };
                    let input =
                        self.args.world.read(&[PathBuf::from("-")], Kept::Whole, &mut again)?;
                    subjects.extend(of_all(&input.worlds, |world| Some(all_secrets(world))));
                } else {
                    subjects.push(from_file("<stdin>", &bytes)?);
                }
            } else if Path::new(target).is_dir() {
                let folder = Folder::read(Path::new(target))?;
                for path in &folder.certificates {
                    let name = path.to_string_lossy();
                    subjects.push(from_file(&name, &file(path)?)?);
                }
                if folder.has_manifests {
                    manifests.push(PathBuf::from(target));
                }
            } else if let Some((host, port)) = place(target).filter(|_| !Path::new(target).exists())
            {
                let server_name = self.args.server_name.as_deref();
                let envoy = self.args.world.envoy();
                subjects.push(from_server(target, host, port, server_name, envoy, console)?);
            } else {
                let path = Path::new(target);
                let bytes = file(path)?;
                if looks_like_manifest(target, &bytes) {
                    manifests.push(path.to_owned());
                } else {
                    subjects.push(from_file(target, &bytes)?);
                }
            }
        }
        if !manifests.is_empty() {
            // Contexts in other files decide what depends on these Secrets.
            let paths: Vec<PathBuf> =
                manifests.into_iter().chain(self.args.paths.clone()).collect();
            let input = self.args.world.read(&paths, Kept::Whole, console)?;
            warn_all(&input.unreadable, console)?;
            subjects.extend(of_all(&input.worlds, |world| Some(all_secrets(world))));
        }
        Ok((subjects, self.unsound))
    }

    fn worlds(&mut self, console: &mut Console<'_>) -> Result<&Worlds, Failure> {
        let worlds = match self.worlds.take() {
            Some(worlds) => worlds,
            None => {
                let mut world = self.args.world.clone();
                // Secrets without references would not be read otherwise.
                let named = self.args.targets.iter();
                world.cluster.also = named.filter_map(|target| secret_name(target)).collect();
                let input = world.read(&self.args.paths, Kept::Whole, console)?;
                warn_all(&input.unreadable, console)?;
                input.worlds
            }
        };
        Ok(self.worlds.insert(worlds))
    }

    fn secret(&mut self, target: &str, console: &mut Console<'_>) -> Result<Vec<Subject>, Failure> {
        let (namespace, name) = match target.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, target),
        };
        let is_cluster = self.args.world.cluster.is_given();
        let own = self.args.world.cluster.namespace().map(str::to_owned);
        let worlds = self.worlds(console)?;
        let known = worlds.each.iter().flat_map(|(_, world)| &world.resources.secrets);
        let known: Vec<(&str, &str)> =
            known.map(|secret| (secret.object.namespace(), secret.object.name.as_str())).collect();
        let fits = |(of, called): &&(&str, &str)| {
            *called == name && namespace.is_none_or(|namespace| namespace == *of)
        };
        let found: BTreeSet<&str> = known.iter().filter(fits).map(|(of, _)| *of).collect();
        let found: Vec<&str> = match own.as_deref() {
            Some(own) if found.contains(own) => vec![own],
            _ => found.into_iter().collect(),
        };
        match found.as_slice() {
            [namespace] => Ok(of_all(worlds, |world| secret(world, namespace, name))),
            [] => {
                let known: Vec<String> =
                    known.iter().map(|(namespace, name)| format!("{namespace}/{name}")).collect();
                let what = format!("Secret is called `{target}`");
                Err(missing(&what, target, &known, is_cluster))
            }
            several => {
                let names: Vec<String> =
                    several.iter().map(|namespace| format!("secret/{namespace}/{name}")).collect();
                Err(Failure::Usage {
                    message: format!("{} namespaces have a Secret `{name}`", several.len()),
                    hint: format!("use one of {}", names.join(", ")),
                })
            }
        }
    }

    fn context(&mut self, name: &str, console: &mut Console<'_>) -> Result<Vec<Subject>, Failure> {
        let worlds = self.worlds(console)?;
        // One that Ambassador drops is especially worth inspecting.
        let id = |world: &World| {
            let thrown_away = || world.contexts.iter().position(|context| context.name == name);
            world.context_named(name).or_else(|| thrown_away().map(ContextId))
        };
        let mut is_known = false;
        for (of, world) in &worlds.each {
            let Some(id) = id(world) else { continue };
            is_known = true;
            let whose = if of.is_empty() { String::new() } else { format!("{of}: ") };
            let found = world.context(id);
            if found.state != ContextState::Good {
                let why = found.messages().join("; ");
                let why = if why.is_empty() { "it uses no certificate".to_owned() } else { why };
                writeln!(console.err, "warning: {whose}Ambassador drops context `{name}`: {why}")?;
            }
            // Ambassador uses nothing of a context that it drops.
            if context(world, id).is_empty() && found.state == ContextState::Good {
                let message = "nothing that the context uses is in the manifests";
                writeln!(console.err, "warning: {whose}{message} or mounted by them")?;
            }
        }
        if is_known {
            return Ok(of_all(worlds, |world| Some(context(world, id(world)?))));
        }
        let known = worlds.each.iter().flat_map(|(_, world)| &world.contexts);
        let known: Vec<String> = known.map(|context| context.name.clone()).collect();
        let is_cluster = self.args.world.cluster.is_given();
        Err(missing(&format!("context is called `{name}`"), name, &known, is_cluster))
    }
}

/// Subjects of all worlds; those that are the same in each are listed once.
fn of_all(worlds: &Worlds, find: impl Fn(&World) -> Option<Vec<Subject>>) -> Vec<Subject> {
    let found = worlds.each.iter().map(|(_, world)| find(world).unwrap_or_default());
    let mut found: Vec<Vec<Subject>> = found.collect();
    if let [only] = found.as_mut_slice() {
        return std::mem::take(only);
    }
    let everywhere =
        |subject: &Subject| found.iter().all(|all| all.iter().any(|other| other.is_same(subject)));
    let shared: Vec<Vec<bool>> =
        found.iter().map(|all| all.iter().map(everywhere).collect()).collect();
    let mut subjects = Vec::new();
    for (at, ((name, _), all)) in worlds.each.iter().zip(found).enumerate() {
        for (mut subject, is_shared) in all.into_iter().zip(&shared[at]) {
            if !is_shared {
                subject.world = Some(name.clone());
            }
            if !is_shared || at == 0 {
                subjects.push(subject);
            }
        }
    }
    subjects
}

/// Namespace and name of a Secret target.
fn secret_name(target: &str) -> Option<(Option<String>, String)> {
    let target = target.strip_prefix("secret/")?;
    Some(match target.split_once('/') {
        Some((namespace, name)) => (Some(namespace.to_owned()), name.to_owned()),
        None => (None, target.to_owned()),
    })
}

fn missing(what: &str, wanted: &str, known: &[String], is_cluster: bool) -> Failure {
    let whole = if is_cluster { "the cluster" } else { "the manifests" };
    let hint = match nearest(wanted, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if is_cluster => "give its namespace: secret/NAMESPACE/NAME, or -n".to_owned(),
        None if known.is_empty() => "pass the manifests with -f".to_owned(),
        None => format!("the manifests have: {}", known.join(", ")),
    };
    Failure::Usage { message: format!("no {what} in {whole}"), hint }
}

/// A certificate file; other key store formats are reported, with a command to convert them.
fn from_file(name: &str, bytes: &[u8]) -> Result<Subject, Failure> {
    let path = if name == "<stdin>" { "FILE" } else { name };
    match Store::of(bytes) {
        None => Ok(from_bytes(SubjectOrigin::File(name.to_owned()), bytes)),
        Some(store) => Err(Failure::Usage {
            message: format!("`{name}` is {}, but only PEM and DER are supported", store.name()),
            hint: format!("run `{} | mtlsctl inspect -`", store.command(path)),
        }),
    }
}

/// The bytes of a file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |reason| Failure::Unreadable { path: path.display().to_string(), reason };
    read_bytes(path).map_err(unreadable)
}
