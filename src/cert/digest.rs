//! Digests, for stable names.

use aws_lc_rs::digest;

use super::words::hexadecimal;

/// SHA-256 of some bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(digest::digest(&digest::SHA256, bytes).as_ref(), "")
}

/// SHA-1 of concatenated texts in upper-case hexadecimal: not for security, but for the names that
/// Emissary gives to clusters and files.
pub fn sha1<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
    for text in texts {
        context.update(text.as_bytes());
    }
    hexadecimal(context.finish().as_ref(), "").to_uppercase()
}
