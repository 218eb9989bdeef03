//! The API server's bookkeeping of an apply: which manager owns which fields.

use serde::Deserialize;
use serde_json::{Map, Value};

/// Our field manager's name.
pub(super) const FIELD_MANAGER: &str = "mtlsctl";

/// The bookkeeping of an apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// The object's version.
    pub version: Option<String>,
    /// `managedFields`.
    managers: Vec<Value>,
}

#[derive(Deserialize)]
struct Answer {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "resourceVersion")]
    version: Option<String>,
    #[serde(rename = "managedFields", default)]
    managers: Vec<Value>,
}

impl Applied {
    /// Reads only the metadata of a response.
    pub(super) fn read(body: &[u8]) -> Self {
        let answer: Option<Answer> = serde_json::from_slice(body).ok();
        answer.map_or_else(Self::default, |Answer { metadata }| Self {
            version: metadata.version,
            managers: metadata.managers,
        })
    }

    /// `managedFields` without the maps that other managers still own although they own no entry in
    /// them, given that one annotation is dropped; `None` if there are no such maps.
    ///
    /// A forced apply that takes over all entries of a map leaves the map itself with its former
    /// manager. After the next change of the object, the API server treats that as ownership of all
    /// entries, so that the next apply conflicts again (measured with Kubernetes 1.20.2).
    pub fn without_empty_maps(&self, dropped: &str) -> Option<Vec<Value>> {
        let dropped = format!("f:{dropped}");
        let mut managers = self.managers.clone();
        let mut has_any = false;
        for manager in managers.iter_mut().filter(|one| one["manager"] != FIELD_MANAGER) {
            let Some(fields) = manager.get_mut("fieldsV1").and_then(Value::as_object_mut) else {
                continue;
            };
            has_any |= remove_empty(fields, "f:data", &dropped);
            if let Some(metadata) = fields.get_mut("f:metadata").and_then(Value::as_object_mut) {
                has_any |= remove_empty(metadata, "f:annotations", &dropped);
                if metadata.is_empty() {
                    fields.remove("f:metadata");
                }
            }
        }
        has_any.then_some(managers)
    }
}

/// Removes a map without other entries than this one; returns whether it did. `.` stands for the
/// map itself.
fn remove_empty(fields: &mut Map<String, Value>, name: &str, dropped: &str) -> bool {
    let entries = fields.get(name).and_then(Value::as_object);
    let is_empty =
        entries.is_some_and(|entries| entries.keys().all(|key| key == "." || key == dropped));
    is_empty && fields.remove(name).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Applied;

    #[test]
    fn a_map_without_entries_of_its_manager_is_released() {
        let ours = json!({"manager": "mtlsctl", "fieldsV1": {"f:data": {"f:tls.crt": {}}}});
        let of = |theirs: serde_json::Value| {
            let body = json!({
                "metadata": {"resourceVersion": "7", "managedFields": [ours, theirs]},
                "data": {"tls.key": "never read"},
            });
            Applied::read(body.to_string().as_bytes())
        };
        let empty = of(json!({"manager": "kubectl", "fieldsV1": {"f:data": {}, "f:type": {}}}));
        assert_eq!(empty.version.as_deref(), Some("7"));
        let left = json!({"manager": "kubectl", "fieldsV1": {"f:type": {}}});
        assert_eq!(empty.without_empty_maps("copy"), Some(vec![ours.clone(), left.clone()]));
        let copy = of(json!({"manager": "kubectl", "fieldsV1": {
            "f:metadata": {"f:annotations": {".": {}, "f:copy": {}}}, "f:type": {},
        }}));
        assert_eq!(copy.without_empty_maps("copy"), Some(vec![ours.clone(), left]));
        let filled = of(json!({"manager": "kubectl", "fieldsV1": {"f:data": {"f:more": {}}}}));
        assert_eq!(filled.without_empty_maps("copy"), None);
    }
}
