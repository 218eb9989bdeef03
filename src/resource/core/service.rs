//! Service: the names and ports that upstreams refer to.

use crate::document::{Field, Located, Scalar};

use crate::resource::{Labels, Object};

/// A Service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Identity and origin.
    pub object: Object,
    /// `spec.ports`.
    pub ports: Vec<ServicePort>,
    /// `spec.type`.
    pub service_type: Option<Located<String>>,
    /// `clusterIP: None`: its name leads to the pods, and clients connect to the pods' own ports.
    pub headless: bool,
    /// `spec.selector`.
    pub selector: Vec<(String, String)>,
}

/// One port of a Service.
#[derive(Debug, Clone)]
pub struct ServicePort {
    /// The port clients connect to.
    pub port: Located<i64>,
    /// Its name, which Istio reads the protocol from.
    pub name: Option<Located<String>>,
    /// `targetPort`, a number or a name.
    pub target: Option<String>,
}

impl Service {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let at = |name: &str| spec.as_ref()?.set_at(name);
        let ports = at("ports").map(|ports| ports.items().collect::<Vec<_>>()).unwrap_or_default();
        let ports = ports.iter().filter_map(|port| {
            Some(ServicePort {
                port: port.set_at("port")?.integer()?,
                name: port.set_at("name").and_then(|name| name.text()),
                target: port.set_at("targetPort").and_then(|target| match target.scalar()? {
                    Scalar::Text(name) => Some(name.into_owned()),
                    Scalar::Integer(number) => Some(number.to_string()),
                    _ => None,
                }),
            })
        });
        let mut ports: Vec<ServicePort> = ports.collect();
        ports.shrink_to_fit();
        Self {
            ports,
            service_type: at("type").and_then(|field| field.text()),
            headless: at("clusterIP")
                .and_then(|field| field.text())
                .is_some_and(|address| *address == "None"),
            selector: at("selector").map(|field| string_map(&field)).unwrap_or_default(),
            object,
        }
    }
}

/// The string entries of a mapping, as labels.
pub(crate) fn labels(field: &Field<'_>) -> Labels {
    let entries = field.entries();
    let texts = entries.iter().filter_map(|entry| Some((&*entry.key, entry.value.written()?)));
    texts.collect()
}

/// The string entries of a mapping.
pub(crate) fn string_map(field: &Field<'_>) -> Vec<(String, String)> {
    let entries = field.entries().into_iter();
    let mut texts: Vec<(String, String)> = entries
        .filter_map(|entry| Some((entry.key.into_owned(), entry.value.written()?.to_owned())))
        .collect();
    // Collected in the place of the entries, which are larger.
    texts.shrink_to_fit();
    texts
}
