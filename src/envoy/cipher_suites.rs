//! The cipher suites of Envoy's BoringSSL, and the aliases that include them.

/// A suite of TLS 1.2 or below: its BoringSSL and standard names, and the aliases that include it.
pub(super) struct Suite {
    pub(super) name: &'static str,
    pub(super) standard: &'static str,
    aliases: &'static str,
    /// Whether aliases exclude it unless they name it.
    pub(super) deprecated: bool,
    /// Whether it is supported since Envoy 1.38.
    pub(super) new: bool,
}

impl Suite {
    pub(super) fn is_covered_by(&self, alias: &str) -> bool {
        let wanted = match alias {
            "ALL" | "HIGH" | "FIPS" => return true,
            "kECDHE" | "kEECDH" | "EECDH" | "ECDH" => "ECDHE",
            "aECDSA" => "ECDSA",
            "PSK" => "kPSK",
            "SHA" => "SHA1",
            "SSLv3" => "TLSv1",
            other => other,
        };
        self.aliases.split(' ').any(|own| own == wanted)
    }
}

const fn suite(name: &'static str, standard: &'static str, aliases: &'static str) -> Suite {
    Suite { name, standard, aliases, deprecated: false, new: false }
}

const fn deprecated(name: &'static str, standard: &'static str, aliases: &'static str) -> Suite {
    Suite { deprecated: true, ..suite(name, standard, aliases) }
}

/// `kCiphers` without TLS 1.3; `SSLv3` and `TLSv1` are the same alias.
#[rustfmt::skip]
pub(super) static SUITES: [Suite; 22] = [
    suite("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE ECDSA AES128 AES AESGCM TLSv1.2"),
    suite("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE ECDSA AES256 AES AESGCM TLSv1.2"),
    suite("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE ECDSA CHACHA20 TLSv1.2"),
    suite("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE aRSA AES128 AES AESGCM TLSv1.2"),
    suite("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE aRSA AES256 AES AESGCM TLSv1.2"),
    suite("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE aRSA CHACHA20 TLSv1.2"),
    suite("ECDHE-PSK-CHACHA20-POLY1305", "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", "ECDHE aPSK CHACHA20 TLSv1.2"),
    suite("ECDHE-ECDSA-AES128-SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE ECDSA AES128 AES SHA1 TLSv1"),
    suite("ECDHE-ECDSA-AES256-SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE ECDSA AES256 AES SHA1 TLSv1"),
    suite("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE aRSA AES128 AES SHA1 TLSv1"),
    suite("ECDHE-RSA-AES256-SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE aRSA AES256 AES SHA1 TLSv1"),
    suite("ECDHE-PSK-AES128-CBC-SHA", "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA", "ECDHE aPSK AES128 AES SHA1 TLSv1"),
    suite("ECDHE-PSK-AES256-CBC-SHA", "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA", "ECDHE aPSK AES256 AES SHA1 TLSv1"),
    deprecated("ECDHE-RSA-AES128-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE aRSA AES128 AES SHA256 TLSv1.2"),
    Suite { new: true, ..deprecated("ECDHE-ECDSA-AES128-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE ECDSA AES128 AES SHA256 TLSv1.2") },
    suite("AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256", "kRSA aRSA RSA AES128 AES AESGCM TLSv1.2"),
    suite("AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384", "kRSA aRSA RSA AES256 AES AESGCM TLSv1.2"),
    suite("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", "kRSA aRSA RSA AES128 AES SHA1 TLSv1"),
    suite("AES256-SHA", "TLS_RSA_WITH_AES_256_CBC_SHA", "kRSA aRSA RSA AES256 AES SHA1 TLSv1"),
    suite("PSK-AES128-CBC-SHA", "TLS_PSK_WITH_AES_128_CBC_SHA", "kPSK aPSK AES128 AES SHA1 TLSv1"),
    suite("PSK-AES256-CBC-SHA", "TLS_PSK_WITH_AES_256_CBC_SHA", "kPSK aPSK AES256 AES SHA1 TLSv1"),
    deprecated("DES-CBC3-SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "kRSA aRSA RSA 3DES SHA1 TLSv1"),
];

/// TLS 1.3 suites are enabled whenever TLS 1.3 is: BoringSSL knows the names but ignores them. A
/// list of only these is empty and rejected.
pub(super) const TLS13: [&str; 3] =
    ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];

/// The names of the suites that can be selected, in BoringSSL's order; TLS 1.3 suites cannot be
/// selected.
pub fn cipher_suite_names() -> impl Iterator<Item = &'static str> {
    SUITES.iter().filter(|suite| !suite.deprecated && !suite.new).map(|suite| suite.name)
}

/// Whether this suite works below TLS 1.2: those with SHA-1 and 3DES do.
pub fn works_before_tls12(suite: &str) -> bool {
    suite.ends_with("-SHA")
}

/// `kCipherAliases`; `SHA384` no longer includes any suite.
pub(super) fn is_alias(word: &str) -> bool {
    const MORE: [&str; 12] = [
        "ALL", "HIGH", "FIPS", "kECDHE", "kEECDH", "EECDH", "ECDH", "aECDSA", "PSK", "SHA",
        "SSLv3", "SHA384",
    ];
    MORE.contains(&word)
        || SUITES.iter().any(|suite| suite.aliases.split(' ').any(|own| own == word))
}
