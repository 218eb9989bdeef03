//! A Host with inline TLS settings and a TLSContext.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "host-tls-twice",
    severity: Error,
    summary: "a Host has both `tls` and `tlsContext`",
    rows: [88],
    finds: "A Host with TLS settings below `tls` that also names a TLSContext in `tlsContext`.",
    matters: "Ambassador drops the Host. If it was the only one, a default Host takes its place, \
              which serves all names in cleartext.",
    remedy: "Keep one of the two.",
}

fn check(world: &World, found: &mut Findings) {
    let stored = world.filed_hosts().stored.iter();
    for host in stored.map(|stored| &world.resources.hosts[stored.index]) {
        let (Some(_), Some(context), Some(tls)) = (&host.tls_secret, &host.tls_context, &host.tls)
        else {
            continue;
        };
        let name = &host.object.name.value;
        found
            .at(tls.key(), format!("the Host `{name}` has both `tls` and `tlsContext`"))
            .about(&host.object)
            .label("its own settings")
            .also(context, "and those of a TLSContext")
            .note(format!("Ambassador drops the Host, so `{}` is not served by it", host.glob()))
            .help("move the settings of `tls` to the TLSContext, or remove `tlsContext`");
    }
}
