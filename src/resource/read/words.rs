//! The words that mark relevant documents.

use crate::document::{Relevance, Vocabulary};
use crate::resource::kustomize::GROUP;

/// Every document that is read has at least one of these words.
const WORDS: &[&str] = &[
    "mtlsctl:",
    "ambassador",
    "Secret",
    "Service",
    // A ConfigMap matters if it holds certificates.
    "-----BEGIN",
    "Certificate",
    "OnePasswordItem",
    "trust.cert-manager.io",
    "PeerAuthentication",
    "DestinationRule",
    "authentication.istio.io",
    "rbac.authorization.k8s.io",
    "TLSContext",
    "Mapping",
    "Module",
    // With `ambassador`, the marks of Ambassador's own workload and its connector
    // (`world::Installation`), and the evidence for the Istio release (`World::istio_era`).
    "AMBASSADOR_",
    "emissary",
    "edge-stack",
    "consul_connect",
    "sync",
    "proxyv2",
    "proxy.istio.io",
];

/// A short word that counts only at the start of a scalar, since searching for three letters
/// anywhere takes several times as long: the image of Edge Stack, with or without a registry.
const EDGE_STACK: &str = "aes";

/// Other workloads matter if a policy selects pods by labels.
const WORKLOADS: [&str; 4] = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
const POD: &str = "Pod";
const POLICIES: [&str; 3] = ["PeerAuthentication", "DestinationRule", "authentication.istio.io"];

/// What may precede the first letter of a value: blanks and line ends (also after an anchor or a
/// tag), quotes, and the colon after a quoted key in a flow mapping.
const BEFORE_A_VALUE: [&str; 7] = [" ", "\"", "'", "\n", "\t", "\r", ":"];

/// Which documents must be parsed to read all resources.
pub fn relevance() -> Relevance {
    let begins =
        |word: &str| BEFORE_A_VALUE.map(|before| format!("{before}{word}")).into_iter().collect();
    let mut always: Vec<String> = begins(EDGE_STACK);
    always.push(format!("/{EDGE_STACK}"));
    let deferred: Vec<String> = begins(POD);
    let always: Vec<&str> =
        always.iter().map(String::as_str).chain(WORDS.iter().copied()).collect();
    let deferred: Vec<&str> = deferred.iter().map(String::as_str).chain(WORKLOADS).collect();
    Relevance::of(&Vocabulary {
        always: &always,
        deferred: &deferred,
        calls: &POLICIES,
        // Most Secrets are irrelevant, and they are the longest documents.
        plain: "Secret",
        telling: &["last-applied-configuration", "mtlsctl"],
        mark: GROUP,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Bearing;

    /// Ways to write the entry `kind: VALUE` that start a new scalar for the value.
    const WAYS: [&str; 16] = [
        "kind: VALUE\n",
        "kind:   VALUE # so\n",
        "kind:\tVALUE\n",
        "kind: 'VALUE'\n",
        "kind: \"VALUE\"\n",
        "kind:\n  VALUE\n",
        "kind:\r\n VALUE\r\n",
        "kind: &anchor VALUE\n",
        "kind: !!str VALUE\n",
        "kind: !!str 'VALUE'\n",
        "kind: |-\n  VALUE\n",
        "kind: >-\n  VALUE\n",
        "{kind: VALUE}\n",
        "{\"kind\":VALUE}\n",
        "{\"kind\":\"VALUE\"}\n",
        "{kind:\nVALUE}\n",
    ];

    fn read(text: &str) -> Option<String> {
        let (tree, _) = crate::document::Tree::parse(Default::default(), 0, text).ok()?;
        Some(tree.root()?.at("kind")?.text()?.value.to_string())
    }

    #[test]
    fn every_word_is_found_in_any_scalar_style() {
        let relevance = relevance();
        assert!(!relevance.is_everything());
        let of = |word: &str, way: &str| {
            let text = way.replace("VALUE", word);
            assert!(
                read(&text).is_none_or(|read| read == word),
                "{text:?} is no way to write {word}"
            );
            relevance.signs(&text)
        };
        let mut readable = 0;
        for way in WAYS {
            for word in WORDS.iter().chain(&POLICIES).copied().chain([
                "aes:1.14.4",
                "datawire/aes:1.14.4",
                "localhost:5000/aes@sha256:0",
            ]) {
                let signs = of(word, way);
                assert_eq!(signs.bearing, Bearing::Relevant, "{word} in {way:?}");
                assert_eq!(signs.calls, POLICIES.contains(&word), "{word} in {way:?}");
            }
            for word in WORKLOADS.into_iter().chain([POD]) {
                assert_eq!(of(word, way).bearing, Bearing::Deferred, "{word} in {way:?}");
            }
            assert!(of("Secret", way).is_plain, "{way:?}");
            assert!(of(GROUP, way).is_marked, "{way:?}");
            assert_eq!(of("Ingress", way).bearing, Bearing::None, "{way:?}");
            readable += usize::from(read(&way.replace("VALUE", POD)).is_some());
        }
        assert!(readable >= 14, "only {readable} ways are YAML");
    }

    /// In any text that the parser accepts, a value that starts with a short word is preceded by
    /// one of the strings that are searched for.
    #[test]
    fn a_short_word_at_the_start_of_a_value_is_always_found() {
        let pieces = [
            "kind", " ", "\n", "\t", "\r\n", "\r", "'", "\"", "{", "}", "[", "]", ",", ":", "- ",
            "? ", "&a ", "*a", "!!str ", "!t ", "|\n", ">-\n", "|2\n", "# ", "\\", "\u{85}",
            "\u{2028}", "\u{feff}", "\u{a0}", "%", "/", "<<: ", "...",
        ];
        let starts = ["kind:", "kind: ", "{\"kind\":", "{kind: ", "kind: '", "kind: \"", ""];
        let relevance = relevance();
        let mut random = fastrand::Rng::with_seed(1);
        let mut found = 0;
        for _ in 0..40_000 {
            let mut text = starts[random.usize(0..starts.len())].to_owned();
            for piece in ["", [POD, EDGE_STACK, "aes:1"][random.usize(0..3)]] {
                text.push_str(piece);
                for _ in 0..random.usize(0..4) {
                    text.push_str(pieces[random.usize(0..pieces.len())]);
                }
            }
            let Some(kind) = read(&text) else { continue };
            let last = kind.rsplit('/').next().unwrap_or_default();
            let bearing = relevance.signs(&text).bearing;
            if kind == POD {
                assert_ne!(bearing, Bearing::None, "{text:?}");
                found += 1;
            }
            if last == EDGE_STACK || last.starts_with("aes:") {
                assert_eq!(bearing, Bearing::Relevant, "{text:?}");
                found += 1;
            }
        }
        assert!(found > 500, "only {found} texts have such a value");
    }
}
