//! Cases that are not in the reference, measured by us.

use super::*;

impl Kit {
    /// Cases that the reference did not measure.
    pub(super) fn beyond(&mut self) {
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
        // Names and their constraints, with the verdict.
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
    named(&[
        ("2.5.4.3", utf8("localhost")),
        ("1.2.840.113549.1.9.1", tlv(0x16, address.as_bytes())),
    ])
}
