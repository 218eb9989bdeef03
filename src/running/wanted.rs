//! The clusters that Emissary would generate from the input.

use crate::cert::Chain;
use crate::document::{Located, Text};
use crate::world::{Cluster, ClusterId, Context, Effective, Material, World};

use super::files::FileReader;
use super::secret_file::{content_name, extension};

/// A cluster of the input.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its index in the world.
    pub cluster: ClusterId,
    /// Its name in Envoy.
    pub name: String,
    /// The address it connects to.
    pub address: Option<(String, u16)>,
    /// The name it requests endpoints for.
    pub endpoints: Option<String>,
    /// Whether it uses HTTP/2.
    pub http2: bool,
    /// Its TLS; `None` for plaintext.
    pub tls: Option<WantedTls>,
}

/// TLS settings of the input.
#[derive(Debug, Clone, Default)]
pub struct WantedTls {
    /// Client certificate chain.
    pub certificate: Option<WantedFile>,
    /// Trust anchors.
    pub trusted_ca: Option<WantedFile>,
    /// Revocation lists.
    pub crl: Option<WantedFile>,
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

/// A file that Envoy should read.
#[derive(Debug, Clone)]
pub struct WantedFile {
    /// Where it comes from.
    pub from: Material,
    /// For a Secret: the hash in the file's name.
    pub sha1: Option<String>,
    /// For a Secret: the file extension.
    pub extension: &'static str,
    /// The certificates currently in it, or why they are unknown.
    pub now: Result<Chain, String>,
}

/// Every cluster of the input; none if Emissary's Python raises an exception.
pub fn wanted(world: &World, files: &FileReader<'_>) -> Vec<Wanted> {
    if world.crashes() {
        return Vec::new();
    }
    let mut all: Vec<Wanted> = world
        .clusters
        .iter()
        .enumerate()
        .map(|(index, cluster)| one(world, ClusterId(index), cluster, files))
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

fn one(world: &World, id: ClusterId, cluster: &Cluster, files: &FileReader<'_>) -> Wanted {
    let user = cluster.upstreams.first().map(|&index| &world.upstreams[index]);
    let context = match user.and_then(|upstream| world.effective(upstream)) {
        None | Some(Effective::Plaintext) => None,
        Some(Effective::Tls(context)) => Some(context),
        Some(Effective::Mutual(context)) => Some(Some(context)),
    };
    let tls = |context: Option<_>| match context {
        None => WantedTls::default(),
        Some(id) => of_context(world, world.context(id), files),
    };
    Wanted {
        cluster: id,
        name: world.envoy_name(id),
        address: cluster.host.as_ref().map(Text::to_string).zip(cluster.port),
        endpoints: cluster.endpoints.clone(),
        http2: cluster.http2,
        tls: context.map(tls),
    }
}

fn of_context(world: &World, context: &Context, files: &FileReader<'_>) -> WantedTls {
    let settings = &context.settings;
    let list = |list: &Option<Located<Vec<Located<Text>>>>| {
        let entries = list.iter().flat_map(|list| list.value.iter());
        entries.map(|entry| entry.value.to_string()).collect()
    };
    let text = |text: &Option<Located<Text>>| {
        text.as_ref().map(|text| text.value.to_string()).filter(|text| !text.is_empty())
    };
    let version = |version: Option<&str>| {
        version.map(|version| format!("TLSv{}", version.trim_start_matches('v').replace('.', "_")))
    };
    let file = |material: &Option<Material>, reads: bool| {
        let material = material.as_ref()?;
        (!matches!(material, Material::Nothing { .. })).then(|| of(world, material, files, reads))
    };
    WantedTls {
        certificate: file(&context.certificate, true),
        trusted_ca: file(&context.trusted_ca, true),
        crl: file(&context.crl, false),
        sni: text(&settings.sni),
        alpn: text(&settings.alpn_protocols).into_iter().collect(),
        min: version(context.min_version()),
        max: version(context.max_version()),
        cipher_suites: list(&settings.cipher_suites),
        ecdh_curves: list(&settings.ecdh_curves),
    }
}

fn of(world: &World, material: &Material, files: &FileReader<'_>, reads: bool) -> WantedFile {
    let (sha1, extension) = match material {
        Material::Secret { index, key, .. } => {
            let secret = index.map(|index| &world.resources.secrets[index]);
            (secret.and_then(|secret| content_name(secret)), extension(key))
        }
        _ => (None, ""),
    };
    let now = match reads {
        true => files(world, material).map(|bytes| Chain::from_pem(&bytes)),
        false => Err("it is not read".to_owned()),
    };
    WantedFile { from: material.clone(), sha1, extension, now }
}
