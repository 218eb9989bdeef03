//! `tls: false` with a service that starts with `https://`.

use crate::resource::WrittenTls;
use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-tls-false-ignored",
    severity: Warning,
    tag: Unnecessary,
    summary: "`tls: false` does not turn off the TLS that `https://` asks for",
    rows: [9],
    finds: "A v1 or v2 Mapping with `tls: false` whose service starts with `https://`.",
    matters: "The scheme decides: the upstream gets TLS, although the manifest seems to say that \
              it does not.",
    remedy: "Write `http://` if plaintext is meant, or leave `tls` out if TLS is.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let Some(WrittenTls::Boolean(tls)) = &mapping.tls_as_written else { return };
        let encrypted = world.effective(upstream).is_some_and(|tls| tls != Effective::Plaintext);
        if tls.value || !encrypted {
            return;
        }
        let service = mapping.service.as_ref().map(|service| service.span);
        found
            .at(&**tls, "`tls: false` has no effect, because the service starts with `https://`")
            .about(&mapping.object)
            .label("has no effect")
            .also_maybe(service, "asks for TLS")
            .note("a v2 `tls: false` is dropped in the conversion to v3alpha1")
            .help("write `http://`, or leave `tls` out");
    });
}
