//! Kustomizations: what lint may report about files that `kustomize` would change first.

use mtlsctl::lint::lint;
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Settings, World};

fn world(files: &[(&str, &str)]) -> World {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add((*name).to_owned(), (*text).to_owned());
    }
    World::read(sources, Settings::default(), &relevance())
}

fn rules(world: &World) -> Vec<&'static str> {
    lint(world).iter().map(|found| found.rule).collect()
}

const CONTEXT: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata:
  name: mesh
spec:
  secret: client-cert
  ca_secret: mesh-ca
";

const MAPPING: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: web
spec:
  hostname: '*'
  prefix: /web/
  service: web:8443
  tls: mesh
";

const CERTIFICATES: &str = "\
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: client-cert
  namespace: prod
spec:
  secretName: client-cert
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: mesh-ca
  namespace: prod
spec:
  secretName: mesh-ca
";

const BASE: &str = "resources: [context.yaml, mapping.yaml]\n";

fn with(kustomizations: &[(&str, &str)]) -> World {
    let mut files = vec![
        ("base/context.yaml", CONTEXT),
        ("base/mapping.yaml", MAPPING),
        ("certificates.yaml", CERTIFICATES),
    ];
    files.extend_from_slice(kustomizations);
    world(&files)
}

#[test]
fn patches_are_not_read_as_objects() {
    let patch = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: web
spec:
  timeout_ms: 5000
";
    let alone = world(&[("prod/patch.yaml", patch)]);
    assert!(rules(&alone).iter().all(|rule| *rule == "object-refused-by-schema"));
    assert!(!rules(&alone).is_empty());
    for list in [
        "patches: [{path: patch.yaml}]\n",
        "patchesStrategicMerge: [./patch.yaml]\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- path: ../prod/patch.yaml\n",
    ] {
        let patched = world(&[("prod/kustomization.yaml", list), ("prod/patch.yaml", patch)]);
        assert_eq!(rules(&patched), ["patch-not-applied"], "{list}");
        assert!(patched.resources.mappings.is_empty(), "{list}");
    }
}

#[test]
fn patches_of_other_kinds_are_not_reported() {
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
    let operations = "- {op: remove, path: /spec/tls}\n";
    let count = |list: &str| {
        let files =
            [("o/kustomization.yaml", list), ("o/d.yaml", deployment), ("o/j.yaml", operations)];
        let world = world(&files);
        world.resources.unapplied_patches.iter().map(|patches| patches.count).sum::<usize>()
    };
    assert_eq!(count("patches: [{path: d.yaml}, {path: missing.yaml}]\n"), 0);
    assert_eq!(count("patchesStrategicMerge: [d.yaml]\n"), 0);
    assert_eq!(count("patches: [{path: j.yaml, target: {kind: Deployment}}]\n"), 0);
    assert_eq!(count("patches: [{path: j.yaml, target: {kind: Mapping|Host}}]\n"), 1);
    assert_eq!(
        count("patchesJson6902: [{path: j.yaml, target: {kind: TLSContext, name: a}}]\n"),
        1
    );
    assert_eq!(
        count("patchesStrategicMerge:\n- |-\n  kind: Secret\n  data: {a: null}\n- d.yaml\n"),
        1
    );
    assert_eq!(count("patches: [{path: j.yaml, target: {group: getambassador.io}}]\n"), 1);
}

#[test]
fn the_namespace_of_the_only_overlay_is_used() {
    let found = rules(&with(&[("base/kustomization.yaml", BASE)]));
    assert!(found.contains(&"secret-missing"), "{found:?}");
    for kustomizations in [
        &[(
            "base/kustomization.yaml",
            "namespace: prod\nresources: [context.yaml, mapping.yaml]\n",
        )][..],
        &[
            ("base/kustomization.yaml", BASE),
            ("overlays/prod/kustomization.yaml", "namespace: prod\nresources: [../../base]\n"),
        ],
        &[
            (
                "base/kustomization.yaml",
                "namespace: other\nresources: [context.yaml, mapping.yaml]\n",
            ),
            ("overlays/prod/kustomization.yaml", "namespace: prod\nbases: [../../base/]\n"),
        ],
    ] {
        let world = with(kustomizations);
        assert_eq!(rules(&world), [""; 0], "{kustomizations:?}");
        assert_eq!(world.contexts[0].namespace, "prod");
    }
}

#[test]
fn two_overlays_leave_the_namespace_undecided() {
    let world = with(&[
        ("base/kustomization.yaml", BASE),
        ("overlays/prod/kustomization.yaml", "namespace: prod\nresources: [../../base]\n"),
        ("overlays/test/kustomization.yaml", "namespace: test\nresources: [../../base]\n"),
    ]);
    assert_eq!(world.contexts[0].namespace, "default");
}

