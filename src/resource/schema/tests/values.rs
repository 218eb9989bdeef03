//! Tests of types, names, ranges and required fields.

use super::*;

#[test]
fn tls_of_a_v3alpha1_mapping_must_be_a_name() {
    let spec = |tls: &str| format!("{{prefix: /a/, service: svc, tls: {tls}}}");
    assert_eq!(
        violations("v3alpha1", "Mapping", &spec("true")),
        [r#"spec.tls in body must be of type string: "boolean""#]
    );
    assert_eq!(
        violations("v3alpha1", "Mapping", &spec("1")),
        [r#"spec.tls in body must be of type string: "integer""#]
    );
    assert!(violations("v3alpha1", "Mapping", &spec("up")).is_empty());
    assert!(violations("v3alpha1", "Mapping", &spec("'true'")).is_empty());
}

#[test]
fn tls_of_a_v2_mapping_may_be_a_boolean() {
    for version in ["v1", "v2"] {
        for kind in ["Mapping", "RateLimitService", "AuthService", "TCPMapping"] {
            let spec = |tls: &str| {
                format!("{{auth_service: a, prefix: /a/, port: 1, service: a, tls: {tls}}}")
            };
            for tls in ["true", "no", "up", "~"] {
                assert!(violations(version, kind, &spec(tls)).is_empty(), "{version} {kind}");
            }
            assert_eq!(
                violations(version, kind, &spec("1")),
                [r#""spec.tls" must validate one and only one schema (oneOf). Found none valid"#]
            );
        }
    }
}

#[test]
fn alpn_protocols_is_one_string() {
    assert_eq!(
        violations("v3alpha1", "TLSContext", "{alpn_protocols: [h2]}"),
        [r#"spec.alpn_protocols in body must be of type string: "array""#]
    );
    // YAML reads this as one string.
    let spec = "\n  alpn_protocols: h2[, http/1.1]";
    assert!(violations("v2", "TLSContext", spec).is_empty());
}

#[test]
fn ambassador_id_is_a_list_since_v3alpha1() {
    for kind in ["TLSContext", "ConsulResolver", "Host", "LogService", "DevPortal"] {
        assert_eq!(
            violations("v3alpha1", kind, "{ambassador_id: internal}"),
            [r#"spec.ambassador_id in body must be of type array: "string""#]
        );
        for id in ["internal", "[internal]"] {
            assert!(violations("v2", kind, &format!("{{ambassador_id: {id}}}")).is_empty());
        }
        assert!(violations("v3alpha1", kind, "{ambassador_id: [internal]}").is_empty());
        assert_eq!(
            violations("v2", kind, "{ambassador_id: [a, 1]}"),
            [r#"spec.ambassador_id[1] in body must be of type string: "integer""#]
        );
    }
}

#[test]
fn required_fields_must_be_there() {
    assert_eq!(
        violations("v3alpha1", "Mapping", "{prefix: /bad/, hostname: '*', tls: up}"),
        ["spec.service in body is required"]
    );
    assert_eq!(
        violations("v2", "TCPMapping", "{}"),
        ["spec.port in body is required", "spec.service in body is required"]
    );
    // An empty one counts as present.
    assert!(violations("v3alpha1", "Mapping", "{prefix: '', service: ''}").is_empty());
    assert!(violations("v2", "Module", "{}").is_empty());
    assert_eq!(violations("v3alpha1", "Module", "{}"), ["spec.config in body is required"]);
    let nested = "{prefix: /, service: a, load_balancer: {cookie: {ttl: 1s}}}";
    assert_eq!(
        violations("v3alpha1", "Mapping", nested),
        [
            "spec.load_balancer.cookie.name in body is required",
            "spec.load_balancer.policy in body is required"
        ]
    );
}

#[test]
fn nulls_count_as_absent_except_in_lists() {
    let spec = "{prefix: /, service: ~, tls: ~, headers: {a: ~}, crl: ~}";
    let found = inspect_text("v3alpha1", "Mapping", SpecForm::Object, &format!("spec: {spec}"));
    assert_eq!(found.violations, ["spec.service in body is required"]);
    assert!(found.unknown.is_empty());
    assert_eq!(
        violations("v3alpha1", "TLSContext", "{hosts: [~]}"),
        [r#"spec.hosts[0] in body must be of type string: "null""#]
    );
}

#[test]
fn a_spec_may_be_missing_but_not_be_something_else() {
    for text in ["kind: Mapping", "spec:", "spec: ~"] {
        let found = inspect_text("v3alpha1", "Mapping", SpecForm::Object, text);
        assert!(found.violations.is_empty(), "{text}");
    }
    let found = inspect_text("v3alpha1", "TLSContext", SpecForm::Object, "spec: [a]");
    assert_eq!(found.violations, [r#"spec in body must be of type object: "array""#]);
    // Unfolding an annotation replaces it by an object.
    let found = inspect_text("v3alpha1", "TLSContext", SpecForm::Bare, "spec: [a]");
    assert!(found.violations.is_empty());
}

#[test]
fn tls_versions_are_spelled_with_a_v() {
    for version in ["v2", "v3alpha1"] {
        assert!(violations(version, "TLSContext", "{min_tls_version: v1.2}").is_empty());
        assert_eq!(
            violations(version, "TLSContext", "{min_tls_version: '1.2'}"),
            ["spec.min_tls_version in body should be one of [v1.0 v1.1 v1.2 v1.3]"]
        );
        assert_eq!(
            violations(version, "TLSContext", "{max_tls_version: 1.2}"),
            [r#"spec.max_tls_version in body must be of type string: "number""#]
        );
        // A Host accepts any.
        assert!(violations(version, "Host", "{tls: {min_tls_version: '1.2'}}").is_empty());
    }
}

#[test]
fn numbers_lists_and_patterns_have_limits() {
    let listener = "{hostBinding: {}, port: 70000, securityModel: XFP}";
    assert_eq!(
        violations("v3alpha1", "Listener", listener),
        ["spec.port in body should be less than or equal to 65535"]
    );
    let listener = "{hostBinding: {}, port: 0, securityModel: XFP}";
    assert_eq!(
        violations("v3alpha1", "Listener", listener),
        ["spec.port in body should be greater than or equal to 1"]
    );
    let mapping = |field: &str| {
        violations("v3alpha1", "Mapping", &format!("{{prefix: /, service: a, {field}}}"))
    };
    assert_eq!(
        mapping("redirect_response_code: 300"),
        ["spec.redirect_response_code in body should be one of [301 302 303 307 308]"]
    );
    assert_eq!(
        mapping("health_checks: []"),
        ["spec.health_checks in body should have at least 1 items"]
    );
    assert_eq!(
        mapping("health_checks: [{health_check: {}}]"),
        ["spec.health_checks[0].health_check in body should have at least 1 properties"]
    );
    assert_eq!(
        mapping("v2ExplicitTLS: {serviceScheme: ftp://}"),
        [concat!(
            "spec.v2ExplicitTLS.serviceScheme in body should match ",
            "'^([hH][tT][tT][pP][sS]?://)?$'"
        )]
    );
    assert!(mapping("v2ExplicitTLS: {serviceScheme: HttpS://, tls: ''}").is_empty());
}

#[test]
fn rate_limit_labels_are_checked_to_the_bottom() {
    let labels = |version: &str, label: &str| {
        let labels = format!("{{ambassador: [{{group: [{label}]}}]}}");
        violations(version, "Mapping", &format!("{{prefix: /, service: a, labels: {labels}}}"))
    };
    assert!(labels("v2", "catalog").is_empty());
    assert!(labels("v2", "{header: {header: x}}").is_empty());
    assert!(labels("v3alpha1", "{generic_key: {value: catalog}}").is_empty());
    assert_eq!(
        labels("v3alpha1", "catalog"),
        [r#"spec.labels.ambassador[0].group[0] in body must be of type object: "string""#]
    );
    assert_eq!(
        labels("v3alpha1", "{generic_key: {}}"),
        ["spec.labels.ambassador[0].group[0].generic_key.value in body is required"]
    );
}
