//! Revocation lists.

use super::*;

impl Kit {
    pub(super) fn revocation(&mut self) {
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

    pub(super) fn more_revocation(&mut self) {
        let root = self.root.clone();
        let direct = self.leaf().issued_by(&root, &self.leaf_key);
        let base = CrlSpec::of(&root);
        let add = |kit: &mut Self, id, title, crl: Vec<u8>, anchor: &Made, verdict| {
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
}
