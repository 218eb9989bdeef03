//! A Host links a TLSContext whose `hosts` have other names.

use crate::world::{HostFaultKind, World};

use crate::rule::{Findings, rule};

rule! {
    id: "host-names-mismatch",
    severity: Warning,
    summary: "a Host's TLSContext is for other host names",
    rows: [87],
    finds: "A Host that links a TLSContext whose `hosts` contain neither the Host's `hostname` nor \
            its name. The comparison is literal: `*.example.com` does not match \
            `shop.example.com`.",
    matters: "Ambassador reports \"Hosts mismatch\" and continues. `hosts` looks like a \
              restriction but is not one, and a TCPMapping finds the context by these names, not \
              by the Host's.",
    remedy: "Add the Host's `hostname` to `hosts`, or leave `hosts` out.",
}

fn check(world: &World, found: &mut Findings) {
    for fault in world.host_faults() {
        let HostFaultKind::Names(context) = fault.kind else { continue };
        let (name, linked) = (&fault.host.object.name.value, &context.object.name.value);
        let hosts = context.settings.hosts.as_ref();
        let glob = fault.host.glob();
        found
            .at(
                fault.reference,
                format!("the TLSContext `{linked}` is not for the names of the Host `{name}`"),
            )
            .about(&fault.host.object)
            .label(format!("linked by the Host for `{glob}`"))
            .also_maybe(hosts, "for these names only")
            .note("Ambassador reports an error in its diagnostics but still uses the context")
            .help(format!("add `{glob}` to `hosts` of the TLSContext, or leave `hosts` out"));
    }
}
