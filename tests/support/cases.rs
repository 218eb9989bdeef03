//! The cases of `testdata/verify`: certificates of our own making, and what Envoy 1.38.3 said.
//!
//! The verdicts were measured against Envoys from PyPI, not computed by us; see `tests/envoy.rs`,
//! which measures again.

use super::der_writer::{moment, octets, oid, printable, seq, tlv, utf8};
use super::keys::{Hash, TestKey};
use super::maker::*;

/// One case of a server's chain.
pub struct Case {
    pub id: &'static str,
    pub title: &'static str,
    /// What the server sends.
    pub chain: String,
    /// The leaf's key, by name in `testdata/pki/keys`; the replay needs it.
    pub key: String,
    pub ca: Option<String>,
    pub crl: Option<String>,
    /// `max_tls_version: v1.3`.
    pub tls13: bool,
    /// `ecdh_curves`.
    pub curves: &'static [&'static str],
    /// Envoy 1.38's verdict, as [`mtlsctl::cert::EnvoyVerdict`] is written.
    pub verdict: &'static str,
}

struct Kit {
    root_key: TestKey,
    int_key: TestKey,
    int2_key: TestKey,
    leaf_key: TestKey,
    other_key: TestKey,
    root: Made,
    int: Made,
    cases: Vec<Case>,
}

const A: &str = "accepted";
const NO_ISSUER_0: &str = "refused at depth 0: unable to get local issuer certificate";
const EXPIRED_0: &str = "refused at depth 0: certificate has expired";
const EXPIRED_1: &str = "refused at depth 1: certificate has expired";
const EXPIRED_2: &str = "refused at depth 2: certificate has expired";
const BAD_CA_1: &str = "refused at depth 1: invalid CA certificate";
const PURPOSE_0: &str = "refused at depth 0: unsupported certificate purpose";
const ALERT: &str = "refused: ALERT_HANDSHAKE_FAILURE";
const USAGE: &str = "refused: KEY_USAGE_BIT_INCORRECT";
const SIGNATURE_0: &str = "refused at depth 0: certificate signature failure";
const EXTENSION_0: &str = "refused at depth 0: invalid or inconsistent certificate extension";

/// Makes every case.
pub fn all() -> Vec<Case> {
    let key = TestKey::load;
    let (root_key, int_key) = (key("p256-root"), key("p256-int"));
    let root = Spec::root("Test Root", &root_key).self_signed(&root_key);
    let int = Spec::intermediate("Test Intermediate", &int_key).issued_by(&root, &int_key);
    let mut kit = Kit {
        root_key,
        int_key,
        int2_key: key("p256-int2"),
        leaf_key: key("p256-leaf"),
        other_key: key("p256-other"),
        root,
        int,
        cases: Vec::new(),
    };
    kit.basics();
    kit.authorities();
    kit.usages();
    kit.constraints();
    kit.algorithms();
    kit.shapes();
    kit.paths();
    kit.anchors();
    kit.revocation();
    kit.more_revocation();
    kit.policies();
    kit.beyond();
    kit.cases
}

impl Kit {
    /// Adds a case: what is sent, what is trusted.
    fn add(
        &mut self,
        id: &'static str,
        title: &'static str,
        sent: &[&Made],
        ca: &[&Made],
        verdict: &'static str,
    ) -> &mut Case {
        self.cases.push(Case {
            id,
            title,
            chain: pems(sent),
            key: sent[0].key.name.clone(),
            ca: Some(pems(ca)),
            crl: None,
            tls13: false,
            curves: &[],
            verdict,
        });
        self.cases.last_mut().unwrap()
    }

    fn leaf(&self) -> Spec {
        Spec::leaf(&self.leaf_key)
    }

    /// A leaf under the intermediate.
    fn under_int(&self, spec: Spec) -> Made {
        spec.issued_by(&self.int, &self.leaf_key)
    }

    fn basics(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        self.add("S01", "baseline: leaf, intermediate, root", &[&leaf, &int], &[&root], A);
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        self.add("S02", "leaf directly under the root", &[&direct], &[&root], A);
        let other = Spec::root("Other Root", &self.other_key).self_signed(&self.other_key);
        let foreign = self.leaf().issued_by(&other, &self.leaf_key);
        self.add("S03", "leaf of a CA that is not in the file", &[&foreign], &[&root], NO_ISSUER_0);
        let same = Spec::root("Test Root", &self.other_key).self_signed(&self.other_key);
        let forged = self.leaf().issued_by(&same, &self.leaf_key);
        self.add("S04", "same issuer name, another key", &[&forged], &[&root], NO_ISSUER_0);
        let forged = self.leaf().issued_plainly(&same, &self.leaf_key);
        self.add(
            "S04b",
            "same issuer name, another key, no key identifier",
            &[&forged],
            &[&root],
            SIGNATURE_0,
        );
        let expired = self.under_int(self.leaf().expired());
        self.add("S05", "leaf expired", &[&expired, &int], &[&root], EXPIRED_0);
        let early = self.under_int(self.leaf().not_yet());
        self.add(
            "S06",
            "leaf not yet valid",
            &[&early, &int],
            &[&root],
            "refused at depth 0: certificate is not yet valid",
        );
        let old = Spec::intermediate("Test Intermediate", &self.int_key)
            .expired()
            .issued_by(&root, &self.int_key);
        self.add("S07", "intermediate expired", &[&leaf, &old], &[&root], EXPIRED_1);
        let old = Spec::root("Test Root", &self.root_key).expired().self_signed(&self.root_key);
        self.add("S08", "root expired", &[&leaf, &int], &[&old], EXPIRED_2);
        let young = Spec::root("Test Root", &self.root_key).not_yet().self_signed(&self.root_key);
        self.add(
            "S09",
            "root not yet valid",
            &[&leaf, &int],
            &[&young],
            "refused at depth 2: certificate is not yet valid",
        );
        let named =
            self.under_int(self.leaf().with(alternative_names(&[dns("elsewhere.example")])));
        self.add("S10", "alternative name of another host", &[&named, &int], &[&root], A);
        let named = self.under_int(self.leaf().without("2.5.29.17"));
        self.add("S11", "common name alone", &[&named, &int], &[&root], A);
        let alone = self.leaf().self_signed(&self.leaf_key);
        self.add("S13", "self-signed leaf, itself in the CA file", &[&alone], &[&alone], A);
        let alone = self
            .leaf()
            .no_extensions()
            .and(alternative_names(&[dns("localhost")]))
            .self_signed(&self.leaf_key);
        self.add(
            "S14",
            "self-signed leaf without usages, itself in the CA file",
            &[&alone],
            &[&alone],
            A,
        );
        let alone = Spec::root("localhost", &self.leaf_key)
            .without("2.5.29.15")
            .with(alternative_names(&[dns("localhost")]))
            .self_signed(&self.leaf_key);
        self.add("S15", "self-signed CA:TRUE, itself in the CA file", &[&alone], &[&alone], A);
        self.add(
            "S15b",
            "self-signed leaf that is not in the CA file",
            &[&alone],
            &[&root],
            "refused at depth 0: self signed certificate",
        );
        let alone = self.leaf().without("2.5.29.15").expired().self_signed(&self.leaf_key);
        self.add(
            "S15c",
            "self-signed leaf expired, itself in the CA file",
            &[&alone],
            &[&alone],
            EXPIRED_0,
        );
        self.add("S16", "the leaf itself is the only CA", &[&leaf], &[&leaf], A);
        self.add(
            "S17",
            "only the intermediate is trusted; leaf and intermediate sent",
            &[&leaf, &int],
            &[&int],
            A,
        );
        self.add("S17b", "only the intermediate is trusted; leaf sent", &[&leaf], &[&int], A);
        self.add("S18", "intermediate missing", &[&leaf], &[&root], NO_ISSUER_0);
        self.add("S19", "intermediate missing, but trusted", &[&leaf], &[&root, &int], A);
        self.add("S20", "leaf, root, intermediate", &[&leaf, &root, &int], &[&root], A);
        self.add(
            "S20b",
            "an unrelated certificate is sent along",
            &[&leaf, &other, &int],
            &[&root],
            A,
        );
        self.add("S20c", "the intermediate is sent twice", &[&leaf, &int, &int], &[&root], A);
        self.add("S21", "the root is sent too", &[&leaf, &int, &root], &[&root], A);
        let wrong = self.leaf().expired().issued_by(&other, &self.leaf_key);
        self.add("S86", "no CA: untrusted, expired, wrong name", &[&wrong], &[&root], A).ca = None;
    }

