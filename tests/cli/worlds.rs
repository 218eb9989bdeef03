//! An input of several worlds: every command treats each one separately, and names it.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart, namespace: shop}\nspec: {hostname: '*', prefix: /cart/, service: 'https://127.0.0.1:9', tls: up}\n";
const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: up, namespace: shop}\nspec: {secret: up-cert}\n";

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    mtlsctl().current_dir(folder.path()).args(arguments).output().unwrap()
}

fn out(folder: &Folder, arguments: &[&str]) -> String {
    text(&run(folder, arguments).stdout)
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", text(&output.stderr)))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Dev has the context that both Mappings name.
fn environments() -> Folder {
    let files = [
        ("clusters/dev/app.yaml", MAPPING),
        ("clusters/dev/context.yaml", CONTEXT),
        ("clusters/prod/app.yaml", MAPPING),
    ];
    Folder::with(&files)
}

/// Two Ambassadors, each with its own Mapping.
fn ambassadors() -> Folder {
    let one = |id: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: ambassador, namespace: {id}}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: ambassador\n        image: docker.io/emissaryingress/emissary:3.9.1\n        env:\n        - {{name: AMBASSADOR_ID, value: {id}}}\n---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: {id}-api, namespace: {id}}}\nspec: {{hostname: '*', prefix: /, service: 'https://api.{id}', ambassador_id: [{id}]}}\n"
        )
    };
    let (internal, public) = (one("internal"), one("public"));
    Folder::with(&[("internal.yaml", &internal), ("public.yaml", &public)])
}

#[test]
fn resolve_shows_each_world_under_its_name() {
    let folder = environments();
    let output = run(&folder, &["resolve"]);
    let (told, said) = (text(&output.stdout), text(&output.stderr));
    assert!(
        said.starts_with("2 worlds, checked separately: clusters/dev, clusters/prod; "),
        "{said}"
    );
    let (dev, prod) = told.split_once("clusters/prod\n=============\n").unwrap();
    assert!(dev.starts_with("clusters/dev\n============\n"), "{dev}");
    assert!(dev.contains("if Secret shop/up-cert"), "{dev}");
    assert!(prod.contains("up: no TLSContext has this name"), "{prod}");
    let json = json(&folder, &["resolve", "-o", "json"]);
    let mode = |at: usize| json["worlds"][at]["upstreams"][0]["if_present"]["effective"].is_null();
    assert_eq!(json["worlds"][0]["world"], "clusters/dev");
    assert!(!mode(0) && mode(1), "{json:#}");
}

