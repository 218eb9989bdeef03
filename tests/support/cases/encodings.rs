//! Signature algorithms and the shape of certificates.

use super::*;

impl Kit {
    pub(super) fn algorithms(&mut self) {
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

    pub(super) fn shapes(&mut self) {
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
}
