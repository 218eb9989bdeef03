//! Locates a position in a possibly unfinished document by lines and indentation.

use std::ops::Range;

/// The annotation that contains documents.
const EMBEDDED: &str = "getambassador.io/config";

/// A position in a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor<'t> {
    /// The document's `kind`.
    pub(super) kind: Option<&'t str>,
    /// The document's `apiVersion`.
    pub(super) api_version: Option<&'t str>,
    /// Its `metadata.namespace`.
    pub(super) namespace: Option<&'t str>,
    /// The path of keys to the mapping or list at the position.
    pub(super) path: Vec<&'t str>,
    /// The key whose value is at the position; `None` if a key is being typed.
    pub(super) key: Option<&'t str>,
    /// Whether the position is in an item of a list.
    pub(super) is_item: bool,
    /// Sibling keys of the one at the position.
    pub(super) beside: Vec<&'t str>,
    /// The word at the position, which a completion replaces.
    pub(super) word: Range<usize>,
    /// Whether the document is in an annotation, where fields are at the top level.
    pub(super) is_bare: bool,
    /// The line's indentation.
    pub(super) indentation: usize,
}

/// One line, analysed on its own.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// The position of its first dash, if it begins an item.
    dash: Option<usize>,
    /// The start of its key or value.
    indentation: usize,
    key: Option<&'t str>,
    /// The text after the colon.
    value: &'t str,
}

impl<'t> Line<'t> {
    fn read(start: usize, text: &'t str) -> Self {
        let text = text.trim_end_matches(['\n', '\r']);
        let mut at = text.len() - text.trim_start_matches(' ').len();
        let dash = text[at..].starts_with("- ").then_some(at);
        let dash = dash.or_else(|| (&text[at..] == "-").then_some(at));
        while text[at..].starts_with("- ") {
            at += 1;
            at += text[at..].len() - text[at..].trim_start_matches(' ').len();
        }
        let content = &text[at..];
        let colon =
            content.find(": ").or_else(|| content.ends_with(':').then(|| content.len() - 1));
        let key = colon.map(|colon| content[..colon].trim_matches(['"', '\'']));
        let key = key.filter(|key| !key.starts_with(['{', '[', '#']));
        let value = match (key, colon) {
            (Some(_), Some(colon)) => content[colon + 1..].trim(),
            _ => content,
        };
        Self { start, text, dash, indentation: at, key, value }
    }

    fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    fn is_border(&self) -> bool {
        self.text.trim_start().starts_with("---")
    }

    fn opens_documents(&self) -> bool {
        self.key == Some(EMBEDDED) && self.value.starts_with(['|', '>'])
    }
}