#[test]
fn one_world_is_chosen_by_its_name_or_the_end_of_it() {
    let folder = environments();
    for word in ["prod", "clusters/prod"] {
        let output = run(&folder, &["resolve", "--world", word]);
        let told = text(&output.stdout);
        assert!(told.contains("no TLSContext has this name") && !told.contains("===="), "{told}");
        let json = json(&folder, &["resolve", "--world", word, "-o", "json"]);
        assert_eq!(json["upstreams"].as_array().unwrap().len(), 1);
    }
    let lint = |world: &str| run(&folder, &["lint", "--world", world]).status.code();
    assert_eq!((lint("dev"), lint("prod")), (Some(0), Some(1)));
    let unknown = run(&folder, &["lint", "--world", "prd"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = text(&unknown.stderr);
    assert!(said.contains("no world of the input is called `prd`"), "{said}");
}

#[test]
fn a_single_world_is_not_named() {
    let folder = Folder::with(&[("app.yaml", MAPPING), ("context.yaml", CONTEXT)]);
    let output = run(&folder, &["resolve"]);
    assert!(text(&output.stdout).starts_with("Mapping shop/cart"));
    assert!(!text(&output.stderr).contains("world"));
    assert!(json(&folder, &["resolve", "-o", "json"])["upstreams"].is_array());
    let none = run(&folder, &["resolve", "--world", "dev"]);
    assert!(text(&none.stderr).contains("the input has only one world"), "{}", text(&none.stderr));
}

#[test]
fn each_ambassador_id_is_a_world() {
    let folder = ambassadors();
    let told = out(&folder, &["resolve"]);
    let both = ["Ambassador `internal` in namespace", "Ambassador `public` in namespace"];
    assert!(both.iter().all(|name| told.contains(name)), "{told}");
    let public = out(&folder, &["resolve", "--world", "public"]);
    assert!(public.contains("Mapping public/public-api") && !public.contains("internal-api"));
}

#[test]
fn the_configuration_names_worlds_for_every_command() {
    let folder = environments();
    let config =
        "worlds:\n- {name: test, paths: [clusters/dev]}\n- {name: live, paths: [clusters/prod]}\n";
    folder.write(".mtlsctl.yaml", config);
    let told = out(&folder, &["resolve"]);
    assert!(told.starts_with("test\n====\n") && told.contains("\nlive\n====\n"), "{told}");
}

#[test]
fn graph_lists_every_world_but_draws_only_one() {
    let folder = environments();
    let told = out(&folder, &["graph", "-f", "."]);
    assert!(told.contains("clusters/dev\n====") || told.contains("clusters/dev\n===="), "{told}");
    let drawn = run(&folder, &["graph", "-f", ".", "-o", "mermaid"]);
    assert_eq!(drawn.status.code(), Some(2));
    assert!(text(&drawn.stderr).contains("choose one with --world"), "{}", text(&drawn.stderr));
    let one = run(&folder, &["graph", "-f", ".", "-o", "mermaid", "--world", "dev"]);
    assert_eq!(one.status.code(), Some(0), "{}", text(&one.stderr));
}

#[test]
fn upgrades_and_changes_are_compared_world_by_world() {
    let folder = environments();
    let told = out(&folder, &["upgrade", "--from", "3.9", "--to", "4.1", "."]);
    assert!(told.contains("clusters/dev\n====") && told.contains("clusters/prod\n===="), "{told}");
    let after = folder.path().join("after");
    for (name, text) in [
        ("clusters/dev/app.yaml", MAPPING),
        ("clusters/dev/context.yaml", CONTEXT),
        ("clusters/prod/app.yaml", &MAPPING.replace("https://", "")),
    ] {
        let file = after.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let json = json(&folder, &["diff", "clusters", "after/clusters", "-o", "json"]);
    let worlds = json["worlds"].as_array().unwrap();
    let changed: Vec<(&str, usize)> = worlds
        .iter()
        .map(|one| (one["world"].as_str().unwrap(), one["upstreams"].as_array().unwrap().len()))
        .collect();
    assert_eq!(changed, [("after/clusters/dev", 0), ("after/clusters/prod", 1)]);
    let only = run(&folder, &["diff", "clusters", "after/clusters", "--world", "dev"]);
    assert_eq!(only.status.code(), Some(0), "{}", text(&only.stdout));
}

#[test]
fn secrets_of_worlds_are_distinguished_and_shared_ones_listed_once() {
    let secret = |name: &str, pem: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: shop}}\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: |\n{}",
            pem.lines().map(|line| format!("    {line}\n")).collect::<String>()
        )
    };
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify").join(name);
        fs::read_to_string(path).unwrap()
    };
    let shared = secret("shared", &read("S16/ca.pem"));
    let of = |name: &str| format!("{MAPPING}---\n{}", secret("up-cert", &read(name)));
    let (dev, prod) = (of("S16/ca.pem"), of("C16d/c.pem"));
    let files = [
        ("clusters/dev/app.yaml", dev.as_str()),
        ("clusters/prod/app.yaml", prod.as_str()),
        ("base/shared.yaml", shared.as_str()),
    ];
    let folder = Folder::with(&files);
    let told = out(&folder, &["inspect", "."]);
    assert_eq!(told.matches("secret/shop/shared tls.crt").count(), 1, "{told}");
    assert!(told.contains("secret/shop/up-cert tls.crt in clusters/dev"), "{told}");
    assert!(told.contains("secret/shop/up-cert tls.crt in clusters/prod"), "{told}");
}

#[test]
fn a_probe_names_the_world_of_its_target() {
    let folder = environments();
    let told = out(&folder, &["probe", "cart", "-f", "."]);
    assert!(told.contains("in clusters/dev") && told.contains("in clusters/prod"), "{told}");
    let only = out(&folder, &["probe", "cart", "-f", ".", "--world", "dev"]);
    assert!(!only.contains("in clusters/"), "{only}");
}