    fn authorities(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        let plain = Spec::bare("Test Root", &self.root_key).version(1).self_signed(&self.root_key);
        self.add("S23", "version 1 root as anchor", &[&leaf, &int], &[&plain], A);
        let v1 = Spec::bare("Test Intermediate", &self.int_key)
            .version(1)
            .issued_plainly(&root, &self.int_key);
        self.add("S24", "version 1 intermediate", &[&leaf, &v1], &[&root], BAD_CA_1);
        let v1 =
            Spec::bare("localhost", &self.leaf_key).version(1).issued_plainly(&int, &self.leaf_key);
        self.add("S25", "version 1 leaf", &[&v1, &int], &[&root], A);
        let v1 = Spec::bare("localhost", &self.leaf_key).version(1).self_signed(&self.leaf_key);
        self.add("S25b", "version 1 self-signed leaf, trusted", &[&v1], &[&v1], A);
        let with_root = |spec: Spec, kit: &Self| spec.self_signed(&kit.root_key);
        let base = Spec::root("Test Root", &self.root_key);
        let anchor = with_root(base.clone().without("2.5.29.19"), self);
        self.add("S26", "root without basicConstraints", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().no_extensions(), self);
        self.add("S26b", "root without extensions", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().with(basic_constraints(false, None, true)), self);
        self.add("S28", "root CA:FALSE", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().with(key_usage(0x02)), self);
        self.add(
            "S31",
            "root's keyUsage lacks keyCertSign",
            &[&leaf, &int],
            &[&anchor],
            "refused at depth 1: unable to get local issuer certificate",
        );
        let anchor = with_root(base.clone().with(basic_constraints(true, Some(0), true)), self);
        self.add("S32", "root with path length 0, one intermediate", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().with(extended_key_usage(&[CLIENT_AUTH])), self);
        self.add("S39", "root for clientAuth only", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().and(extension("1.2.3.4.5", true, b"x")), self);
        self.add("S51", "unknown critical extension on the root", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.clone().corrupt(), self);
        self.add("S94b", "root's own signature is broken", &[&leaf, &int], &[&anchor], A);
        let anchor = with_root(base.with(basic_constraints(true, None, false)), self);
        self.add(
            "S34r",
            "basicConstraints of the root not critical",
            &[&leaf, &int],
            &[&anchor],
            A,
        );

        let base = Spec::intermediate("Test Intermediate", &self.int_key);
        let by_root = |spec: Spec, kit: &Self| spec.issued_by(&kit.root, &kit.int_key);
        let middle = by_root(base.clone().without("2.5.29.19").without("2.5.29.15"), self);
        self.add(
            "S27",
            "intermediate without basicConstraints",
            &[&leaf, &middle],
            &[&root],
            BAD_CA_1,
        );
        let middle = by_root(base.clone().without("2.5.29.19"), self);
        self.add("S27b", "the same, but keyCertSign", &[&leaf, &middle], &[&root], BAD_CA_1);
        let middle = by_root(base.clone().with(basic_constraints(false, None, true)), self);
        self.add("S29", "intermediate CA:FALSE", &[&leaf, &middle], &[&root], BAD_CA_1);
        let middle = by_root(base.clone().with(key_usage(0x02)), self);
        self.add(
            "S30",
            "intermediate's keyUsage lacks keyCertSign",
            &[&leaf, &middle],
            &[&root],
            NO_ISSUER_0,
        );
        let middle = by_root(base.clone().with(basic_constraints(true, None, false)), self);
        self.add("S34", "basicConstraints not critical", &[&leaf, &middle], &[&root], A);
        let middle = by_root(base.clone().with(extended_key_usage(&[CLIENT_AUTH])), self);
        self.add(
            "S38",
            "intermediate for clientAuth only",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 1: unsupported certificate purpose",
        );
        let middle = by_root(base.clone().and(extension("1.2.3.4.5", true, b"x")), self);
        self.add(
            "S50",
            "unknown critical extension on the intermediate",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 1: unhandled critical extension",
        );
        let middle =
            by_root(base.without("2.5.29.15").with(basic_constraints(true, Some(0), true)), self);
        self.add("S99h", "path length without keyUsage", &[&leaf, &middle], &[&root], A);
        let upper = by_root(
            Spec::intermediate("Test Upper", &self.int_key).with(basic_constraints(
                true,
                Some(0),
                true,
            )),
            self,
        );
        let lower =
            Spec::intermediate("Test Lower", &self.int2_key).issued_by(&upper, &self.int2_key);
        let deep = self.leaf().issued_by(&lower, &self.leaf_key);
        self.add(
            "S33",
            "path length 0 above another intermediate",
            &[&deep, &lower, &upper],
            &[&root],
            "refused at depth 2: path length constraint exceeded",
        );
        let as_leaf = Spec::intermediate("localhost", &self.leaf_key)
            .with(key_usage(0x86))
            .issued_by(&upper, &self.leaf_key);
        self.add("S99f", "CA:TRUE leaf under path length 0", &[&as_leaf, &upper], &[&root], A);
        let as_leaf = Spec::intermediate("localhost", &self.leaf_key)
            .with(key_usage(0x86))
            .issued_by(&int, &self.leaf_key);
        self.add("S42", "a CA used as leaf", &[&as_leaf, &int], &[&root], A);
        let signs = self.under_int(self.leaf().with(key_usage(0x84)));
        self.add("S99e", "leaf with keyCertSign and CA:FALSE", &[&signs, &int], &[&root], A);
        let odd = self.under_int(self.leaf().with(basic_constraints(false, Some(0), true)));
        self.add("S99g", "CA:FALSE with a path length", &[&odd, &int], &[&root], EXTENSION_0);
    }

