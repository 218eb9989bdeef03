//! Several worlds in one input are checked separately, and a session can be reused.

use std::sync::Arc;

use mtlsctl::diagnostic::Severity;
use mtlsctl::lint::{ConfigFile, Division, Judged, Policy, Session};
use mtlsctl::resource::{Documents, relevance};
use mtlsctl::source::{SourceOrigin, Sources};
use mtlsctl::world::{Horizon, Settings, World};

const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart, namespace: shop}\nspec: {hostname: '*', prefix: /cart/, service: 'https://cart.shop:8443', tls: up}\n";
const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: up, namespace: shop}\nspec: {secret: up-cert}\n";
const UNDEFINED: &str = "mapping-context-undefined";

fn settings() -> Settings {
    Settings {
        horizon: Horizon::of_files(),
        now: Some(time::macros::datetime!(2026-06-01 0:00 UTC)),
        ..Settings::default()
    }
}

fn session(files: &[(&str, &str)], config: Option<&str>) -> Session {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add((*name).to_owned(), (*text).to_owned());
    }
    let settings = settings();
    let documents = Documents::read(sources, settings.ingest, &relevance());
    let here = std::env::current_dir().unwrap();
    let config = config
        .map(|text| Arc::new(ConfigFile::parse(".mtlsctl.yaml", text.to_owned(), here).unwrap()));
    let policy = Policy { config, honours_ignores: true, ..Policy::default() };
    Session::new(documents, settings, policy)
}

/// The findings of a rule: the file, and the worlds named in a note.
fn found(judged: &Judged, rule: &str) -> Vec<(String, String)> {
    let findings = judged.outcome.findings.iter().filter(|found| found.rule == rule);
    let told = findings.map(|found| {
        let file = judged.world.sources.get(found.primary.span.source).name.clone();
        let notes = found.notes.iter();
        let mut whose = notes.filter_map(|note| note.strip_prefix("this applies to "));
        (file, whose.next().unwrap_or_default().to_owned())
    });
    told.collect()
}

fn names(judged: &Judged) -> Vec<&str> {
    judged.worlds.iter().map(|(name, _)| name.as_str()).collect()
}

fn one(file: &str, world: &str) -> Vec<(String, String)> {
    vec![(file.to_owned(), world.to_owned())]
}

#[test]
fn a_context_of_the_other_environment_is_undefined_here() {
    let files = [
        ("clusters/dev/app.yaml", MAPPING),
        ("clusters/dev/context.yaml", CONTEXT),
        ("clusters/prod/app.yaml", MAPPING),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), ["clusters/dev", "clusters/prod"]);
    assert!(matches!(judged.division, Some(Division::Folders(_))));
    assert_eq!(found(&judged, UNDEFINED), one("clusters/prod/app.yaml", "clusters/prod"));
    let mut undefined = judged.outcome.findings.iter().filter(|found| found.rule == UNDEFINED);
    assert!(undefined.all(|found| found.severity == Severity::Error), "it is proved");
    assert_eq!(found(&judged, "object-given-twice"), []);
}

#[test]
fn shared_objects_belong_to_each_environment_and_are_reported_once() {
    let files = [
        ("base/context.yaml", CONTEXT),
        ("clusters/dev/app.yaml", MAPPING),
        ("clusters/prod/app.yaml", MAPPING),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), ["clusters/dev", "clusters/prod"]);
    assert_eq!(found(&judged, UNDEFINED), []);
    assert_eq!(found(&judged, "upstream-unverified"), one("base/context.yaml", ""));
}

#[test]
fn folders_with_the_same_name_are_one_environment() {
    let other = MAPPING.replace("cart", "other");
    let files = [
        ("apps/a/dev/app.yaml", MAPPING),
        ("apps/a/prod/app.yaml", MAPPING),
        ("apps/b/dev/app.yaml", &other),
        ("apps/b/prod/app.yaml", &other),
        ("apps/b/prod/context.yaml", CONTEXT),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), ["dev", "prod"]);
    let undefined: Vec<String> =
        found(&judged, UNDEFINED).into_iter().map(|(file, _)| file).collect();
    assert_eq!(undefined, ["apps/a/dev/app.yaml", "apps/b/dev/app.yaml"]);
}

#[test]
fn a_copy_in_the_same_folder_or_below_is_a_mistake_rather_than_an_environment() {
    for copy in ["app/copy.yaml", "app/old/app.yaml"] {
        let judged = session(&[("app/app.yaml", MAPPING), (copy, MAPPING)], None).judge();
        assert_eq!(names(&judged), [""; 0], "{copy}");
        assert_eq!(found(&judged, "object-given-twice").len(), 1, "{copy}");
    }
}

