//! The quick reader of block YAML against the full parser: the same tree, or it gives up.
//!
//! `MTLSCTL_FUZZ_SECONDS=3600 cargo test --release --test document block_reader` runs for an hour.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mtlsctl::document::{Tree, split};
use mtlsctl::source::{SourceId, Sources};

/// The number of documents without `MTLSCTL_FUZZ_SECONDS`.
const DOCUMENTS: u64 = 30_000;

/// Pieces with a meaning in YAML, alone or in combination.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\n\n", "- ", "-", ": ", ":", "key:", "key: v", "a: b", "#", " #", " # c", "[",
    "]", "{", "}", ",", ", ", "[]", "{}", "[a, b]", "{a: b}", "[ a ]", "{ a: b }", "''", "\"\"",
    "'a'", "\"a\"", "\"a b\"", "'a: b'", "|", "|-", "|+", ">", "|\n", "|2", "&a ", "*a", "!t ", "? ",
    "%", "@", "`", "\\", "---", "...", "~", "yes", "1", "x", "<<: ", "\t", "\r\n", "ä", "- - ",
    "- a: 1", "=", ".5", "-1", "http://a:1/b", "\\n", "\\\"", "{a: b c}", "[a b, c]", "{\"a\":1}",
    "\n    ", "\n      w", "\n\n  ", " \n ", ">-\n", ">\n", "\u{a0}", "\u{2028}", "\u{85}", "\u{feff}", "€",
];

/// The starts of lines in a generated document.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "a:", "b:", "key:", "\"q\":", "'q':", "- ", "- - ", "- a: ", "- b:", "-", "- |", "#", "a: ",
    "b: ", "a: |", "b: |-", "key: |+", "", "v", "<<:", ".x: ", "c : ",
    "a: >", "b: >-", "- >", "  w x", "  w", "  b\"", "  b'", "ü:",
];

/// Values that follow them.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "", "", "v", "v w", "1", "'s'", "\"d\"", "[]", "{}", "[a, \"b\", 'c']", "{a: b, c: [d]}", "a:b",
    "v # c", "'s' # c", "[] # c", "|", "|-", "a: b", "x:", "\"a\\nb\"", "'a''b'", "- x", "-1",
    "[a, [b, {c: d}], {}]", "\"a\": b", "  v  ",
    "{path: /healthz, port: http}", "{a: 10.0.0.0/8, \"b\": \"c d\"}", "{\"a\":1,\"b\":[\"c\"]}",
    "{'a':b}", "[-1, --x, .5, ~]", "[a b , c d]", "{a b: c d }", "[a:b, c#d]", "{a:b: c}", "[a: b]",
    "{a: }", "{a}", "[a, ]", "[- a]", "{-: a}", "[http://x/y, a=b;c]", "{a: b #c}", "{<<: {a: b}}",
    "[a\\b, (c), $d, ^e]", "{\"a\\n\": 'b''c'}", "'a\\b'", "\"a\\\"b\\\\c\\td\"",
    "\"\\x41\"", "\"a", "b\"", "'a", "b'", "\"a\\", "''" , "''' a", ">", ">-", ">+", "v:w x", "äöü",
    "é: ü", "v  # ü",
    "v\u{a0}", "w\u{3000}", "{a:, b: c}", "[a:, b]", "[a:]", "\"v\u{a0}",
];

/// xorshift64*: the same seed gives the same documents everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

/// Whether the reader read a document; panics if it differs from the full parser.
fn taken(id: SourceId, base: u32, text: &str) -> bool {
    let Some(tree) = Tree::parse_block(id, base, text) else { return false };
    let full = Tree::parse_fully(id, base, text);
    let same = matches!(&full, Ok((full, None)) if *full == tree);
    assert!(same, "the readers differ on {text:?}\nquick: {tree:#?}\nfull: {full:#?}");
    true
}

fn differs(id: SourceId, text: &str) -> bool {
    Tree::parse_block(id, 0, text).is_some_and(
        |tree| !matches!(Tree::parse_fully(id, 0, text), Ok((full, None)) if full == tree),
    )
}

/// Removes lines, then bytes, as long as the readers still differ.
fn smallest(id: SourceId, text: String) -> String {
    let mut text = text;
    loop {
        let mut ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        ends.push(text.len());
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let lines = starts.zip(ends.iter().copied()).collect::<Vec<_>>();
        let bytes = (0..text.len()).map(|at| (at, at + 1)).collect::<Vec<_>>();
        let shorter = lines.into_iter().chain(bytes).find_map(|(start, end)| {
            let head = text.get(..start)?;
            let shorter = format!("{head}{}", text.get(end..)?);
            (shorter.len() < text.len() && differs(id, &shorter)).then_some(shorter)
        });
        match shorter {
            Some(shorter) => text = shorter,
            None => return text,
        }
    }
}

fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            manifests(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
        {
            found.push(path);
        }
    }
    found.sort();
}