    fn usages(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let of = |kit: &Self, spec: Spec| kit.under_int(spec);
        let leaf = of(self, self.leaf().with(extended_key_usage(&[CLIENT_AUTH])));
        self.add("S35", "leaf for clientAuth only", &[&leaf, &int], &[&root], PURPOSE_0);
        let leaf = of(self, self.leaf().without("2.5.29.37"));
        self.add("S36", "leaf without extendedKeyUsage", &[&leaf, &int], &[&root], A);
        let leaf = of(self, self.leaf().with(extended_key_usage(&[ANY_USAGE])));
        self.add("S37", "leaf for anyExtendedKeyUsage only", &[&leaf, &int], &[&root], PURPOSE_0);
        let rsa = TestKey::load("rsa2048");
        let leaf = Spec::leaf(&rsa).with(key_usage(0x20)).issued_by(&int, &rsa);
        self.add("S40", "RSA leaf with keyEncipherment only", &[&leaf, &int], &[&root], USAGE);
        self.add("S40b", "the same, TLS 1.3 allowed", &[&leaf, &int], &[&root], USAGE).tls13 = true;
        let leaf = of(self, self.leaf().with(key_usage(0x08)));
        self.add("S41", "EC leaf with keyAgreement only", &[&leaf, &int], &[&root], ALERT);
        self.add("S41b", "the same, TLS 1.3 allowed", &[&leaf, &int], &[&root], USAGE).tls13 = true;
        let leaf = of(self, self.leaf().and(extension("1.2.3.4.5", true, b"x")));
        self.add(
            "S49",
            "unknown critical extension on the leaf",
            &[&leaf, &int],
            &[&root],
            "refused at depth 0: unhandled critical extension",
        );
        let leaf = of(
            self,
            self.leaf()
                .with(alternative_names(&[uri("spiffe://cluster.local/ns/default/sa/bookinfo")])),
        );
        self.add("S48", "SPIFFE identity alone", &[&leaf, &int], &[&root], A);
    }