impl<'t> Cursor<'t> {
    /// The position of a byte.
    pub(super) fn at(text: &'t str, byte: usize) -> Self {
        let byte = text.floor_char_boundary(byte.min(text.len()));
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push(Line::read(start, line));
            start += line.len();
        }
        if text.is_empty() || text.ends_with('\n') {
            lines.push(Line::read(start, ""));
        }
        let number = lines.partition_point(|line| line.start <= byte).saturating_sub(1);
        let (first, is_bare) = beginning(&lines, number);
        let mut cursor = Self { is_bare, ..Self::default() };
        cursor.read_line(&lines[number], byte);
        let body = &lines[first..];
        cursor.read_head(body);
        cursor.climb(&lines, first, number);
        cursor
    }

    /// Information from the line itself.
    fn read_line(&mut self, line: &Line<'t>, byte: usize) {
        let column = byte - line.start;
        let before = &line.text[..column.min(line.text.len())];
        self.indentation = line.indentation.min(before.len());
        self.is_item = line.dash.is_some();
        let is_word = |c: char| c.is_alphanumeric() || "-_./$:@".contains(c);
        // A flow mapping or list on the line.
        let open = before.rfind(['{', '[']).filter(|&at| !before[at..].contains(['}', ']']));
        let (from, segment) = match open {
            Some(open) => {
                if let Some(key) = line.key {
                    self.path.push(key);
                }
                let inner =
                    before[open + 1..].rfind(',').map_or(open + 1, |comma| open + 2 + comma);
                self.is_item = before[open..].starts_with('[');
                self.beside = before[open + 1..]
                    .split(',')
                    .filter_map(|part| part.split_once(':'))
                    .map(|(key, _)| key.trim())
                    .collect();
                (inner, &before[inner..])
            }
            None => {
                let from = line.indentation.min(before.len());
                (from, &before[from..])
            }
        };
        let colon =
            segment.find(": ").or_else(|| segment.ends_with(':').then(|| segment.len() - 1));
        let value = match colon {
            Some(colon) if !segment[..colon].contains(['"', ' ']) || open.is_some() => {
                self.key = Some(segment[..colon].trim().trim_matches(['"', '\'']));
                from + colon + 1
            }
            _ => from,
        };
        let tail = &before[value..];
        let start = tail
            .rfind(|c: char| !is_word(c))
            .map_or(0, |at| at + tail[at..].chars().next().map_or(1, char::len_utf8));
        let rest = &line.text[before.len()..];
        let end = rest.find(|c: char| !is_word(c) || self.key.is_none() && c == ':');
        self.word =
            line.start + value + start..line.start + before.len() + end.unwrap_or(rest.len());
    }

    /// Information from the document's top-level keys.
    fn read_head(&mut self, body: &[Line<'t>]) {
        let Some(top) = body.iter().find(|line| !line.is_blank() && line.key.is_some()) else {
            return;
        };
        let plain = |value: &'t str| {
            value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\''])
        };
        let mut section = "";
        for line in body.iter().filter(|line| !line.is_blank()) {
            if line.is_border() || line.indentation < top.indentation {
                break;
            }
            let Some(key) = line.key else { continue };
            let is_top = line.indentation == top.indentation && line.dash.is_none();
            if is_top {
                section = key;
            }
            match key {
                "kind" if is_top => self.kind = Some(plain(line.value)),
                "apiVersion" if is_top => self.api_version = Some(plain(line.value)),
                "namespace" if is_top || section == "metadata" => {
                    self.namespace.get_or_insert(plain(line.value));
                }
                "metadata" if is_top && line.value.starts_with('{') => {
                    let inside = line.value.trim_matches(['{', '}']).split(',');
                    let mut pairs = inside.filter_map(|pair| pair.split_once(':'));
                    let found = pairs.find(|(key, _)| key.trim() == "namespace");
                    self.namespace = self.namespace.or(found.map(|(_, value)| plain(value)));
                }
                _ => {}
            }
        }
    }

    /// Walks up from the position, from key to key.
    fn climb(&mut self, lines: &[Line<'t>], first: usize, number: usize) {
        let own = &lines[number];
        let in_braces = !self.path.is_empty();
        let mut above = Vec::new();
        // Keys at this indentation are siblings, those further left are parents.
        let mut level = own.indentation;
        let mut is_beside = true;
        if own.text.trim().is_empty() {
            level = self.indentation.max(own.text.len());
        }
        let start = level;
        if own.dash.is_some() {
            level = own.dash.unwrap_or(level) + 1;
            is_beside = false;
        }
        for line in lines[first..number].iter().rev().filter(|line| !line.is_blank()) {
            let is_key = line.key.is_some();
            if is_beside && line.indentation == level && is_key && !in_braces {
                self.beside.extend(line.key);
                if let Some(dash) = line.dash {
                    self.is_item = true;
                    level = dash + 1;
                    is_beside = false;
                }
            } else if line.indentation < level && is_key {
                above.extend(line.key);
                level = line.indentation;
                is_beside = false;
                if let Some(dash) = line.dash {
                    level = dash + 1;
                }
            } else if !is_key && line.dash.is_some_and(|dash| dash + 1 < level) {
                level = line.dash.unwrap_or(0) + 1;
            }
        }
        let below = lines[number + 1..].iter().take_while(|line| !line.is_border());
        let below = below.filter(|line| !line.is_blank() && !in_braces);
        let same = below.take_while(|line| line.indentation >= start && line.dash.is_none());
        self.beside
            .extend(same.filter(|line| line.indentation == start).filter_map(|line| line.key));
        above.reverse();
        above.append(&mut self.path);
        self.path = above;
    }
}

