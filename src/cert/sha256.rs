//! SHA-256 for whoever needs a name that does not change.

use aws_lc_rs::digest;

use super::words::hexadecimal;

/// SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(digest::digest(&digest::SHA256, bytes).as_ref(), "")
}
