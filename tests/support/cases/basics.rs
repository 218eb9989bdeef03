//! Common chains.

use super::*;

impl Kit {
    /// Keys that our own server cannot use; OpenSSL's did at security level 0, and Envoy 1.38.3
    /// accepted the certificate.
    pub(super) fn short_keys(&mut self) {
        let root = self.root.clone();
        let key = TestKey::load("rsa512");
        let leaf = Spec::leaf(&key).issued_by(&root, &key);
        self.add("M56", "leaf RSA 512", &[&leaf], &[&root], A);
        self.add("M58", "leaf RSA 512, TLS 1.3 allowed", &[&leaf], &[&root], ALERT).tls13 = true;
    }

    /// Created with OpenSSL, since no library here signs with DSA.
    pub(super) fn dsa(&mut self) {
        self.cases.push(Case {
            id: "M57",
            title: "CA key DSA",
            chain: include_str!("../../../testdata/verify/M57/chain.pem").to_owned(),
            key: self.leaf_key.name.clone(),
            ca: Some(include_str!("../../../testdata/verify/M57/ca.pem").to_owned()),
            crl: None,
            tls13: false,
            curves: &[],
            verdict: SIGNATURE_0,
        });
    }

    pub(super) fn basics(&mut self) {
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
}
