//! The first look at a log: which of its lines can hold anything that the dictionary knows.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Few and short words, so that the search runs as fast as memory is read; each line of the dictionary
/// holds one of them (a test sees to it), in the case in which programs write it.
const WORDS: [&str; 56] = [
    // TLS in the words of programs.
    "SSL", "ssl:", "ssl.", " ssl", "tls", "TLS", "x509", "X509", "PKIX", "ertificate", "CERT", "ALERT", "alert", "andshake", "HANDSHAKE",
    "rust anchor", "private key", "cipher", "CRL", "SDS", "ERR_", "_ERROR", "_VERSION", "alpn", "ALPN",
    // Ambassador's own.
    "esolver", "Originate", "ecret", "nnotation", "reconfigure", "no update", "Duplicate", "Host", "ervice", "snapshot",
    // Envoy's.
    "upstream", "reset reason", "onfiguration", "rejected", "Failed to", "Invalid", "no such", "route", "ROUTE",
    // Response flags, as they stand in access logs.
    " UF", "\"UF", " UC ", "\"UC", " UH ", "\"UH", " UPE", "\"UPE", " NR ", " URX", " UAEX", " DF",
];

static SIEVE: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(WORDS).ok());

/// Where the next word of the sieve stands.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let sieve = SIEVE.as_ref()?;
    sieve.find(aho_corasick::Input::new(bytes).range(from..)).map(|hit| hit.start())
}
