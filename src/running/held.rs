//! Envoy's current state: clusters with their TLS, loaded certificates, and the Ambassador that
//! configures it.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::answers::Answers;
use super::counters::Counters;
use crate::cert::Validity;

/// Everything that the admin interface shows.
#[derive(Debug, Default)]
pub struct Held {
    /// Clusters, in the order of the dump.
    pub clusters: Vec<HeldCluster>,
    /// Loaded certificates, one entry per file of each TLS context.
    pub certificates: Vec<HeldCertificate>,
    /// Counters, by name.
    pub counters: Counters,
    /// The server itself.
    pub server: Option<Server>,
    /// The Ambassador release, from its diagnostics: `3.9.1`.
    pub emissary: Option<String>,
    /// `node.cluster`, which Emissary sets to its name, a dash and `AMBASSADOR_ID`'s namespace.
    pub node: Option<String>,
    /// Whether there is a `/certs` response: without it, loaded certificates are unknown.
    pub knows_certificates: bool,
}

/// Version and state of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// `1.38.3`.
    pub version: String,
    /// `LIVE`, `INITIALIZING`, …
    pub state: String,
    /// `3600s`.
    pub uptime: String,
}

/// A cluster.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeldCluster {
    /// Its name.
    pub name: String,
    /// The name of its counters.
    pub stat_name: String,
    /// Whether it is still waiting for something and not serving yet.
    pub warming: bool,
    /// Whether it is part of the bootstrap: Emissary's own connections.
    pub from_bootstrap: bool,
    /// When it was last updated.
    pub updated: Option<OffsetDateTime>,
    /// The address it connects to.
    pub address: Option<(String, u16)>,
    /// The name it requests endpoints for.
    pub endpoints: Option<String>,
    /// Whether it uses HTTP/2.
    pub http2: bool,
    /// Its TLS; `None` for plaintext.
    pub tls: Option<HeldTls>,
}

/// The TLS of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldTls {
    /// Client certificate chain.
    pub certificate: Option<HeldFile>,
    /// Trust anchors.
    pub trusted_ca: Option<HeldFile>,
    /// Revocation lists.
    pub crl: Option<HeldFile>,
    /// Server name.
    pub sni: Option<String>,
    /// Protocols.
    pub alpn: Vec<String>,
    /// `TLSv1_2`; `None` for Envoy's default.
    pub min: Option<String>,
    /// The same for the highest version.
    pub max: Option<String>,
    /// Cipher suites.
    pub cipher_suites: Vec<String>,
    /// Groups.
    pub ecdh_curves: Vec<String>,
}

/// Where something is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldFile {
    /// A file in Envoy's container.
    Path(String),
    /// Inline configuration or SDS, neither of which Emissary uses.
    Elsewhere,
}

/// A loaded certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCertificate {
    /// The file it was loaded from.
    pub path: String,
    /// Whether it is a trust anchor rather than our own.
    pub is_ca: bool,
    /// Serial number: lower-case hexadecimal of whole bytes, without leading zero bytes.
    pub serial: String,
    /// Its validity period.
    pub validity: Option<Validity>,
}

impl Held {
    /// Parses the responses; missing parts stay empty.
    pub fn read(answers: &Answers) -> Self {
        let mut held = Self {
            counters: Counters::read(answers.stats.as_deref().unwrap_or_default()),
            server: answers.server_info.as_ref().map(server),
            emissary: answers.diagnostics.as_ref().and_then(|system| text(&system["version"])),
            certificates: answers.certs.as_ref().map(certificates).unwrap_or_default(),
            knows_certificates: answers.certs.is_some(),
            ..Self::default()
        };
        for config in list(answers.config_dump.as_ref().map(|dump| &dump["configs"])) {
            let kind = config["@type"].as_str().unwrap_or_default();
            if kind.ends_with(".BootstrapConfigDump") {
                held.node = config["bootstrap"]["node"]["cluster"].as_str().map(str::to_owned);
            }
            if kind.ends_with(".ClustersConfigDump") {
                held.read_clusters(config);
            }
        }
        held
    }

