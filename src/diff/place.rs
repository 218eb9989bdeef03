//! The line that decides an aspect of an upstream: a field of its Mapping or of its context.

use crate::resource::TlsReference;
use crate::resource::TlsSettings;
use crate::source::Span;
use crate::world::{Upstream, World};

use super::difference::Aspect;

/// Where an aspect is decided; the Mapping's name where no field decides it.
pub(super) fn place(world: &World, upstream: &Upstream, aspect: Aspect) -> Span {
    let mapping = world.mapping(upstream);
    let whole = mapping.object.place();
    let service = mapping.service.as_ref().map(|service| service.span);
    let tls = match &mapping.tls {
        TlsReference::Named(name) => Some(name.span),
        TlsReference::Anonymous(span) => Some(*span),
        TlsReference::Absent => None,
    };
    let by_mapping = match aspect {
        Aspect::Destination | Aspect::Cluster => service,
        Aspect::Mode | Aspect::Context => tls.or(service),
        _ => in_context(world, upstream, aspect),
    };
    by_mapping.unwrap_or(whole)
}

/// The context's field, or the context where a default holds.
fn in_context(world: &World, upstream: &Upstream, aspect: Aspect) -> Option<Span> {
    let id = world.context_used(upstream)?;
    let field = field(&world.context(id).settings, aspect);
    field.or_else(|| world.context_place(id))
}

fn field(settings: &TlsSettings, aspect: Aspect) -> Option<Span> {
    let text = |first: &Option<_>, second: &Option<_>| {
        let span = |field: &Option<crate::document::Located<String>>| {
            field.as_ref().map(|field| field.span)
        };
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
