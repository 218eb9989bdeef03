//! A `tls` block in the `ambassador` Module.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "module-tls-block",
    severity: Error,
    tag: Deprecated,
    summary: "a `tls` block in the `ambassador` Module creates no contexts",
    rows: [92],
    finds: "A `tls` block in `config` of the Module `ambassador`, as in very old versions.",
    matters: "Ambassador creates no context from it. Mappings that name one of its blocks fall \
              back to plaintext, or to TLS without a client certificate; the diagnostics mention \
              the block only as deprecated.",
    remedy: "Write a TLSContext for each block. Server certificates belong to a Host.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(module) = world.module() else { return };
    let Some(block) = module.tls_block else { return };
    found
        .at(block, "`tls` in the Module `ambassador` has no effect")
        .about(&module.object)
        .label("creates no context")
        .note("Ambassador reports the block as deprecated; a Mapping that names one of its blocks finds nothing")
        .help("write a TLSContext for each block, and a Host for server certificates");
}
