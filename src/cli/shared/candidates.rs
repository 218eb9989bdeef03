//! Completion candidates for the shell: names from the manifests, and rules.
//!
//! The shell runs `COMPLETE=SHELL mtlsctl -- WORD…` (see `clap_complete::env`); manifests are those
//! of `-f` among the words, else of the working directory.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

use crate::resource::{Documents, Reading, relevance};
use crate::rule::ALL;
use crate::source::Selection;
use crate::world::{Settings, World};

/// Time limit for a completion; the working directory may be a whole disk.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Names of Mappings and similar objects, with their services.
pub(crate) fn upstreams() -> Vec<CompletionCandidate> {
    let names = |world: &World| {
        let upstreams = world.upstreams.iter();
        let named = upstreams.map(|upstream| {
            let object = &world.mapping(upstream).object;
            (object.name.value.to_string(), upstream.service.to_string())
        });
        named.collect()
    };
    offered(of_manifests(names))
}

/// Targets of `inspect`: Secrets, contexts and files.
pub(crate) fn inspected_or_files(current: &OsStr) -> Vec<CompletionCandidate> {
    let start = current.to_string_lossy();
    let mut candidates = inspected();
    candidates.retain(|one| one.get_value().to_string_lossy().starts_with(start.as_ref()));
    candidates.extend(PathCompleter::any().stdio().complete(current));
    candidates
}

fn inspected() -> Vec<CompletionCandidate> {
    let names = |world: &World| {
        let secrets = world.resources.secrets.iter().map(|secret| {
            let object = &secret.object;
            (format!("secret/{}/{}", object.namespace(), object.name.value), "Secret".to_owned())
        });
        let contexts = world.contexts.iter();
        let contexts =
            contexts.map(|one| (format!("context/{}", one.name), "TLS context".to_owned()));
        secrets.chain(contexts).collect()
    };
    offered(of_manifests(names))
}

/// All rules, with their summaries.
pub(crate) fn rules() -> Vec<CompletionCandidate> {
    offered(ALL.iter().map(|rule| (rule.id.to_owned(), rule.summary.to_owned())).collect())
}

/// Names that need no quoting in a shell; no Kubernetes name needs more, and nothing else from a
/// manifest may reach a command line.
fn offered(named: Vec<(String, String)>) -> Vec<CompletionCandidate> {
    let plain = |name: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '/');
        !name.is_empty() && !name.starts_with('-') && name.chars().all(allowed)
    };
    let mut named: Vec<_> = named.into_iter().filter(|(name, _)| plain(name)).collect();
    named.sort();
    named.dedup_by(|one, other| one.0 == other.0);
    let help = |text: String| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let candidate = |(name, text): (String, String)| {
        let help: String = help(text);
        CompletionCandidate::new(name).help(Some(help.into()))
    };
    named.into_iter().map(candidate).collect()
}

/// The candidates from the manifests; none if they cannot be read in time.
fn of_manifests(
    read: impl Fn(&World) -> Vec<(String, String)> + Send + 'static,
) -> Vec<(String, String)> {
    let (answer, answers) = mpsc::channel();
    let paths = manifests(std::env::args_os());
    thread::spawn(move || {
        let selection = Selection {
            paths,
            excludes: Vec::new(),
            excludes_from: PathBuf::from("."),
            honour_gitignore: true,
            stdin_name: None,
        };
        let settings = Settings::default();
        let reading = Reading {
            ingest: settings.ingest,
            relevance: relevance(),
            is_whole: false,
            passes_over: |_| false,
            before: None,
        };
        if let Ok((documents, _)) = Documents::gather(&selection, &mut io::empty(), &reading) {
            let world = World::build(&documents, settings);
            let _ = answer.send(read(&world));
        }
    });
    answers.recv_timeout(PATIENCE).unwrap_or_default()
}

/// The values of `-f` among the words typed so far.
fn manifests(words: impl Iterator<Item = OsString>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut words = words.map(|word| word.to_string_lossy().into_owned());
    while let Some(word) = words.next() {
        let value = match word.as_str() {
            "-f" | "--filename" => words.next(),
            word => word
                .strip_prefix("--filename=")
                .or_else(|| word.strip_prefix("-f").filter(|rest| !rest.is_empty()))
                .map(str::to_owned),
        };
        paths.extend(value.filter(|value| value != "-").map(PathBuf::from));
    }
    if paths.is_empty() { vec![PathBuf::from(".")] } else { paths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_found_however_they_are_named() {
        let of = |words: &[&str]| manifests(words.iter().map(OsString::from));
        assert_eq!(of(&["mtlsctl", "probe"]), [PathBuf::from(".")]);
        let all = of(&["probe", "-f", "a", "--filename=b", "-fc", "--filename", "d", "-f", "-"]);
        assert_eq!(all, ["a", "b", "c", "d"].map(PathBuf::from));
    }

    #[test]
    fn only_plain_names_reach_a_command_line() {
        let named = ["ok-1", "$(reboot)", "a b", "-rf", "", "x;y", "ns/n", "`x`", "a\nb"];
        let named = named.map(|name| (name.to_owned(), "text\n\u{1b}".to_owned())).to_vec();
        let offered = offered(named);
        let values: Vec<_> = offered.iter().map(|one| one.get_value().to_owned()).collect();
        assert_eq!(values, ["ns/n", "ok-1"]);
    }
}
