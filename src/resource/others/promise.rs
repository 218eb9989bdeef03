//! Objects that will make a Secret, or a ConfigMap with certificates, once they are applied.

use crate::document::{Field, Located};

use crate::resource::{Labels, Object};

/// Something in the input that creates a Secret, or a ConfigMap, in the cluster.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The object that makes it.
    pub by: Object,
    /// The Secret's name, and where it is said.
    pub secret: Located<String>,
    /// Its namespace; none where a selector decides, so that any may be meant.
    pub namespace: Option<String>,
    /// Whether a hash of its content is appended to its name, and only Kubernetes' own fields follow.
    pub is_hashed: bool,
    /// Whether its certificate is a CA's, as cert-manager's `isCA` says; none where the maker decides.
    pub is_ca: Option<bool>,
    /// What the certificate is asked for with; none where the maker is no cert-manager Certificate.
    pub request: Option<Box<CertificateRequest>>,
    /// The only keys that it gets; none where the maker decides.
    pub(crate) keys: Option<Vec<String>>,
    /// The labels that it gets; none where the maker decides.
    pub(crate) labels: Option<Labels>,
}

/// What a cert-manager Certificate asks for, as far as it decides who takes the certificate.
#[derive(Debug, Clone)]
pub struct CertificateRequest {
    /// `usages`, each as written; none where cert-manager decides, which then asks for no extended
    /// usage at all.
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
                let usages = field.texts().into_iter().map(|usage| usage.value).collect();
                field.located(usages)
            }),
            is_ca: at("isCA").and_then(|field| field.boolean()).filter(|is_ca| is_ca.value),
            rsa_bits: key.and_then(|key| key.set_at("size")?.integer()).filter(|_| is_rsa),
        }
    }

    /// Whether its certificate has extended usages, and not this one (`client auth`).
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

/// Keys that cert-manager may write (`pkg/controller/certificates/issuing/internal/secret.go`).
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

/// Annotations of a Service for which OpenShift makes a Secret.
const SERVING_CERTIFICATES: [&str; 2] = [
    "service.beta.openshift.io/serving-cert-secret-name",
    "service.alpha.openshift.io/serving-cert-secret-name",
];

impl Promise {
    /// Whether it makes the Secret of that namespace and name.
    pub fn covers(&self, namespace: &str, name: &str) -> bool {
        *self.secret == name && self.namespace.as_ref().is_none_or(|own| own == namespace)
    }

    /// The same where a kustomization puts what makes it into a namespace: what it makes goes along,
    /// unless a selector decides where that is.
    pub(crate) fn moved_to(&self, namespace: &Located<String>) -> Self {
        let mut moved = self.clone();
        if moved.namespace.is_some() && *moved.by.kind != "Bundle" {
            moved.namespace = Some(namespace.value.clone());
        }
        moved.by.move_to(namespace);
        moved
    }

    /// Whether the Secret may get that key.
    pub fn makes(&self, key: &str) -> bool {
        self.keys.as_ref().is_none_or(|keys| keys.iter().any(|own| own == key))
    }

    /// Whether it is said that the Secret gets that key.
    pub fn is_known_to_make(&self, key: &str) -> bool {
        self.keys.is_some() && self.makes(key)
    }

    /// The Secret that OpenShift makes for a Service, whose certificate is for servers only
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

    /// A Secret of that name, with whatever keys.
    pub(crate) fn new(by: Object, secret: Located<String>, namespace: Option<String>) -> Self {
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

    /// The Secrets that an object makes; none if it is of no such kind.
    pub(crate) fn read(by: &Object, root: &Field<'_>) -> Vec<Self> {
        let at = |path: &[&str]| {
            path.iter().try_fold(root.clone(), |field, name| field.set_at(name))?.text()
        };
        let group = by.api_version.as_ref().map_or("", |version| version.as_str());
        let group = group.split_once('/').map_or("", |(group, _)| group);
        let own_name = || Some(by.name.clone());
        let own = Some(by.namespace().to_owned());
        let make = |secret: Option<Located<String>>, namespace: Option<String>| -> Vec<Self> {
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
            // HashiCorp's operator; with `create: false` it fills a Secret that somebody else makes.
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
    /// What a Bundle of trust-manager makes below `target`: a `secret`, a `configMap`, or both, of its own
    /// name in every namespace that its selector takes, or in all.
    pub(crate) fn of_bundle(by: &Object, root: &Field<'_>, target: &str) -> Option<Self> {
        let version = by.api_version.as_ref()?;
        if *by.kind != "Bundle" || !version.starts_with("trust.cert-manager.io/") {
            return None;
        }
        let targets = root.set_at("spec")?.set_at("target")?;
        let key = targets.set_at(target)?.set_at("key")?.text()?;
        let labels = targets.set_at("namespaceSelector").and_then(|one| one.set_at("matchLabels"));
        // Labels of namespaces are not read, but for the one that every namespace has.
        let namespace =
            labels.and_then(|labels| labels.set_at("kubernetes.io/metadata.name")?.text());
        let namespace = namespace.map(|namespace| namespace.value);
        let keys = Some(vec![key.value]);
        Some(Self { keys, ..Self::new(by.clone(), by.name.clone(), namespace) })
    }
}

/// The labels of the Secret that cert-manager makes: those of `secretTemplate`, and its own
/// (`pkg/controller/certificates/issuing/internal/secret.go`); the Certificate's are not copied.
fn labels_of_certificate(root: &Field<'_>) -> Labels {
    let template = root.set_at("spec").and_then(|spec| spec.set_at("secretTemplate"));
    let labels = template.and_then(|template| template.set_at("labels"));
    let entries = labels.map(|labels| labels.entries()).unwrap_or_default();
    let said = entries.iter().filter_map(|entry| Some((&*entry.key, entry.value.written()?)));
    said.chain([("controller.cert-manager.io/fao", "true")]).collect()
}

/// What the secrets store CSI driver copies into Secrets.
fn secret_objects(by: &Object, root: &Field<'_>) -> Vec<Promise> {
    let objects = root.set_at("spec").and_then(|spec| spec.set_at("secretObjects"));
    let objects = objects.map(|objects| objects.items().collect::<Vec<_>>()).unwrap_or_default();
    let names = objects.iter().filter_map(|object| object.set_at("secretName")?.text());
    names.map(|name| Promise::new(by.clone(), name, Some(by.namespace().to_owned()))).collect()
}
