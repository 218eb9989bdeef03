//! Random CRLs for the issuers of a chain.

use crate::support::der_writer::{moment, seq, tlv};
use crate::support::dice::Dice;
use crate::support::keys::{Hash, TestKey};
use crate::support::maker::*;

/// A CRL file, usually complete.
pub(crate) fn file(dice: &mut Dice, issuers: &[Made], leaf: &Made, stranger: &TestKey) -> String {
    let mut text = String::new();
    for issuer in issuers {
        if dice.once_in(8) {
            continue;
        }
        let mut crl = CrlSpec::of(issuer);
        for _ in 0..dice.below(3) {
            crl = spoil(dice, crl, &issuers[0], leaf);
        }
        let key = if dice.once_in(12) { stranger } else { &issuer.key };
        text += &pem("X509 CRL", &crl.signed_by(key));
    }
    text
}

fn spoil(dice: &mut Dice, mut crl: CrlSpec, root: &Made, leaf: &Made) -> CrlSpec {
    match dice.below(16) {
        0 | 1 => return crl.revoking(&serial(leaf)),
        2 => return crl.revoking(&[1]),
        3 => crl.next_update = Some(moment("20210101000000")),
        4 => crl.this_update = moment("20990101000000"),
        5 => crl.next_update = None,
        6 => crl.extensions.clear(),
        7 => {
            let scope = distribution_point(dice);
            crl.extensions.push(extension("2.5.29.28", true, &scope));
        }
        8 => crl.extensions.push(extension("1.2.3.4", true, b"x")),
        9 => {
            crl = crl.revoking(&[77]);
            let kind = dice.pick(&["2.5.29.21", "2.5.29.29", "1.2.3"]);
            let value = dice.pick(&[&[0x0a, 1, 1][..], &[0x0a, 1, 8], &[5, 0]]);
            crl.entry_extensions = vec![extension(kind, dice.once_in(2), value)];
        }
        10 => crl.hash = Hash::Sha1,
        11 => crl.extensions = vec![authority_key_id(&[1, 2])],
        12 => crl.issuer.clone_from(&root.subject),
        13 => crl.this_update = tlv(0x18, b"20200101000000.5Z"),
        _ => {}
    }
    crl
}

fn distribution_point(dice: &mut Dice) -> Vec<u8> {
    let at = |place: &str| tlv(0xa0, &tlv(0xa0, &uri(place)));
    let yes = |tag: u8| tlv(tag, &[0xff]);
    dice.pick(&[
        seq(&[]),
        seq(&[yes(0x81)]),
        seq(&[yes(0x82)]),
        seq(&[yes(0x84)]),
        seq(&[tlv(0x83, &[0, 1])]),
        seq(&[at("http://crl/1")]),
        seq(&[at("http://crl/2")]),
        seq(&[yes(0x85)]),
        seq(&[yes(0x81), yes(0x82)]),
    ])
}
