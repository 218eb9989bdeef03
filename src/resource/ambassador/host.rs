//! Host: the host names that Ambassador terminates TLS for, and the certificate it uses.

use crate::document::{Field, Located, Text};

use super::tls_settings::TlsSettings;
use crate::resource::Object;
use crate::resource::spec::{Spec, old_spelling};

/// A Host.
#[derive(Debug, Clone)]
pub struct Host {
    /// Identity and origin.
    pub object: Object,
    /// Glob of host names; `*` if absent.
    pub hostname: Option<Located<Text>>,
    /// `tlsSecret.name`.
    pub tls_secret: Option<Located<Text>>,
    /// `tlsSecret.namespace`.
    pub tls_secret_namespace: Option<Located<Text>>,
    /// `tlsContext.name`.
    pub tls_context: Option<Located<Text>>,
    /// `tls`, inline.
    pub tls: Option<Located<TlsSettings>>,
    /// `acmeProvider.authority`; Edge Stack then creates `tlsSecret` itself.
    pub acme_authority: Option<Located<Text>>,
    /// Whether there is an `acmeProvider`, which only Edge Stack acts on.
    pub has_acme_provider: bool,
    /// `acmeProvider.privateKeySecret.name`.
    pub acme_secret: Option<Located<Text>>,
    /// `matchLabels` of `mappingSelector`, or of its deprecated spelling `selector`.
    pub selector: Option<Vec<(String, String)>>,
}

impl Host {
    pub(crate) fn read(object: Object, spec: &Spec<'_>) -> Self {
        let at = |path: &[&str]| -> Option<Field<'_>> {
            let first = spec.at(path.first()?)?;
            path[1..].iter().try_fold(first, |field, name| field.set_at(name))
        };
        let text = |path: &[&str]| at(path).and_then(|f| f.text()).filter(|text| !text.is_empty());
        let selector = ["mappingSelector", "selector"].iter().find_map(|name| {
            let labels = spec.at(name)?.set_at("matchLabels")?;
            let labels = labels.entries();
            Some(
                labels
                    .iter()
                    .filter_map(|e| Some((e.key.to_string(), e.value.text()?.value.to_string())))
                    .collect(),
            )
        });
        Self {
            hostname: text(&["hostname"]),
            tls_secret: text(&["tlsSecret", "name"]),
            tls_secret_namespace: text(&["tlsSecret", "namespace"]),
            tls_context: text(&["tlsContext", "name"]),
            tls: spec.at("tls").filter(|tls| !tls.entries().is_empty()).map(|tls| {
                // The schema has no `crl_file`, and bare documents never had an inline `tls`.
                let settings = TlsSettings::read(|name| match name {
                    "crl_file" => None,
                    _ if spec.converts => tls.set_at(old_spelling(name)),
                    _ => tls.set_at(name),
                });
                tls.located(settings)
            }),
            acme_authority: text(&["acmeProvider", "authority"]),
            has_acme_provider: spec.at("acmeProvider").is_some(),
            acme_secret: text(&["acmeProvider", "privateKeySecret", "name"]),
            selector,
            object,
        }
    }

    /// Whether Edge Stack creates its `tlsSecret` by ACME, which Emissary does not support.
    pub fn asks_acme(&self) -> bool {
        let is_off = self.acme_authority.as_ref().is_some_and(|authority| **authority == "none");
        self.has_acme_provider && !is_off
    }

    /// The glob of host names that it serves.
    pub fn glob(&self) -> &str {
        self.hostname.as_ref().map_or("*", |hostname| hostname.as_str())
    }

    /// The name of the context that Emissary creates for it.
    pub fn context_name(&self) -> String {
        format!("{}-context", self.object.name.value)
    }
}
