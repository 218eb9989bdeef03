//! Paths from a leaf to an anchor.

use super::*;

impl Kit {
    /// Malformed certificates on the way to a good one: BoringSSL skips them, but leaves an error
    /// about their encoding in its queue, where Envoy finds it.
    pub(super) fn malformed_on_the_way(&mut self) {
        let root = self.root.clone();
        let int = self.int.clone();
        let broken = |kit: &Self, extension: Vec<u8>| {
            Spec::intermediate("Test Intermediate", &kit.int_key)
                .and(extension)
                .serial(&[9])
                .issued_by(&root, &kit.int_key)
        };
        let undecodable = broken(self, extension("2.5.29.37", false, &[0x05, 0x00]));
        let twice = broken(self, subject_key_id(&key_id(&self.int_key)));
        let leaf = self.leaf().issued_by(&int, &self.leaf_key);
        for (id, title, sent, tls13, verdict) in [
            (
                "M52",
                "a malformed intermediate before the good one",
                [&leaf, &undecodable, &int],
                false,
                LEFT,
            ),
            ("M53", "the same on TLS 1.3", [&leaf, &undecodable, &int], true, A),
            (
                "M54",
                "a malformed intermediate behind the good one",
                [&leaf, &int, &undecodable],
                false,
                A,
            ),
            (
                "M55",
                "an intermediate with an extension twice before the good one",
                [&leaf, &twice, &int],
                false,
                A,
            ),
        ] {
            self.add(id, title, &sent, &[&root], verdict).tls13 = tls13;
        }
    }

    pub(super) fn paths(&mut self) {
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

    pub(super) fn anchors(&mut self) {
        let root = self.root.clone();
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
}

const LEFT: &str = "refused: ASN.1_encoding_routines (left behind by a malformed certificate that \
                    is skipped)";
