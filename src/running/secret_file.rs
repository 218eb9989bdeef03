//! The files that Emissary writes Secrets to, whose names contain a hash of the content.

use crate::cert::sha1;
use crate::resource::Secret;

/// A path `…/NAMESPACE/secrets-decoded/NAME/SHA1.crt` (`utils.py`, `cache_internal`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SecretFile<'p> {
    pub(super) namespace: &'p str,
    pub(super) name: &'p str,
    /// SHA-1 of certificate, key and `user.key`; the roots are not in it.
    pub(super) sha1: &'p str,
    /// `crt`, `key`, `user`, `root.crt`.
    pub(super) extension: &'p str,
}

impl<'p> SecretFile<'p> {
    /// Parses a path; `None` if it is not one of Emissary's Secret files.
    pub(super) fn read(path: &'p str) -> Option<Self> {
        let (rest, file) = path.rsplit_once('/')?;
        let (rest, name) = rest.rsplit_once('/')?;
        let namespace = rest.strip_suffix("/secrets-decoded")?.rsplit('/').next()?;
        let (sha1, extension) = file.split_once('.')?;
        Some(Self { namespace, name, sha1, extension })
    }
}

/// The hash in the names of a Secret's files; `None` if the Secret has nothing that Emissary saves.
pub(super) fn content_name(secret: &Secret) -> Option<String> {
    let entry = |keys: [&str; 2]| {
        keys.into_iter().find_map(|key| secret.entry(key).and_then(|entry| entry.text()))
    };
    let parts = [
        entry(["tls.crt", "cert-chain.pem"]),
        entry(["tls.key", "key.pem"]),
        entry(["user.key", "crl.pem"]),
    ];
    let root = secret.entry("root-cert.pem").and_then(|entry| entry.text());
    let saved = parts[0].is_some() || parts[2].is_some() || root.is_some();
    let texts = parts.iter().flatten().map(String::as_str);
    saved.then(|| sha1(texts))
}

/// The file extension for a Secret's key.
pub(super) fn extension(key: &str) -> &'static str {
    match key {
        "tls.crt" | "cert-chain.pem" => "crt",
        "tls.key" | "key.pem" => "key",
        "root-cert.pem" => "root.crt",
        _ => "user",
    }
}
