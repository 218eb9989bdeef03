//! The effective TLS of an upstream in `resolve`.

use owo_colors::Style;

use crate::document::{Located, Text};
use crate::resource::{Mapping, MappingKind};
use crate::world::{Context, Material, Reference, Tls, TlsMode, TrailStep, Upstream, Versions};

use super::mount::mount_lines;
use super::text::Trace;

impl Trace<'_> {
    pub(crate) fn effective(&mut self, upstream: &Upstream, mapping: &Mapping) {
        let world = self.world;
        let (Some(id), Some(tls)) = (upstream.cluster, world.tls(upstream)) else {
            return;
        };
        let cluster = world.cluster(id);
        let style = match tls.mode {
            TlsMode::Mutual => Style::new().green().bold(),
            TlsMode::Tls => Style::new().yellow().bold(),
            TlsMode::Plaintext => Style::new().red().bold(),
        };
        let mode = tls.mode.to_string();
        let used = world.context_used(upstream);
        let is_mutual = tls.mode == TlsMode::Mutual;
        let unsure = used
            .filter(|_| is_mutual)
            .is_some_and(|context| world.relative_files(context).next().is_some());
        let condition = if unsure { ", if it does" } else { "" };
        let host = upstream.address.as_ref().map_or("", |address| address.host.as_str());
        let outside = match cluster.outside_endpoints(host) {
            Some(_) => ", of which there are none: the host is outside the cluster",
            None => "",
        };
        let unseen = tls.condition();
        let text = format!("{mode} to {}{outside}{condition}{unseen}", tls.to);
        self.line_with("mode", (&mode, style), &text, None);
        if let Some(context) = used {
            let asked = matches!(&upstream.reference, Reference::Good(own) if *own == context);
            if !asked {
                self.line(
                    "instead",
                    "the context of the object that created the cluster first:",
                    None,
                );
                self.context(context);
            }
        }
        let context = used.map(|context| world.context(context));
        if let Some(context) = context {
            self.material(context);
        }
        self.hello(&tls);
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
            let why = match mapping.kind {
                MappingKind::AuthService => {
                    "no: Emissary does not call it, and answers every request with 500"
                }
                _ => "no: no Host selects it",
            };
            self.line("routed", why, Some(place));
        }
    }

    /// What is presented to the upstream, and what it is verified against.
    fn material(&mut self, context: &Context) {
        let settings = &context.settings;
        let mut told = Vec::new();
        let span = |field: &Option<Located<Text>>| field.as_ref().map(|field| field.span);
        let secret = span(&settings.secret);
        if let Some(certificate) = &context.certificate {
            let place = span(&settings.cert_chain_file).or(secret);
            self.line("presents", &described(certificate), place);
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
                let text = format!("{}; host names are not checked", described(ca));
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

    fn hello(&mut self, tls: &Tls) {
        let Some(Versions { min, max }) = &tls.versions else { return };
        let versions = match min.cmp(max) {
            std::cmp::Ordering::Less => format!("TLS {} to {}", digits(min), digits(max)),
            std::cmp::Ordering::Equal => format!("TLS {} only", digits(min)),
            std::cmp::Ordering::Greater => {
                format!("no TLS version: at least {}, at most {}", digits(min), digits(max))
            }
        };
        let sni = tls.sni.as_ref().map_or_else(|| "no SNI".to_owned(), |sni| format!("SNI {sni}"));
        let alpn = match &tls.alpn[..] {
            [] => "no ALPN".to_owned(),
            names => format!("ALPN {}", names.join(",")),
        };
        if tls.context.is_none() {
            self.line("trusts", "any server certificate: there is no context", None);
        }
        self.line("offers", &format!("{versions}, {sni}, {alpn}"), None);
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
            format!("nothing: Secret {namespace}/{name} lacks the key")
        }
    }
}

fn digits(version: &str) -> &str {
    version.trim_start_matches('v')
}
