//! A certificate entry that is DER, empty or not base64: Emissary drops it silently.

use std::collections::HashSet;

use crate::resource::{Secret, SecretEntry};
use crate::rule::shared::is_pending;
use crate::rule::{Findings, rule};
use crate::world::{Context, SecretReference, World};

rule! {
    id: "secret-certificate-not-text",
    severity: Error,
    summary: "an entry is not text, so Ambassador treats it as absent",
    rows: [61],
    finds: "A Secret that a context names and whose certificate entry is empty, not base64, or not \
            text: most often a certificate in DER.",
    matters: "Ambassador decodes the entry and, if the result is not text, treats it as absent. \
              The context is dropped with `found no certificate in secret`, and its Mappings fall \
              back to plaintext, or to TLS without a client certificate.",
    remedy: "Store certificates as PEM. `openssl x509 -inform der` converts them.",
}

fn check(world: &World, found: &mut Findings) {
    let wanted: HashSet<(String, String)> = world.contexts.iter().flat_map(named).collect();
    for secret in &world.resources.secrets {
        let (namespace, name) = (secret.object.namespace(), secret.object.name.as_str());
        if !wanted.contains(&(namespace.to_owned(), name.to_owned())) {
            continue;
        }
        for entry in
            secret.entries.iter().filter(|entry| is_read(secret, entry) || entry.is_bare_pem())
        {
            if is_pending(secret) && *entry.key == "tls.crt" {
                continue;
            }
            if entry.is_bare_pem() {
                found
                    .at(
                        &entry.key,
                        format!(
                            "`{}` of Secret `{namespace}/{name}` is PEM, but \
                         `data` must be base64",
                            *entry.key
                        ),
                    )
                    .about(&secret.object)
                    .label("not encoded")
                    .note("the API server rejects the whole Secret: illegal base64 data")
                    .help(
                        "move the entry to `stringData`, which takes plain text, or base64-encode it",
                    );
                continue;
            }
            let why = match entry.bytes() {
                _ if entry.is_empty() => "is empty",
                None => "is not base64",
                Some(bytes)
                    if bytes.starts_with(&[0x30]) && std::str::from_utf8(&bytes).is_err() =>
                {
                    "is DER, not PEM"
                }
                Some(bytes) if std::str::from_utf8(&bytes).is_err() => "is not UTF-8 text",
                Some(_) => continue,
            };
            found
                .at(&entry.key, format!("`{}` of Secret `{namespace}/{name}` {why}", *entry.key))
                .about(&secret.object)
                .label("Ambassador treats this entry as absent")
                .note("Ambassador reports \"found no certificate in secret\" and drops the context")
                .help("store the certificate as PEM: `openssl x509 -inform der -in file -out file.pem`");
        }
    }
}

/// The namespaces and names of Secrets that a context may refer to, with and without splitting at a
/// dot.
fn named(context: &Context) -> impl Iterator<Item = (String, String)> {
    let settings = &context.settings;
    let own = context.secret.as_deref();
    let others = [&settings.ca_secret, &settings.crl_secret];
    let others = others.into_iter().flatten().map(|reference| reference.as_str());
    own.into_iter().chain(others).flat_map(|written| {
        [true, false].map(|namespacing| {
            let reference = SecretReference::resolve(written, &context.namespace, namespacing);
            (reference.namespace, reference.name)
        })
    })
}

/// Whether Emissary would read this entry.
fn is_read(secret: &Secret, entry: &SecretEntry) -> bool {
    let key = entry.key.as_str();
    let known = matches!(key, "tls.crt" | "cert-chain.pem" | "root-cert.pem" | "crl.pem");
    // The second name of a pair is used only if the first one is missing.
    known && !(key == "cert-chain.pem" && secret.entry("tls.crt").is_some())
}
