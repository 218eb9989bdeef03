//! Clusters: Envoy's view of an upstream. Their names often omit the context (`ircluster.py`).

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use crate::document::Text;
use crate::resource::{LoadBalancer, OfTraffic};

use super::service_address::{authority, is_address};
use crate::world::context::ContextId;

/// Index of a cluster in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub usize);

/// A cluster in Envoy's configuration, and its upstreams.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Its upstreams in order; the first one created it.
    pub upstreams: OfTraffic<Vec<usize>>,
    /// The configuration, shared with the upstream that created it.
    pub(super) settings: Arc<ClusterSettings>,
}

/// The configuration of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterSettings {
    /// Its name before Emissary shortens it to 60 characters.
    pub name: String,
    /// Host that Envoy connects to; `None` if it looks up endpoints.
    pub host: Option<Text>,
    /// Port that Envoy connects to; `None` if it looks up endpoints.
    pub port: Option<u16>,
    /// The name whose endpoints are looked up, if any.
    pub endpoints: Option<String>,
    /// The context of its TLS; `None` for plaintext.
    pub context: Option<ContextId>,
    /// Whether it uses HTTP/2.
    pub http2: bool,
    /// Errors that Emissary reports for it.
    pub messages: Vec<String>,
    /// False if Emissary says that it ignores the cluster (it still uses it).
    pub active: bool,
}

/// Percent escapes with capital letters, as Emissary writes them.
fn upper_escapes(host: &str) -> String {
    let mut rest = 0;
    let upper = |c: char| match c {
        '%' => {
            rest = 2;
            c
        }
        c if rest > 0 => {
            rest -= 1;
            c.to_ascii_uppercase()
        }
        c => c,
    };
    host.chars().map(upper).collect()
}

impl Deref for Cluster {
    type Target = ClusterSettings;

    fn deref(&self) -> &ClusterSettings {
        &self.settings
    }
}

/// A cluster, compared by name.
#[derive(Debug)]
pub(crate) struct ByName(pub(crate) Arc<ClusterSettings>);

impl Borrow<str> for ByName {
    fn borrow(&self) -> &str {
        &self.0.name
    }
}

impl Hash for ByName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for ByName {}

impl ClusterSettings {
    /// The Service that an endpoint resolver looks up for a host outside the cluster; `None` for
    /// Service names, whose third label is `svc`.
    pub fn outside_endpoints(&self, host: &str) -> Option<String> {
        let asked = self.endpoints.as_ref()?.strip_prefix("k8s/")?;
        let mut asked = asked.split('/');
        let (namespace, service) = (asked.next()?, asked.next()?);
        let third = host.split('.').nth(2).filter(|label| !label.is_empty())?;
        (third != "svc").then(|| format!("{namespace}/{service}"))
    }
}

/// The input for a cluster.
pub(crate) struct ClusterRequest<'w> {
    pub(crate) marker: Option<&'w str>,
    pub(crate) service: &'w str,
    /// The name in `tls`, for messages; `None` if no context is requested.
    pub(crate) context_name: Option<&'w str>,
    /// The context with that name.
    pub(crate) context: Option<(ContextId, &'w str)>,
    pub(crate) host_rewrite: Option<&'w str>,
    pub(crate) breakers: &'w [String],
    pub(crate) load_balancer: Option<&'w LoadBalancer>,
    pub(crate) namespace: &'w str,
    pub(crate) resolver: ResolverKind<'w>,
    pub(crate) http2: bool,
    /// Whether the scheme is used; TCPMappings before 2.0.4 ignore it.
    pub(crate) allows_scheme: bool,
    pub(crate) null_context: ContextId,
    /// Whether short names are in Ambassador's own namespace.
    pub(crate) own_namespace_for_services: bool,
    pub(crate) ambassador_namespace: &'w str,
}

/// How a host is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResolverKind<'w> {
    Service,
    Endpoint,
    /// With its datacenter.
    Consul(&'w str),
}

