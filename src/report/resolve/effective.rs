//! What `resolve` says of the TLS that an upstream really gets.

use owo_colors::{OwoColorize, Style};

use crate::document::Located;
use crate::resource::Mapping;
use crate::world::{Context, Effective, Material, Reference, TrailStep, Upstream};

use super::mount::mount_lines;
use super::text::Trace;

impl Trace<'_> {
    pub(crate) fn effective(&mut self, upstream: &Upstream, mapping: &Mapping) {
        let world = self.world;
        let (Some(id), Some(effective)) = (upstream.cluster, world.effective(upstream)) else {
            return;
        };
        let cluster = world.cluster(id);
        let address = match (&cluster.host, cluster.port, &cluster.endpoints) {
            (Some(host), Some(port), _) => format!("{host}:{port}"),
            (_, _, Some(endpoints)) => format!("the endpoints {endpoints}"),
            _ => "nowhere".to_owned(),
        };
        let (mode, style) = match effective {
            Effective::Mutual(_) => ("mutual TLS", Style::new().green().bold()),
            Effective::Tls(_) => ("TLS without a client certificate", Style::new().yellow().bold()),
            Effective::Plaintext => ("plaintext", Style::new().red().bold()),
        };
        let mode = mode.style(self.look.style(style)).to_string();
        let unsure = match effective {
            Effective::Mutual(context) => world.relative_files(context).next().is_some(),
            _ => false,
        };
        let condition = if unsure { ", if it does" } else { "" };
        self.line("mode", &format!("{mode} to {address}{condition}"), None);
        let context = match effective {
            Effective::Mutual(context) | Effective::Tls(Some(context)) => {
                let asked = matches!(&upstream.reference, Reference::Good(own) if *own == context);
                if !asked {
                    self.line("instead", "the context of whoever made the cluster first:", None);
                    self.context(context);
                }
                Some(world.context(context))
            }
            _ => None,
        };
        if let Some(context) = context {
            self.material(context);
        }
        if effective != Effective::Plaintext {
            self.hello(upstream, context);
        }
        let others = cluster.upstreams.iter().map(|&other| &world.upstreams[other]);
        let others: Vec<String> = others
            .filter(|other| other.mapping != upstream.mapping)
            .map(|other| world.mapping(other).object.identity().to_string())
            .collect();
        let shared = match others.len() {
            0 => cluster.name.clone(),
            1..=4 => format!("{}, shared with {}", cluster.name, others.join(", ")),
            count => format!("{}, shared with {count} others", cluster.name),
        };
        self.line("cluster", &shared, None);
        if !upstream.routed {
            let place = mapping.object.place();
            self.line("routed", "no: no Host takes it", Some(place));
        }
    }

    /// What is shown to the upstream, and what it is verified against.
    fn material(&mut self, context: &Context) {
        let settings = &context.settings;
        let mut told = Vec::new();
        let span = |field: &Option<Located<String>>| field.as_ref().map(|field| field.span);
        let secret = span(&settings.secret);
        if let Some(certificate) = &context.certificate {
            let place = span(&settings.cert_chain_file).or(secret);
            self.line("shows", &described(certificate), place);
            self.mounted(certificate, &mut told);
        }
        if let Some(key) = &context.private_key {
            let place = span(&settings.private_key_file).or(secret);
            self.line("key", &described(key), place);
            self.mounted(key, &mut told);
        }
        match &context.trusted_ca {
            Some(ca) => {
                let own = span(&settings.ca_secret).or(span(&settings.cacert_chain_file));
                let text = format!("{}; no name is compared", described(ca));
                self.line("trusts", &text, own.or(secret));
                self.mounted(ca, &mut told);
            }
            None => self.line("trusts", "any server certificate: no CA is set", None),
        }
        if let Some(crl) = &context.crl {
            let place = span(&settings.crl_secret).or(span(&settings.crl_file));
            self.line("revokes", &described(crl), place);
            self.mounted(crl, &mut told);
        }
    }

    /// The steps from a file to the key that it comes from.
    pub(crate) fn mounted(&mut self, material: &Material, told: &mut Vec<TrailStep>) {
        let Material::File(path) = material else { return };
        let trail = self.world.trail(path);
        for (name, text, place) in mount_lines(&trail, told) {
            self.line(&format!("  {name}"), &text, place);
        }
    }

    fn hello(&mut self, upstream: &Upstream, context: Option<&Context>) {
        // Envoy's defaults for a client: 1.2 at least, and 1.2 at most.
        let min = context.and_then(Context::min_version).unwrap_or("v1.2");
        let max = context.and_then(Context::max_version).unwrap_or("v1.2");
        let versions = match min.cmp(max) {
            std::cmp::Ordering::Less => format!("TLS {} to {}", digits(min), digits(max)),
            std::cmp::Ordering::Equal => format!("TLS {} only", digits(min)),
            std::cmp::Ordering::Greater => {
                format!("no TLS version at all: {} at least, {} at most", digits(min), digits(max))
            }
        };
        let sni = context.and_then(|context| context.settings.sni.as_ref());
        let sni = sni.map_or_else(|| "no SNI".to_owned(), |sni| format!("SNI {}", sni.value));
        let alpn = match self.world.alpn(upstream) {
            names if names.is_empty() => "no ALPN".to_owned(),
            names => format!("ALPN {}", names.join(",")),
        };
        if context.is_none() {
            self.line("trusts", "any server certificate: there is no context", None);
        }
        self.line("hello", &format!("{versions}, {sni}, {alpn}"), None);
    }
}

fn described(material: &Material) -> String {
    match material {
        Material::File(path) => format!("file {path}"),
        Material::Secret { namespace, name, key, index } => {
            let promised = if index.is_none() { " (not\u{a0}in\u{a0}the\u{a0}input)" } else { "" };
            format!("Secret {namespace}/{name}, key {key}{promised}")
        }
        Material::Nothing { namespace, name } => {
            format!("nothing: Secret {namespace}/{name} lacks the key for it")
        }
    }
}

fn digits(version: &str) -> &str {
    version.trim_start_matches('v')
}
