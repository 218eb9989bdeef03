//! Damage to whole certificates: bytes changed and signed again, overlong lengths, other signature
//! algorithms.

use crate::support::der_writer::{bits, contents, elements, null, number, oid, seq, tlv};
use crate::support::dice::Dice;
use crate::support::keys::{Hash, TestKey};
use crate::support::maker::Made;

pub(crate) fn parts(der: &[u8]) -> Vec<Vec<u8>> {
    elements(contents(der)).into_iter().map(<[u8]>::to_vec).collect()
}

/// Changes bytes of the signed part and signs it again.
pub(crate) fn signed_again(dice: &mut Dice, made: Made, signer: &TestKey) -> Made {
    let parts = parts(&made.der);
    let mut signed = parts[0].clone();
    let header = signed.len() - contents(&signed).len();
    for _ in 0..1 + dice.below(2) {
        let at = header + dice.position(signed.len() - header);
        match dice.below(3) {
            0 => signed[at] ^= 1 << dice.below(8),
            1 => signed[at] = u8::try_from(dice.below(256)).unwrap(),
            _ => signed[at] = dice.pick(&[0, 1, 0x30, 0x80, 0xff, 0x31, 5, 2, 3]),
        }
    }
    let signature = signer.sign(Hash::Sha256, &signed);
    Made { der: seq(&[signed, parts[1].clone(), bits(&signature)]), ..made }
}

/// An element whose length takes more bytes than needed.
fn long_form(element: &[u8], bytes: u8) -> Vec<u8> {
    let inner = contents(element);
    let length = inner.len().to_be_bytes();
    let mut out = vec![element[0], 0x80 | bytes];
    out.extend_from_slice(&length[length.len() - usize::from(bytes)..]);
    out.extend_from_slice(inner);
    out
}

/// Writes a length in too many bytes, outside or inside the signed part.
pub(crate) fn lengthened(dice: &mut Dice, made: Made, signer: &TestKey) -> Made {
    let mut outer = parts(&made.der);
    let bytes = dice.pick(&[3u8, 4, 5]);
    if dice.once_in(4) {
        return Made { der: long_form(&made.der, bytes), ..made };
    }
    let mut fields = parts(&outer[0]);
    let at = dice.position(fields.len());
    fields[at] = long_form(&fields[at], bytes);
    outer[0] = seq(&fields);
    outer[2] = bits(&signer.sign(Hash::Sha256, &outer[0]));
    Made { der: seq(&outer), ..made }
}

/// Names an algorithm, inside and outside, and signs with `hash`, whether they match or not.
pub(crate) fn renamed(dice: &mut Dice, made: Made, signer: &TestKey) -> Made {
    let outer = parts(&made.der);
    let mut fields = parts(&outer[0]);
    let (algorithm, hash) = algorithm(dice, signer);
    // The version comes first unless it is 1, and the serial precedes the algorithm.
    let at = fields.iter().position(|field| field[0] == 0x02).unwrap_or(0) + 1;
    if at < fields.len() {
        fields[at].clone_from(&algorithm);
    }
    let signed = seq(&fields);
    let signature = signer.sign(hash, &signed);
    Made { der: seq(&[signed, algorithm, bits(&signature)]), ..made }
}

fn algorithm(dice: &mut Dice, signer: &TestKey) -> (Vec<u8>, Hash) {
    if signer.is_rsa() {
        let plain = |last: u8| oid(&format!("1.2.840.113549.1.1.{last}"));
        // The provider makes PSS signatures from 2048 bits on.
        let kinds = if matches!(signer.name.as_str(), "rsa512" | "rsa1024") { 3 } else { 8 };
        return match dice.below(kinds) {
            0 => (seq(&[plain(11)]), Hash::Sha256),
            1 => (seq(&[plain(5), null()]), Hash::Sha1),
            2 => (seq(&[plain(11), tlv(0x05, &[0])]), Hash::Sha512),
            3 => (seq(&[plain(10)]), Hash::Pss),
            _ => (seq(&[plain(10), pss(dice)]), Hash::Pss),
        };
    }
    let ecdsa = |last: u8| oid(&format!("1.2.840.10045.4.3.{last}"));
    match dice.below(6) {
        0 => (seq(&[ecdsa(2), null()]), Hash::Sha256),
        1 => (seq(&[ecdsa(3)]), Hash::Sha384),
        2 => (seq(&[ecdsa(4)]), Hash::Sha512),
        3 => (seq(&[ecdsa(2), seq(&[])]), Hash::Sha256),
        4 => (seq(&[ecdsa(3)]), Hash::Sha256),
        _ => (seq(&[oid("1.3.101.112")]), Hash::Sha256),
    }
}

/// RSASSA-PSS parameters, correct and nearly correct ones.
fn pss(dice: &mut Dice) -> Vec<u8> {
    let digest = |last: u8, with_null: bool| {
        let name = oid(&format!("2.16.840.1.101.3.4.2.{last}"));
        if with_null { seq(&[name, null()]) } else { seq(&[name]) }
    };
    let mask = |inner: Vec<u8>| seq(&[oid("1.2.840.113549.1.1.8"), inner]);
    let (hash, of_mask) = dice.pick(&[(1, 1), (1, 1), (1, 2), (2, 2), (3, 3)]);
    let with_null = !dice.once_in(3);
    let salt = dice.pick(&[32, 32, 32, 20, 48, 0]);
    let mut fields = vec![
        tlv(0xa0, &digest(hash, with_null)),
        tlv(0xa1, &mask(digest(of_mask, with_null))),
        tlv(0xa2, &number(salt)),
    ];
    match dice.below(6) {
        0 => fields.push(tlv(0xa3, &number(1))),
        1 => fields.push(tlv(0xa3, &number(2))),
        2 => {
            fields.remove(dice.position(fields.len()));
        }
        _ => {}
    }
    seq(&fields)
}
