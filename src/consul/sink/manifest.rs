//! A pair as the manifest of a Secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::consul::agent::Sensitive;
use crate::consul::pair::Pair;
use crate::consul::pair::Unsound;
use crate::consul::pair::{Contents, PairForm};

/// The name of a Secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretName {
    /// Its name.
    pub name: String,
    /// Its namespace; `None` leaves it to the one who applies the manifest.
    pub namespace: Option<String>,
}

impl std::fmt::Display for SecretName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{namespace}/{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// The Secret as a JSON object, with the pair's public facts in its annotations.
///
/// # Errors
/// See [`Contents::of`].
pub(crate) fn object(pair: &Pair, form: PairForm, secret: &SecretName) -> Result<Value, Unsound> {
    let contents = Contents::of(pair, form)?;
    let data: Map<String, Value> = contents
        .entries()
        .iter()
        .map(|(name, value)| ((*name).to_owned(), STANDARD.encode(value.reveal()).into()))
        .collect();
    let mut metadata = Map::new();
    metadata.insert("name".to_owned(), secret.name.clone().into());
    if let Some(namespace) = &secret.namespace {
        metadata.insert("namespace".to_owned(), namespace.clone().into());
    }
    metadata.insert("labels".to_owned(), json!({"app.kubernetes.io/managed-by": "mtlsctl"}));
    metadata.insert("annotations".to_owned(), annotations(pair));
    Ok(json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata,
        "type": "kubernetes.io/tls",
        "data": data,
    }))
}

fn annotations(pair: &Pair) -> Value {
    json!({
        "mtlsctl.dev/consul-service": pair.service,
        "mtlsctl.dev/identity": pair.facts.uri,
        "mtlsctl.dev/serial": pair.facts.serial,
        "mtlsctl.dev/not-after": pair.facts.end(),
        "mtlsctl.dev/roots": pair.root_ids().join(" "),
    })
}

/// The Secret as JSON.
///
/// # Errors
/// See [`Contents::of`].
pub fn as_json(pair: &Pair, form: PairForm, secret: &SecretName) -> Result<Sensitive, Unsound> {
    let object = object(pair, form, secret)?;
    Ok(Sensitive::new(format!("{object:#}\n")))
}

/// The Secret as YAML. Every value is quoted, so that it is always read as text.
///
/// # Errors
/// See [`Contents::of`].
pub fn as_yaml(pair: &Pair, form: PairForm, secret: &SecretName) -> Result<Sensitive, Unsound> {
    if form.compat {
        return Ok(compat(&Contents::of(pair, form)?, &secret.name));
    }
    let object = object(pair, form, secret)?;
    let mut text = String::with_capacity(16_384);
    // Client-side `kubectl apply` would copy the key into an annotation.
    text.push_str("---\n# kubectl apply --server-side -f THIS\n");
    write_map(&object, 0, &mut text);
    Ok(Sensitive::new(text))
}

fn write_map(value: &Value, depth: usize, text: &mut String) {
    let Value::Object(map) = value else { return };
    for (name, value) in map {
        text.push_str(&"  ".repeat(depth));
        text.push_str(name);
        text.push(':');
        if value.is_object() {
            text.push('\n');
            write_map(value, depth + 1, text);
        } else {
            // A JSON string is a YAML string in double quotes.
            text.push(' ');
            text.push_str(&value.to_string());
            text.push('\n');
        }
    }
}

/// The connector's own template (emissary `cmd/consul_connect_integration/main.go`, 04e604f82),
/// without a namespace, which the connector passed to `kubectl`.
fn compat(contents: &Contents, name: &str) -> Sensitive {
    let entry = |name: &str| {
        STANDARD.encode(contents.entry(name).map(Sensitive::reveal).unwrap_or_default())
    };
    Sensitive::new(format!(
        "---\nkind: Secret\napiVersion: v1\nmetadata:\n    name: \"{name}\"\n\
         type: \"kubernetes.io/tls\"\ndata:\n    tls.crt: \"{}\"\n    tls.key: \"{}\"\n",
        entry("tls.crt"),
        entry("tls.key"),
    ))
}
