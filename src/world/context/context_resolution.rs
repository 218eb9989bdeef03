//! Resolves a context's Secrets and files and decides whether it is kept (`IRTLSContext.resolve`).

use super::context::{Context, Material, SecretUse};
use super::context_fault::ContextFaultKind;
use crate::document::{Located, Text};
use crate::world::SecretReference;
use crate::world::secret::Namespacing;
use crate::world::secret::PodFiles;
use crate::world::secret::{FoundSecret, SecretLookup, SecretStore};

/// `IRTLSContext.resolve`; returns false if the context is dropped.
pub(crate) fn resolve(
    context: &mut Context,
    namespacing: &Namespacing,
    secrets: &mut SecretStore<'_>,
    files: &PodFiles<'_>,
) -> bool {
    let mut lookups = Vec::new();
    let kept = look_up(context, namespacing, secrets, files, &mut lookups);
    lookups.shrink_to_fit();
    context.lookups = lookups;
    kept
}

fn look_up(
    context: &mut Context,
    namespacing: &Namespacing,
    secrets: &mut SecretStore<'_>,
    files: &PodFiles<'_>,
    lookups: &mut Vec<SecretUse>,
) -> bool {
    let settings = context.settings.clone();
    let (_, namespacing) = match context.secret_namespacing {
        Some(own) => (own, own),
        None => namespacing.for_context(None),
    };
    let own_namespace = context.namespace.clone();
    let mut find = |field: &'static str, written: &str| {
        let reference = SecretReference::resolve(written, &own_namespace, namespacing);
        let lookup = secrets.resolve(&reference);
        let got = match &lookup {
            SecretLookup::Found(found) => Some((found.namespace.clone(), found.name.clone())),
            SecretLookup::Missing => None,
        };
        lookups.push(SecretUse { field, reference: reference.clone(), got });
        match lookup {
            SecretLookup::Found(found) => Ok(found),
            SecretLookup::Missing => Err(reference),
        }
    };
    let survives_bad_secret =
        settings.redirect_cleartext_from.is_some() || settings.alpn_protocols.is_some();
    let other_material = settings.material().any(|field| field.name() != "secret");
    if context.secret.is_none() && !other_material {
        context.reject(ContextFaultKind::NoCertificateInformation);
    }
    let file =
        |file: &Option<Located<Text>>| Some(Material::File(file.as_ref()?.value.to_string()));
    context.certificate = file(&settings.cert_chain_file);
    context.private_key = file(&settings.private_key_file);
    context.trusted_ca = file(&settings.cacert_chain_file);
    context.crl = file(&settings.crl_file);
    let mut secret_valid = true;
    if let Some(secret) = context.secret.clone() {
        match find("secret", &secret) {
            Err(missing) => {
                context.reject(ContextFaultKind::NoCertificate(missing));
                secret_valid = false;
            }
            Ok(found) => {
                let Some(key) = found.private_key else {
                    let (name, namespace) = (found.name, found.namespace);
                    let keyless = SecretReference { written: secret, namespace, name };
                    context.reject(ContextFaultKind::NoPrivateKey(keyless));
                    return false;
                };
                context.certificate = Some(material(&found, found.certificate));
                context.private_key = Some(material(&found, Some(key)));
                if found.root.is_some() {
                    context.trusted_ca = Some(material(&found, found.root));
                }
            }
        }
    }
    if let Some(crl) = &settings.crl_secret {
        match find("crl_secret", crl) {
            Err(missing) => {
                context.reject(ContextFaultKind::NoRevocationList(missing));
                secret_valid = false;
            }
            Ok(found) => context.crl = Some(material(&found, found.user_key)),
        }
    }
    let has_certificate = !matches!(context.certificate, None | Some(Material::Nothing { .. }));
    let asks_for_ca = settings.ca_secret.is_some() || context.trusted_ca.is_some();
    if asks_for_ca && !has_certificate {
        context.reject(ContextFaultKind::TrustAnchorsAlone);
        return false;
    }
    if let Some(ca) = &settings.ca_secret {
        match find("ca_secret", ca) {
            Err(missing) => {
                context.reject(ContextFaultKind::NoTrustAnchors(missing));
                secret_valid = false;
            }
            Ok(found) => context.trusted_ca = Some(material(&found, found.certificate)),
        }
    }
    if !secret_valid {
        return survives_bad_secret;
    }
    check_files(context, files)
}

fn check_files(context: &mut Context, files: &PodFiles<'_>) -> bool {
    let paths = [
        ("cert_chain_file", context.certificate.clone(), true),
        ("private_key_file", context.private_key.clone(), true),
        ("cacert_chain_file", context.trusted_ca.clone(), false),
        ("crl_file", context.crl.clone(), false),
    ];
    let mut good = true;
    for (field, material, needed_to_terminate) in paths {
        match material {
            Some(Material::File(path)) if !files.finds(&path) => {
                context.reject(ContextFaultKind::NoFile { field, path });
                good = false;
            }
            None | Some(Material::Nothing { .. })
                if needed_to_terminate && !context.hosts.is_empty() =>
            {
                context.reject(ContextFaultKind::FieldMissing { field });
                good = false;
            }
            _ => {}
        }
    }
    good
}

fn material(found: &FoundSecret, key: Option<&'static str>) -> Material {
    let (namespace, name) = (found.namespace.clone(), found.name.clone());
    match key {
        Some(key) => Material::Secret { namespace, name, key, index: found.index },
        None => Material::Nothing { namespace, name },
    }
}
