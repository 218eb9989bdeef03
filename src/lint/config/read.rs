//! Reads a configuration file into settings, or an error with a location.

use std::path::PathBuf;

use crate::document::{Located, Problem, ProblemKind, SliceKind, Tree, split};
use crate::source::{Position, Source, Sources, Span};

use super::config::Config;
use super::overrides::Override;
use crate::lint::meant::meant_rule;

/// A configuration and its text.
#[derive(Debug)]
pub struct ConfigFile {
    /// The settings.
    pub config: Config,
    /// The folder that its paths and globs are relative to, absolute.
    pub folder: PathBuf,
    sources: Sources,
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// `path:line:column`, or the path alone.
    pub place: String,
    /// The problem, as a lower-case sentence.
    pub reason: String,
    /// What to do.
    pub hint: Option<String>,
}

impl ConfigFile {
    /// Whether another one is equal, including the folder.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let texts = |file: &Self| {
            let all = file.sources.iter().map(|source| (source.name.clone(), source.text.clone()));
            all.collect::<Vec<_>>()
        };
        self.folder == other.folder && texts(self) == texts(other)
    }

    /// Reads a configuration; `name` is its path as shown.
    ///
    /// # Errors
    /// The first error in it.
    pub fn parse(name: &str, text: String, folder: PathBuf) -> Result<Self, Unfit> {
        let mut sources = Sources::default();
        let id = sources.add(name.to_owned(), text);
        let source = sources.get(id);
        let unfit = |span: Span, reason: String, hint: Option<String>| {
            let Position { line, column } = source.position(span.start);
            Unfit { place: format!("{name}:{line}:{column}"), reason, hint }
        };
        let slices = split(&source.text);
        let used = |at: usize| !is_blank(&source.text[slices[at].start..slices[at].end]);
        let documents: Vec<usize> = (0..slices.len()).filter(|&at| used(at)).collect();
        let config = match documents[..] {
            [] => Config::default(),
            [at] if slices[at].kind == SliceKind::Proper => {
                let (start, end) = (slices[at].start, slices[at].end);
                let (tree, problem) = Tree::parse(id, start as u32, &source.text[start..end])
                    .map_err(|problem| {
                        let (reason, hint) = words(&problem);
                        unfit(problem.span, reason, hint)
                    })?;
                if let Some(problem) = problem {
                    let (reason, hint) = words(&problem);
                    return Err(unfit(problem.span, reason, hint));
                }
                if let Some(twice) = tree.duplicates.first() {
                    let first = source.line(twice.first.start);
                    let reason = format!("`{}` is already on line {first}", twice.key);
                    return Err(unfit(twice.second, reason, None));
                }
                let whole = Span::new(id, start as u32, end as u32);
                let config = match tree.root() {
                    Some(root) if root.is_set() => root.read::<Config>().map_err(|misread| {
                        unfit(misread.span.unwrap_or(whole), misread.message, misread.hint)
                    })?,
                    _ => Config::default(),
                };
                if tree.is_exhausted() {
                    return Err(unfit(whole, "its aliases expand without limit".to_owned(), None));
                }
                config
            }
            [at, ..] => {
                let at = documents.get(1).copied().unwrap_or(at);
                let start = slices[at].start as u32;
                let reason = "a configuration is one document, without `---` inside".to_owned();
                return Err(unfit(Span::new(id, start, start), reason, None));
            }
        };
        known_rules(&config).map_err(|(span, glob)| {
            unfit(span, format!("no rule is called `{glob}`"), Some(meant_rule(glob)))
        })?;
        let everywhere = |over: &&Located<Override>| over.paths.is_none() && over.objects.is_none();
        if let Some(over) = config.overrides.iter().find(everywhere) {
            let reason = "this override has neither `paths` nor `objects`".to_owned();
            let hint = "put what applies everywhere under `rules`".to_owned();
            return Err(unfit(over.key(), reason, Some(hint)));
        }
        Ok(Self { config, folder, sources })
    }

    /// The file's name and text.
    pub fn source(&self) -> Option<&Source> {
        self.sources.iter().next()
    }

    /// A location in it as `path:line`.
    pub fn place(&self, span: Span) -> String {
        let source = self.sources.get(span.source);
        format!("{}:{}", source.name, source.line(span.start))
    }
}

fn is_blank(document: &str) -> bool {
    document.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Globs over rules outside overrides; in overrides, a typo is a finding, as in a comment.
fn known_rules(config: &Config) -> Result<(), (Span, &str)> {
    let lists = [&config.select, &config.ignore].into_iter().flatten();
    let globs = lists.flat_map(|list| &list.value);
    let globs = globs.chain(config.rules.0.iter().map(|(glob, _)| glob));
    match { globs }.find(|glob| !glob.is_known()) {
        Some(glob) => Err((glob.span, &glob.value.0)),
        None => Ok(()),
    }
}

fn words(problem: &Problem) -> (String, Option<String>) {
    match &problem.kind {
        ProblemKind::Syntax { message, hint } => {
            (format!("this is not YAML: {message}"), hint.map(ToOwned::to_owned))
        }
        ProblemKind::Template => ("a template cannot be a configuration".to_owned(), None),
        ProblemKind::AfterEnd => ("nothing may follow `...`".to_owned(), None),
        ProblemKind::TooDeep { limit } => {
            (format!("this is nested deeper than {limit} levels"), None)
        }
        ProblemKind::TooManyAliases { .. } => ("its aliases expand without limit".to_owned(), None),
        ProblemKind::TooManyValues { limit } | ProblemKind::TooManyFields { limit } => {
            (format!("this has more than {limit} values"), None)
        }
        ProblemKind::TooLong { limit } => {
            (format!("this is longer than {} MiB", limit >> 20), None)
        }
        ProblemKind::Separator => ("nothing may follow `---` on its line".to_owned(), None),
        ProblemKind::Directive => ("a `%` directive is not allowed".to_owned(), None),
    }
}
