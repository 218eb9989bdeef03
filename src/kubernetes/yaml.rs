//! An object of the API as the YAML text that it stands in for.

use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

/// Writes an object as YAML, without what the server adds and nobody asked for. What a Secret holds is
/// wiped where it was, and will be where it is now.
pub(super) fn text(mut object: Value) -> Zeroizing<String> {
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        for field in ["managedFields", "resourceVersion", "uid", "generation", "selfLink"] {
            metadata.remove(field);
        }
    }
    // Values of JSON are values of YAML.
    let text = Zeroizing::new(serde_yaml::to_string(&object).unwrap_or_default());
    if object["kind"] == "Secret" {
        wipe(&mut object);
    }
    text
}

/// Overwrites every text in a value.
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
    fn what_the_server_adds_is_left_out_and_every_value_survives() {
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
    fn nothing_of_a_secret_is_left_in_a_value_that_is_wiped() {
        let mut secret = json!({"data": {"tls.key": "a2V5"}, "more": ["b", {"c": "d"}, 1, null]});
        wipe(&mut secret);
        assert_eq!(secret, json!({"data": {"tls.key": ""}, "more": ["", {"c": ""}, 1, null]}));
    }
}