impl ClusterRequest<'_> {
    /// `IRCluster.__init__`.
    ///
    /// # Errors
    /// Python's message if it raises an exception, in which case the whole configuration is lost.
    pub(crate) fn make(&self) -> Result<ClusterSettings, String> {
        let mut name = vec!["cluster".to_owned()];
        name.extend(self.marker.map(str::to_owned));
        name.push(self.service.to_owned());
        let mut messages = Vec::new();
        if let (Some(wanted), None) = (self.context_name, self.context) {
            messages.push(format!("Originate-TLS context {wanted} is not defined"));
        }
        let mut service = self.service;
        let lower = service.to_ascii_lowercase();
        let mut originates = false;
        if self.allows_scheme && lower.starts_with("https://") {
            service = &service["https://".len()..];
            originates = true;
            name.push("otls".to_owned());
        } else if self.allows_scheme && lower.starts_with("http://") {
            service = &service["http://".len()..];
            if self.context.is_some() {
                let wanted = self.context_name.unwrap_or_default();
                messages.push(format!(
                    "Originate-TLS context {wanted} being used even though service {service} lists HTTP"
                ));
                originates = true;
                name.push("otls".to_owned());
            }
        } else if let Some((_, context_name)) = self.context {
            originates = true;
            name.extend(["otls".to_owned(), context_name.to_owned()]);
        }
        if let Some(at) = service.find("://") {
            let scheme = &service[..at];
            messages.push(if self.allows_scheme {
                let assumed = if originates { "HTTPS" } else { "HTTP" };
                format!("service {service} has unknown scheme {scheme}, assuming {assumed}")
            } else {
                format!(
                    "ignoring scheme {scheme} for service {service}, since it is being used for a \
                     non-HTTP mapping"
                )
            });
            service = &service[at + 3..];
        }
        if let Some(rewrite) = self.host_rewrite.filter(|_| originates) {
            name.push(format!("hr-{rewrite}"));
        }
        let parts = authority(service)?;
        if !parts.tail.is_empty() {
            messages.push(format!(
                "service {service} has extra URL components; ignoring everything but the host and port"
            ));
        }
        name.push(self.namespace.to_owned());
        let mut active = true;
        let host = parts.host.map(|host| upper_escapes(&host)).unwrap_or_else(|| {
            messages.push(format!(
                "service {service} has no hostname and will be ignored; please re-configure"
            ));
            active = false;
            "unknown".to_owned()
        });
        let port = parts.port.unwrap_or_else(|reason| {
            messages.push(format!(
                "found invalid port for service {service}. Please specify a valid port between 0 \
                 and 65535 - {reason}. Service {service} cluster will be ignored, please re-configure"
            ));
            active = false;
            None
        });
        let port = port.filter(|port| *port != 0).unwrap_or(if originates { 443 } else { 80 });
        name.extend(self.breakers.iter().cloned());
        name.extend(self.load_balancer.and_then(|balancer| balancer.name_part.clone()));
        let mut name = name.join("_");
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if name.is_ascii() {
            let mut bytes = name.into_bytes();
            bytes.iter_mut().filter(|byte| !is_word(**byte)).for_each(|byte| *byte = b'_');
            name = String::from_utf8(bytes).unwrap_or_default();
        } else {
            let is_word = |c: char| c.is_ascii() && is_word(c as u8);
            name = name.chars().map(|c| if is_word(c) { c } else { '_' }).collect();
        }
        let endpoints = self.endpoints(&host, port);
        let context = originates.then(|| self.context.map_or(self.null_context, |(id, _)| id));
        let direct = endpoints.is_none();
        Ok(ClusterSettings {
            name,
            host: direct.then(|| host.into()),
            port: direct.then_some(port),
            endpoints,
            context,
            http2: self.http2,
            messages,
            active,
        })
    }

    /// The name whose endpoints are looked up (`clustermap_entry`).
    fn endpoints(&self, host: &str, port: u16) -> Option<String> {
        if is_address(host) {
            return None;
        }
        match self.resolver {
            ResolverKind::Service => None,
            ResolverKind::Consul(datacenter) => Some(format!("consul/{datacenter}/{host}")),
            ResolverKind::Endpoint => {
                let mut parts = host.split('.');
                let service = parts.next().unwrap_or_default();
                let namespace = match parts.next() {
                    Some(namespace) => namespace,
                    None if self.own_namespace_for_services => self.ambassador_namespace,
                    None => self.namespace,
                };
                Some(format!("k8s/{namespace}/{service}/{port}"))
            }
        }
    }
}
