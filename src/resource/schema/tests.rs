//! What the validator says, as stored answers and the validator's source have it.

use super::*;
use crate::document::Tree;
use crate::source::SourceId;

/// What is found in a document, messages and names only.
struct Found {
    violations: Vec<String>,
    unknown: Vec<String>,
}

fn inspect_text(version: &str, kind: &str, form: Form, text: &str) -> Found {
    let (tree, _) = Tree::parse(SourceId(0), 0, text).unwrap();
    let schema = spec_schema(Version::parse(version).unwrap(), kind).unwrap();
    let found = inspect(&tree.root().unwrap(), form, schema);
    Found {
        violations: found.violations.into_iter().map(|violation| violation.message).collect(),
        unknown: found.unknown.into_iter().map(|field| field.name.path.into()).collect(),
    }
}

fn violations(version: &str, kind: &str, spec: &str) -> Vec<String> {
    inspect_text(version, kind, Form::Object, &format!("spec: {spec}")).violations
}

fn unknown(version: &str, kind: &str, spec: &str) -> Vec<String> {
    inspect_text(version, kind, Form::Object, &format!("spec: {spec}")).unknown
}

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
    // YAML makes one string of this one.
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
    // An empty one is there.
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
    let found = inspect_text("v3alpha1", "Mapping", Form::Object, &format!("spec: {spec}"));
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
        let found = inspect_text("v3alpha1", "Mapping", Form::Object, text);
        assert!(found.violations.is_empty(), "{text}");
    }
    let found = inspect_text("v3alpha1", "TLSContext", Form::Object, "spec: [a]");
    assert_eq!(found.violations, [r#"spec in body must be of type object: "array""#]);
    // Unfolding an annotation puts an object in its place.
    let found = inspect_text("v3alpha1", "TLSContext", Form::Bare, "spec: [a]");
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
        // A Host takes any.
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
    for (interval, count) in [("0.025s", 0), ("1s", 0), (".5s", 1), ("1.s", 1), ("1", 1)] {
        let field = format!("retry_policy: {{retry_back_off: {{base_interval: '{interval}'}}}}");
        assert_eq!(mapping(&field).len(), count, "{interval}");
    }
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

#[test]
fn unknown_fields_are_found_at_every_level() {
    assert_eq!(
        unknown("v3alpha1", "TLSContext", "{crl_file: a, crl_secret: b, v3CRLSecret: c}"),
        ["spec.crl_file", "spec.v3CRLSecret"]
    );
    assert_eq!(unknown("v2", "TLSContext", "{crl_secret: b, v3CRLSecret: c}"), ["spec.crl_secret"]);
    assert_eq!(unknown("v3alpha1", "TracingService", "{tls: up}"), ["spec.tls"]);
    assert_eq!(unknown("v2", "Host", "{tls: {secret: a, sni: b}}"), ["spec.tls.secret"]);
    assert_eq!(
        unknown("v3alpha1", "Mapping", "{circuit_breakers: [{}, {max_conections: 1}]}"),
        ["spec.circuit_breakers[1].max_conections"]
    );
}

#[test]
fn what_a_schema_leaves_open_is_not_looked_at() {
    let config = "{config: {tls: {server: {enabled: true}}}}";
    for version in ["v1", "v2", "v3alpha1"] {
        assert!(unknown(version, "Module", config).is_empty());
    }
    let spec = "{add_request_headers: {a: b, c: {value: d, extra: e}}}";
    assert!(unknown("v2", "Mapping", spec).is_empty());
}

#[test]
fn bare_documents_are_told_in_terms_of_their_spec() {
    let text = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nname: ann\ngeneration: 1\n\
                prefix: /ann/\ntls: true\nlables: {}\n";
    let found = inspect_text("v3alpha1", "Mapping", Form::Bare, text);
    assert_eq!(
        found.violations,
        [
            r#"spec.tls in body must be of type string: "boolean""#,
            "spec.service in body is required"
        ]
    );
    assert_eq!(found.unknown, ["lables"]);
    // The spelling of an object is accepted in an annotation, and so is a mixture.
    let text = "kind: Mapping\nmetadata: {name: a}\nspec: {prefix: /, tls: true}\nservice: a\n";
    let found = inspect_text("v3alpha1", "Mapping", Form::Bare, text);
    assert_eq!(found.violations, [r#"spec.tls in body must be of type string: "boolean""#]);
    // At the top a field counts more than below.
    let twice = "spec: {prefix: /, service: a, tls: true}\ntls: up\n";
    assert!(inspect_text("v3alpha1", "Mapping", Form::Bare, twice).violations.is_empty());
    // An object's own top level is not its spec.
    let found = inspect_text("v3alpha1", "Mapping", Form::Object, text);
    assert_eq!(found.violations.len(), 2);
}

#[test]
fn messages_do_not_tell_which_item_of_a_list_an_object_is() {
    let (tree, _) = Tree::parse(SourceId(0), 0, "items: [{spec: {sni: 1}}, {sni: 1}]").unwrap();
    let items = tree.root().unwrap().at("items").unwrap();
    let schema = spec_schema(Version::V2, "TLSContext").unwrap();
    for (item, form) in items.items().zip([Form::Object, Form::Bare]) {
        let found = inspect(&item, form, schema);
        let message = &found.violations[0].message;
        assert_eq!(message, r#"spec.sni in body must be of type string: "integer""#);
    }
}

#[test]
fn places_are_those_of_the_value_or_of_the_object_that_lacks_it() {
    let text = "kind: Mapping\nspec:\n  prefix: /\n  tls: true\n";
    let (tree, _) = Tree::parse(SourceId(0), 0, text).unwrap();
    let schema = spec_schema(Version::V3alpha1, "Mapping").unwrap();
    let found = inspect(&tree.root().unwrap(), Form::Object, schema);
    let [wrong, missing] = &found.violations[..] else { panic!("{found:?}") };
    assert_eq!(&text[wrong.place.span.start as usize..wrong.place.span.end as usize], "true");
    assert_eq!(&text[missing.place.key.start as usize..missing.place.key.end as usize], "spec");
}

#[test]
fn unknown_fields_come_with_the_object_they_could_have_been_in() {
    let (tree, _) = Tree::parse(SourceId(0), 0, "spec: {tls: {ca_secrt: a}}").unwrap();
    let schema = spec_schema(Version::V3alpha1, "Host").unwrap();
    let found = inspect(&tree.root().unwrap(), Form::Object, schema);
    assert_eq!(found.unknown[0].name.value, "ca_secrt");
    assert!(field_names(found.unknown[0].object).any(|name| name == "ca_secret"));
}

#[test]
fn versions_have_the_kinds_they_have() {
    assert_eq!(Version::parse("v0"), None);
    assert!(spec_schema(Version::V1, "Host").is_none());
    assert!(spec_schema(Version::V2, "Host").is_some());
    assert!(spec_schema(Version::V2, "Listener").is_none());
    assert!(spec_schema(Version::V3alpha1, "Listener").is_some());
    assert!(spec_schema(Version::V2, "tlscontext").is_none());
    assert!(spec_schema(Version::V2, "KubernetesEndpointResolver").is_some());
}

#[test]
fn aliases_that_multiply_do_not_take_forever() {
    let item = "a, ".repeat(400);
    let labels = format!(
        "{{d: &d [{}], e: *d, f: *d}}",
        format!("{{g: &g [{item}]}}, ") + &"{g: *g}, ".repeat(5000)
    );
    let text = format!("{{prefix: /, service: a, labels: {labels}}}");
    assert!(violations("v3alpha1", "Mapping", &text).len() < 100_000);
}

#[test]
fn tables_name_a_field_once_and_require_only_what_they_have() {
    fn check(schema: &'static Schema) {
        match schema {
            Schema::List(inner) | Schema::NonEmptyList(inner) => check(inner),
            Schema::Map(inner) | Schema::Single(inner) => check(inner),
            Schema::OneOf(choices) => choices.iter().for_each(check),
            _ => {}
        }
        let mut names: Vec<_> = field_names(schema).collect();
        assert!(schema.required().iter().all(|name| names.contains(name)), "{schema:?}");
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{schema:?}");
        names.into_iter().filter_map(|name| schema.field(name)).for_each(check);
    }
    for version in [Version::V2, Version::V3alpha1] {
        for kind in ["AuthService", "ConsulResolver", "DevPortal", "Host", "Listener"] {
            spec_schema(version, kind).into_iter().for_each(check);
        }
        for kind in ["KubernetesServiceResolver", "LogService", "Mapping", "Module"] {
            spec_schema(version, kind).into_iter().for_each(check);
        }
        for kind in ["RateLimitService", "TCPMapping", "TLSContext", "TracingService"] {
            spec_schema(version, kind).into_iter().for_each(check);
        }
    }
}
