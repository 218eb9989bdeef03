//! `graph` as users run it: the path from a certificate to a route, in every format.

use crate::support::golden;
use crate::support::installed;
use crate::support::program::mtlsctl;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A name with every problematic character, as written in double quotes in YAML, and as meant.
const WRITTEN: &str = r#"::error::x%0A]]><a b=\"'&amp;\u202e\a\U0001f980|`x](http://e.vil)\\N"#;
const HOSTILE: &str = "::error::x%0A]]><a b=\"'&amp;\u{202e}\u{7}\u{1f980}|`x](http://e.vil)\\N";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Output {
    mtlsctl().arg("graph").args(["--at", "2026-06-01"]).args(arguments).output().unwrap()
}

fn graph(arguments: &[&str]) -> String {
    let output = run(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&graph(&[arguments, &["-o", "json"]].concat())).unwrap()
}

/// A manifest in which every possible name is hostile.
fn hostile(file: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    let text = format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: \"{WRITTEN}\"}}\n\
         spec: {{secret: \"{WRITTEN}\"}}\n---\n\
         apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: \"m{WRITTEN}\"}}\n\
         spec: {{hostname: \"{WRITTEN}\", prefix: \"/{WRITTEN}\", service: \"https://s:1\", tls: \
         \"{WRITTEN}\"}}\n"
    );
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn bookinfo_is_drawn_as_expected() {
    for (format, file) in [
        ("text", "text.txt"),
        ("mermaid", "graph.mmd"),
        ("dot", "graph.dot"),
        ("json", "graph.json"),
    ] {
        let drawn = graph(&["-f", "testdata/bookinfo", "-o", format]);
        golden::assert_golden(&root().join("testdata/graph/bookinfo").join(file), &drawn);
    }
}

/// The inputs of all cases, all examples of rules, and Bookinfo, with the arguments in their first
/// lines.
fn inputs() -> Vec<(PathBuf, Vec<String>)> {
    let mut paths = vec![root().join("testdata/bookinfo")];
    for folder in ["testdata/resolve", "testdata/rule"] {
        for case in std::fs::read_dir(root().join(folder)).unwrap() {
            let files = std::fs::read_dir(case.unwrap().path()).unwrap();
            let files = files.map(|file| file.unwrap().path());
            paths.extend(files.filter(|path| path.extension().is_some_and(|end| end == "yaml")));
        }
    }
    paths.sort();
    assert!(paths.len() > 300, "only {} inputs", paths.len());
    paths.into_iter().map(|path| (path.clone(), asked_for(&path))).collect()
}

/// The settings in `# arguments:` of a case or `# settings:` of an example.
fn asked_for(path: &Path) -> Vec<String> {
    let text = if path.is_file() { std::fs::read_to_string(path).unwrap() } else { String::new() };
    let said = |start: &str| text.lines().find_map(|line| line.strip_prefix(start)).unwrap_or("");
    let mut arguments: Vec<String> =
        said("# arguments:").split_whitespace().map(str::to_owned).collect();
    for word in said("# settings:").split_whitespace() {
        let (name, value) = word.split_once('=').unwrap();
        let option = match name {
            "id" => "--ambassador-id",
            "namespace" => "--ambassador-namespace",
            // Both commands use the same time, the Envoy of the Emissary release, and no rules.
            "at" | "envoy" | "preset" => continue,
            "emissary" | "external" | "rootfs" => &format!("--{name}"),
            _ => panic!("{}: unknown setting {name}", path.display()),
        };
        arguments.extend([option.to_owned(), value.to_owned()]);
    }
    arguments
}

/// The output of a command for an input.
fn told(command: &str, path: &Path, arguments: &[String]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .current_dir(root())
        .args([command, "--no-config", "--at", "2026-06-01", "--allow-empty", "-o", "json", "-f"])
        .arg(path)
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command} {}: {errors}", path.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each upstream in `resolve`: its name, its mode and its destination.
fn resolved(told: &Value) -> Vec<String> {
    let upstreams = told["upstreams"].as_array().unwrap().iter();
    let mut lines: Vec<String> = upstreams
        .map(|upstream| {
            let text = |field: &str| upstream[field].as_str().unwrap();
            let escaped = |field: &str| text(field).replace('%', "%25").replace('/', "%2F");
            let kind = text("kind").to_lowercase();
            // The graph assumes that Secrets outside the input exist.
            let effective =
                upstream["if_present"].get("effective").unwrap_or(&upstream["effective"]);
            let dropped = upstream["dropped"] == true || effective.is_null();
            let mode = if dropped { "dropped" } else { effective["mode"].as_str().unwrap() };
            let host = effective["host"].as_str().map(|host| match host.contains(':') {
                true => format!("[{host}]"),
                false => host.to_owned(),
            });
            let address = match (host, effective["port"].as_u64(), &effective["endpoints"]) {
                (Some(host), Some(port), _) => format!("{host}:{port}"),
                (_, _, Value::String(endpoints)) => format!("endpoints {endpoints}"),
                _ => "nowhere".to_owned(),
            };
            format!("{kind}/{}/{}: {mode} to {address}", escaped("namespace"), escaped("name"))
        })
        .collect();
    lines.sort();
    lines
}

