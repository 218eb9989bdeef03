//! Which source file imports from which: `use` trees and paths, followed through re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Imports from a file (relative to `src`) or folder, by target, with the imported names.
pub(crate) type Edges = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// A path as written, with `crate`, `super` and `self`.
type Segments = Vec<String>;

/// A source file.
struct Module {
    /// Relative to `src`.
    file: String,
    /// The absolute paths of names that `use` imports.
    names: BTreeMap<String, Segments>,
    /// Modules imported with a glob.
    globs: Vec<Segments>,
    /// Every path in the code and in private `use` lines, absolute.
    paths: Vec<Segments>,
}

/// Every source file below `root`.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Imports between the files below `root`, without tests.
///
/// An import counts for the file that defines the item, not for the `mod.rs` that re-exports it; a
/// re-export is not a use.
pub(crate) fn between_files(root: &Path) -> Edges {
    let mut modules: BTreeMap<Segments, Module> = BTreeMap::new();
    let paths = files(root);
    let all: BTreeSet<Segments> = paths.iter().map(|path| module_of(root, path)).collect();
    for path in &paths {
        let own = module_of(root, path);
        let text = fs::read_to_string(path).unwrap();
        let file = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        modules.insert(own.clone(), Module::read(file, &own, &text, &all));
    }
    let mut edges = Edges::new();
    for module in modules.values() {
        let targets = edges.entry(module.file.clone()).or_default();
        for path in &module.paths {
            if let Some((target, name)) = resolve(&modules, path, 0)
                && target != module.file
            {
                targets.entry(target).or_default().insert(name);
            }
        }
    }
    edges
}

/// The same between folders, at most two levels deep.
pub(crate) fn between_folders(files: &Edges) -> Edges {
    let mut edges = Edges::new();
    for (file, targets) in files {
        let own = folder(file);
        let of_folder = edges.entry(own.clone()).or_default();
        for (target, names) in targets {
            let other = folder(target);
            if other != own {
                let names = names.iter().map(|name| format!("{file}: {name}"));
                of_folder.entry(other).or_default().extend(names);
            }
        }
    }
    edges
}

fn folder(file: &str) -> String {
    let parts: Vec<&str> = file.split('/').collect();
    parts[..parts.len() - 1].iter().take(2).copied().collect::<Vec<_>>().join("/")
}

/// Groups of two and more in which each can be reached from every other, largest first.
pub(crate) fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let edges = &without_ends(edges.clone());
    let mut found: Vec<Vec<String>> = Vec::new();
    for node in edges.keys() {
        if found.iter().any(|circle| circle.contains(node)) {
            continue;
        }
        let mut circle: Vec<String> = reached(edges, node)
            .into_iter()
            .filter(|other| reached(edges, other).contains(node))
            .cloned()
            .collect();
        circle.sort();
        if circle.len() > 1 {
            found.push(circle);
        }
    }
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

/// Repeatedly removes nodes without imports, so that the circles and what imports them remain.
fn without_ends(mut edges: Edges) -> Edges {
    loop {
        let nodes: BTreeSet<String> = edges.keys().cloned().collect();
        let before = edges.len();
        for targets in edges.values_mut() {
            targets.retain(|target, _| nodes.contains(target));
        }
        edges.retain(|_, targets| !targets.is_empty());
        if edges.len() == before {
            return edges;
        }
    }
}

fn reached<'e>(edges: &'e Edges, from: &String) -> BTreeSet<&'e String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for target in edges.get(node).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(target) {
                open.push(target);
            }
        }
    }
    seen
}