/// The first line of a line's document, and whether that is in an annotation.
fn beginning(lines: &[Line<'_>], number: usize) -> (usize, bool) {
    let mut least = usize::MAX;
    let mut border = None;
    for at in (0..=number).rev() {
        let line = &lines[at];
        if at < number && line.is_border() {
            if line.text.starts_with("---") {
                return (border.unwrap_or(at + 1), border.is_some());
            }
            border.get_or_insert(at + 1);
            continue;
        }
        if at < number && line.opens_documents() && line.indentation < least {
            return (border.unwrap_or(at + 1), true);
        }
        if !line.is_blank() {
            least = least.min(line.dash.unwrap_or(line.indentation));
        } else if at == number && !line.text.is_empty() {
            least = least.min(line.text.len());
        }
    }
    // An indented separator outside an annotation is part of a text.
    (0, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor at `|` in a text.
    fn at(text: &'static str) -> Cursor<'static> {
        let byte = text.find('|').unwrap();
        let text: &'static str = Box::leak(text.replacen('|', "", 1).into_boxed_str());
        Cursor::at(text, byte)
    }

    #[test]
    fn a_value_knows_its_key_and_the_keys_above() {
        let cursor = at(
            "a: 1\n---\nkind: Host\nmetadata:\n  namespace: shop # x\nspec:\n  tlsSecret:\n    name: cl|ient\n    namespace: x\n",
        );
        assert_eq!((cursor.kind, cursor.namespace), (Some("Host"), Some("shop")));
        assert_eq!(cursor.path, ["spec", "tlsSecret"]);
        assert_eq!(cursor.key, Some("name"));
        assert_eq!(cursor.beside, ["namespace"]);
        assert_eq!(cursor.word.len(), "client".len());
    }

    #[test]
    fn a_key_that_is_being_typed_knows_what_stands_beside_it() {
        let cursor = at("kind: TLSContext\nspec:\n  secret: x\n  mi|\n  sni: y\n");
        assert_eq!((cursor.key, cursor.path.as_slice()), (None, &["spec"][..]));
        assert_eq!(cursor.beside, ["secret", "sni"]);
        let cursor = at("kind: TLSContext\nspec:\n  secret: x\n  |");
        assert_eq!(
            (cursor.path.as_slice(), cursor.beside.as_slice()),
            (&["spec"][..], &["secret"][..])
        );
    }

    #[test]
    fn items_of_lists_belong_to_the_key_above_them() {
        for text in [
            "kind: TLSContext\nspec:\n  ecdh_curves:\n  - X25519\n  - P-|\n",
            "kind: TLSContext\nspec:\n  ecdh_curves:\n    - X25519\n    - P-|\n",
            "kind: TLSContext\nspec:\n  ecdh_curves: [X25519, P-|\n",
        ] {
            let cursor = at(text);
            assert_eq!(cursor.path, ["spec", "ecdh_curves"], "{text}");
            assert!(cursor.is_item && cursor.key.is_none(), "{text}");
        }
        let cursor = at(
            "kind: Deployment\nspec:\n  volumes:\n  - name: a\n    secret:\n      secretName: x|\n",
        );
        assert_eq!(cursor.path, ["spec", "volumes", "secret"]);
    }

    #[test]
    fn braces_on_one_line_are_looked_into() {
        let cursor = at(
            "kind: Mapping\nmetadata: {name: a, namespace: shop}\nspec: {prefix: /, tls: up|}\n",
        );
        assert_eq!((cursor.key, cursor.path.as_slice()), (Some("tls"), &["spec"][..]));
        assert_eq!(cursor.namespace, Some("shop"));
        let cursor = at("kind: Mapping\nspec: {prefix: /, t|}\n");
        assert_eq!((cursor.key, cursor.beside.as_slice()), (None, &["prefix"][..]));
    }

    #[test]
    fn documents_in_annotations_begin_anew() {
        let cursor = at("kind: Service\nmetadata:\n  name: x\n  annotations:\n    getambassador.io/config: |2\n      ---\n      kind: Host\n      ---\n      kind: Mapping\n      tls: up|\nspec: {}\n".replacen("|2", ">", 1).leak());
        assert_eq!((cursor.kind, cursor.key, cursor.is_bare), (Some("Mapping"), Some("tls"), true));
        assert!(cursor.path.is_empty());
    }

    #[test]
    fn nothing_is_a_position_too() {
        for text in
            ["|", "\n|", "---\n|", "-|", ": |", "{|", "\u{feff}|", "a: 'ü|", "- - - |", "\r\n|\r"]
        {
            let _ = at(text);
        }
        assert_eq!(at("kind: |").key, Some("kind"));
    }
}
