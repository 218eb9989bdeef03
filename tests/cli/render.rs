//! Kustomizations and charts rendered by the real programs, with places in the original files.

use std::path::PathBuf;
use std::process::Output;

use crate::support::folder::Folder;
use crate::support::installed;
use crate::support::program::mtlsctl;

/// Runs mtlsctl with these folders as the PATH.
fn run(folder: &Folder, path: &[PathBuf], arguments: &[&str]) -> Output {
    let path = std::env::join_paths(path).unwrap();
    mtlsctl().current_dir(folder.path()).env("PATH", path).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn folder_of(peer: &str) -> Vec<PathBuf> {
    let program = installed::file(peer);
    vec![program.parent().unwrap().to_owned(), "/usr/bin".into(), "/bin".into()]
}

const MAPPING: &str = "\
# The cart.
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: cart
spec:
  hostname: '*'
  prefix: /cart/
  service: https://cart:8443
  tls: upstream
";

#[test]
fn findings_in_a_rendered_kustomization_are_in_the_files_it_lists() {
    let folder = Folder::with(&[
        ("base/kustomization.yaml", "resources: [mapping.yaml]\n"),
        ("base/mapping.yaml", MAPPING),
        (
            "overlays/prod/kustomization.yaml",
            "namespace: prod\nnamePrefix: live-\nbases: [../../base]\npatchesStrategicMerge: [patch.yaml]\n",
        ),
        (
            "overlays/prod/patch.yaml",
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart}\nspec: {service: 'https://cart.live:9443'}\n",
        ),
    ]);
    let path = folder_of("kubectl/usr/bin/kubectl");
    let output = run(&folder, &path, &["lint", "-k", "overlays/prod", "-o", "concise"]);
    let told = text(&output.stdout);
    assert!(
        // Kustomize added a line above it, the namespace, and changed another one.
        told.contains("base/mapping.yaml:10:8: warning[mapping-context-undefined]"),
        "{told}{}",
        text(&output.stderr)
    );
    assert!(told.contains("Mapping prod/live-cart"), "{told}");
    let resolved = text(&run(&folder, &path, &["resolve", "-k", "overlays/prod"]).stdout);
    assert!(resolved.contains("https://cart.live:9443"), "the patch is applied: {resolved}");
}

#[test]
fn places_in_a_rendered_kustomization_are_lines_of_the_original_file() {
    let context = "\
# Two objects in one file, with comments, in no order.
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata:
  # of the partner
  name: upstream
spec:
  secret: client-cert

  ca_secrets: wrong
---
";
    let folder = Folder::with(&[
        ("base/kustomization.yaml", "resources: [all.yaml]\n"),
        ("base/all.yaml", &format!("{context}{}", MAPPING.replace("tls: upstream", "tls: other"))),
        (
            "over/kustomization.yaml",
            "bases: [../base]\nnamespace: live\nnamePrefix: live-\n\
             commonLabels: {team: shop, stage: live}\npatchesStrategicMerge: [patch.yaml]\n",
        ),
        (
            "over/patch.yaml",
            "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: upstream}\n\
             spec: {crl_secrets: wrong}\n",
        ),
    ]);
    let path = folder_of("kubectl/usr/bin/kubectl");
    let told = text(&run(&folder, &path, &["lint", "-k", "over", "-o", "concise"]).stdout);
    for place in [
        "base/all.yaml:21:8: error[mapping-context-undefined]",
        "base/all.yaml:8:11: warning[secret-missing]",
        "base/all.yaml:10:3: warning[field-unknown] TLSContext live/live-upstream: TLSContext has no field `ca_secrets`",
        "base/all.yaml:6:9: note[context-unused]",
        // A field from the patch: the object is the closest place.
        "base/all.yaml:2:3: warning[field-unknown] TLSContext live/live-upstream: TLSContext has no field `crl_secrets`",
    ] {
        assert!(told.contains(place), "{place}: {told}");
    }
    let drawn = text(&run(&folder, &path, &["lint", "-k", "over"]).stdout);
    assert!(drawn.contains(" 10 │   ca_secrets: wrong\n"), "{drawn}");
    assert!(!drawn.contains("11 │"), "numbers are those of the file: {drawn}");
    let json = text(&run(&folder, &path, &["lint", "-k", "over", "-o", "rdjson"]).stdout);
    assert!(json.contains("\"line\": 21") || json.contains("\"line\":21"), "{json}");
}

#[test]
fn findings_in_a_rendered_chart_are_in_its_templates() {
    let template = "\
{{- if .Values.enabled }}
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: {{ .Release.Name }}-cart
spec:
  hostname: '*'
  prefix: /cart/
  service: https://{{ .Values.host }}:8443
  tls: upstream
{{- end }}
";
    let folder = Folder::with(&[
        ("shop/Chart.yaml", "apiVersion: v2\nname: shopping\nversion: 1.0.0\n"),
        ("shop/values.yaml", "enabled: true\nhost: cart\n"),
        ("shop/templates/mapping.yaml", template),
        ("live.yaml", "host: cart.live\n"),
        ("off.yaml", "enabled: false\n"),
    ]);
    let path = folder_of("helm/bin/helm");
    let lint = |values: &[&str]| {
        run(&folder, &path, &[&["lint", "--helm", "shop", "-o", "concise"], values].concat())
    };
    let output = lint(&[]);
    let told = text(&output.stdout);
    assert!(
        told.contains("shop/templates/mapping.yaml:10:8: warning[mapping-context-undefined]"),
        "{told}{}",
        text(&output.stderr)
    );
    let arguments = ["resolve", "--helm", "shop", "--values", "live.yaml"];
    let resolved = text(&run(&folder, &path, &arguments).stdout);
    assert!(resolved.contains("https://cart.live:8443"), "{resolved}");
    assert_eq!(lint(&["--values", "off.yaml"]).status.code(), Some(3));
}

