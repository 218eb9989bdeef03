//! SPIFFE identities, and whether they are Istio's or Consul's.

use std::fmt;

/// A `spiffe://` URI in a certificate's alternative names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpiffeId {
    /// The URI as written in the certificate.
    pub uri: String,
    /// The host part of the URI.
    pub trust_domain: String,
    /// The workload named by the path.
    pub workload: WorkloadIdentity,
}

/// The paths that meshes use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkloadIdentity {
    /// Istio: `/ns/NAMESPACE/sa/SERVICE_ACCOUNT`.
    Istio { namespace: String, service_account: String },
    /// Consul: `[/ap/PARTITION]/ns/NAMESPACE/dc/DATACENTER/svc/SERVICE`.
    Consul { partition: Option<String>, namespace: String, datacenter: String, service: String },
    /// Consul's client agents: `/agent/client/dc/DATACENTER/id/NODE`.
    ConsulAgent { datacenter: String, node: String },
    /// No path: a signing CA.
    SigningCa,
    /// Any other path.
    Other,
}

/// An Istio identity: a service account in a namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IstioAccount {
    /// The namespace.
    pub namespace: String,
    /// The service account.
    pub service_account: String,
}

impl SpiffeId {
    /// The service account, if it is an Istio identity.
    pub fn istio_account(self) -> Option<IstioAccount> {
        match self.workload {
            WorkloadIdentity::Istio { namespace, service_account } => {
                Some(IstioAccount { namespace, service_account })
            }
            _ => None,
        }
    }

    /// Parses a URI; `None` if it is not a SPIFFE identity.
    pub fn parse(uri: &str) -> Option<Self> {
        let rest = uri.strip_prefix("spiffe://")?;
        let (trust_domain, path) = match rest.split_once('/') {
            Some((domain, path)) => (domain, path),
            None => (rest, ""),
        };
        if trust_domain.is_empty() {
            return None;
        }
        let parts: Vec<&str> = path.split('/').collect();
        let workload = match parts.as_slice() {
            [""] => WorkloadIdentity::SigningCa,
            ["ns", namespace, "sa", account] => WorkloadIdentity::Istio {
                namespace: (*namespace).to_owned(),
                service_account: (*account).to_owned(),
            },
            ["ns", namespace, "dc", datacenter, "svc", service] => WorkloadIdentity::Consul {
                partition: None,
                namespace: (*namespace).to_owned(),
                datacenter: (*datacenter).to_owned(),
                service: (*service).to_owned(),
            },
            ["ap", partition, "ns", namespace, "dc", datacenter, "svc", service] => {
                WorkloadIdentity::Consul {
                    partition: Some((*partition).to_owned()),
                    namespace: (*namespace).to_owned(),
                    datacenter: (*datacenter).to_owned(),
                    service: (*service).to_owned(),
                }
            }
            ["agent", "client", "dc", datacenter, "id", node] => WorkloadIdentity::ConsulAgent {
                datacenter: (*datacenter).to_owned(),
                node: (*node).to_owned(),
            },
            _ => WorkloadIdentity::Other,
        };
        Some(Self { uri: uri.to_owned(), trust_domain: trust_domain.to_owned(), workload })
    }
}

impl fmt::Display for SpiffeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = &self.trust_domain;
        match &self.workload {
            WorkloadIdentity::Istio { namespace, service_account } => write!(
                f,
                "Istio service account `{service_account}` in namespace `{namespace}`, trust domain `{domain}`"
            ),
            WorkloadIdentity::Consul { partition, namespace, datacenter, service } => {
                write!(f, "Consul service `{service}` in namespace `{namespace}`, ")?;
                if let Some(partition) = partition {
                    write!(f, "partition `{partition}`, ")?;
                }
                write!(f, "datacenter `{datacenter}`, trust domain `{domain}`")
            }
            WorkloadIdentity::ConsulAgent { datacenter, node } => write!(
                f,
                "Consul agent `{node}` in datacenter `{datacenter}`, trust domain `{domain}`"
            ),
            WorkloadIdentity::SigningCa => write!(f, "signing CA of trust domain `{domain}`"),
            WorkloadIdentity::Other => write!(f, "`{}` in trust domain `{domain}`", self.uri),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn istio_and_consul_identities_are_parsed() {
        let istio = SpiffeId::parse("spiffe://cluster.local/ns/default/sa/bookinfo").unwrap();
        assert_eq!(
            istio.to_string(),
            "Istio service account `bookinfo` in namespace `default`, trust domain `cluster.local`"
        );
        let consul = SpiffeId::parse("spiffe://1111.consul/ns/default/dc/dc1/svc/web").unwrap();
        assert!(
            matches!(consul.workload, WorkloadIdentity::Consul { ref service, .. } if service == "web")
        );
        let ca = SpiffeId::parse("spiffe://1111.consul").unwrap();
        assert_eq!(ca.workload, WorkloadIdentity::SigningCa);
        assert_eq!(SpiffeId::parse("https://cluster.local"), None);
        assert_eq!(SpiffeId::parse("spiffe:///x"), None);
    }
}
