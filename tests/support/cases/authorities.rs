//! Which certificates may issue, and for what purpose.

use super::*;

impl Kit {
    pub(super) fn authorities(&mut self) {
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

    pub(super) fn usages(&mut self) {
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
}