#[test]
fn a_renderer_that_is_missing_or_fails_is_named() {
    let folder = Folder::with(&[("empty/x.txt", ""), ("bin/readme", "")]);
    let none = [folder.path().join("bin")];
    let said = |path: &[PathBuf], arguments: &[&str]| {
        let output = run(&folder, path, arguments);
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr)
    };
    let kustomize = said(&none, &["lint", "-k", "empty"]);
    assert!(kustomize.contains("neither `kubectl` nor `kustomize` is on the PATH"), "{kustomize}");
    let helm = said(&none, &["lint", "--helm", "empty"]);
    assert!(helm.contains("`helm` is not on the PATH"), "{helm}");
    let refused = said(&folder_of("kubectl/usr/bin/kubectl"), &["lint", "-k", "empty"]);
    assert!(refused.contains("`kubectl kustomize` failed: "), "{refused}");
}

#[test]
fn each_side_of_a_diff_is_rendered() {
    let kustomization = |host: &str| {
        format!("resources: [mapping.yaml]\npatchesStrategicMerge: [patch.yaml]\n# {host}\n")
    };
    let patch = |service: &str| {
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: cart}}\nspec: {{service: '{service}'}}\n"
        )
    };
    let secure = patch("https://cart.live:9443");
    let kustomization = kustomization("cart");
    let folder = Folder::with(&[
        ("prod/kustomization.yaml", &kustomization),
        ("prod/mapping.yaml", MAPPING),
        ("prod/patch.yaml", &secure),
    ]);
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(folder.path()).args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@localhost",
        ]);
        assert!(command.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "one"]);
    folder.write("prod/patch.yaml", patch("cart.live:9443").replace("spec: {", "spec: {tls: '', "));
    let path = folder_of("kubectl/usr/bin/kubectl");
    let diff = |arguments: &[&str]| {
        let output = run(&folder, &path, &[&["diff", "-k", "prod"], arguments].concat());
        (text(&output.stdout) + &text(&output.stderr), output.status.code())
    };
    for arguments in [&["--base", "HEAD"][..], &["git:HEAD", "."]] {
        let (told, status) = diff(arguments);
        assert!(told.contains("TLS without a client certificate"), "{arguments:?}: {told}");
        assert!(told.contains("plaintext") && told.contains("prod/mapping.yaml"), "{told}");
        assert_eq!(status, Some(1), "{arguments:?}: {told}");
    }
    // Nothing is staged, and neither the index nor the working tree changes.
    assert_eq!(diff(&["--staged"]).1, Some(0));
    let (told, status) = diff(&[".", "nowhere"]);
    assert!(told.contains("nowhere/prod"), "{told}");
    assert_eq!(status, Some(2));
}

#[test]
fn each_side_of_a_diff_of_a_chart_is_rendered_with_the_values_of_that_side() {
    let template = "\
{{- range .Values.extra }}
# {{ . }}
{{- end }}
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: cart
spec:
  hostname: '*'
  prefix: /cart/
  service: {{ .Values.service }}
";
    let chart = "apiVersion: v2\nname: shopping\nversion: 1.0.0\n";
    let folder = Folder::with(&[
        ("one/shop/Chart.yaml", chart),
        ("one/shop/values.yaml", "service: https://cart:8443\nextra: []\n"),
        ("one/shop/templates/mapping.yaml", template),
        ("two/shop/Chart.yaml", chart),
        ("two/shop/values.yaml", "service: cart:8443\nextra: [a, b]\n"),
        ("two/shop/templates/mapping.yaml", template),
    ]);
    let path = folder_of("helm/bin/helm");
    let diff = |sides: [&str; 2]| {
        let output = run(&folder, &path, &["diff", "--helm", "shop", sides[0], sides[1]]);
        (text(&output.stdout) + &text(&output.stderr), output.status.code())
    };
    let (told, status) = diff(["one", "two"]);
    assert_eq!(status, Some(1), "{told}");
    assert!(
        told.contains("plaintext") && told.contains("shop/templates/mapping.yaml:11"),
        "{told}"
    );
    let (told, status) = diff(["two", "one"]);
    assert_eq!(status, Some(0), "an improvement: {told}");
    assert_eq!(diff(["one", "one"]).1, Some(0));
}

#[test]
fn folders_on_both_sides_of_a_diff_are_kustomized() {
    let patch = |service: &str| {
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: cart}}\n\
             spec: {{service: '{service}', tls: null}}\n"
        )
    };
    let kustomization = "resources: [mapping.yaml]\npatchesStrategicMerge: [patch.yaml]\n";
    let folder = Folder::with(&[
        ("one/prod/kustomization.yaml", kustomization),
        ("one/prod/mapping.yaml", MAPPING),
        ("one/prod/patch.yaml", &patch("https://cart:8443")),
        ("two/prod/kustomization.yaml", kustomization),
        ("two/prod/mapping.yaml", MAPPING),
        ("two/prod/patch.yaml", &patch("cart:8443")),
    ]);
    let path = folder_of("kubectl/usr/bin/kubectl");
    let diff = |sides: [&str; 2]| {
        let output = run(&folder, &path, &["diff", "-k", "prod", sides[0], sides[1]]);
        (text(&output.stdout) + &text(&output.stderr), output.status.code())
    };
    let (told, status) = diff(["one", "two"]);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("plaintext") && told.contains("prod/mapping.yaml"), "{told}");
    assert_eq!(diff(["two", "one"]).1, Some(0));
    assert_eq!(diff(["two", "two"]).1, Some(0));
}
