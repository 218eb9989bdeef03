//! What each command's help contains besides its options.

/// The page of one command.
#[derive(Debug)]
pub(super) struct Page {
    /// The command as typed.
    command: &'static str,
    /// Ids of the options that `-h` lists; the others are in `--help`.
    pub(super) first: &'static [&'static str],
    /// Command lines, each with a description; `-h` shows the first three.
    pub(super) examples: &'static [(&'static str, &'static str)],
    /// Exit codes and their meanings for this command.
    pub(super) exits: &'static [(u8, &'static str)],
    /// Whether `.mtlsctl.yaml` is looked for.
    pub(super) reads_configuration: bool,
    /// Related commands.
    pub(super) related: &'static [&'static str],
}

/// The page of a command, by the words that invoke it.
pub(super) fn page(command: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.command == command)
}

const OK: (u8, &str) = (0, "done");
const CHECKED: (u8, &str) = (0, "no finding at or above --fail-on");
const FOUND: (u8, &str) = (1, "a finding at or above --fail-on");
const FAILED: (u8, &str) = (2, "it could not run: wrong usage, unreadable input or configuration");
const NOTHING: (u8, &str) = (3, "no Ambassador resources in the input (0 with --allow-empty)");
const NO_AGENT: (u8, &str) = (4, "the Consul agent was not reached");

