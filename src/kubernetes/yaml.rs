//! Writes an API object as YAML text.

use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

/// Writes an object as YAML, without fields added by the server. The values of a Secret are wiped
/// from the object, and from the text when it is dropped.
pub(super) fn text(mut object: Value) -> Zeroizing<String> {
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        for field in ["managedFields", "resourceVersion", "uid", "generation", "selfLink"] {
            metadata.remove(field);
        }
    }
    // JSON values are valid YAML values.
    let text = Zeroizing::new(serde_yaml::to_string(&object).unwrap_or_default());
    if object["kind"] == "Secret" {
        wipe(&mut object);
    }
    text
}

/// Overwrites every string in a value.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{text, wipe};

    #[test]
    fn fields_added_by_the_server_are_left_out_and_values_are_kept() {
        let object = json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {
                "name": "no", "namespace": "123", "uid": "x", "managedFields": [{"a": 1}],
                "annotations": {
                    "getambassador.io/config": "---\nkind: Mapping\n  # indented\n\ttab\n\n",
                    "odd": "a: b # c", "empty": "", "quote": "'\"\\", "null": "~", "date": "2020-01-01",
                    "space": " lead", "trail": "x \n", "control": "\u{1}\u{85}\u{2028}é😀", "1": "0o7",
                },
            },
            "spec": {"ports": [{"port": 80}], "weight": 1.5, "on": true, "none": null, "list": []},
            "status": {"loadBalancer": {}},
        });
        let written = text(object.clone());
        let again: Value = serde_yaml::from_str(&written).unwrap();
        let mut wanted = object;
        wanted.as_object_mut().unwrap().remove("status");
        for field in ["uid", "managedFields"] {
            wanted["metadata"].as_object_mut().unwrap().remove(field);
        }
        assert_eq!(again, wanted, "{}", written.as_str());
    }

    #[test]
    fn a_wiped_value_contains_nothing_of_a_secret() {
        let mut secret = json!({"data": {"tls.key": "a2V5"}, "more": ["b", {"c": "d"}, 1, null]});
        wipe(&mut secret);
        assert_eq!(secret, json!({"data": {"tls.key": ""}, "more": ["", {"c": ""}, 1, null]}));
    }
}
