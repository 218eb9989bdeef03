//! The line that determines an aspect of an upstream: a field of its Mapping or its context.

use crate::document::{Located, Text};
use crate::resource::{Mapping, TlsReference, TlsSettings};
use crate::source::Span;
use crate::world::{BadContext, ContextFaultKind, Reference, Upstream, World};

use super::difference::Aspect;

/// Where an aspect is set; the Mapping's name if no field sets it.
pub(super) fn place(world: &World, upstream: &Upstream, aspect: Aspect) -> Span {
    let mapping = world.mapping(upstream);
    let service = mapping.service.as_ref().map(|service| service.span);
    let asked = || {
        let tls = match &mapping.tls {
            TlsReference::Named(name) => Some(name.span),
            TlsReference::Anonymous(span) => Some(*span),
            TlsReference::Absent => None,
        };
        broken(world, upstream).or(tls).or(service)
    };
    let decided = match aspect {
        Aspect::Destination | Aspect::Cluster | Aspect::Sharing => service,
        Aspect::Route => route(mapping),
        Aspect::Mode | Aspect::Context => asked(),
        Aspect::Alpn => {
            let written = world.context_used(upstream).map(|id| &world.context(id).settings);
            let written = written.and_then(|settings| field(settings, aspect));
            written.or_else(|| mapping.grpc.as_ref().map(|grpc| grpc.span))
        }
        _ => in_context(world, upstream, aspect).or_else(asked),
    };
    decided.unwrap_or_else(|| mapping.object.place())
}

/// What determines which requests reach a Mapping, or whether a service is called.
fn route(mapping: &Mapping) -> Option<Span> {
    let host = mapping.routing.hostname.as_ref().map(|host| host.span);
    let host = host.or_else(|| mapping.routing.host.as_ref().map(|host| host.span));
    host.or_else(|| mapping.protocol_version.as_ref().map(|version| version.span))
}

/// The field because of which Emissary does not use the context in `tls`.
fn broken(world: &World, upstream: &Upstream) -> Option<Span> {
    let Reference::Bad { why: BadContext::Broken(id), .. } = &upstream.reference else {
        return None;
    };
    let context = world.context(*id);
    let settings = &context.settings;
    let aspect = context.faults.iter().find_map(|fault| match &fault.kind {
        ContextFaultKind::NoCertificate(_)
        | ContextFaultKind::NoPrivateKey(_)
        | ContextFaultKind::SecretAndFile
        | ContextFaultKind::CertificateFileWithoutKey => Some(Aspect::Certificate),
        ContextFaultKind::NoTrustAnchors(_) | ContextFaultKind::TrustAnchorsAlone => {
            Some(Aspect::Trust)
        }
        ContextFaultKind::NoRevocationList(_) => Some(Aspect::Revocation),
        ContextFaultKind::NoFile { field, .. } => Some(match *field {
            "private_key_file" => Aspect::Key,
            "cacert_chain_file" => Aspect::Trust,
            "crl_file" => Aspect::Revocation,
            _ => Aspect::Certificate,
        }),
        _ => None,
    });
    aspect.and_then(|aspect| field(settings, aspect)).or_else(|| world.context_place(*id))
}

/// The context's field, or the context if a default applies.
fn in_context(world: &World, upstream: &Upstream, aspect: Aspect) -> Option<Span> {
    let id = world.context_used(upstream)?;
    let field = field(&world.context(id).settings, aspect);
    field.or_else(|| world.context_place(id))
}

fn field(settings: &TlsSettings, aspect: Aspect) -> Option<Span> {
    let text = |first: &Option<_>, second: &Option<_>| {
        let span = |field: &Option<Located<Text>>| field.as_ref().map(|field| field.span);
        span(first).or_else(|| span(second))
    };
    match aspect {
        Aspect::Certificate | Aspect::Validity | Aspect::Verdict => {
            text(&settings.secret, &settings.cert_chain_file)
        }
        Aspect::Key => text(&settings.secret, &settings.private_key_file),
        Aspect::Trust => text(&settings.ca_secret, &settings.cacert_chain_file)
            .or_else(|| text(&settings.secret, &None)),
        Aspect::Revocation => text(&settings.crl_secret, &settings.crl_file),
        Aspect::Sni => text(&settings.sni, &None),
        Aspect::Alpn => text(&settings.alpn_protocols, &None),
        Aspect::Versions => text(&settings.min_tls_version, &settings.max_tls_version),
        Aspect::Ciphers => settings.cipher_suites.as_ref().map(|list| list.span),
        Aspect::Curves => settings.ecdh_curves.as_ref().map(|list| list.span),
        _ => None,
    }
}