const PAGES: &[Page] = &[
    Page {
        command: "mtlsctl",
        first: &["help", "version"],
        examples: &[
            ("mtlsctl lint deploy/", "what is wrong, and where"),
            ("mtlsctl resolve -f deploy/", "the TLS that each upstream really gets"),
            ("mtlsctl probe orders -f deploy/", "a live handshake, as Envoy makes it"),
        ],
        exits: &[
            CHECKED,
            FOUND,
            FAILED,
            NOTHING,
            (4, "probe, consul: the peer or the Consul agent was not reached"),
        ],
        reads_configuration: true,
        related: &["man", "explain"],
    },
    Page {
        command: "mtlsctl lint",
        first: &["outputs", "select", "fix", "fail_on", "watch"],
        examples: &[
            ("mtlsctl lint deploy/", "all files below a folder"),
            ("helm template shop | mtlsctl lint -", "the output of a chart"),
            ("mtlsctl lint --fix deploy/", "apply the safe fixes"),
            ("mtlsctl lint -A", "kubectl's current cluster"),
            ("mtlsctl lint deploy/ -o sarif=out.sarif", "a report for code scanning"),
            ("mtlsctl lint --external 'Secret/*/*' deploy/", "with Secrets defined elsewhere"),
        ],
        exits: &[CHECKED, FOUND, FAILED, NOTHING],
        reads_configuration: true,
        related: &["explain", "resolve", "config schema"],
    },
    Page {
        command: "mtlsctl resolve",
        first: &["paths", "outputs", "mode", "emissary"],
        examples: &[
            ("mtlsctl resolve orders -f deploy/", "one upstream, and why"),
            ("mtlsctl resolve -f deploy/ -o table", "all, one per line"),
            ("mtlsctl resolve -f deploy/ -o table --mode plaintext", "only plaintext ones"),
            ("mtlsctl resolve -f deploy/ -o json", "for programs"),
        ],
        exits: &[OK, FAILED, NOTHING],
        reads_configuration: true,
        related: &["lint", "probe", "graph"],
    },
    Page {
        command: "mtlsctl upgrade",
        first: &["outputs", "from", "to"],
        examples: &[
            ("mtlsctl upgrade --from 3.9 --to 4.1 deploy/", "what to do first"),
            ("mtlsctl upgrade --from 1.14 deploy/", "to the newest release known"),
            ("mtlsctl upgrade --from 3.9 -o json deploy/", "for programs"),
        ],
        exits: &[
            (0, "nothing gets worse under the new release"),
            (1, "something gets worse"),
            FAILED,
            NOTHING,
        ],
        reads_configuration: true,
        related: &["diff", "lint"],
    },
    Page {
        command: "mtlsctl rehearse",
        first: &[],
        examples: &[
            ("mtlsctl rehearse rotation now/ next/", "a safe order"),
            ("mtlsctl rehearse rotation git:HEAD .", "the working tree"),
            ("mtlsctl rehearse rotation now/ next/ -o json", "for programs"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["diff", "inspect"],
    },
    Page {
        command: "mtlsctl rehearse rotation",
        first: &["outputs", "server_chain", "server_ca"],
        examples: &[
            ("mtlsctl rehearse rotation now/ next/", "a safe order"),
            ("mtlsctl rehearse rotation git:HEAD .", "from HEAD to now"),
            ("mtlsctl rehearse rotation now/ next/ --server-ca ca.pem", "with a server's CAs"),
        ],
        exits: &[
            (0, "an order without a gap exists, or nothing rotates"),
            (1, "every order has a gap"),
            FAILED,
        ],
        reads_configuration: true,
        related: &["diff", "inspect"],
    },
    Page {
        command: "mtlsctl diff",
        first: &["outputs", "base", "fail_on", "emissary"],
        examples: &[
            ("mtlsctl diff --base origin/main", "what the branch changes"),
            ("mtlsctl diff deploy/dev deploy/prod", "two folders"),
            ("mtlsctl diff deploy/ --emissary 3.9..4.1", "what an upgrade changes"),
            ("mtlsctl diff deploy/ --at 2026-12-01..2027-03-01", "what expires in between"),
        ],
        exits: &[
            (0, "no upstream is worse off"),
            (1, "an upstream is worse off, or --fail-on matched"),
            FAILED,
            NOTHING,
        ],
        reads_configuration: true,
        related: &["resolve", "lint"],
    },
    Page {
        command: "mtlsctl graph",
        first: &["paths", "outputs", "emissary"],
        examples: &[
            ("mtlsctl graph -f deploy/", "what uses each certificate"),
            ("mtlsctl graph -f deploy/ -o html=out.html", "a page with search"),
            ("mtlsctl graph orders -f deploy/ -o mermaid", "one route, for Markdown"),
        ],
        exits: &[OK, FAILED, NOTHING],
        reads_configuration: true,
        related: &["resolve", "lint"],
    },
    Page {
        command: "mtlsctl probe",
        first: &["all", "paths", "cert", "ca", "require_mutual", "outputs"],
        examples: &[
            ("mtlsctl probe orders -f deploy/", "one Mapping's upstream"),
            ("mtlsctl probe --all -f deploy/ -o short", "every upstream, problems only"),
            ("mtlsctl probe web:8443 --ca ca.pem", "without manifests"),
            ("mtlsctl probe --all -A --in auto", "from Ambassador's pod"),
            ("mtlsctl probe --all -A --in auto --as-job", "print a Job that does it"),
        ],
        exits: &[
            (0, "Envoy would succeed"),
            (1, "Envoy would fail, or the result is unknown, or a requirement is not met"),
            FAILED,
            (4, "the peer was not reached, so TLS was not judged"),
            (130, "interrupted; results so far were reported"),
        ],
        reads_configuration: true,
        related: &["resolve", "inspect", "explain"],
    },
    Page {
        command: "mtlsctl running",
        first: &["in_pod", "paths", "outputs"],
        examples: &[
            ("mtlsctl running --in deploy/ambassador -A", "both sides from a cluster"),
            ("mtlsctl running saved/ -f deploy/", "answers saved with curl"),
            ("mtlsctl running saved/ -f deploy/ -o table", "one line per Envoy cluster"),
        ],
        exits: &[CHECKED, FOUND, FAILED, NOTHING, (4, "Envoy's admin interface was not reached")],
        reads_configuration: true,
        related: &["resolve", "probe", "inspect"],
    },
    Page {
        command: "mtlsctl inspect",
        first: &["paths", "ca", "outputs"],
        examples: &[
            ("mtlsctl inspect chain.pem --ca ca.pem", "would Envoy accept it?"),
            ("mtlsctl inspect certs/ -o table", "a folder, one row each"),
            ("mtlsctl inspect orders.shop:8443", "what a server presents"),
            ("mtlsctl inspect secret/shop/client -f deploy/", "and what uses it"),
        ],
        exits: &[
            CHECKED,
            FOUND,
            FAILED,
            (3, "nothing to inspect (0 with --allow-empty)"),
            (4, "the server or the Consul agent was not reached"),
        ],
        reads_configuration: true,
        related: &["probe", "lint"],
    },
    Page {
        command: "mtlsctl explain",
        first: &["paths", "outputs"],
        examples: &[
            ("mtlsctl explain secret-missing", "one rule, with examples"),
            ("mtlsctl explain 'UF,URX'", "a code, flag or line"),
            ("kubectl logs deploy/emissary | mtlsctl explain -", "a whole log"),
            ("mtlsctl explain envoy.log -f deploy/", "with the objects it names"),
        ],
        exits: &[OK, FAILED, (3, "nothing in the text was recognised")],
        reads_configuration: true,
        related: &["lint", "probe"],
    },
    Page {
        command: "mtlsctl consul",
        first: &[],
        examples: &[
            ("mtlsctl consul export", "the Secret as a manifest, once"),
            ("mtlsctl consul sync -o kubernetes", "the Secret, kept current"),
            ("mtlsctl consul export --manifests", "to run it in a cluster"),
        ],
        exits: &[OK, FAILED, NO_AGENT],
        reads_configuration: false,
        related: &["consul export", "consul sync", "inspect"],
    },
    Page {
        command: "mtlsctl consul export",
        first: &["outputs", "service", "manifests"],
        examples: &[
            ("mtlsctl consul export", "the Secret as a manifest"),
            ("mtlsctl consul export -o dir=/etc/certs", "files that change together"),
            ("mtlsctl consul export --manifests", "Role and Deployment for a cluster"),
        ],
        exits: &[OK, FAILED, NO_AGENT],
        reads_configuration: false,
        related: &["consul sync", "inspect"],
    },
    Page {
        command: "mtlsctl consul sync",
        first: &["outputs", "service", "listen"],
        examples: &[
            ("mtlsctl consul sync -o kubernetes", "keep a Secret current"),
            ("mtlsctl consul sync -o dir=/etc/certs", "keep files current"),
            ("mtlsctl consul sync -o kubernetes --listen 0.0.0.0:80", "with metrics"),
        ],
        exits: &[OK, FAILED, NO_AGENT],
        reads_configuration: false,
        related: &["consul export", "inspect"],
    },
    Page {
        command: "mtlsctl lsp",
        first: &["emissary", "external", "select"],
        examples: &[
            ("mtlsctl lsp", "started by an editor"),
            ("mtlsctl lsp --emissary 3.9", "for an older release"),
            ("mtlsctl lsp --external 'Secret/*/*'", "with Secrets defined elsewhere"),
        ],
        exits: &[(0, "the editor shut it down cleanly"), (1, "the editor disappeared"), FAILED],
        reads_configuration: true,
        related: &["lint", "config schema"],
    },
    Page {
        command: "mtlsctl config",
        first: &[],
        examples: &[
            ("mtlsctl config schema", "the schema of .mtlsctl.yaml"),
            ("mtlsctl config schema > mtlsctl.schema.json", "for an editor"),
            ("mtlsctl lint --show-settings", "settings and their origins"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["lint"],
    },
    Page {
        command: "mtlsctl config schema",
        first: &[],
        examples: &[
            ("mtlsctl config schema", "print it"),
            ("mtlsctl config schema > mtlsctl.schema.json", "for an editor"),
            ("mtlsctl lint --show-settings", "settings and their origins"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["lint"],
    },
    Page {
        command: "mtlsctl config rbac",
        first: &["namespace", "exec"],
        examples: &[
            ("mtlsctl config rbac | kubectl apply -f -", "all namespaces"),
            ("mtlsctl config rbac -n shop", "one namespace"),
            ("mtlsctl config rbac --exec", "also for --in"),
            ("mtlsctl config rbac --job", "also for --as-job=run"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["lint"],
    },
    Page {
        command: "mtlsctl demo",
        first: &[],
        examples: &[
            ("mtlsctl demo", "find and fix a fault, end to end"),
            ("mtlsctl demo | less -R", "page by page"),
            ("mtlsctl lint deploy/", "then try your own"),
        ],
        exits: &[OK, (2, "it could not run, or did not end as expected")],
        reads_configuration: false,
        related: &["lint", "probe", "doctor"],
    },
    Page {
        command: "mtlsctl doctor",
        first: &[],
        examples: &[
            ("mtlsctl doctor", "what is found and missing"),
            ("mtlsctl doctor | cat", "as written to a pipe"),
            ("mtlsctl lint --show-settings", "settings and their origins"),
        ],
        exits: &[OK, (2, "something keeps mtlsctl from working")],
        reads_configuration: false,
        related: &["version", "completions", "config"],
    },
    Page {
        command: "mtlsctl version",
        first: &["outputs"],
        examples: &[
            ("mtlsctl version", "and the known releases"),
            ("mtlsctl version -o json", "for programs"),
            ("mtlsctl doctor", "what is found on this machine"),
        ],
        exits: &[OK],
        reads_configuration: false,
        related: &["doctor", "upgrade"],
    },
    Page {
        command: "mtlsctl completions",
        first: &[],
        examples: &[
            ("mtlsctl completions bash > mtlsctl.bash", "a script for bash"),
            ("source <(COMPLETE=bash mtlsctl)", "also completes Mapping names"),
            ("mtlsctl completions kubectl", "for `kubectl mtlsctl`"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["man"],
    },
    Page {
        command: "mtlsctl man",
        first: &["all"],
        examples: &[
            ("mtlsctl man", "the page of mtlsctl itself"),
            ("mtlsctl man lint", "the page of a command"),
            ("mtlsctl man --all man1/", "write every page into a folder"),
        ],
        exits: &[OK, FAILED],
        reads_configuration: false,
        related: &["completions"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_has_two_pages() {
        for page in PAGES {
            assert_eq!(PAGES.iter().filter(|other| other.command == page.command).count(), 1);
        }
    }

    #[test]
    fn no_example_is_wrapped_on_a_terminal_of_80_columns() {
        for page in PAGES {
            let width = page.examples.iter().map(|(line, _)| line.len()).max().unwrap_or_default();
            for (line, what) in page.examples {
                assert!(2 + width + 4 + what.len() <= 80, "{line}  # {what}");
            }
        }
    }
}
