//! Manifests as people publish them: partial objects, other files, or of unknown release.

use mtlsctl::diagnostic::{Diagnostic, Severity};
use mtlsctl::lint::lint;
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Settings, World};

fn found(files: &[(&str, &str)], emissary: Option<&str>) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add((*name).to_owned(), (*text).to_owned());
    }
    let mut settings = Settings::default();
    if let Some(emissary) = emissary {
        settings.profile = emissary.parse().unwrap();
        settings.profile_is_given = true;
    }
    lint(&World::read(sources, settings, &relevance()))
}

fn severity(found: &[Diagnostic], rule: &str) -> Option<Severity> {
    found.iter().find(|one| one.rule == rule).map(|one| one.severity)
}

const BARE: &str = "apiVersion: ambassador/v1\nkind: Mapping\nname: web\nprefix: /\nservice: web\n";

const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";

fn workload(image: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: ambassador}}\nspec:\n  template:\n    \
         spec:\n      containers:\n      - name: ambassador\n        image: {image}\n"
    )
}

#[test]
fn a_folder_of_only_bare_documents_may_be_ambassadors_configuration_folder() {
    let rule = "document-bare";
    let module = BARE.replace("Mapping", "Module").replace("web", "ambassador");
    let alone = found(&[("conf/web.yaml", BARE), ("conf/all.yaml", &module)], None);
    assert_eq!(severity(&alone, rule), Some(Severity::Warning));
    let elsewhere = found(
        &[("conf/web.yaml", BARE), ("conf/all.yaml", &module), ("k8s/web.yaml", SERVICE)],
        None,
    );
    assert_eq!(severity(&elsewhere, rule), Some(Severity::Warning));
    let beside = found(
        &[("k8s/route.yaml", BARE), ("k8s/all.yaml", &module), ("k8s/web.yaml", SERVICE)],
        None,
    );
    assert_eq!(severity(&beside, rule), Some(Severity::Error), "kubectl applies the folder");
    assert_eq!(severity(&found(&[("web.yaml", BARE)], None), rule), Some(Severity::Error));
}

#[test]
fn objects_for_other_releases_are_warnings_if_the_release_is_unknown() {
    let rule = "object-api-version-unknown";
    let annotated = SERVICE.replace(
        "{name: web}",
        "\n  name: web\n  annotations:\n    getambassador.io/config: |\n      apiVersion: ambassador/v0\n      \
         kind: Mapping\n      name: web\n      prefix: /\n      service: web\n",
    );
    let with = |image: &str, emissary: Option<&str>| {
        severity(&found(&[("a.yaml", &workload(image)), ("web.yaml", &annotated)], emissary), rule)
    };
    assert_eq!(with("registry/ambassador:docs-concepts-abb709e", None), Some(Severity::Warning));
    assert_eq!(with("registry/ambassador:${TAG}", None), Some(Severity::Warning));
    assert_eq!(
        with("registry/ambassador:docs-concepts-abb709e", Some("4.1")),
        Some(Severity::Error)
    );
    assert_eq!(with("registry/ambassador:latest", None), Some(Severity::Error), "the newest");
    assert_eq!(with("registry/ambassador:1.14.4", None), None);
    assert_eq!(severity(&found(&[("web.yaml", &annotated)], None), rule), Some(Severity::Error));
}

#[test]
fn a_filter_rejected_by_newer_releases_is_a_warning_if_the_release_is_unknown() {
    let services = "apiVersion: getambassador.io/v2\nkind: AuthService\nmetadata: {name: auth}\nspec: \
                    {auth_service: auth, proto: grpc}\n---\napiVersion: getambassador.io/v2\nkind: \
                    RateLimitService\nmetadata: {name: limits}\nspec: {service: limits}\n";
    for (rule, tag, expected) in [
        ("auth-service-misconfigured", "abc1234", Some(Severity::Warning)),
        ("auth-service-misconfigured", "3.9.1", Some(Severity::Error)),
        ("auth-service-misconfigured", "2.5.1", None),
        ("mapping-dropped", "abc1234", Some(Severity::Warning)),
        ("mapping-dropped", "3.9.1", Some(Severity::Error)),
        ("mapping-dropped", "2.5.1", None),
    ] {
        let files =
            [("a.yaml", &*workload(&format!("registry/emissary:{tag}"))), ("s.yaml", services)];
        assert_eq!(severity(&found(&files, None), rule), expected, "{rule} {tag}");
    }
}

#[test]
fn a_label_group_may_have_several_entries_until_the_crds_forbid_it() {
    let text = "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: web}\nspec:\n  prefix: /\n  \
                service: web\n  labels:\n    ambassador:\n    - one: [a]\n      two: [b]\n";
    let at = |emissary| {
        severity(&found(&[("web.yaml", text)], Some(emissary)), "object-refused-by-schema")
    };
    assert_eq!(at("1.14.4"), None);
    assert_eq!(at("2.5.1"), Some(Severity::Error));
    assert_eq!(at("4.1"), Some(Severity::Error));
}

#[test]
fn a_text_that_is_not_an_object_need_not_be_yaml() {
    let rule = "document-unreadable";
    let values = "emissary-ingress:\n  module:\n    lua_scripts: |\n    function envoy_on_response(handle)\n";
    let files = [("ci/values.yaml", values), ("web.yaml", SERVICE)];
    assert_eq!(severity(&found(&files, None), rule), None);
    let object = "apiVersion: getambassador.io/v3alpha1\nkind: Module\nmetadata: {name: ambassador}\nspec:\n  \
                  config:\n    lua_scripts: |\n    function envoy_on_response(handle)\n";
    assert_eq!(severity(&found(&[("module.yaml", object)], None), rule), Some(Severity::Error));
    let indented = object.replace("apiVersion", "  apiVersion").replace("kind", " kind");
    assert_eq!(severity(&found(&[("module.yaml", &indented)], None), rule), Some(Severity::Error));
}

#[test]
fn python_format_placeholders_are_templates() {
    for text in [
        "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: web}\nspec:\n  prefix: /\n  {more}\n",
        "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata:\n  name: {self.path}-web\n",
        "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata:\n  name: {names[web]}\n",
    ] {
        let found = found(&[("web.yaml", text)], None);
        assert_eq!(severity(&found, "document-unreadable"), None, "{text}");
        assert_eq!(severity(&found, "document-template"), Some(Severity::Note), "{text}");
    }
    // A flow mapping that was never closed is a mistake.
    let slip = "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: web\nspec:\n  prefix: /\n";
    let found = found(&[("web.yaml", slip)], None);
    assert_eq!(severity(&found, "document-unreadable"), Some(Severity::Error));
}

#[test]
fn the_prefixed_id_that_kubectl_shows_in_v2_is_that_of_v3alpha1() {
    let told = |version: &str, emissary: &str| {
        let text = format!(
            "apiVersion: getambassador.io/{version}\nkind: Mapping\nmetadata: {{name: web}}\nspec: \
             {{prefix: /, service: web, ambassador_id: [--apiVersion-v3alpha1-only--default]}}\n"
        );
        severity(&found(&[("web.yaml", &text)], Some(emissary)), "ambassador-id-unmatched")
    };
    assert_eq!(told("v2", "3.9.1"), None);
    assert_eq!(told("v2", "2.1.0"), None);
    // Nothing converts these.
    assert_eq!(told("v3alpha1", "3.9.1"), Some(Severity::Warning));
    assert_eq!(told("v2", "1.14.4"), Some(Severity::Warning));
}
