//! An object of the API as the YAML text that it stands in for.

use serde_json::Value;

/// Writes an object as YAML, without what the server adds and nobody asked for.
pub(super) fn text(mut object: Value) -> String {
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        for field in ["managedFields", "resourceVersion", "uid", "generation", "selfLink"] {
            metadata.remove(field);
        }
    }
    // Values of JSON are values of YAML.
    serde_yaml::to_string(&object).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::text;

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
        assert_eq!(again, wanted, "{written}");
    }
}
