//! Name constraints.

use super::*;

impl Kit {
    pub(super) fn constraints(&mut self) {
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
}
