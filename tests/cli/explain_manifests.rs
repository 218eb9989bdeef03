//! `explain -f` finds the object behind a name in logs and statistics of Envoy and Emissary, in
//! each environment.

use std::process::Output;

use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const MANIFESTS: &str = r#"
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream, namespace: shop}
spec: {secret: client}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: web, namespace: shop}
spec: {hostname: "*", prefix: /web/, service: "https://web", tls: upstream}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: first, namespace: far}
spec: {hostname: "*", prefix: /first/, service: "https://a-service-with-a-long-name.of-a-namespace.svc.cluster.local:8443", tls: upstream}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: second, namespace: far}
spec: {hostname: "*", prefix: /second/, service: "https://a-service-with-a-long-name.of-a-namespace.svc.cluster.local:9443", tls: upstream}
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: {name: front, namespace: shop}
spec: {hostname: shop.example.com, tlsSecret: {name: front-cert}}
"#;

fn told(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn explained(folder: &Folder, line: &str) -> String {
    told(&mtlsctl().args(["explain", line, "-f"]).arg(folder.path()).output().unwrap())
}

#[test]
fn a_cluster_is_found_by_its_names_in_all_releases_and_statistics() {
    let folder = Folder::new();
    folder.write("app.yaml", MANIFESTS);
    for (line, wanted) in [
        ("cluster_https___web_shop_otls_shop UF", "is Mapping shop/web"),
        (
            "cluster.https___web_shop.ssl.fail_verify_error: 3",
            "`https___web_shop` is Mapping shop/web",
        ),
        (
            "envoy_cluster_ssl_fail_verify_error{envoy_cluster_name=\"https___web_shop\"} 3",
            "is Mapping shop/web",
        ),
        // Up to 3.1 long names are cut and numbered; from 3.2 on they have a digest.
        ("cluster_https___a_service_with_a_long_na-0 UF", "is Mapping far/first"),
        ("cluster_https___a_service_with_a_long_na-1 UF", "is Mapping far/second"),
        ("outbound|443||web.shop.svc.cluster.local UF,URX", "is Mapping shop/web"),
        (
            "{\"response_flags\":\"UF\",\"upstream_cluster\":\"cluster_https___web_otls_shop\"}",
            "the most similar one is `cluster_https___web_shop_otls_shop`, of Mapping shop/web",
        ),
        ("cluster_elsewhere_otls_there UF", "No cluster of these manifests is called"),
    ] {
        let text = explained(&folder, line);
        assert!(text.contains(wanted), "{line}: {text}");
    }
    assert!(
        !explained(&folder, "cluster_https___a_service_with_a_long_na-7 UF").contains("is Mapping")
    );
}

#[test]
fn the_digest_of_a_long_name_identifies_its_mapping() {
    let folder = Folder::new();
    folder.write("app.yaml", MANIFESTS);
    // Shortened by Emissary 4.1.0 from the name that `resolve` prints in full.
    let line = "cluster_https___a_service_with_a_long_na-DIGEST-0 UF".replace("DIGEST", DIGEST);
    let text = explained(&folder, &line);
    assert!(text.contains("is Mapping far/second") && !text.contains("far/first"), "{text}");
}

/// The first 16 digits of SHA-1 of `cluster_https___a_service_with_a_long_name_of_a_namespace_svc_cluster_local_9443_otls_far`.
const DIGEST: &str = "9A3AE28D16E0C6FC";

#[test]
fn a_secret_without_a_namespace_is_looked_up_in_its_hosts_namespace() {
    let folder = Folder::new();
    folder.write("app.yaml", MANIFESTS);
    let text = explained(&folder, "Host front: continuing with invalid TLS secret front-cert");
    assert!(text.contains("Secret shop/front-cert"), "{text}");
}

#[test]
fn only_environments_with_the_named_object_answer() {
    let folder = Folder::new();
    folder.write("base/app.yaml", MANIFESTS);
    folder.write("base/kustomization.yaml", "resources: [app.yaml]\n");
    for name in ["prod", "staging"] {
        let text = format!("resources: [../../base]\nnamespace: {name}\n");
        folder.write(&format!("overlays/{name}/kustomization.yaml"), &text);
    }
    let line =
        "TLSContext upstream found no certificate in secret client in namespace prod, ignoring...";
    let text = explained(&folder, line);
    assert!(text.contains("overlays/prod TLSContext prod/upstream"), "{text}");
    assert!(!text.contains("staging"), "{text}");
    let text = explained(&folder, "Originate-TLS context upstrem is not defined");
    assert!(text.contains("overlays/prod") && text.contains("overlays/staging"), "{text}");
}

#[test]
fn a_log_is_looked_up_by_the_clusters_of_its_lines() {
    let folder = Folder::new();
    folder.write("app.yaml", MANIFESTS);
    let mut log = String::new();
    for second in 10..30 {
        log += &format!(
            "{{\"start_time\":\"2026-11-30T10:11:{second}.000Z\",\"response_code\":503,\"response_flags\":\"UF\",\"upstream_cluster\":\"cluster_https___web_shop_otls_shop\"}}\n"
        );
    }
    folder.write("app.log", &log);
    let log = folder.path().join("app.log");
    let manifests = folder.path().join("app.yaml");
    let output = mtlsctl()
        .args(["explain", "-o", "json"])
        .arg(log)
        .arg("-f")
        .arg(manifests)
        .output()
        .unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["causes"][0]["count"], 20, "{json}");
    assert_eq!(json["causes"][0]["objects"][0]["name"], "web", "{json}");
}