    fn constraints(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        let permits = |names: &[Vec<u8>]| name_constraints(names, &[]);
        let limited_root = |kit: &Self, limit: Vec<u8>| {
            Spec::root("Test Root", &kit.root_key).and(limit).self_signed(&kit.root_key)
        };
        let limited = |kit: &Self, limit: Vec<u8>| {
            Spec::intermediate("Test Intermediate", &kit.int_key)
                .and(limit)
                .issued_by(&kit.root, &kit.int_key)
        };
        const OUTSIDE: &str = "refused at depth 0: permitted subtree violation";
        let anchor = limited_root(self, permits(&[dns(".example.com")]));
        self.add(
            "S43",
            "root permits .example.com; the leaf is localhost",
            &[&leaf, &int],
            &[&anchor],
            OUTSIDE,
        );
        let middle = limited(self, permits(&[dns("example.com")]));
        self.add(
            "S43b",
            "intermediate permits example.com; the leaf is localhost",
            &[&leaf, &middle],
            &[&root],
            OUTSIDE,
        );
        let bare = self.under_int(self.leaf().without("2.5.29.17"));
        self.add(
            "S46",
            "constraint, and a common name like a host's without alternative names",
            &[&bare, &middle],
            &[&root],
            "refused at depth -1: Issuer has name constraints but leaf has no SANs",
        );
        let bare = self.under_int(self.leaf().without("2.5.29.17").subject(name("my server")));
        self.add(
            "S46b",
            "constraint, and a common name unlike a host's",
            &[&bare, &middle],
            &[&root],
            A,
        );
        let middle = limited(self, permits(&[dns("localhost")]));
        self.add("S44", "intermediate permits localhost", &[&leaf, &middle], &[&root], A);
        let middle = limited(self, name_constraints(&[], &[dns("localhost")]));
        self.add(
            "S45",
            "intermediate excludes localhost",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 0: excluded subtree violation",
        );
        let spiffe =
            self.under_int(self.leaf().with(alternative_names(&[uri("spiffe://cluster.local/x")])));
        let middle = limited(self, permits(&[uri("cluster.local")]));
        self.add("S47", "URI constraint that fits", &[&spiffe, &middle], &[&root], A);
        let middle = limited(self, permits(&[uri("other.local")]));
        self.add(
            "S47b",
            "URI constraint that does not fit",
            &[&spiffe, &middle],
            &[&root],
            OUTSIDE,
        );
        let numbered = self.under_int(
            self.leaf().with(alternative_names(&[dns("localhost"), ip(&[127, 0, 0, 1])])),
        );
        let middle = limited(self, permits(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]));
        self.add(
            "S47c",
            "address constraint",
            &[&numbered, &middle],
            &[&root],
            "refused at depth 0: unsupported name constraint type",
        );
        let below = self.under_int(self.leaf().with(alternative_names(&[dns("a.example.com")])));
        let middle = limited(self, permits(&[dns(".example.com")]));
        self.add("S47d", "constraint with a leading dot", &[&below, &middle], &[&root], A);
    }

    fn algorithms(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        // Leaves with other keys.
        for (id, title, key, verdict) in [
            ("S52", "leaf RSA 1024", "rsa1024", A),
            ("S67d", "leaf RSA 1536", "rsa1536", A),
            ("S67", "leaf RSA 4096", "rsa4096", A),
            ("S67b", "leaf RSA 8192", "rsa8192", A),
            ("S67c", "leaf RSA 2048 with exponent 3", "rsa2048-e3", A),
            ("S61", "leaf P-256", "p256-other", A),
            ("S59", "leaf P-521", "p521", ALERT),
            ("S60", "leaf P-384", "p384", ALERT),
            ("S62", "leaf Ed25519", "ed25519", ALERT),
            ("S62b", "leaf Ed448", "ed448", ALERT),
            ("S62c", "leaf secp256k1", "k256", ALERT),
        ] {
            let key = TestKey::load(key);
            let leaf = Spec::leaf(&key).issued_by(&int, &key);
            self.add(id, title, &[&leaf, &int], &[&root], verdict);
        }
        for (id, title, key, verdict) in [
            ("S59t13", "leaf P-521, TLS 1.3 allowed", "p521", ALERT),
            ("S60t13", "leaf P-384, TLS 1.3 allowed", "p384", A),
            ("S62t13", "leaf Ed25519, TLS 1.3 allowed", "ed25519", ALERT),
        ] {
            let key = TestKey::load(key);
            let leaf = Spec::leaf(&key).issued_by(&int, &key);
            self.add(id, title, &[&leaf, &int], &[&root], verdict).tls13 = true;
        }
        let p384 = TestKey::load("p384");
        let leaf = Spec::leaf(&p384).issued_by(&int, &p384);
        self.add("S60c", "leaf P-384, ecdh_curves with P-384", &[&leaf, &int], &[&root], A)
            .curves = &["X25519", "P-256", "P-384"];
        // CAs with other keys and digests.
        for (id, title, key, hash, verdict) in [
            ("S53", "root RSA 1024", "rsa1024", Hash::Sha256, A),
            ("S63", "CA key Ed25519", "ed25519", Hash::Sha256, A),
            ("S63b", "CA key P-521 signing with SHA-512", "p521", Hash::Sha512, A),
            ("S63c", "CA key P-384 signing with SHA-384", "p384", Hash::Sha384, A),
            ("S63d", "CA key P-384 signing with SHA-256", "p384", Hash::Sha256, A),
            ("S63e", "CA key P-256 signing with SHA-512", "p256-other", Hash::Sha512, A),
            ("S63f", "CA key P-256 signing with SHA-384", "p256-other", Hash::Sha384, A),
            ("S63g", "CA key P-384 signing with SHA-512", "p384", Hash::Sha512, A),
            ("S63h", "CA key P-521 signing with SHA-256", "p521", Hash::Sha256, A),
            ("S63i", "CA key P-256 signing with SHA-1", "p256-other", Hash::Sha1, A),
            ("S64", "RSA CA signing with PSS", "rsa2048", Hash::Pss, A),
            (
                "S65",
                "CA key of id-RSASSA-PSS",
                "rsapss",
                Hash::Pss,
                "refused at depth 0: unable to decode issuer public key",
            ),
            ("S55", "leaf signed with SHA-1", "rsa2048", Hash::Sha1, A),
            ("S58", "leaf signed with MD5", "rsa2048", Hash::Md5, SIGNATURE_0),
        ] {
            let key = TestKey::load(key);
            let anchor = Spec::root("Test Odd Root", &key).hash(hash).self_signed(&key);
            let leaf = self.leaf().hash(hash).issued_by(&anchor, &self.leaf_key);
            self.add(id, title, &[&leaf], &[&anchor], verdict);
        }
        let weak = TestKey::load("rsa1024");
        let middle = Spec::intermediate("Test Intermediate", &weak).issued_by(&root, &weak);
        let leaf = self.leaf().issued_by(&middle, &self.leaf_key);
        self.add("S54", "intermediate RSA 1024", &[&leaf, &middle], &[&root], A);
        let rsa = TestKey::load("rsa2048");
        let anchor = Spec::root("Test RSA Root", &rsa).self_signed(&rsa);
        let middle = Spec::intermediate("Test Intermediate", &self.int_key)
            .hash(Hash::Sha1)
            .issued_by(&anchor, &self.int_key);
        let leaf = self.under_int(self.leaf());
        self.add("S56", "intermediate signed with SHA-1", &[&leaf, &middle], &[&anchor], A);
        let anchor = Spec::root("Test RSA Root", &rsa).hash(Hash::Sha1).self_signed(&rsa);
        let direct = self.leaf().issued_by(&anchor, &self.leaf_key);
        self.add("S57", "root's own signature with SHA-1", &[&direct], &[&anchor], A);
        let middle_key = TestKey::load("rsa2048-other");
        let middle = Spec::intermediate("Test RSA Intermediate", &middle_key)
            .hash(Hash::Sha512)
            .issued_by(&anchor, &middle_key);
        let leaf = Spec::leaf(&rsa).hash(Hash::Sha384).issued_by(&middle, &rsa);
        self.add("S68", "RSA with SHA-384 and SHA-512", &[&leaf, &middle], &[&anchor], A);
        let broken = self.under_int(self.leaf().corrupt());
        self.add("S94", "leaf's signature is broken", &[&broken, &int], &[&root], SIGNATURE_0);
    }

    fn shapes(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let plain = |kit: &mut Self, id, title, spec: Spec, verdict| {
            let leaf = kit.under_int(spec);
            kit.add(id, title, &[&leaf, &int], &[&root], verdict);
        };
        let leaf = self.leaf();
        plain(self, "S70", "negative serial number", leaf.clone().serial(&[0x80]), A);
        plain(self, "S70b", "serial number zero", leaf.clone().serial(&[0]), A);
        plain(self, "S70c", "serial number of 24 bytes", leaf.clone().serial(&[0x41; 24]), A);
        plain(
            self,
            "S71",
            "notBefore after notAfter",
            leaf.clone().valid("21100101000000", "20200101000000"),
            "refused at depth 0: certificate is not yet valid",
        );
        let mut spec = leaf.clone();
        spec.not_before = tlv(0x18, b"20200101000000Z");
        spec.not_after = tlv(0x18, b"20490101000000Z");
        plain(self, "S72", "GeneralizedTime before 2050", spec, A);
        plain(self, "S72b", "notAfter 9999-12-31", leaf.clone().valid(FROM, "99991231235959"), A);
        plain(
            self,
            "S74",
            "alternative name with an underscore",
            leaf.clone().with(alternative_names(&[dns("my_svc.ns")])),
            A,
        );
        plain(self, "S74b", "empty dNSName", leaf.clone().with(alternative_names(&[dns("")])), A);
        plain(
            self,
            "S74c",
            "empty alternative names",
            leaf.clone().with(alternative_names(&[])),
            A,
        );
        plain(
            self,
            "S76",
            "alternative names twice",
            leaf.clone().and(alternative_names(&[dns("localhost")])),
            EXTENSION_0,
        );
        plain(self, "S77", "empty subject", leaf.clone().subject(seq(&[])), A);
        plain(
            self,
            "S79",
            "authority key identifier of another key",
            leaf.clone().with(authority_key_id(&[7; 20])),
            NO_ISSUER_0,
        );
        let mut spec = leaf.clone();
        spec.issuer = named(&[("2.5.4.3", printable("Test Intermediate"))]);
        let leaf_made = spec
            .with(authority_key_id(&key_id(&self.int_key)))
            .signed_by_key(&self.leaf_key, &self.int_key);
        self.add(
            "S91",
            "issuer as PrintableString, the CA's subject as UTF8String",
            &[&leaf_made, &int],
            &[&root],
            A,
        );
        let mut spec = leaf;
        spec.issuer = named(&[("2.5.4.3", utf8(" test   INTERMEDIATE "))]);
        let leaf_made = spec
            .with(authority_key_id(&key_id(&self.int_key)))
            .signed_by_key(&self.leaf_key, &self.int_key);
        self.add("S92", "issuer in other case and spacing", &[&leaf_made, &int], &[&root], A);
    }

    fn paths(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        for (id, title, count) in [
            ("S93-6", "six intermediates", 6),
            ("S93-7", "seven intermediates", 7),
            ("S93-9", "nine intermediates", 9),
            ("S93-20", "twenty intermediates", 20),
        ] {
            let mut made = vec![root.clone()];
            for number in 0..count {
                let key =
                    if number % 2 == 0 { self.int_key.clone() } else { self.int2_key.clone() };
                let issuer = made.last().unwrap().clone();
                made.push(
                    Spec::intermediate(&format!("Test Intermediate {number}"), &key)
                        .issued_by(&issuer, &key),
                );
            }
            let leaf = self.leaf().issued_by(made.last().unwrap(), &self.leaf_key);
            let mut sent = vec![&leaf];
            sent.extend(made[1..].iter().rev());
            self.add(id, title, &sent, &[&root], A);
        }
        let renewed = int.clone();
        let old = Spec::intermediate("Test Intermediate", &self.int_key)
            .serial(&[5])
            .expired()
            .issued_by(&root, &self.int_key);
        self.add(
            "S96",
            "an expired intermediate is trusted, the renewed one is sent",
            &[&leaf, &renewed],
            &[&root, &old],
            EXPIRED_1,
        );
        self.add(
            "S96b",
            "the renewed intermediate is trusted, the expired one is sent",
            &[&leaf, &old],
            &[&root, &renewed],
            A,
        );
        let old_root = Spec::root("Test Root", &self.root_key)
            .serial(&[6])
            .expired()
            .self_signed(&self.root_key);
        self.add(
            "S97",
            "expired root and valid intermediate are trusted",
            &[&leaf, &int],
            &[&old_root, &int],
            EXPIRED_2,
        );
        self.add(
            "S97b",
            "the same in the other order",
            &[&leaf, &int],
            &[&int, &old_root],
            EXPIRED_2,
        );
        self.add(
            "S97c",
            "only the intermediate is trusted; the expired root is sent",
            &[&leaf, &int, &old_root],
            &[&int],
            A,
        );
        self.add(
            "S98",
            "only an expired intermediate is trusted, the renewed one is sent",
            &[&leaf, &renewed],
            &[&old],
            EXPIRED_1,
        );
        let cross_root = Spec::root("Cross Root", &self.other_key).self_signed(&self.other_key);
        let cross = Spec::root("Test Root", &self.root_key)
            .expired()
            .issued_by(&cross_root, &self.root_key);
        self.add(
            "S81",
            "an expired cross-signed root is sent",
            &[&leaf, &int, &cross],
            &[&root],
            A,
        );
        self.add(
            "S81b",
            "the same, the old root expired and trusted too",
            &[&leaf, &int, &cross],
            &[
                &root,
                &Spec::root("Cross Root", &self.other_key).expired().self_signed(&self.other_key),
            ],
            A,
        );
    }

    fn anchors(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        let impostor = Spec::root("Test Root", &self.other_key).self_signed(&self.other_key);
        self.add(
            "S80",
            "two roots of one name, the right one second",
            &[&direct],
            &[&impostor, &root],
            A,
        );
        let bare = |key: &TestKey| {
            Spec::bare("Test Bare Root", key)
                .and(basic_constraints(true, None, true))
                .self_signed(key)
        };
        let (right, wrong) = (bare(&self.root_key), bare(&self.other_key));
        let plain = self.leaf().issued_plainly(&right, &self.leaf_key);
        self.add(
            "S80b",
            "the same without key identifiers",
            &[&plain],
            &[&wrong, &right],
            SIGNATURE_0,
        );
        let old = Spec::root("Test Root", &self.root_key)
            .serial(&[6])
            .expired()
            .self_signed(&self.root_key);
        self.add(
            "S82",
            "expired root first, renewed root second",
            &[&direct],
            &[&old, &root],
            EXPIRED_1,
        );
        self.add("S82b", "renewed root first, expired root second", &[&direct], &[&root, &old], A);
        let foreign =
            Spec::root("Test Root", &self.other_key).expired().self_signed(&self.other_key);
        self.add(
            "S82c",
            "expired root of another key first, the new one second",
            &[&direct],
            &[&foreign, &root],
            A,
        );
        let middle = Spec::intermediate("Test Intermediate", &self.int_key)
            .with(extended_key_usage(&[CLIENT_AUTH]))
            .issued_by(&root, &self.int_key);
        self.add(
            "S99",
            "an intermediate for clientAuth only is the anchor",
            &[&leaf, &middle],
            &[&middle],
            A,
        );
        let middle = Spec::intermediate("Test Intermediate", &self.int_key)
            .with(basic_constraints(false, None, true))
            .issued_by(&root, &self.int_key);
        self.add(
            "S99b",
            "an intermediate CA:FALSE is the anchor",
            &[&leaf, &middle],
            &[&middle],
            A,
        );
        let alone = self
            .leaf()
            .without("2.5.29.15")
            .with(extended_key_usage(&[CLIENT_AUTH]))
            .self_signed(&self.leaf_key);
        self.add("S99c", "self-signed leaf for clientAuth only, trusted", &[&alone], &[&alone], A);
        let one = self.leaf().without("2.5.29.15").self_signed(&self.leaf_key);
        let two = self.leaf().without("2.5.29.15").serial(&[3]).self_signed(&self.leaf_key);
        self.add(
            "S99d",
            "self-signed leaf; another one of the same key is trusted",
            &[&one],
            &[&two],
            "refused at depth 0: self signed certificate",
        );
    }

    fn revocation(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let leaf = self.under_int(self.leaf());
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        let crl = |der: Vec<u8>| Some(pem("X509 CRL", &der));
        let of_root = CrlSpec::of(&root).signed_by(&self.root_key);
        let of_int = CrlSpec::of(&int).signed_by(&self.int_key);
        const NONE_0: &str = "refused at depth 0: CRL: unable to get certificate CRL";
        self.add("R01", "a CRL that revokes nothing", &[&direct], &[&root], A).crl =
            crl(of_root.clone());
        let revoking = CrlSpec::of(&root).revoking(&serial(&direct)).signed_by(&self.root_key);
        self.add(
            "R02",
            "the leaf is revoked",
            &[&direct],
            &[&root],
            "refused at depth 0: CRL: certificate revoked",
        )
        .crl = crl(revoking.clone());
        let mut old = CrlSpec::of(&root);
        old.this_update = moment("20000101000000");
        old.next_update = Some(moment("20010101000000"));
        self.add(
            "R03",
            "the CRL has expired",
            &[&direct],
            &[&root],
            "refused at depth 0: CRL: CRL has expired",
        )
        .crl = crl(old.signed_by(&self.root_key));
        self.add(
            "R04",
            "an intermediate, and a CRL of the root only",
            &[&leaf, &int],
            &[&root],
            NONE_0,
        )
        .crl = crl(of_root.clone());
        let both = format!("{}{}", pem("X509 CRL", &of_root), pem("X509 CRL", &of_int));
        self.add("R05", "CRLs of both", &[&leaf, &int], &[&root], A).crl = Some(both);
        self.add(
            "R06",
            "a CRL of the intermediate only",
            &[&leaf, &int],
            &[&root],
            "refused at depth 1: CRL: unable to get certificate CRL",
        )
        .crl = crl(of_int);
        let other = Spec::root("Other Root", &self.other_key).self_signed(&self.other_key);
        self.add("R07", "a CRL of an unrelated CA", &[&direct], &[&root], NONE_0).crl =
            crl(CrlSpec::of(&other).signed_by(&self.other_key));
        self.add("R08", "a CRL file without a CRL", &[&direct], &[&root], NONE_0).crl =
            Some(pems(&[&root]));
        let case = self.add(
            "R09",
            "a CRL without a CA",
            &[&direct],
            &[&root],
            "configuration rejected: Failed to load CRL from crl.pem without trusted CA",
        );
        case.crl = crl(of_root);
        case.ca = None;
        let in_file = format!("{}{}", pems(&[&root]), pem("X509 CRL", &revoking));
        self.add(
            "R10",
            "a CRL inside the CA file revokes the leaf",
            &[&direct],
            &[&root],
            "refused at depth 0: CRL: certificate revoked",
        )
        .ca = Some(in_file);
    }

    fn more_revocation(&mut self) {
        let root = self.root.clone();
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        let base = CrlSpec::of(&root);
        let mut add = |kit: &mut Self, id, title, crl: Vec<u8>, anchor: &Made, verdict| {
            kit.add(id, title, &[&direct], &[anchor], verdict).crl = Some(pem("X509 CRL", &crl));
        };
        let mut spec = base.clone();
        spec.this_update = moment("21000101000000");
        add(
            self,
            "M01",
            "the CRL is not yet valid",
            spec.signed_by(&self.root_key.clone()),
            &root,
            "refused at depth 0: CRL: CRL is not yet valid",
        );
        add(
            self,
            "M02",
            "the CRL is signed by another key",
            base.clone().signed_by(&self.other_key.clone()),
            &root,
            "refused at depth 0: CRL signature failure",
        );
        let mut spec = base.clone();
        spec.extensions.push(extension("2.5.29.28", true, &seq(&[tlv(0x82, &[0xff])])));
        add(
            self,
            "M03",
            "the CRL is for CAs only",
            spec.signed_by(&self.root_key.clone()),
            &root,
            "refused at depth 0: Different CRL scope",
        );
        let mut spec = base.clone();
        spec.extensions.push(extension("1.2.3.4", true, b"x"));
        add(
            self,
            "M04",
            "an unknown critical extension in the CRL",
            spec.signed_by(&self.root_key.clone()),
            &root,
            "refused at depth 0: unhandled critical CRL extension",
        );
        let no_sign = Spec::root("Test Root", &self.root_key)
            .with(key_usage(0x04))
            .self_signed(&self.root_key);
        add(
            self,
            "M05",
            "the CA's keyUsage lacks cRLSign",
            base.clone().signed_by(&self.root_key.clone()),
            &no_sign,
            "refused at depth 0: key usage does not include CRL signing",
        );
        let mut spec = base.clone();
        spec.next_update = None;
        add(self, "M06", "a CRL without an end", spec.signed_by(&self.root_key.clone()), &root, A);
        let mut spec = base.clone();
        spec.next_update = Some(tlv(0x17, b"490101000000+0100"));
        add(
            self,
            "M07",
            "the CRL's end has a time zone",
            spec.signed_by(&self.root_key.clone()),
            &root,
            "refused at depth 0: format error in CRL's nextUpdate field",
        );
        let mut spec = base.clone();
        spec.extensions.push(extension("2.5.29.28", true, &seq(&[tlv(0x84, &[0xff])])));
        add(
            self,
            "M08",
            "an indirect CRL",
            spec.signed_by(&self.root_key.clone()),
            &root,
            "refused at depth 0: CRL: unable to get certificate CRL",
        );
    }

    fn policies(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let policy = |id: &str| extension("2.5.29.32", false, &seq(&[seq(&[oid(id)])]));
        let require = extension("2.5.29.36", true, &seq(&[tlv(0x80, &[0])]));
        let middle = Spec::intermediate("Test Intermediate", &self.int_key)
            .and(require)
            .and(policy("1.2.3.1"))
            .issued_by(&root, &self.int_key);
        let leaf = self.under_int(self.leaf());
        self.add(
            "M10",
            "a policy is required, the leaf has none",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 0: no explicit policy",
        );
        let with = self.under_int(self.leaf().and(policy("1.2.3.1")));
        self.add("M11", "a policy is required, the leaf has it", &[&with, &middle], &[&root], A);
        let other = self.under_int(self.leaf().and(policy("1.2.3.2")));
        self.add(
            "M12",
            "a policy is required, the leaf has another",
            &[&other, &middle],
            &[&root],
            "refused at depth 0: no explicit policy",
        );
        let twice = self.under_int(self.leaf().and(extension(
            "2.5.29.32",
            false,
            &seq(&[seq(&[oid("1.2.3.1")]), seq(&[oid("1.2.3.1")])]),
        )));
        self.add(
            "M13",
            "a policy is there twice",
            &[&twice, &int],
            &[&root],
            "refused at depth 0: invalid or inconsistent certificate policy extension",
        );
        let broken = Spec::intermediate("Test Intermediate", &self.int_key)
            .and(extension("2.5.29.33", false, &seq(&[])))
            .issued_by(&root, &self.int_key);
        self.add(
            "M14",
            "empty policy mappings on the intermediate",
            &[&leaf, &broken],
            &[&root],
            "refused at depth 0: invalid or inconsistent certificate policy extension",
        );
    }

    /// What the reference did not measure.
    fn beyond(&mut self) {
        let (root, int) = (self.root.clone(), self.int.clone());
        let zero = Spec::intermediate("Test Upper", &self.int_key)
            .with(basic_constraints(true, Some(0), true))
            .issued_by(&root, &self.int_key);
        let again =
            Spec::intermediate("Test Upper", &self.int2_key).issued_by(&zero, &self.int2_key);
        let leaf = self.leaf().issued_by(&again, &self.leaf_key);
        self.add(
            "M20",
            "a self-issued intermediate under path length 0",
            &[&leaf, &again, &zero],
            &[&root],
            A,
        );
        let limited = Spec::intermediate("Test Upper", &self.int2_key)
            .with(basic_constraints(true, Some(0), true))
            .issued_by(&zero, &self.int2_key);
        let below =
            Spec::intermediate("Test Below", &self.other_key).issued_by(&limited, &self.other_key);
        let leaf = self.leaf().issued_by(&below, &self.leaf_key);
        self.add(
            "M21",
            "a self-issued intermediate with path length 0 above another",
            &[&leaf, &below, &limited],
            &[&zero],
            A,
        );
        let offset = |at: &[u8]| tlv(0x17, at);
        let mut spec = self.leaf();
        spec.not_before = offset(b"200101000000+0100");
        let leaf = self.under_int(spec);
        self.add(
            "M22",
            "notBefore with a time zone",
            &[&leaf, &int],
            &[&root],
            "refused at depth 0: format error in certificate's notBefore field",
        );
        let mut spec = self.leaf();
        spec.not_after = offset(b"490101000000+0100");
        let leaf = self.under_int(spec);
        self.add(
            "M23",
            "notAfter with a time zone",
            &[&leaf, &int],
            &[&root],
            "refused at depth 0: format error in certificate's notAfter field",
        );
        let named = |kit: &Self, names: &[Vec<u8>]| {
            kit.under_int(kit.leaf().with(alternative_names(names)))
        };
        let limited = |kit: &Self, permitted: &[Vec<u8>], excluded: &[Vec<u8>]| {
            Spec::intermediate("Test Intermediate", &kit.int_key)
                .and(name_constraints(permitted, excluded))
                .issued_by(&kit.root, &kit.int_key)
        };
        let wild = named(self, &[dns("*.example.com")]);
        let middle = limited(self, &[], &[dns("a.example.com")]);
        self.add(
            "M24",
            "a wildcard that covers an excluded name",
            &[&wild, &middle],
            &[&root],
            "refused at depth 0: excluded subtree violation",
        );
        let mail = named(self, &[email("a@sub.example.com")]);
        let middle = limited(self, &[email(".example.com")], &[]);
        self.add("M25", "an address inside a permitted domain", &[&mail, &middle], &[&root], A);
        let middle = limited(self, &[email("example.com")], &[]);
        self.add(
            "M26",
            "an address outside a permitted host",
            &[&mail, &middle],
            &[&root],
            "refused at depth 0: permitted subtree violation",
        );
        let bad_mail = named(self, &[email("two@signs@example.com")]);
        self.add(
            "M27",
            "an address with two at signs",
            &[&bad_mail, &middle],
            &[&root],
            "refused at depth 0: unsupported or invalid name syntax",
        );
        let numbered = named(self, &[uri("https://10.0.0.1/")]);
        let middle = limited(self, &[uri("example.com")], &[]);
        self.add(
            "M28",
            "a URI with an address under a URI constraint",
            &[&numbered, &middle],
            &[&root],
            "refused at depth 0: permitted subtree violation",
        );
        let spiffe = named(self, &[uri("spiffe://cluster.local/x")]);
        let middle = limited(self, &[uri("bad_host")], &[]);
        self.add(
            "M29",
            "a URI constraint that is no host",
            &[&spiffe, &middle],
            &[&root],
            "refused at depth 0: permitted subtree violation",
        );
        let middle = limited(self, &[tlv(0xa4, &name("localhost"))], &[]);
        let leaf = self.under_int(self.leaf());
        self.add("M30", "a directory name constraint that fits", &[&leaf, &middle], &[&root], A);
        let middle = limited(self, &[tlv(0xa4, &name("elsewhere"))], &[]);
        self.add(
            "M31",
            "a directory name constraint that does not fit",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 0: permitted subtree violation",
        );
        let bounded = extension(
            "2.5.29.30",
            true,
            &seq(&[tlv(0xa0, &seq(&[dns("localhost"), tlv(0x80, &[0])]))]),
        );
        let middle = Spec::intermediate("Test Intermediate", &self.int_key)
            .and(bounded)
            .issued_by(&root, &self.int_key);
        self.add(
            "M32",
            "a constraint with a minimum",
            &[&leaf, &middle],
            &[&root],
            "refused at depth 0: name constraints minimum and maximum not supported",
        );
        let mut spec = self.leaf();
        spec.inner_algorithm = Some(seq(&[oid("1.2.840.10045.4.3.3")]));
        let two = self.under_int(spec);
        self.add("M33", "two different signature algorithms", &[&two, &int], &[&root], SIGNATURE_0);
        let odd = self.under_int(
            self.leaf()
                .and(extension("2.5.29.17", false, b"junk"))
                .without("2.5.29.17")
                .and(extension("2.5.29.17", false, b"junk")),
        );
        self.add("M34", "alternative names that are no DER", &[&odd, &int], &[&root], EXTENSION_0);
        let broken_anchor = Spec::root("Test Root", &self.root_key)
            .and(extension("2.5.29.17", false, b"junk"))
            .self_signed(&self.root_key);
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        self.add(
            "M35",
            "a root with a broken extension",
            &[&direct],
            &[&broken_anchor],
            NO_ISSUER_0,
        );
        let critical = self.under_int(self.leaf().without("2.5.29.14").and(extension(
            "2.5.29.14",
            true,
            &octets(&[1]),
        )));
        self.add(
            "M36",
            "a critical subject key identifier",
            &[&critical, &int],
            &[&root],
            "refused at depth 0: unhandled critical extension",
        );
        let weak = TestKey::load("rsa512");
        let anchor = Spec::root("Test Weak Root", &weak).self_signed(&weak);
        let leaf = self.leaf().issued_by(&anchor, &self.leaf_key);
        self.add("M37", "root RSA 512", &[&leaf], &[&anchor], A);
        let big = TestKey::load("rsa2048");
        let anchor = Spec::root("Test RSA Root", &big).self_signed(&big);
        let leaf = self.leaf().hash(Hash::Sha224).issued_by(&anchor, &self.leaf_key);
        self.add("M38", "signed with SHA-224", &[&leaf], &[&anchor], A);
        let old = TestKey::load("p224");
        let anchor = Spec::root("Test P-224 Root", &old).self_signed(&old);
        let leaf = self.leaf().issued_by(&anchor, &self.leaf_key);
        self.add(
            "M39",
            "CA key P-224",
            &[&leaf],
            &[&anchor],
            "unknown: signatures by P-224 keys are not checked",
        );
        let one = self.leaf().self_signed(&self.leaf_key);
        self.add(
            "M40",
            "self-signed with keyCertSign missing, not trusted",
            &[&one],
            &[&root],
            NO_ISSUER_0,
        );
        // Names, and what constrains them, with their verdict.
        let dotted = named(self, &[dns("a.example.com.")]);
        let middle = limited(self, &[dns("example.com")], &[]);
        self.add("M41", "a name with a trailing dot, permitted", &[&dotted, &middle], &[&root], A);
        let middle = limited(self, &[dns("example.com.")], &[]);
        let plain = named(self, &[dns("a.example.com")]);
        self.add("M42", "a constraint with a trailing dot", &[&plain, &middle], &[&root], A);
        for (id, title, address, verdict) in [
            ("M43", "a URI with a user", "https://user@example.com/", OUTSIDE_0),
            ("M44", "a URI with a query and no path", "https://example.com?x", OUTSIDE_0),
            ("M45", "a URI with a port", "https://example.com:443/x", A),
            ("M46", "a URI with a trailing dot", "https://example.com./", OUTSIDE_0),
            ("M47", "a URI without authority", "urn:example.com", SYNTAX_0),
            ("M48", "a URI with an odd scheme", "1http://example.com/", A),
        ] {
            let leaf = named(self, &[uri(address)]);
            let middle = limited(self, &[uri("example.com")], &[]);
            self.add(id, title, &[&leaf, &middle], &[&root], verdict);
        }
        let leaf = named(self, &[uri("http://10.0.0.1/")]);
        let middle = limited(self, &[], &[uri("example.com")]);
        self.add(
            "M49",
            "a URI with an address beside an excluded host",
            &[&leaf, &middle],
            &[&root],
            A,
        );
        let mailed = self.under_int(self.leaf().subject(named_mail("Root@Example.com")));
        let middle = limited(self, &[], &[email("root@example.com")]);
        self.add(
            "M50",
            "an excluded address in other case in the subject",
            &[&mailed, &middle],
            &[&root],
            "refused at depth 0: excluded subtree violation",
        );
        let quoted = named(self, &[email("\"a b\"@example.com")]);
        let middle = limited(self, &[email("example.com")], &[]);
        self.add("M51", "a quoted address", &[&quoted, &middle], &[&root], SYNTAX_0);
    }
}

const OUTSIDE_0: &str = "refused at depth 0: permitted subtree violation";
const SYNTAX_0: &str = "refused at depth 0: unsupported or invalid name syntax";

fn named_mail(address: &str) -> Vec<u8> {
    super::maker::named(&[
        ("2.5.4.3", utf8("localhost")),
        ("1.2.840.113549.1.9.1", tlv(0x16, address.as_bytes())),
    ])
}
