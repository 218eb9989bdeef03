//! Objects that create a Secret, or a ConfigMap with certificates, once applied.

use crate::document::{Field, Located, Text};

use crate::resource::{Labels, Object};

/// A Secret or ConfigMap that something in the input creates in the cluster.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The object that creates it.
    pub by: Object,
    /// The Secret's name and where it is set.
    pub secret: Located<Text>,
    /// Its namespace; `None` if a selector decides, so that it may be any.
    pub namespace: Option<String>,
    /// Whether a content hash is appended to its name; only references in Kubernetes' own fields
    /// are updated.
    pub is_hashed: bool,
    /// Whether its certificate is a CA's (cert-manager's `isCA`); `None` if that is not known.
    pub is_ca: Option<bool>,
    /// The certificate request; `None` unless the creator is a cert-manager Certificate.
    pub request: Option<Box<CertificateRequest>>,
    /// The only keys that it gets; `None` if that is not known.
    pub(crate) keys: Option<Vec<String>>,
    /// The labels that it gets; `None` if that is not known.
    pub(crate) labels: Option<Labels>,
}

/// The fields of a cert-manager Certificate that decide which peers accept the certificate.
#[derive(Debug, Clone)]
pub struct CertificateRequest {
    /// `usages` as written; `None` for cert-manager's default, which has no extended key usage.
    pub usages: Option<Located<Vec<String>>>,
    /// `isCA: true`.
    pub is_ca: Option<Located<bool>>,
    /// `privateKey.size`, for an RSA key.
    pub rsa_bits: Option<Located<i64>>,
}

impl CertificateRequest {
    fn read(root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let at = |name: &str| spec.as_ref()?.set_at(name);
        let key = at("privateKey");
        let algorithm = key.as_ref().and_then(|key| key.set_at("algorithm")?.text());
        let is_rsa = algorithm.is_none_or(|algorithm| algorithm.value == "RSA");
        Self {
            usages: at("usages").filter(Field::is_sequence).map(|field| {
                let usages = field.texts().into_iter().map(|usage| usage.value.into()).collect();
                field.located(usages)
            }),
            is_ca: at("isCA").and_then(|field| field.boolean()).filter(|is_ca| is_ca.value),
            rsa_bits: key.and_then(|key| key.set_at("size")?.integer()).filter(|_| is_rsa),
        }
    }

    /// Whether its certificate has extended key usages, but not this one (`client auth`).
    pub fn excludes(&self, usage: &str) -> bool {
        const EXTENDED: [&str; 5] =
            ["client auth", "server auth", "code signing", "email protection", "any"];
        self.usages.as_ref().is_some_and(|usages| {
            let extended = |own: &&String| EXTENDED.contains(&own.as_str());
            let has = |name: &str| usages.iter().any(|own| own == name);
            usages.iter().any(|own| extended(&own)) && !has(usage) && !has("any")
        })
    }
}

/// The keys that cert-manager may write (`pkg/controller/certificates/issuing/internal/secret.go`).
const CERT_MANAGER_KEYS: [&str; 9] = [
    "tls.crt",
    "tls.key",
    "ca.crt",
    "tls-combined.pem",
    "key.der",
    "keystore.jks",
    "truststore.jks",
    "keystore.p12",
    "truststore.p12",
];

/// Service annotations for which OpenShift creates a Secret.
const SERVING_CERTIFICATES: [&str; 2] = [
    "service.beta.openshift.io/serving-cert-secret-name",
    "service.alpha.openshift.io/serving-cert-secret-name",
];

impl Promise {
    /// Whether it is the Secret with this namespace and name.
    pub fn covers(&self, namespace: &str, name: &str) -> bool {
        *self.secret == name && self.namespace.as_ref().is_none_or(|own| own == namespace)
    }

    /// The promise after a kustomization sets the namespace of its creator: the Secret moves along,
    /// unless a selector decides its namespace.
    pub(crate) fn moved_to(&self, namespace: &Located<Text>) -> Self {
        let mut moved = self.clone();
        if moved.namespace.is_some() && moved.by.kind != "Bundle" {
            moved.namespace = Some(namespace.value.to_string());
        }
        moved.by.move_to(namespace);
        moved
    }

    /// Whether the Secret may get this key.
    pub fn makes(&self, key: &str) -> bool {
        self.keys.as_ref().is_none_or(|keys| keys.iter().any(|own| own == key))
    }

    /// Whether the Secret is known to get this key.
    pub fn is_known_to_make(&self, key: &str) -> bool {
        self.keys.is_some() && self.makes(key)
    }

    /// The Secret that OpenShift creates for a Service; its certificate is for servers only
    /// (`library-go`, `pkg/crypto`, `MakeServerCertForDuration`).
    pub(crate) fn of_service(by: &Object, root: &Field<'_>) -> Option<Self> {
        let annotations = root.set_at("metadata")?.set_at("annotations")?;
        let named = SERVING_CERTIFICATES.iter().find_map(|name| annotations.set_at(name));
        let secret = named?.text().filter(|name| !name.is_empty())?;
        let usages = secret.clone().map(|_| vec!["server auth".to_owned()]);
        let request = CertificateRequest { usages: Some(usages), is_ca: None, rsa_bits: None };
        let namespace = Some(by.namespace().to_owned());
        let keys = ["tls.crt", "tls.key"].map(str::to_owned).to_vec();
        Some(Self {
            is_ca: Some(false),
            request: Some(Box::new(request)),
            keys: Some(keys),
            ..Self::new(by.clone(), secret, namespace)
        })
    }

