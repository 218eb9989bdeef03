//! How each release of Emissary interprets the same manifests: `testdata/versions`, by cause.
//!
//! The answers were checked against the compilers of these releases (1.14.4 to 4.1.0) with cases of
//! the same causes; `UPDATE=1` writes the current answers, to be reviewed before they are
//! committed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mtlsctl::resource::{Ingest, relevance};
use mtlsctl::source::Sources;
use mtlsctl::world::{Effective, Freeze, Profile, Settings, Upstream, World};

use crate::support::golden::assert_golden;

const RELEASES: [&str; 7] = ["1.14.4", "2.5.1", "3.1.0", "3.2.0", "3.9.1", "4.0.1", "4.1.0"];

fn world(path: &Path, release: &str) -> World {
    let text = fs::read_to_string(path).unwrap();
    let profile: Profile = release.parse().unwrap();
    let mut settings = Settings { profile, profile_is_given: true, ..Settings::default() };
    let said = text.lines().find_map(|line| line.strip_prefix("# settings:"));
    for word in said.unwrap_or_default().split_whitespace() {
        match word {
            "ingest=fs" => settings.ingest = Ingest::Files,
            "force-secret-validation" => settings.force_secret_validation = true,
            other => panic!("{}: unknown setting {other}", path.display()),
        }
    }
    let mut sources = Sources::default();
    sources.add("input.yaml".to_owned(), text);
    World::read(sources, settings, &relevance())
}

/// An upstream on one line.
fn told(world: &World, upstream: &Upstream) -> String {
    let Some(effective) = world.effective(upstream) else { return "no cluster".to_owned() };
    let cluster = world.cluster(upstream.cluster.unwrap());
    let mode = match effective {
        Effective::Plaintext => "plaintext".to_owned(),
        Effective::Tls(None) => "TLS".to_owned(),
        Effective::Tls(Some(id)) => format!("TLS by {}", world.context(id).name),
        Effective::Mutual(id) => format!("mutual TLS by {}", world.context(id).name),
    };
    let (host, port) = (cluster.host.as_deref().unwrap_or("?"), cluster.port.unwrap_or(0));
    let routed = if upstream.routed { "" } else { ", not routed" };
    format!("{mode} to {host} port {port}{routed}")
}

/// Each release's result for each object, with equal neighbours on one line.
fn table(path: &Path) -> String {
    let worlds: Vec<World> = RELEASES.iter().map(|release| world(path, release)).collect();
    let mut names: Vec<String> = Vec::new();
    for world in &worlds {
        for upstream in &world.upstreams {
            let name = world.mapping(upstream).object.name.value.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let mut text = String::new();
    for name in names {
        let of = |world: &World| {
            let named = |one: &&Upstream| world.mapping(one).object.name.value == name;
            let found = world.upstreams.iter().find(named);
            let crashed = world.freezes.iter().any(Freeze::is_crash);
            match found {
                _ if crashed => "the update is lost".to_owned(),
                Some(upstream) => told(world, upstream),
                None => "not there".to_owned(),
            }
        };
        let answers: Vec<String> = worlds.iter().map(of).collect();
        let _ = writeln!(text, "{name}");
        let mut first = 0;
        for last in 0..answers.len() {
            if answers.get(last + 1) == Some(&answers[last]) {
                continue;
            }
            let releases = match first == last {
                true => RELEASES[first].to_owned(),
                false => format!("{} to {}", RELEASES[first], RELEASES[last]),
            };
            let _ = writeln!(text, "  {releases:<16} {}", answers[last]);
            first = last + 1;
        }
    }
    text
}

#[test]
fn each_release_agrees_with_its_own_compiler() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/versions");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    assert!(paths.len() >= 16, "only {} cases", paths.len());
    for path in paths {
        assert_golden(&path.with_extension("txt"), &table(&path));
    }
}

#[test]
fn the_release_is_read_from_the_input_unless_the_caller_names_one() {
    let workload = |image: &str, labels: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ambassador\n{labels}spec:\n  \
             template:\n    spec:\n      containers:\n      - name: ambassador\n        image: {image}\n"
        )
    };
    let judged = |texts: &[String], said: Option<&str>| {
        let mut settings = Settings::default();
        if let Some(said) = said {
            settings.profile = said.parse().unwrap();
            settings.profile_is_given = true;
        }
        let mut sources = Sources::default();
        for (number, text) in texts.iter().enumerate() {
            let name = if number == 0 { "a.yaml" } else { "kustomization.yaml" };
            sources.add(name.to_owned(), text.clone());
        }
        World::read(sources, settings, &relevance()).settings.profile.to_string()
    };
    let old = workload("docker.io/datawire/ambassador:1.14.4", "");
    assert_eq!(judged(std::slice::from_ref(&old), None), "1.14.4");
    assert_eq!(judged(std::slice::from_ref(&old), Some("3.9.1")), "3.9.1");
    let label = "  labels:\n    app.kubernetes.io/version: \"2.5.1\"\n";
    assert_eq!(judged(&[workload("emissary:latest", label)], None), "2.5.1");
    let chart = "  labels:\n    helm.sh/chart: emissary-ingress-8.9.1\n";
    assert_eq!(judged(&[workload("emissary:latest", chart)], None), "3.9");
    assert_eq!(judged(&[workload("emissary:latest", "")], None), Profile::default().to_string());
    let tags = "images:\n- name: docker.io/datawire/ambassador\n  newTag: 2.3.2\n".to_owned();
    assert_eq!(judged(&[old.clone(), tags], None), "2.3.2");
    // If a world has two different ones, the newer one counts.
    let other = workload("docker.io/emissaryingress/emissary:3.9.1", "");
    let other = other.replace("name: ambassador\nspec", "name: second\nspec");
    let both = format!("{old}---\n{other}");
    assert_eq!(judged(&[both], None), "3.9.1");
}
