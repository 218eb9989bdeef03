//! Certificate policies.

use super::*;

impl Kit {
    pub(super) fn policies(&mut self) {
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
            "a policy occurs twice",
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
}