    fn read_clusters(&mut self, config: &Value) {
        let groups = [
            ("static_clusters", true, false),
            ("dynamic_active_clusters", false, false),
            ("dynamic_warming_clusters", false, true),
        ];
        for (group, from_bootstrap, warming) in groups {
            for entry in list(Some(&config[group])) {
                let updated = entry["last_updated"].as_str();
                self.clusters.push(HeldCluster {
                    warming,
                    from_bootstrap,
                    updated: updated.and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()),
                    ..cluster(&entry["cluster"])
                });
            }
        }
    }

    /// The cluster with that name, preferring a serving one over a warming one.
    pub fn cluster(&self, name: &str) -> Option<&HeldCluster> {
        let mut found = self.clusters.iter().filter(|cluster| cluster.name == name);
        let first = found.next()?;
        Some(if first.warming { found.next().unwrap_or(first) } else { first })
    }

    /// The certificates loaded from a file.
    pub fn loaded<'h>(
        &'h self,
        path: &'h str,
        is_ca: bool,
    ) -> impl Iterator<Item = &'h HeldCertificate> {
        let fits = move |one: &&HeldCertificate| one.path == path && one.is_ca == is_ca;
        self.certificates.iter().filter(fits)
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    list(Some(value)).filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

fn cluster(value: &Value) -> HeldCluster {
    let name = value["name"].as_str().unwrap_or_default().to_owned();
    let host = &value["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"];
    let address = &host["address"]["socket_address"];
    let port = address["port_value"].as_u64().and_then(|port| u16::try_from(port).ok());
    let explicit = &value["typed_extension_protocol_options"]["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]
        ["explicit_http_config"];
    let socket = &value["transport_socket"]["typed_config"];
    let has_tls = socket["@type"].as_str().is_some_and(|kind| kind.ends_with("UpstreamTlsContext"));
    HeldCluster {
        stat_name: text(&value["alt_stat_name"]).unwrap_or_else(|| name.clone()),
        address: address["address"].as_str().map(str::to_owned).zip(port),
        endpoints: text(&value["eds_cluster_config"]["service_name"]),
        http2: !value["http2_protocol_options"].is_null()
            || !explicit["http2_protocol_options"].is_null(),
        tls: has_tls.then(|| tls(socket)),
        name,
        ..HeldCluster::default()
    }
}

fn tls(context: &Value) -> HeldTls {
    let common = &context["common_tls_context"];
    let pair = &common["tls_certificates"][0];
    let validation = match &common["combined_validation_context"]["default_validation_context"] {
        Value::Null => &common["validation_context"],
        combined => combined,
    };
    let sds = |field: &str| !common[field].is_null();
    let file = |value: &Value, sds: bool| match (value, value["filename"].as_str()) {
        (_, Some(path)) => Some(HeldFile::Path(path.to_owned())),
        (Value::Null, None) => sds.then_some(HeldFile::Elsewhere),
        (_, None) => Some(HeldFile::Elsewhere),
    };
    let certificates = sds("tls_certificate_sds_secret_configs");
    let params = &common["tls_params"];
    HeldTls {
        certificate: file(&pair["certificate_chain"], certificates),
        trusted_ca: file(&validation["trusted_ca"], sds("validation_context_sds_secret_config")),
        crl: file(&validation["crl"], false),
        sni: text(&context["sni"]),
        alpn: texts(&common["alpn_protocols"]),
        min: text(&params["tls_minimum_protocol_version"]),
        max: text(&params["tls_maximum_protocol_version"]),
        cipher_suites: texts(&params["cipher_suites"]),
        ecdh_curves: texts(&params["ecdh_curves"]),
    }
}

fn certificates(answer: &Value) -> Vec<HeldCertificate> {
    let mut found = Vec::new();
    for entry in list(Some(&answer["certificates"])) {
        for (field, is_ca) in [("cert_chain", false), ("ca_cert", true)] {
            for certificate in list(Some(&entry[field])) {
                let time = |field: &str| {
                    OffsetDateTime::parse(certificate[field].as_str()?, &Rfc3339).ok()
                };
                found.push(HeldCertificate {
                    path: certificate["path"].as_str().unwrap_or_default().to_owned(),
                    is_ca,
                    serial: certificate["serial_number"].as_str().unwrap_or_default().to_owned(),
                    validity: time("valid_from")
                        .zip(time("expiration_time"))
                        .map(|(not_before, not_after)| Validity { not_before, not_after }),
                });
            }
        }
    }
    found
}

fn server(answer: &Value) -> Server {
    // `COMMIT/1.38.3/Clean/RELEASE/BoringSSL`
    let version = answer["version"].as_str().unwrap_or_default();
    let text = |field: &str| answer[field].as_str().unwrap_or_default().to_owned();
    Server {
        version: version.split('/').nth(1).unwrap_or(version).to_owned(),
        state: text("state"),
        uptime: text("uptime_current_epoch"),
    }
}
