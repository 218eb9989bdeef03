//! Service: the names and ports that upstreams refer to.

use crate::document::{Field, Scalar};
use crate::source::Span;

use crate::resource::{Labels, Object};

/// A Service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Identity and origin.
    pub object: Object,
    /// `spec.ports`.
    pub ports: Box<[ServicePort]>,
    /// `type: ExternalName`: its name resolves to a host outside the cluster.
    pub is_external: bool,
    /// `clusterIP: None`: its name resolves to the pods, and clients connect to the pods' ports.
    pub headless: bool,
    /// `spec.selector`.
    pub selector: Labels,
}

/// One port of a Service.
#[derive(Debug, Clone)]
pub struct ServicePort {
    /// The port clients connect to.
    pub port: i64,
    /// The place of `port`.
    pub place: Span,
    /// Its name, from which Istio derives the protocol.
    pub name: Option<Box<str>>,
    /// `targetPort`, a number or a name.
    pub target: Option<Box<str>>,
}

impl Service {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let at = |name: &str| spec.as_ref()?.set_at(name);
        let ports = at("ports").map(|ports| ports.items().collect::<Vec<_>>()).unwrap_or_default();
        let ports = ports.iter().filter_map(|port| {
            let number = port.set_at("port")?;
            let scalar = |name: &str| port.set_at(name)?.scalar();
            Some(ServicePort {
                port: match number.scalar()? {
                    Scalar::Integer(port) => port,
                    _ => return None,
                },
                place: number.span(),
                name: match scalar("name") {
                    Some(Scalar::Text(name)) => Some(name.into()),
                    _ => None,
                },
                target: match scalar("targetPort") {
                    Some(Scalar::Text(name)) => Some(name.into()),
                    Some(Scalar::Integer(number)) => Some(number.to_string().into()),
                    _ => None,
                },
            })
        });
        let is = |name: &str, value: &str| {
            at(name).is_some_and(|field| field.scalar() == Some(Scalar::Text(value.into())))
        };
        Self {
            ports: ports.collect(),
            is_external: is("type", "ExternalName"),
            headless: is("clusterIP", "None"),
            selector: at("selector").map(|field| labels(&field)).unwrap_or_default(),
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
    // The texts are collected in the memory of the entries, which are larger.
    texts.shrink_to_fit();
    texts
}