/// The same from `graph`.
fn drawn(told: &Value) -> Vec<String> {
    let nodes = told["nodes"].as_array().unwrap();
    let node = |id: &Value| nodes.iter().find(|node| node["id"] == *id).unwrap();
    let trails = told["trails"].as_array().unwrap().iter();
    let mut lines: Vec<String> = trails
        .filter(|trail| node(&trail["subject"])["kind"] == "mapping")
        .map(|trail| {
            let (subject, mode) = (trail["subject"].as_str(), trail["mode"].as_str());
            let service = &trail["service"];
            let address = match service.is_null() {
                true => "nowhere",
                false => node(service)["title"].as_str().unwrap(),
            };
            format!("{}: {} to {address}", subject.unwrap(), mode.unwrap())
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn every_upstream_is_drawn_as_in_resolve() {
    let mut differences = Vec::new();
    let mut count = 0;
    for (path, arguments) in inputs() {
        let expected = resolved(&told("resolve", &path, &arguments));
        let actual = drawn(&told("graph", &path, &arguments));
        count += expected.len();
        if expected != actual {
            differences.push(format!("{}:\n{expected:#?}\n{actual:#?}", path.display()));
        }
    }
    assert!(count > 300, "only {count} upstreams");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_graph_leads_from_the_certificate_to_host_and_prefix() {
    let graph = json(&["-f", "testdata/graph/both-ends.yaml"]);
    let edges: Vec<(&str, &str, &str)> = graph["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            let text = |field: &str| edge[field].as_str().unwrap();
            (text("from"), text("to"), text("label"))
        })
        .collect();
    let leads = |from: &str, to: &str, label: &str| {
        assert!(
            edges.iter().any(|(f, t, l)| f.starts_with(from) && *t == to && *l == label),
            "no edge from {from} to {to} with {label}: {edges:#?}"
        );
    };
    leads("certificate/", "secret/default/client-cert", "certificate");
    leads(
        "secret/default/client-cert",
        "context/default/mesh-upstream",
        "certificate tls.crt, private key tls.key",
    );
    leads("secret/default/upstream-ca", "context/default/mesh-upstream", "trusted CA tls.crt");
    leads("context/default/mesh-upstream", "mapping/default/productpage", "mutual TLS");
    leads("mapping/default/productpage", "service/productpage:9080", "mutual TLS");
    leads("mapping/default/productpage", "host/default/shop", "shop.example.com /productpage/");
    // The side of the clients.
    leads(
        "secret/default/client-cert",
        "context/default/shop-context",
        "certificate tls.crt, private key tls.key",
    );
    leads("context/default/shop-context", "host/default/shop", "terminates TLS");
    // A plaintext upstream, and a context that nothing uses.
    leads("mapping/default/plain", "service/plain:80", "plaintext");
    leads("tcpmapping/default/tcp", "service/tcp:6379", "mutual TLS");
    let modes: Vec<(&str, &str)> = graph["trails"]
        .as_array()
        .unwrap()
        .iter()
        .map(|trail| (trail["subject"].as_str().unwrap(), trail["mode"].as_str().unwrap()))
        .collect();
    assert!(modes.contains(&("context/default/spare", "unused")), "{modes:?}");
    assert!(modes.contains(&("host/default/shop", "terminates")), "{modes:?}");
    assert!(modes.contains(&("mapping/default/plain", "plaintext")), "{modes:?}");
}

#[test]
fn mounted_files_lead_back_to_their_secret() {
    let graph = json(&["-f", "testdata/rule/volume-key-missing/good.yaml"]);
    let edges = graph["edges"].as_array().unwrap();
    let edge =
        edges.iter().find(|edge| edge["to"] == "file/%2Fetc%2Fmesh%2Froot-cert.pem").unwrap();
    assert_eq!(edge["from"], "secret/default/mesh-ca");
    assert_eq!(edge["label"], "mounted, root-cert.pem");
    let holds = |edge: &&Value| edge["to"] == "secret/default/mesh-ca";
    let certificate = edges.iter().find(holds).unwrap();
    assert!(certificate["from"].as_str().unwrap().starts_with("certificate/"));
    let broken = json(&["-f", "testdata/rule/volume-key-missing/bad.yaml"]);
    let file = broken["edges"].as_array().unwrap().iter();
    let mut into = file.filter(|edge| edge["to"] == "file/%2Fetc%2Fmesh%2Froot-cert.pem");
    assert_eq!(into.next().unwrap()["broken"], true);
}

#[test]
fn the_worst_comes_first_with_its_findings() {
    let graph = json(&["-f", "testdata/rule/certificate-expired/bad.yaml"]);
    let trails = graph["trails"].as_array().unwrap();
    assert_eq!(trails[0]["severity"], "error");
    let nodes = graph["nodes"].as_array().unwrap();
    let secret = nodes.iter().find(|node| node["id"] == "secret/default/client-cert").unwrap();
    let found = secret["findings"][0].as_u64().unwrap() as usize;
    assert_eq!(graph["findings"][found]["rule"], "certificate-expired");
    assert_eq!(secret["severity"], "error");
    let ranks: Vec<usize> = trails
        .iter()
        .map(|trail| match trail["severity"].as_str() {
            Some("error") => 0,
            Some("warning") => 1,
            Some("note") => 2,
            _ => 3,
        })
        .collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
}

#[test]
fn names_select_nodes_and_unknown_ones_are_reported() {
    let one = json(&["-f", "testdata/graph/both-ends.yaml", "plain"]);
    assert_eq!(one["trails"].as_array().unwrap().len(), 1);
    assert_eq!(one["trails"][0]["subject"], "mapping/default/plain");
    let host = json(&["-f", "testdata/graph/both-ends.yaml", "default/shop"]);
    assert_eq!(host["trails"][0]["subject"], "host/default/shop");
    let output = run(&["-f", "testdata/graph/both-ends.yaml", "productpag3"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("did you mean `productpage`?"), "{errors}");
    let output = run(&["-f", "testdata/graph/both-ends.yaml", "-o", "mermaidd"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `mermaid`?"));
}

#[test]
fn a_configuration_that_cannot_be_read_has_no_graph() {
    let graph = json(&["-f", "testdata/rule/configuration-crashes-ambassador/bad.yaml"]);
    assert!(graph["trails"].as_array().unwrap().is_empty());
    assert!(graph["freezes"][0].as_str().unwrap().contains("cannot read this configuration"));
}

#[test]
fn no_private_key_is_in_any_format() {
    for format in ["text", "mermaid", "dot", "json", "html"] {
        let drawn = graph(&["-f", "testdata/graph/both-ends.yaml", "-o", format]);
        assert!(!drawn.contains("PRIVATE KEY") && !drawn.contains("MIGHAgEAMBMG"), "{format}");
        assert!(!drawn.contains("LS0tLS1CRUdJTi"), "{format}: base64 of a Secret's data");
    }
}

#[test]
fn hostile_names_are_escaped_in_json_and_in_lines() {
    let path = hostile("graph-hostile.yaml");
    let path = path.to_str().unwrap();
    let report = json(&["-f", path]);
    let nodes = report["nodes"].as_array().unwrap();
    let context = nodes.iter().find(|node| node["kind"] == "context").unwrap();
    assert_eq!(context["object"]["name"], HOSTILE);
    for format in ["text", "mermaid", "dot", "html"] {
        let drawn = graph(&["-f", path, "-o", format]);
        let wild = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!drawn.chars().any(wild), "{format}");
    }
    let mermaid = graph(&["-f", path, "-o", "mermaid"]);
    assert!(mermaid.contains("#34;#39;#38;amp#59;"), "{mermaid}");
    let text = graph(&["-f", path]);
    assert!(!text.lines().any(|line| line.starts_with("::")), "{text}");
}

#[test]
fn graphviz_reads_hostile_names_unchanged() {
    let path = hostile("graph-hostile-dot.yaml");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.dot");
    graph(&["-f", path.to_str().unwrap(), "-o", &format!("dot={}", file.display())]);
    let plugins = installed::libraries("shells")[0].join("graphviz");
    let output = installed::command("shells/usr/bin/dot")
        .arg("-Tsvg")
        .arg(&file)
        .env("GVBINDIR", plugins)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("rror"), "{errors}");
    let svg = String::from_utf8(output.stdout).unwrap();
    let shown = HOSTILE.replace(['\u{202e}', '\u{7}'], "\u{fffd}");
    let texts = texts(&svg);
    assert!(texts.iter().any(|text| text.trim() == format!("default/{shown}")), "{texts:#?}");
}

/// The texts in a drawing, as an XML reader has them.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut found = vec![String::new()];
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Text(text) => {
                found
                    .last_mut()
                    .unwrap()
                    .push_str(&text.xml_content(quick_xml::XmlVersion::Implicit1_0));
            }
            Event::GeneralRef(entity) => {
                let character = match entity.resolve_char_ref().unwrap() {
                    Some(character) => character,
                    None => match entity.as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        other => panic!("an entity of its own: {other:?}"),
                    },
                };
                found.last_mut().unwrap().push(character);
            }
            Event::End(_) => found.push(String::new()),
            Event::Eof => return found,
            _ => {}
        }
    }
}
