//! The legacy `tls` Module, most of whose options have no effect.

use crate::diagnostic::Severity;
use crate::resource::{LegacyContext, Module};
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "module-tls-legacy",
    severity: Warning,
    tag: Deprecated,
    summary: "options of the legacy `tls` Module are dropped",
    rows: [90],
    finds: "A Module named `tls`, whose blocks were contexts before TLSContexts existed: options \
            in it that are dropped, and a `client` block without a CA.",
    matters: "Of each block only `secret`, `cert_chain_file`, `private_key_file`, `alpn_protocols` \
              and `redirect_cleartext_from` are used. A CA, an SNI or a TLS version is dropped \
              without a message, so the upstream is not verified. A `client` block without a CA \
              replaces the server's certificate.",
    remedy: "Write a TLSContext for each block, with the block's name. Server certificates belong \
             to a Host.",
}

fn check(world: &World, found: &mut Findings) {
    let stored = world.filed_modules().stored.iter();
    let modules = stored.filter(|stored| stored.name == "tls");
    for module in modules.map(|stored| &world.resources.modules[stored.index]) {
        let blocks = || module.legacy_contexts.iter().filter(|block| block.enabled);
        let mut said = false;
        for block in blocks() {
            said |= dropped(found, module, block);
        }
        let server = blocks().any(|block| *block.name == "server");
        if let Some(client) = blocks().find(|block| *block.name == "client").filter(|_| server)
            && client.settings.secret.is_none()
            && client.settings.cacert_chain_file.is_none()
        {
            said = true;
            found
                .at(client.name.key(), "`client` without a CA replaces the certificate of `server`")
                .about(&module.object)
                .label("names no `secret`")
                .note("the server certificate is then taken from the Secret `ambassador-cacert`")
                .help("name the CA in `secret`, or remove `client`");
        }
        // Its Secret is never fetched, which another rule reports.
        let unfetched = blocks().any(|block| {
            let known = matches!(block.name.as_str(), "upstream" | "server" | "client");
            !known && block.settings.secret.is_some()
        });
        if !said && !unfetched && !world.settings.profile.has(Behaviour::AmbassadorModuleTls) {
            found
                .at(&module.object, "the Module `tls` is no longer supported")
                .about(&module.object)
                .label("not used since 2.0")
                .note("its blocks still become contexts, but only Secret, files and ALPN are used")
                .help("write a TLSContext for each block")
                .severity(Severity::Note);
        }
    }
}

/// Options that the context does not get.
fn dropped(found: &mut Findings, module: &Module, block: &LegacyContext) -> bool {
    let Some(first) = block.dropped.first() else { return false };
    let name = &block.name.value;
    let names: Vec<String> = block.dropped.iter().map(|f| format!("`{}`", f.name())).collect();
    let unverified =
        names.iter().any(|name| name == "`cacert_chain_file`" || name == "`ca_secret`");
    let finding = found
        .at(first.key(), format!("{} of `{name}` in the Module `tls` is dropped", names.join(", ")))
        .about(&module.object)
        .label("without effect")
        .help(format!("replace this block with a TLSContext called `{name}`"));
    if unverified && name != "server" && name != "client" {
        finding.note("upstreams that use the context are not verified");
    }
    true
}
