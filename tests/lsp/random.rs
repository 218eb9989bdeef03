//! Random edits, each followed by a comparison with a fresh `lint` of the same bytes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::editor::{Editor, Folder, linted, position_of, without_tags};

const FILES: [(&str, &str); 5] = [
    (
        "context.yaml",
        "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata:\n  name: upstream\n  namespace: shop\nspec:\n  secret: client-cert\n  min_tls_version: v1.2\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: client-cert, namespace: shop}\ntype: kubernetes.io/tls\ndata: {}\n",
    ),
    (
        "mappings.yaml",
        "# Grüße 🦀\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  hostname: '*'\n  prefix: /cart/\n  service: cart:443\n  tls: upstream\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: orders, namespace: shop}\nspec: {prefix: /orders/, service: orders.shop, tls: upstraem}\n",
    ),
    (
        "service.yaml",
        "apiVersion: v1\r\nkind: Service\r\nmetadata:\r\n  name: cart\r\n  namespace: shop\r\n  annotations:\r\n    getambassador.io/config: |\r\n      ---\r\n      apiVersion: getambassador.io/v2\r\n      kind: Mapping\r\n      name: old-cart\r\n      prefix: /old/\r\n      service: cart:443\r\n      tls: upstream\r\nspec:\r\n  ports: [{port: 443}]\r\n",
    ),
    (
        "gateway.yaml",
        "apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  hostname: shop.example.com\n  tlsSecret:\n    name: client-cert\n---\napiVersion: getambassador.io/v3alpha1\nkind: Module\nmetadata: {name: ambassador, namespace: shop}\nspec:\n  config:\n    use_ambassador_namespace_for_service_resolution: false\n",
    ),
    (
        "deployment.json",
        "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"ambassador\"}, \"spec\": {\"template\": {\"spec\": {\"containers\": [{\"name\": \"ambassador\", \"image\": \"emissary:3.9.1\"}]}}}}\n",
    ),
];

/// Text that people leave unfinished.
const PIECES: [&str; 20] = [
    "\n",
    "\r\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "'",
    "\"",
    "|\n",
    "---\n",
    "\ntls: ",
    "映射🦀",
    "ü",
    "#",
    "&a *a",
    "kind: Host\nspec:\n  tls",
    "\n  mappingSelector: {matchLabels: {a: b}}",
    "true",
];

struct Typist {
    random: fastrand::Rng,
    texts: BTreeMap<&'static str, String>,
}

impl Typist {
    /// The next edit: the file, the bytes, and their replacement.
    fn edit(&mut self) -> (&'static str, usize, usize, String) {
        let name = FILES[self.random.usize(..FILES.len())].0;
        let text = self.texts[name].clone();
        let at = |random: &mut fastrand::Rng| text.floor_char_boundary(random.usize(..=text.len()));
        let start = at(&mut self.random);
        let near =
            text.floor_char_boundary((start + self.random.usize(..20)).min(text.len())).max(start);
        match self.random.u8(..20) {
            0..8 => (name, start, start, PIECES[self.random.usize(..PIECES.len())].to_owned()),
            8..12 => (name, start, near, String::new()),
            12..14 => {
                let letter = self.random.alphanumeric();
                (name, start, near, letter.to_string())
            }
            14 => {
                let other = FILES[self.random.usize(..FILES.len())].1;
                let lines: Vec<&str> = other.split_inclusive('\n').collect();
                let from = self.random.usize(..lines.len());
                (name, start, start, lines[from..].concat())
            }
            15 => {
                let lines = "# a line that says nothing\n".repeat(self.random.usize(..8_000));
                (name, start, start, lines)
            }
            // Starts over.
            _ => {
                let original = FILES.iter().find(|(own, _)| *own == name).unwrap().1;
                (name, 0, text.len(), original.to_owned())
            }
        }
    }

    /// Restores the first changed file; a random edit if there is none.
    fn anew(&mut self) -> (&'static str, usize, usize, String) {
        match FILES.iter().find(|(name, original)| self.texts[name] != *original) {
            Some((name, original)) => (name, 0, self.texts[name].len(), (*original).to_owned()),
            None => self.edit(),
        }
    }
}

#[test]
fn after_any_edit_the_findings_are_those_of_a_fresh_lint() {
    let seed = std::env::var("MTLSCTL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    let wanted = std::env::var("MTLSCTL_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = wanted.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let folder = Folder::with(&FILES);
    // The same bytes on disk, where `lint` reads them.
    let mirror = Folder::with(&FILES);
    let mut editor = Editor::open_folder(&folder.0);
    for (name, text) in FILES {
        editor.open(&folder.uri(name), text);
    }
    let texts = FILES.map(|(name, text)| (name, text.to_owned())).into();
    let mut typist = Typist { random: fastrand::Rng::with_seed(seed), texts };
    let (mut compared, mut broken, mut broken_for) = (0, 0, 0);
    for step in 0.. {
        if end.map_or(step >= 80, |end| Instant::now() > end) {
            break;
        }
        // Broken files are not compared, so nothing stays broken for long.
        let (name, from, to, new) = if broken_for < 8 { typist.edit() } else { typist.anew() };
        let text = typist.texts.get_mut(name).unwrap();
        let range = json!({ "start": position_of(text, from), "end": position_of(text, to) });
        // A position within CRLF does not exist, so nobody can type there.
        let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
        if splits(from) || splits(to) {
            continue;
        }
        text.replace_range(from..to, &new);
        editor.change(&folder.uri(name), json!([{ "range": range, "text": new }]));
        mirror.write(name, text);
        editor.settle();
        let is_broken = editor.diagnostics.values().flatten().any(|one| one.get("code").is_none());
        if is_broken {
            broken += 1;
            broken_for += 1;
            continue;
        }
        compared += 1;
        broken_for = 0;
        let expected = linted(&mirror.0, &[]);
        let (own, other) = (folder.uri(""), mirror.uri(""));
        let shown: BTreeMap<String, Vec<Value>> = serde_json::from_str(
            &json!(without_tags(&editor.diagnostics)).to_string().replace(&own, &other),
        )
        .unwrap();
        assert_eq!(shown, expected, "step {step}; MTLSCTL_SEED={seed}");
    }
    assert!(compared > 0 && broken > 0, "{compared} compared, {broken} broken; seed {seed}");
    // Everything is restored: nothing remains of the broken texts.
    for (name, text) in FILES {
        editor.replace(&folder.uri(name), text);
    }
    editor.settle();
    assert_eq!(without_tags(&editor.diagnostics), linted(&folder.0, &[]), "MTLSCTL_SEED={seed}");
    assert_eq!(editor.end().code(), Some(0));
}
