//! `resolve` for people: each upstream as a trace from the reference to the effective TLS.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::document::Located;
use crate::resource::{Mapping, TlsReference, WrittenTls};
use crate::source::Span;
use crate::world::{
    BadContext, Context, ContextId, ContextState, Dropped, Effective, FreezeCause, Material,
    Reference, TrailStep, Upstream, World,
};

use super::excerpt::location;
use super::mount::mount_lines;
use super::style::{Look, severity_style};
use super::wrap::wrap;
use crate::diagnostic::Severity;

/// A blank at which no line breaks.
const TIE: char = '\u{a0}';

/// Width of the column of names.
const NAMES: usize = 10;

/// All upstreams that `wanted` lets through, then what freezes the configuration.
pub fn resolve_text(world: &World, wanted: impl Fn(&Upstream) -> bool, look: Look) -> String {
    let mut trace = Trace { world, look, text: String::new() };
    trace.freezes();
    if !world.crashes() {
        for upstream in world.upstreams.iter().filter(|upstream| wanted(upstream)) {
            trace.upstream(upstream);
        }
    }
    trace.text
}

struct Trace<'w> {
    world: &'w World,
    look: Look,
    text: String,
}

impl Trace<'_> {
    fn freezes(&mut self) {
        for freeze in &self.world.freezes {
            let style = self.look.style(severity_style(Severity::Error).bold());
            let what = match freeze.cause {
                FreezeCause::Crash => "Emissary cannot read this configuration",
                _ => "Envoy refuses this configuration",
            };
            let sentence = format!(
                "{what}, and no change by anyone takes effect: {}: {}",
                freeze.object, freeze.reason
            );
            let lines = wrap(&sentence, self.look.width, 2);
            let _ = writeln!(self.text, "{}", lines.style(style));
            if let Some(place) = freeze.place {
                self.line("at", &location(self.world, place), None);
            }
            self.text.push('\n');
        }
    }

    fn upstream(&mut self, upstream: &Upstream) {
        let world = self.world;
        let mapping = world.mapping(upstream);
        let bold = self.look.style(Style::new().bold());
        let identity = mapping.object.identity().to_string();
        let service = mapping.service.as_ref().map_or("", |service| service.as_str());
        let _ = writeln!(self.text, "{} -> {service}", identity.style(bold));
        let service_place = mapping.service.as_ref().map(|service| service.span);
        if let Some(written) = &mapping.service_as_written {
            let text = format!("{written}, which `tls: true` turns into {service}");
            self.line("service", &text, service_place);
        } else if upstream.service != service {
            self.line("service", &format!("read as {}", upstream.service), service_place);
        }
        self.reference(upstream, mapping);
        match &upstream.dropped {
            Some(Dropped::Redirects) => {
                self.line("mode", "none: it redirects, so nothing is sent upstream", None);
            }
            Some(dropped) => self.line("dropped", dropped.words().unwrap_or_default(), None),
            None => self.effective(upstream, mapping),
        }
        let mut said: Vec<&String> = Vec::new();
        for message in &upstream.messages {
            let dropped = upstream.dropped.as_ref().and_then(Dropped::words);
            if dropped != Some(message.as_str()) && !said.contains(&message) {
                self.line("posts", message, None);
                said.push(message);
            }
        }
        self.text.push('\n');
    }

    /// The step from `tls` to a context.
    fn reference(&mut self, upstream: &Upstream, mapping: &Mapping) {
        let place = match &mapping.tls {
            TlsReference::Named(name) => Some(name.span),
            TlsReference::Anonymous(span) => Some(*span),
            TlsReference::Absent => mapping.tls_as_written.as_ref().map(|written| written.span),
        };
        match (&upstream.reference, &mapping.tls_as_written) {
            (_, Some(Located { value: WrittenTls::Boolean(value), .. })) => {
                self.line("tls", &format!("{value}: no context is named"), place);
            }
            (Reference::Good(id), _) => {
                self.line("tls", &self.world.context(*id).name, place);
                self.context(*id);
            }
            (Reference::Bad { name, why }, _) => match why {
                BadContext::Undefined => {
                    self.line("tls", &format!("{name}: no TLSContext has this name"), place);
                }
                BadContext::Broken(id) => {
                    self.line("tls", &format!("{name}: cannot be used"), place);
                    self.context(*id);
                }
            },
            _ => {}
        }
    }

    fn context(&mut self, id: ContextId) {
        let world = self.world;
        let context = world.context(id);
        let state = match context.state {
            ContextState::Good => "good",
            ContextState::Gone => "thrown away",
            ContextState::Errored => "kept, but counts as undefined for its errors",
        };
        let relative: Vec<&str> = world.relative_files(id).collect();
        let state = match relative.is_empty() || context.state != ContextState::Good {
            true => state.to_owned(),
            false => format!("good if Ambassador finds {}", relative.join(", ")),
        };
        let text = format!("{}/{}, {state}", context.namespace, context.name);
        self.line("context", &text, world.context_place(id));
        for message in &context.messages {
            self.line("posts", message, None);
        }
        if context.state == ContextState::Gone {
            let mut told = Vec::new();
            for (_, material) in context.materials() {
                let Material::File(path) = material else { continue };
                if self.world.trail(path).fault().is_some() {
                    self.line("file", path, None);
                    self.mounted(material, &mut told);
                }
            }
        }
    }

    fn effective(&mut self, upstream: &Upstream, mapping: &Mapping) {
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
            self.hello(context);
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
    fn mounted(&mut self, material: &Material, told: &mut Vec<TrailStep>) {
        let Material::File(path) = material else { return };
        let trail = self.world.trail(path);
        for (name, text, place) in mount_lines(&trail, told) {
            self.line(&format!("  {name}"), &text, place);
        }
    }

    fn hello(&mut self, context: Option<&Context>) {
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
        let alpn = context.and_then(|context| context.settings.alpn_protocols.as_ref());
        let alpn = alpn.map_or_else(|| "no ALPN".to_owned(), |alpn| format!("ALPN {}", alpn.value));
        if context.is_none() {
            self.line("trusts", "any server certificate: there is no context", None);
        }
        self.line("hello", &format!("{versions}, {sni}, {alpn}"), None);
    }

    /// One step: its name, what it gives, and where it stands.
    fn line(&mut self, name: &str, text: &str, place: Option<Span>) {
        let indent = NAMES + 2;
        // What belongs together is not torn apart.
        let lines = wrap_styled(text, self.look.width.saturating_sub(indent), indent);
        let lines = lines.replace(TIE, " ");
        let dim = self.look.style(Style::new().dimmed());
        let padded = format!("{name:<NAMES$}");
        let _ = write!(self.text, "  {}{lines}", padded.style(dim));
        if let Some(place) = place {
            let place = location(self.world, place);
            let column = indent + lines.chars().rev().take_while(|c| *c != '\n').count();
            if column + place.len() + 2 <= self.look.width {
                let gap = self.look.width - column - place.len();
                let _ = write!(self.text, "{:gap$}{}", "", place.style(dim));
            } else {
                let _ = write!(self.text, "\n{:indent$}{}", "", place.style(dim));
            }
        }
        self.text.push('\n');
    }
}

/// Wraps a text that may hold escape sequences of our own making, which are left alone.
fn wrap_styled(text: &str, width: usize, indent: usize) -> String {
    if text.contains('\u{1b}') { text.to_owned() } else { wrap(text, width, indent) }
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