#[test]
fn one_common_object_among_many_does_not_make_environments() {
    let many = |from: usize| -> String {
        let names = (from..from + 9).map(|n| MAPPING.replace("cart", &format!("cart{n}")));
        names.chain([MAPPING.to_owned()]).collect::<Vec<_>>().join("---\n")
    };
    let (one, two) = (many(0), many(100));
    let judged = session(&[("teams/a/app.yaml", &one), ("teams/b/app.yaml", &two)], None).judge();
    assert_eq!(names(&judged), [""; 0]);
    assert_eq!(found(&judged, "object-given-twice").len(), 1);
}

#[test]
fn copies_of_objects_that_ambassador_never_reads_do_not_make_environments() {
    let workload = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {}\n";
    let judged = |object: &str| {
        let files = [
            ("ambassador/app.yaml", MAPPING),
            ("ambassador/context.yaml", CONTEXT),
            ("samples/a/web.yaml", object),
            ("samples/b/web.yaml", object),
        ];
        session(&files, None).judge()
    };
    assert_eq!(names(&judged(workload)), [""; 0]);
    // The Mapping refers to this one, so it matters which of the two is there.
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 443}]}\n";
    assert_eq!(names(&judged(service)), ["samples/a", "samples/b"]);
}

#[test]
fn the_only_environment_that_ambassador_reads_is_not_named() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 443}]}\n";
    let files = [
        ("ambassador/app.yaml", MAPPING),
        ("ambassador/context.yaml", CONTEXT),
        ("ambassador/service.yaml", service),
        ("samples/service.yaml", service),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), ["ambassador"]);
    let told = judged.division.unwrap().told(&["ambassador"]);
    assert!(told.starts_with("checked: ambassador, without the sibling folders"), "{told}");
}

#[test]
fn environments_without_ambassador_objects_are_not_listed() {
    let workload =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ambassador}\nspec: {}\n";
    let files = [("dev/web.yaml", workload), ("prod/web.yaml", workload)];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), [""; 0]);
    assert_eq!(judged.division, None);
}

#[test]
fn the_newest_of_several_releases_of_one_ambassador_is_checked() {
    let workload = |name: &str, tag: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec: {{template: {{spec: {{containers: [{{name: {name}, image: 'quay.io/datawire/{name}:{tag}'}}]}}}}}}\n"
        )
    };
    let (old, new) = (workload("ambassador", "1.0.0"), workload("aes", "1.1.1"));
    let judged = session(&[("new.yaml", &new), ("old.yaml", &old)], None).judge();
    assert_eq!(judged.world.settings.profile.to_string(), "1.1.1");
    assert!(!judged.world.knows_release(), "none of both is certain");
}

#[test]
fn overlays_on_one_base_are_worlds() {
    let overlay = |namespace: &str, more: &str| {
        format!(
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: {namespace}\nresources: [../../base{more}]\n"
        )
    };
    let base =
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [app.yaml]\n";
    let (dev, prod) = (overlay("dev", ", context.yaml"), overlay("prod", ""));
    let files = [
        ("base/app.yaml", MAPPING),
        ("base/kustomization.yaml", base),
        ("overlays/dev/context.yaml", CONTEXT),
        ("overlays/dev/kustomization.yaml", &dev),
        ("overlays/prod/kustomization.yaml", &prod),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(names(&judged), ["overlays/dev", "overlays/prod"]);
    assert_eq!(judged.division, Some(Division::Builds));
    assert_eq!(found(&judged, UNDEFINED), one("base/app.yaml", "overlays/prod"));
    let namespace = |at: usize| judged.worlds[at].1.resources.mappings[0].object.namespace();
    assert_eq!((namespace(0), namespace(1)), ("dev", "prod"));
}

#[test]
fn the_configuration_defines_worlds() {
    let config = "worlds:\n- name: test\n  paths: [east, both]\n- name: live\n  paths: [west, both]\n- name: nowhere\n  paths: [north]\n";
    let other = MAPPING.replace("cart", "other");
    let files = [
        ("both/context.yaml", CONTEXT),
        ("east/app.yaml", MAPPING),
        ("shared.yaml", &other),
        ("west/app.yaml", MAPPING),
    ];
    let judged = session(&files, Some(config)).judge();
    assert_eq!(names(&judged), ["test", "live"]);
    assert_eq!(judged.division, Some(Division::Said));
    assert_eq!(judged.upstreams(), 4);
    assert_eq!(found(&judged, UNDEFINED), []);
}

#[test]
fn each_ambassador_is_checked_and_named() {
    let ambassador = |id: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: emissary, namespace: {id}}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: emissary\n        image: docker.io/emissaryingress/emissary:4.1.0\n        env: [{{name: AMBASSADOR_ID, value: {id}}}]\n"
        )
    };
    let mapping = |id: &str| {
        let own = MAPPING.replace("name: cart", &format!("name: cart-{id}"));
        own.replace("spec: {", &format!("spec: {{ambassador_id: [{id}], "))
    };
    let text = [ambassador("inner"), mapping("inner"), ambassador("outer"), mapping("outer")];
    let judged = session(&[("a.yaml", &text.join("---\n"))], None).judge();
    assert_eq!(judged.division, Some(Division::Ambassadors));
    let whose: Vec<String> =
        found(&judged, UNDEFINED).into_iter().map(|(_, whose)| whose).collect();
    let name = |id: &str| format!("Ambassador `{id}` in namespace `{id}`");
    assert_eq!(whose, [name("inner"), name("outer")]);
}

