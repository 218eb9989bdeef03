//! Tests of unknown fields, places, and the tables.

use super::*;

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
fn objects_with_an_open_schema_are_not_checked() {
    let config = "{config: {tls: {server: {enabled: true}}}}";
    for version in ["v1", "v2", "v3alpha1"] {
        assert!(unknown(version, "Module", config).is_empty());
    }
    let spec = "{add_request_headers: {a: b, c: {value: d, extra: e}}}";
    assert!(unknown("v2", "Mapping", spec).is_empty());
}

#[test]
fn messages_about_bare_documents_use_paths_below_spec() {
    let text = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nname: ann\ngeneration: 1\n\
                prefix: /ann/\ntls: true\nlables: {}\n";
    let found = inspect_text("v3alpha1", "Mapping", SpecForm::Bare, text);
    assert_eq!(
        found.violations,
        [
            r#"spec.tls in body must be of type string: "boolean""#,
            "spec.service in body is required"
        ]
    );
    assert_eq!(found.unknown, ["lables"]);
    // An annotation may use the form of an object, or a mixture.
    let text = "kind: Mapping\nmetadata: {name: a}\nspec: {prefix: /, tls: true}\nservice: a\n";
    let found = inspect_text("v3alpha1", "Mapping", SpecForm::Bare, text);
    assert_eq!(found.violations, [r#"spec.tls in body must be of type string: "boolean""#]);
    // A top-level field overrides the one below `spec`.
    let twice = "spec: {prefix: /, service: a, tls: true}\ntls: up\n";
    assert!(inspect_text("v3alpha1", "Mapping", SpecForm::Bare, twice).violations.is_empty());
    // The top level of an object is not its spec.
    let found = inspect_text("v3alpha1", "Mapping", SpecForm::Object, text);
    assert_eq!(found.violations.len(), 2);
}

#[test]
fn messages_do_not_include_the_index_of_an_object_in_a_list() {
    let (tree, _) = Tree::parse(SourceId(0), 0, "items: [{spec: {sni: 1}}, {sni: 1}]").unwrap();
    let items = tree.root().unwrap().at("items").unwrap();
    let schema = spec_schema(SchemaVersion::V2, "TLSContext").unwrap();
    for (item, form) in items.items().zip([SpecForm::Object, SpecForm::Bare]) {
        let found = inspect(&item, form, schema);
        let message = found.violations[0].to_string();
        assert_eq!(message, r#"spec.sni in body must be of type string: "integer""#);
    }
}

#[test]
fn places_are_those_of_the_value_or_of_the_object_without_it() {
    let text = "kind: Mapping\nspec:\n  prefix: /\n  tls: true\n";
    let (tree, _) = Tree::parse(SourceId(0), 0, text).unwrap();
    let schema = spec_schema(SchemaVersion::V3alpha1, "Mapping").unwrap();
    let found = inspect(&tree.root().unwrap(), SpecForm::Object, schema);
    let [wrong, missing] = &found.violations[..] else { panic!("{found:?}") };
    assert_eq!(&text[wrong.place.span.start as usize..wrong.place.span.end as usize], "true");
    assert_eq!(&text[missing.place.key().start as usize..missing.place.key().end as usize], "spec");
}

#[test]
fn unknown_fields_come_with_the_schema_of_their_object() {
    let (tree, _) = Tree::parse(SourceId(0), 0, "spec: {tls: {ca_secrt: a}}").unwrap();
    let schema = spec_schema(SchemaVersion::V3alpha1, "Host").unwrap();
    let found = inspect(&tree.root().unwrap(), SpecForm::Object, schema);
    assert_eq!(found.unknown[0].name.value, "ca_secrt");
    assert!(field_names(found.unknown[0].object).any(|name| name == "ca_secret"));
}

#[test]
fn each_version_has_its_own_kinds() {
    assert_eq!(SchemaVersion::parse("v0"), None);
    assert!(spec_schema(SchemaVersion::V1, "Host").is_none());
    assert!(spec_schema(SchemaVersion::V2, "Host").is_some());
    assert!(spec_schema(SchemaVersion::V2, "Listener").is_none());
    assert!(spec_schema(SchemaVersion::V3alpha1, "Listener").is_some());
    assert!(spec_schema(SchemaVersion::V2, "tlscontext").is_none());
    assert!(spec_schema(SchemaVersion::V2, "KubernetesEndpointResolver").is_some());
}

#[test]
fn exponential_aliases_are_limited() {
    let item = "a, ".repeat(400);
    let labels = format!(
        "{{d: &d [{}], e: *d, f: *d}}",
        format!("{{g: &g [{item}]}}, ") + &"{g: *g}, ".repeat(5000)
    );
    let text = format!("{{prefix: /, service: a, labels: {labels}}}");
    assert!(violations("v3alpha1", "Mapping", &text).len() < 100_000);
}

#[test]
fn a_field_of_later_releases_is_reported_with_its_releases() {
    let schema = spec_schema(SchemaVersion::V3alpha1, "TLSContext").unwrap();
    let lifetime = |name| schema.field(name).unwrap().lifetime.as_ref().map(|life| life.since());
    assert_eq!(lifetime("secret"), None);
    assert_eq!(lifetime("crl_secret").flatten().unwrap().to_string(), "2.3");
    assert!(schema.field("signature_algorithms").is_none(), "no release has it");
}
