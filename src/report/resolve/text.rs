//! `resolve` for people: each upstream as a trace from the reference to the effective TLS.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::resource::{Mapping, TlsReference, WrittenTls};
use crate::source::Span;
use crate::world::{
    BadContext, Completeness, ContextId, ContextState, Dropped, Material, Reference, Upstream,
    World,
};

use crate::diagnostic::Severity;
use crate::report::form::location;
use crate::report::form::{Look, severity_style};
use crate::report::form::{one_line, wrap};

/// A non-breaking space.
const TIE: char = '\u{a0}';

/// Width of the column of names.
const NAMES: usize = 10;

/// All upstreams that `wanted` selects, then what freezes the configuration.
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

pub(crate) struct Trace<'w> {
    pub(crate) world: &'w World,
    pub(crate) look: Look,
    text: String,
}

impl Trace<'_> {
    fn freezes(&mut self) {
        for freeze in &self.world.freezes {
            let style = self.look.style(severity_style(Severity::Error).bold());
            let what = match freeze.is_crash() {
                true => "Emissary cannot read this configuration",
                false => "Envoy rejects this configuration",
            };
            let sentence = format!(
                "{what}, and no configuration change takes effect: {}: {}",
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
        let (identity, shown) = (one_line(&identity), one_line(service));
        let _ = writeln!(self.text, "{} -> {shown}", identity.style(bold));
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
            Some(Dropped::Faulty(fault)) => self.line("dropped", &fault.to_string(), None),
            None => self.effective(upstream, mapping),
        }
        let dropped = upstream.fault().map(ToString::to_string);
        let mut said: Vec<&String> = Vec::new();
        for message in &upstream.messages {
            if dropped.as_ref() != Some(message) && !said.contains(&message) {
                self.line("reports", message, None);
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
            TlsReference::Absent => mapping.tls_as_written.as_ref().map(WrittenTls::span),
        };
        match (&upstream.reference, &mapping.tls_as_written) {
            (_, Some(WrittenTls::Boolean(value))) => {
                self.line("tls", &format!("{}: no context is named", value.value), place);
            }
            (Reference::Good(id), _) => {
                self.line("tls", &self.world.context(*id).name, place);
                self.context(*id);
            }
            (Reference::Bad { name, why }, _) => match why {
                BadContext::Undefined => {
                    let what =
                        match self.world.absence("TLSContext", mapping.object.namespace(), name) {
                            Completeness::Complete => "no TLSContext has this name",
                            _ => "no TLSContext with this name is in the input",
                        };
                    self.line("tls", &format!("{name}: {what}"), place);
                }
                BadContext::Broken(id) => {
                    self.line("tls", &format!("{name}: cannot be used"), place);
                    self.context(*id);
                }
            },
            _ => {}
        }
    }

    pub(crate) fn context(&mut self, id: ContextId) {
        let world = self.world;
        let context = world.context(id);
        let state = match context.state {
            ContextState::Good => "good",
            ContextState::Gone => "dropped",
            ContextState::Errored => "kept, but counts as undefined because of its errors",
        };
        let relative: Vec<&str> = world.relative_files(id).collect();
        let state = match relative.is_empty() || context.state != ContextState::Good {
            true => state.to_owned(),
            false => format!("good if Ambassador finds {}", relative.join(", ")),
        };
        let text = format!("{}/{}, {state}", context.namespace, context.name);
        self.line("context", &text, world.context_place(id));
        for message in context.messages() {
            self.line("reports", &message, None);
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

    /// One step: its name, its result, and its location.
    pub(crate) fn line(&mut self, name: &str, text: &str, place: Option<Span>) {
        self.line_with(name, ("", Style::new()), text, place);
    }

    /// The same, with the first words of the text in a style.
    pub(crate) fn line_with(
        &mut self,
        name: &str,
        (first, style): (&str, Style),
        text: &str,
        place: Option<Span>,
    ) {
        let indent = NAMES + 2;
        // Related words are kept on one line.
        let lines = wrap(text, self.look.width.saturating_sub(indent), indent);
        let lines = lines.replace(TIE, " ");
        let plain = lines.chars().rev().take_while(|c| *c != '\n').count();
        let lines = match lines.strip_prefix(first).filter(|_| !first.is_empty()) {
            Some(rest) => format!("{}{rest}", first.style(self.look.style(style))),
            None => lines,
        };
        let dim = self.look.style(Style::new().dimmed());
        let padded = format!("{name:<NAMES$}");
        let _ = write!(self.text, "  {}{lines}", padded.style(dim));
        if let Some(place) = place {
            let place = location(self.world, place);
            let column = indent + plain;
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