fn module_of(root: &Path, path: &Path) -> Segments {
    let relative = path.strip_prefix(root).unwrap().with_extension("");
    let mut parts: Segments =
        relative.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// The file that defines an absolute path, and the name in it. `None` for a module, since importing
/// one uses nothing of it yet.
fn resolve(
    modules: &BTreeMap<Segments, Module>,
    path: &[String],
    depth: usize,
) -> Option<(String, String)> {
    if depth > 8 {
        return None;
    }
    let mut at = 0;
    while at < path.len() && modules.contains_key(&path[..=at]) {
        at += 1;
    }
    let module = modules.get(&path[..at])?;
    let name = path.get(at)?;
    if let Some(target) = module.names.get(name) {
        let whole = [target.as_slice(), &path[at + 1..]].concat();
        return resolve(modules, &whole, depth + 1);
    }
    for glob in &module.globs {
        let whole = [glob.as_slice(), &path[at..]].concat();
        if let Some(found) = resolve(modules, &whole, depth + 1) {
            return Some(found);
        }
    }
    Some((module.file.clone(), name.clone()))
}

impl Module {
    fn read(file: String, own: &[String], text: &str, all: &BTreeSet<Segments>) -> Self {
        let mut module =
            Self { file, names: BTreeMap::new(), globs: Vec::new(), paths: Vec::new() };
        let tokens: TokenStream = text.parse().unwrap();
        let mut written = Vec::new();
        module.items(own, all, tokens, &mut written);
        for path in written {
            let first = &path[0];
            let absolute = if let Some(path) = absolute(own, &path) {
                path
            } else if let Some(target) = module.names.get(first) {
                [target.as_slice(), &path[1..]].concat()
            } else if all.contains(&[own, std::slice::from_ref(first)].concat()) {
                [own, &path].concat()
            } else {
                continue;
            };
            module.paths.push(absolute);
        }
        module
    }

    /// Reads `use` trees immediately, and collects all other paths.
    fn items(
        &mut self,
        own: &[String],
        all: &BTreeSet<Segments>,
        tokens: TokenStream,
        written: &mut Vec<Segments>,
    ) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut public = false;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Punct(hash)
                    if hash.as_char() == '#' && is_for_tests(tokens.get(at + 1)) =>
                {
                    at += 2;
                    while at < tokens.len() && !ends_item(&tokens[at]) {
                        at += 1;
                    }
                }
                TokenTree::Ident(word) if word == "pub" => {
                    public = true;
                    if matches!(tokens.get(at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                    {
                        at += 1;
                    }
                    at += 1;
                    if !matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "use") {
                        public = false;
                    }
                    continue;
                }
                TokenTree::Ident(word) if word == "use" => {
                    let end = (at..tokens.len())
                        .find(|end| is_punct(&tokens[*end], ';'))
                        .unwrap_or(tokens.len());
                    if let Some(prefix) = start(own, all, &tokens[at + 1..end]) {
                        self.import(own, &prefix, &tokens[at + 1..end], public);
                    }
                    at = end;
                    public = false;
                }
                TokenTree::Ident(_) => {
                    let (path, after) = path_at(&tokens, at);
                    let is_method = at > 0 && is_punct(&tokens[at - 1], '.');
                    if path.len() > 1 && !is_method {
                        written.push(path);
                    }
                    at = after;
                    continue;
                }
                TokenTree::Group(group) => self.items(own, all, group.stream(), written),
                _ => {}
            }
            at += 1;
        }
    }

    /// A branch of a `use` tree.
    fn import(&mut self, own: &[String], prefix: &[String], tokens: &[TokenTree], public: bool) {
        let mut path = prefix.to_vec();
        let mut alias = None;
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if word == "as" => {
                    alias = tokens.get(at + 1).map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(star) if star.as_char() == '*' => {
                    self.globs.extend(absolute(own, &path));
                    return;
                }
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for branch in inner.split(|token| is_punct(token, ',')) {
                        if !branch.is_empty() {
                            self.import(own, &path, branch, public);
                        }
                    }
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let name = alias.unwrap_or_else(|| path.last().unwrap().clone());
        let Some(target) = absolute(own, &path) else { return };
        if !public {
            self.paths.push(target.clone());
        }
        self.names.insert(name, target);
    }
}

/// The base of a `use` tree's first name; `None` for another crate.
fn start(own: &[String], all: &BTreeSet<Segments>, tokens: &[TokenTree]) -> Option<Segments> {
    let first = tokens.first().map(ToString::to_string)?;
    if matches!(first.as_str(), "crate" | "self" | "super") {
        return Some(Vec::new());
    }
    all.contains(&[own, &[first]].concat()).then(|| vec!["self".to_owned()])
}

/// The path with a leading `crate`, `self` or `super` resolved.
fn absolute(own: &[String], path: &[String]) -> Option<Segments> {
    let mut base = match path[0].as_str() {
        "crate" => Vec::new(),
        "self" | "super" => own.to_vec(),
        _ => return None,
    };
    let mut rest = path;
    if rest[0] == "crate" || rest[0] == "self" {
        rest = &rest[1..];
    }
    while rest.first().is_some_and(|first| first == "super") {
        base.pop();
        rest = &rest[1..];
    }
    Some([base.as_slice(), rest].concat())
}

/// The longest `a::b::c` from here, and the position after it.
fn path_at(tokens: &[TokenTree], start: usize) -> (Segments, usize) {
    let mut path = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        path.push(word.to_string());
        at += 1;
        let colons = tokens.get(at).is_some_and(|token| is_punct(token, ':'))
            && tokens.get(at + 1).is_some_and(|token| is_punct(token, ':'));
        if !colons || !matches!(tokens.get(at + 2), Some(TokenTree::Ident(_))) {
            break;
        }
        at += 2;
    }
    (path, at)
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_for_tests(token: Option<&TokenTree>) -> bool {
    token.is_some_and(|token| token.to_string().replace(' ', "") == "[cfg(test)]")
}

fn ends_item(token: &TokenTree) -> bool {
    is_punct(token, ';')
        || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}