    /// A Secret with this name and unknown keys.
    pub(crate) fn new(by: Object, secret: Located<Text>, namespace: Option<String>) -> Self {
        Self {
            by,
            secret,
            namespace,
            is_hashed: false,
            is_ca: None,
            request: None,
            keys: None,
            labels: None,
        }
    }

    /// The Secrets that an object creates; empty for other kinds.
    pub(crate) fn read(by: &Object, root: &Field<'_>) -> Vec<Self> {
        let at = |path: &[&str]| {
            path.iter().try_fold(root.clone(), |field, name| field.set_at(name))?.text()
        };
        let group = by.api_version.as_ref().map_or("", |version| version.as_str());
        let group = group.split_once('/').map_or("", |(group, _)| group);
        let own_name = || Some(by.name.clone());
        let own = Some(by.namespace().to_owned());
        let make = |secret: Option<Located<Text>>, namespace: Option<String>| -> Vec<Self> {
            let promise = secret.map(|secret| Self::new(by.clone(), secret, namespace));
            promise.into_iter().collect()
        };
        match (by.kind.as_str(), group) {
            ("Certificate", _) => {
                let mut promises = make(at(&["spec", "secretName"]), own);
                let keys = CERT_MANAGER_KEYS.iter().map(|key| (*key).to_owned()).collect();
                let is_ca = root.set_at("spec").and_then(|spec| spec.set_at("isCA"));
                let is_ca = is_ca.is_some_and(|field| field.boolean().is_none_or(|is| is.value));
                for promise in &mut promises {
                    promise.keys = Some(Vec::clone(&keys));
                    promise.labels = Some(labels_of_certificate(root));
                    promise.is_ca = Some(is_ca);
                    promise.request = Some(Box::new(CertificateRequest::read(root)));
                }
                promises
            }
            ("ExternalSecret", _) => make(at(&["spec", "target", "name"]).or_else(own_name), own),
            ("ClusterExternalSecret", _) => {
                let target = at(&["spec", "externalSecretSpec", "target", "name"]);
                make(target.or_else(|| at(&["spec", "externalSecretName"])).or_else(own_name), None)
            }
            ("SealedSecret", _) => {
                make(at(&["spec", "template", "metadata", "name"]).or_else(own_name), own)
            }
            // HashiCorp's operator; with `create: false` it fills an existing Secret.
            ("VaultStaticSecret" | "VaultDynamicSecret" | "VaultPKISecret", _) => {
                make(at(&["spec", "destination", "name"]), own)
            }
            ("OnePasswordItem", _) => make(own_name(), own),
            ("AzureKeyVaultSecret", _) => make(at(&["spec", "output", "secret", "name"]), own),
            ("SecretProviderClass", _) => secret_objects(by, root),
            _ => Self::of_bundle(by, root, "secret").into_iter().collect(),
        }
    }
}

impl Promise {
    /// What a trust-manager Bundle creates from `target`: a `secret`, a `configMap` or both, with
    /// its own name, in all namespaces or those that its selector matches.
    pub(crate) fn of_bundle(by: &Object, root: &Field<'_>, target: &str) -> Option<Self> {
        let version = by.api_version.as_ref()?;
        if by.kind != "Bundle" || !version.starts_with("trust.cert-manager.io/") {
            return None;
        }
        let targets = root.set_at("spec")?.set_at("target")?;
        let key = targets.set_at(target)?.set_at("key")?.text()?;
        let labels = targets.set_at("namespaceSelector").and_then(|one| one.set_at("matchLabels"));
        // Namespace labels are not read, except for the one that every namespace has.
        let namespace =
            labels.and_then(|labels| labels.set_at("kubernetes.io/metadata.name")?.text());
        let namespace = namespace.map(|namespace| namespace.value);
        let keys = Some(vec![key.value.to_string()]);
        Some(Self { keys, ..Self::new(by.clone(), by.name.clone(), namespace.map(String::from)) })
    }
}

/// The labels of the Secret that cert-manager creates: those of `secretTemplate` and its own
/// (`pkg/controller/certificates/issuing/internal/secret.go`). The Certificate's labels are not
/// copied.
fn labels_of_certificate(root: &Field<'_>) -> Labels {
    let template = root.set_at("spec").and_then(|spec| spec.set_at("secretTemplate"));
    let labels = template.and_then(|template| template.set_at("labels"));
    let entries = labels.map(|labels| labels.entries()).unwrap_or_default();
    let said = entries.iter().filter_map(|entry| Some((&*entry.key, entry.value.written()?)));
    said.chain([("controller.cert-manager.io/fao", "true")]).collect()
}

/// The Secrets that the secrets store CSI driver creates.
fn secret_objects(by: &Object, root: &Field<'_>) -> Vec<Promise> {
    let objects = root.set_at("spec").and_then(|spec| spec.set_at("secretObjects"));
    let objects = objects.map(|objects| objects.items().collect::<Vec<_>>()).unwrap_or_default();
    let names = objects.iter().filter_map(|object| object.set_at("secretName")?.text());
    names.map(|name| Promise::new(by.clone(), name, Some(by.namespace().to_owned()))).collect()
}
