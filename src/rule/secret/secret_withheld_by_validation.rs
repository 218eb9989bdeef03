//! Secrets that fail Emissary's own validation, where it is enabled.

use crate::cert::golang::GoRefusal;
use crate::rule::shared::validation;
use crate::rule::{Findings, rule};
use crate::world::{SecretReference, World, withheld};

rule! {
    id: "secret-withheld-by-validation",
    severity: Error,
    summary: "Ambassador's own validation withholds a Secret that a context names",
    finds: "A Secret that a context names and whose `tls.key` or `tls.crt` Go cannot parse, in an \
            installation with AMBASSADOR_FORCE_SECRET_VALIDATION: the first PEM block has to be a \
            private key (PKCS#1, PKCS#8 or SEC 1) and an X.509 certificate.",
    matters: "Ambassador withholds such a Secret, so every context that names it is dropped and \
              its upstreams get TLS without a client certificate. Many of these work without the \
              validation: the unedited output of `openssl pkcs12 -nodes`, key and certificate in \
              one file in the wrong order, EC keys with explicit curve parameters, `TRUSTED \
              CERTIFICATE` with trust settings.",
    remedy: "Put the key and the certificate into one entry each, with nothing before them.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(why) = validation(world) else { return };
    let mut told = Vec::new();
    for context in &world.contexts {
        let settings = &context.settings;
        let named = context.secret.as_deref().into_iter();
        let others = [&settings.ca_secret, &settings.crl_secret].into_iter().flatten();
        for written in named.chain(others.map(|reference| reference.as_str())) {
            let SecretReference { namespace, name, .. } = world.secret_reference(context, written);
            let Some(secret) = world.secret(&namespace, &name) else { continue };
            let Some((entry, refusal)) = withheld(secret) else { continue };
            if told.contains(&(namespace.clone(), name.clone())) {
                continue;
            }
            // Another rule reports this cause and its fix more precisely.
            if matches!(&refusal, GoRefusal::Unparsable { label, .. } if label == "EC PARAMETERS") {
                continue;
            }
            found
                .at(&entry.key, format!("`{}` of Secret `{namespace}/{name}` fails Ambassador's own validation", *entry.key))
                .about(&secret.object)
                .label(refusal.to_string())
                .note(format!("{why}: Ambassador withholds the Secret, and the contexts that name it are dropped"))
                .note("Go's parsers decide here, and they look only at the first PEM block; Envoy \
                       might read the entry")
                .help("begin `tls.key` with the private key and `tls.crt` with the leaf, as plain \
                       PEM without text or attributes");
            told.push((namespace, name));
        }
    }
}