/// All documents below a folder.
fn corpus(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    manifests(folder, &mut paths);
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts
        .flat_map(|text| {
            let slices = split(&text).into_iter();
            slices.map(|slice| text[slice.start..slice.end].to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

fn generated(random: &mut Random) -> String {
    let mut text = String::new();
    let mut indent = 0;
    for _ in 0..1 + random.below(9) {
        if random.below(3) > 0 {
            indent = (indent + random.below(5)).saturating_sub(2);
        }
        let head = random.pick(HEADS);
        // A block scalar's header is mostly followed by nothing.
        let ends = head.ends_with(['|', '>', '-', '+']) && random.below(4) > 0;
        let value = if ends { "" } else { random.pick(VALUES) };
        let gap = if head.ends_with(':') { " " } else { "" };
        let _ = write!(text, "{:indent$}{head}{gap}{value}", "");
        text.push_str(if random.below(12) == 0 { "\n\n" } else { "\n" });
    }
    if random.below(10) == 0 {
        text.pop();
    }
    text
}

/// A few lines of a real document, changed in some places.
fn mutated(random: &mut Random, corpus: &[String]) -> String {
    let lines: Vec<&str> = corpus[random.below(corpus.len())].split_inclusive('\n').collect();
    let first = random.below(lines.len() + 1) * random.below(2);
    let mut lines: Vec<String> =
        lines[first..].iter().take(1 + random.below(30)).map(|line| (*line).to_owned()).collect();
    for _ in 0..random.below(4) {
        if lines.is_empty() {
            break;
        }
        let (at, to) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(5) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(to, lines[at].clone()),
            2 => lines.swap(at, to),
            3 => lines[at].insert_str(0, ["  ", " ", "- ", "    "][random.below(4)]),
            _ => lines[at] = lines[at].trim_start().to_owned(),
        }
    }
    let mut text = lines.concat();
    for _ in 0..random.below(4) {
        let at = (0..=random.below(text.len() + 1).min(text.len())).rev();
        let at = at.into_iter().find(|&at| text.is_char_boundary(at)).unwrap();
        let to = (at..=(at + random.below(4)).min(text.len()))
            .rev()
            .find(|&to| text.is_char_boundary(to))
            .unwrap();
        let piece = if random.below(4) == 0 { "" } else { random.pick(PIECES) };
        text.replace_range(at..to, piece);
    }
    text
}

/// Common contents of manifests; giving up on them costs time everywhere.
#[test]
fn common_manifests_are_read_by_the_quick_reader() {
    let id = Sources::default().add("a.yaml".into(), String::new());
    for text in [
        "",
        "# Nothing but a comment.\n",
        "httpGet: {path: /healthz, port: http}\n",
        "matchLabels: {app.kubernetes.io/name: \"a b\", tier: back end}\n",
        "args: [--level=info, http://a:80/x, -1, 'it''s']\n",
        "json: {\"a\":1,\"b\":[\"c\",{\"d\":null}]}\n",
        "last-applied: \"{\\\"kind\\\":\\\"Service\\\"}\\n\"\n",
        "pattern: '^\\d+\\.[a-z]*$'\n",
        "description: one line\n  and another\n\n  and a paragraph\nnext: x\n",
        "description: 'one line\n  and another'\n",
        "list:\n- one\n  more\n- \"two\n  more\"\n",
        "text: >-\n  one\n  two\n\n  three\n",
        "owner: Jürgen Weiß  # größer\nstraße: 東京\n",
    ] {
        assert!(taken(id, 3, text), "the quick reader gives up at {text:?}");
    }
}

#[test]
fn the_quick_reader_agrees_with_the_full_parser() {
    let id = Sources::default().add("a.yaml".into(), String::new());
    let corpus = corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"));
    let read = corpus.iter().filter(|text| taken(id, 7, text)).count();
    assert!(read * 10 > corpus.len() * 6, "{read} of {} documents are plain", corpus.len());

    let seconds = std::env::var("MTLSCTL_FUZZ_SECONDS").ok().map(|text| text.parse().unwrap());
    let deadline = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut random = Random(match deadline {
        Some(_) => std::process::id().into(),
        None => 1,
    });
    let (mut count, mut read) = (0_u64, 0_u64);
    loop {
        for _ in 0..10_000 {
            count += 1;
            let text = match random.below(2) {
                0 => generated(&mut random),
                _ => mutated(&mut random, &corpus),
            };
            if differs(id, &text) {
                taken(id, 0, &smallest(id, text.clone()));
            }
            read += u64::from(Tree::parse_block(id, 0, &text).is_some());
        }
        if deadline.map_or(count >= DOCUMENTS, |deadline| Instant::now() > deadline) {
            break;
        }
    }
    eprintln!("{count} documents, {read} of them read, no difference");
    assert!(read * 20 > count, "only {read} of {count} documents are read");
}