#[test]
fn circular_kustomizations_terminate() {
    let world = with(&[
        ("base/kustomization.yaml", "resources: [context.yaml, mapping.yaml, ../other]\n"),
        ("other/kustomization.yaml", "namespace: prod\nresources: [../base]\n"),
    ]);
    assert_eq!(world.contexts[0].namespace, "default");
}

#[test]
fn generated_secrets_are_promised_in_the_namespace_of_their_build() {
    let generator = "\
namespace: prod
resources: [context.yaml, mapping.yaml]
generatorOptions:
  disableNameSuffixHash: true
secretGenerator:
- name: client-cert
  type: kubernetes.io/tls
  files: [tls.crt, tls.key=keys/tls.pem]
- name: mesh-ca
  files: [tls.crt=ca.pem]
";
    let world = world(&[
        ("base/kustomization.yaml", generator),
        ("base/context.yaml", CONTEXT),
        ("base/mapping.yaml", MAPPING),
    ]);
    assert_eq!(rules(&world), [""; 0]);
    assert!(world.is_promised("prod", "client-cert"));
    assert!(!world.is_promised("default", "client-cert"));
}

#[test]
fn flux_kustomizations_are_another_kind() {
    let flux = "\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./base
  targetNamespace: prod
";
    let world = with(&[("base/kustomization.yaml", BASE), ("clusters/apps.yaml", flux)]);
    assert_eq!(world.contexts[0].namespace, "default");
}

#[test]
fn objects_that_make_secrets_are_promises() {
    let makers = [
        ("VaultStaticSecret", "{destination: {name: made, create: true}}"),
        ("VaultPKISecret", "{destination: {name: made, create: true}}"),
        ("ExternalSecret", "{target: {name: made}}"),
        ("AzureKeyVaultSecret", "{output: {secret: {name: made}}}"),
        ("SecretProviderClass", "{secretObjects: [{secretName: other}, {secretName: made}]}"),
        ("SealedSecret", "{template: {metadata: {name: made}}}"),
        ("Certificate", "{secretName: made}"),
    ];
    for (kind, spec) in makers {
        let text = format!(
            "apiVersion: x.example/v1\nkind: {kind}\nmetadata: {{name: x, namespace: prod}}\nspec: {spec}\n"
        );
        let world = world(&[("made.yaml", &text)]);
        assert!(world.is_promised("prod", "made"), "{kind}");
        assert!(!world.is_promised("test", "made"), "{kind}");
    }
}

#[test]
fn bundles_create_secrets_only_in_their_namespaces() {
    let bundle = |target: &str| {
        let text = format!(
            "apiVersion: trust.cert-manager.io/v1alpha1\nkind: Bundle\nmetadata: {{name: mesh-ca}}\n\
             spec: {{sources: [{{useDefaultCAs: true}}], target: {target}}}\n"
        );
        world(&[("bundle.yaml", &text)])
    };
    assert!(bundle("{secret: {key: tls.crt}}").is_promised("anywhere", "mesh-ca"));
    assert!(!bundle("{configMap: {key: ca.crt}}").is_promised("anywhere", "mesh-ca"));
    let selected = |labels: &str| {
        bundle(&format!(
            "{{secret: {{key: tls.crt}}, namespaceSelector: {{matchLabels: {labels}}}}}"
        ))
    };
    let shop = selected("{kubernetes.io/metadata.name: shop}");
    assert!(shop.is_promised("shop", "mesh-ca") && !shop.is_promised("default", "mesh-ca"));
    assert!(selected("{mesh: 'on'}").is_promised("anywhere", "mesh-ca"), "labels are not read");
}

#[test]
fn names_with_a_prefix_are_checked_in_their_final_form() {
    let mapping = MAPPING.replace("name: web", "name: -web");
    let with = |kustomization: &str| {
        let found = rules(&world(&[
            ("base/mapping.yaml", &mapping),
            ("base/kustomization.yaml", kustomization),
        ]));
        found.contains(&"object-name-invalid")
    };
    assert!(with("resources: [mapping.yaml]\n"), "nothing completes it");
    assert!(!with("namePrefix: shop\nresources: [mapping.yaml]\n"));
    // Whether references are updated is a separate question.
    assert!(!with("namePrefix: shop\nresources: [mapping.yaml]\nconfigurations: [names.yaml]\n"));
    assert!(with("namePrefix: Shop\nresources: [mapping.yaml]\n"), "still not allowed");
}