#[test]
fn an_ignore_that_one_world_needs_is_not_reported_as_unused() {
    let comment = "# mtlsctl: ignore[mapping-context-undefined] prod has it elsewhere\n";
    let ignored = MAPPING.replace("spec: {", &format!("{comment}spec: {{"));
    let other = MAPPING.replace("cart", "other");
    let files = [
        ("base.yaml", ignored.as_str()),
        ("clusters/dev/app.yaml", &other),
        ("clusters/dev/context.yaml", CONTEXT),
        ("clusters/prod/app.yaml", &other),
    ];
    let judged = session(&files, None).judge();
    assert_eq!(found(&judged, "ignore-unused"), []);
}

/// All findings of a judgement, by rule, place and message.
fn said(judged: &Judged) -> Vec<String> {
    let findings = judged.outcome.findings.iter();
    let line = findings.map(|found| {
        let source = judged.world.sources.get(found.primary.span.source);
        let place = source.position(found.primary.span.start);
        format!("{}:{}:{} {} {}", source.name, place.line, place.column, found.rule, found.message)
    });
    line.collect()
}

#[test]
fn adding_changing_and_removing_texts_gives_the_same_as_a_fresh_reading() {
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart, namespace: shop}\nspec: {template: {metadata: {labels: {app: cart}}}}\n";
    let policy = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: strict, namespace: shop}\nspec: {mtls: {mode: STRICT}}\n";
    let file = |name: &str| SourceOrigin::File(name.into());
    let mut edited = session(&[("b.yaml", MAPPING), ("d.yaml", deployment)], None);
    let context = edited.put(file("c.yaml"), CONTEXT.to_owned());
    let fresh = [("b.yaml", MAPPING), ("c.yaml", CONTEXT), ("d.yaml", deployment)];
    assert_eq!(said(&edited.judge()), said(&session(&fresh, None).judge()));
    // A policy anywhere makes workloads relevant, and its removal makes them irrelevant again.
    let strict = edited.put(file("a.yaml"), policy.to_owned());
    let both = edited.judge();
    assert_eq!(both.world.resources.workloads.len(), 1);
    let mut with_policy = vec![("a.yaml", policy)];
    with_policy.extend(fresh);
    assert_eq!(said(&both), said(&session(&with_policy, None).judge()));
    edited.remove(strict);
    assert_eq!(edited.judge().world.resources.workloads.len(), 0);
    edited.remove(context);
    edited.put(file("b.yaml"), "{".to_owned());
    let broken = [("b.yaml", "{"), ("d.yaml", deployment)];
    assert_eq!(said(&edited.judge()), said(&session(&broken, None).judge()));
    edited.put(file("b.yaml"), MAPPING.to_owned());
    assert_eq!(edited.put(file("c.yaml"), CONTEXT.to_owned()), context, "an id is for good");
    assert_eq!(said(&edited.judge()), said(&session(&fresh, None).judge()));
}

#[test]
fn two_worlds_of_one_reading_share_unchanged_objects() {
    let mut sources = Sources::default();
    let old = sources.add_extract(
        SourceOrigin::Revision { revision: "HEAD".to_owned(), path: "app.yaml".into() },
        mtlsctl::source::Extract::whole(MAPPING.replace("tls: up", "tls: gone")),
    );
    let new = sources.add("app.yaml".to_owned(), MAPPING.to_owned());
    let context = sources.add("context.yaml".to_owned(), CONTEXT.to_owned());
    let documents = Documents::read(sources, settings().ingest, &relevance());
    let world = |mapping| {
        let texts = Arc::new(documents.sources().only(vec![mapping, context]));
        World::of(&documents, texts, settings())
    };
    let tls = |world: &World| world.tls(&world.upstreams[0]).unwrap();
    let (before, after) = (world(old), world(new));
    assert!(Arc::ptr_eq(&before.resources.contexts[0], &after.resources.contexts[0]));
    assert_ne!(tls(&before), tls(&after));
    assert_eq!(tls(&after), tls(&world(new)));
}
