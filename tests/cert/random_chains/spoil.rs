//! Changes to a certificate before it is signed.

use super::{names, policies};
use crate::support::der_writer::{null, number, octets, oid, seq, tlv};
use crate::support::dice::Dice;
use crate::support::keys::{Hash, TestKey};
use crate::support::maker::*;

/// Changes nothing, one thing, or two. The key is kept so that a server can still use it, unless
/// the certificate is a CA's.
pub(crate) fn spoil(dice: &mut Dice, mut spec: Spec, is_ca: bool) -> Spec {
    let changes = if dice.once_in(2) { 0 } else { 1 + dice.below(2) };
    for _ in 0..changes {
        spec = match dice.below(7) {
            0 => dates(dice, spec),
            1 => constraints(dice, spec, is_ca),
            2 => usages(dice, spec),
            3 => alternative_and_identifiers(dice, spec),
            4 => policy(dice, spec),
            5 => encodings(dice, spec),
            _ if is_ca => key(dice, spec),
            _ => structure(dice, spec),
        };
    }
    spec
}

fn dates(dice: &mut Dice, mut spec: Spec) -> Spec {
    match dice.below(4) {
        0 => return spec.expired(),
        1 => return spec.not_yet(),
        2 => {
            spec.not_after = dice.pick(&[
                tlv(0x18, b"21200101000000Z"),
                tlv(0x17, b"491231235959Z"),
                tlv(0x17, b"4912312359Z"),
                tlv(0x18, b"20491231235959Z"),
                tlv(0x17, b"490101000000+0100"),
                tlv(0x18, b"20490101000000.1Z"),
                tlv(0x18, b"99991231235959Z"),
                tlv(0x17, b"991231235959Z"),
                tlv(0x17, b"260600000000Z"),
                tlv(0x18, b"00000101000000Z"),
                tlv(0x17, b"490230000000Z"),
                tlv(0x18, b"20481131000060Z"),
            ]);
        }
        _ => {
            spec.not_before = dice.pick(&[
                tlv(0x18, b"20250601000000Z"),
                tlv(0x18, b"00000101000000Z"),
                tlv(0x17, b"500101000000Z"),
                tlv(0x17, b"200101000000-0100"),
                tlv(0x16, b"200101000000Z"),
                tlv(0x17, b"230229000000Z"),
            ]);
        }
    }
    spec
}

fn constraints(dice: &mut Dice, spec: Spec, is_ca: bool) -> Spec {
    match dice.below(5) {
        0 => spec.without("2.5.29.19"),
        1 => {
            let length = dice.below(4).checked_sub(1);
            spec.with(basic_constraints(is_ca ^ dice.once_in(3), length, dice.once_in(2)))
        }
        _ => {
            let constraints = names::constraints(dice);
            spec.with(constraints)
        }
    }
}

fn usages(dice: &mut Dice, spec: Spec) -> Spec {
    match dice.below(5) {
        0 => spec.without("2.5.29.15"),
        1 => spec.without("2.5.29.37"),
        2 | 3 => {
            let byte = dice.pick(&[0x80u8, 0x20, 0x08, 0x04, 0x06, 0x86, 0x02, 0x40, 0x01, 0]);
            spec.with(key_usage(byte))
        }
        _ => {
            let lists: [&[&str]; 7] = [
                &[SERVER_AUTH],
                &[CLIENT_AUTH],
                &[ANY_USAGE],
                &[],
                &["1.2.3"],
                &[CLIENT_AUTH, SERVER_AUTH],
                &["2.16.840.1.113730.4.1"],
            ];
            spec.with(extended_key_usage(dice.pick(&lists)))
        }
    }
}

fn alternative_and_identifiers(dice: &mut Dice, spec: Spec) -> Spec {
    match dice.below(8) {
        0 => spec.without("2.5.29.17"),
        1 => spec.without("2.5.29.14"),
        2 => spec.with(subject_key_id(&[1, 2, 3])),
        3 => spec.with(authority_key_id(&[1, 2, 3])),
        4 => {
            let pointer =
                seq(&[tlv(0x80, &[9; 20]), tlv(0xa1, &tlv(0xa4, &name("x"))), tlv(0x82, &[5])]);
            spec.with(extension("2.5.29.35", dice.once_in(4), &pointer))
        }
        _ => {
            let count = dice.below(4);
            let list: Vec<_> = (0..count).map(|_| names::alternative(dice)).collect();
            spec.with(alternative_names(&list))
        }
    }
}

fn policy(dice: &mut Dice, spec: Spec) -> Spec {
    let first = policies::policy(dice);
    let spec = spec.with(first);
    if dice.once_in(3) {
        let second = policies::policy(dice);
        return spec.with(second);
    }
    spec
}

const BROKEN_VALUES: &[&[u8]] = &[
    &[],
    &[0x30, 0],
    &[0x10, 0],
    &[0x05, 0],
    &[0x04, 0],
    &[0x03, 1, 0],
    &[0x03, 2, 7, 0x80],
    &[0x03, 2, 1, 0xff],
    &[0x30, 3, 1, 1, 1],
    &[0x30, 3, 1, 1, 0],
    &[0x30, 6, 1, 1, 255, 2, 1, 255],
    &[0x30, 3, 2, 1, 0],
    &[0x30, 0x80, 0, 0],
    &[0x30, 0x81, 0],
    &[0x30, 0, 0],
    &[0x03, 1, 8],
    &[0x30, 6, 1, 1, 255, 2, 1, 0x7f],
    &[0x02, 1, 0xff],
];
const KNOWN_EXTENSIONS: &[&str] = &[
    "2.5.29.19",
    "2.5.29.15",
    "2.5.29.37",
    "2.5.29.14",
    "2.5.29.35",
    "2.5.29.17",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.54",
    "1.3.6.1.5.5.7.1.1",
    "2.16.840.1.113730.1.1",
];

fn encodings(dice: &mut Dice, mut spec: Spec) -> Spec {
    match dice.below(11) {
        9 | 10 => primitive(dice, spec),
        0 => {
            let serial =
                dice.pick(&[&[0x80][..], &[0], &[0, 0x80], &[0, 1], &[0xff, 0x80], &[], &[1; 40]]);
            spec.serial(serial)
        }
        1 => {
            spec.subject = names::malformed(dice);
            spec
        }
        2 | 3 => {
            let value = dice.pick(BROKEN_VALUES);
            let kind = dice.pick(KNOWN_EXTENSIONS);
            spec.with(extension(kind, dice.once_in(3), value))
        }
        4 => {
            let flag = dice.pick(&[&[0u8][..], &[1], &[0xff], &[], &[0, 0]]);
            spec.and(seq(&[oid("1.2.3.9"), tlv(0x01, flag), octets(b"x")]))
        }
        5 => {
            let odd = [
                seq(&[]),
                seq(&[oid("1.2.3")]),
                octets(b"x"),
                seq(&[oid("1.2.3"), octets(b""), null()]),
                seq(&[tlv(6, &[0x80, 1]), octets(b"")]),
            ];
            spec.extensions.push(dice.pick(&odd));
            spec
        }
        6 => {
            let others = [
                seq(&[oid("1.2.840.10045.4.3.2"), null()]),
                seq(&[oid("1.2.840.10045.4.3.3")]),
                seq(&[oid("1.2.840.113549.1.1.11"), null()]),
            ];
            spec.inner_algorithm = Some(dice.pick(&others));
            spec
        }
        7 => {
            // A unique identifier, which version 1 does not have.
            let identifier = tlv(dice.pick(&[0x81u8, 0x82, 0xa1]), &[0, 1]);
            spec.info = [spec.info, identifier].concat();
            spec
        }
        _ => {
            let points = seq(&[seq(&[tlv(0xa0, &tlv(0xa0, &uri("http://crl/1")))])]);
            spec.with(extension("2.5.29.31", dice.once_in(3), &points))
        }
    }
}

/// An extension whose value is marked as primitive, although it has elements.
fn primitive(dice: &mut Dice, mut spec: Spec) -> Spec {
    let spec_with_names =
        spec.extensions.iter().any(|one| one.windows(5).any(|w| w == [6, 3, 0x55, 0x1d, 0x11]));
    if !spec_with_names || dice.once_in(4) {
        let lists = [
            alternative_names(&[names::alternative(dice)]),
            extended_key_usage(&[SERVER_AUTH, CLIENT_AUTH]),
            extension(
                "2.5.29.31",
                false,
                &seq(&[seq(&[tlv(0xa0, &tlv(0xa0, &uri("http://crl/1")))])]),
            ),
            policies::policy(dice),
            names::constraints(dice),
        ];
        spec = spec.with(dice.pick(&lists));
    }
    let Some(extension) = spec.extensions.last_mut() else { return spec };
    let value = super::damage::parts(extension).pop().unwrap_or_default();
    let header = match value.get(1) {
        Some(length) if length & 0x80 != 0 => 2 + usize::from(length & 0x7f),
        _ => 2,
    };
    let from = extension.len() + header - value.len();
    // The outer element, or any of its elements.
    let marks: Vec<usize> = (from..extension.len())
        .filter(|at| matches!(extension[*at], 0x30 | 0xa0 | 0xa1 | 0xa2))
        .collect();
    if let Some(first) = marks.first() {
        let at = if dice.once_in(2) { *first } else { dice.pick(&marks) };
        extension[at] &= !0x20;
    }
    spec
}

fn structure(dice: &mut Dice, mut spec: Spec) -> Spec {
    match dice.below(7) {
        0 => spec.with(extension("1.2.3.4.5", true, b"x")),
        1 => spec.with(extension("1.2.3.4.5", false, b"x")),
        2 => spec.no_extensions().version(dice.pick(&[1u8, 2, 3, 4])),
        3 => spec.version(dice.pick(&[1u8, 2, 4])),
        4 => spec.corrupt(),
        5 => {
            if let Some(again) = spec.extensions.first().cloned() {
                spec.extensions.push(again);
            }
            spec
        }
        _ => {
            let hashes = [Hash::Sha1, Hash::Sha384, Hash::Sha512, Hash::Sha224, Hash::Md5];
            spec.hash(dice.pick(&hashes))
        }
    }
}

/// Another key than the signing one, or one with a flipped bit.
fn key(dice: &mut Dice, mut spec: Spec) -> Spec {
    match dice.below(3) {
        0 => {
            let kinds = ["p384", "p521", "ed25519", "rsa2048", "k256", "rsapss", "p224", "rsa512"];
            spec.info = TestKey::load(dice.pick(&kinds)).info();
            spec
        }
        1 => {
            let at = dice.position(spec.info.len());
            spec.info[at] ^= 1 << dice.below(8);
            spec
        }
        _ => {
            let length = dice.below(3);
            structure(dice, spec).with(basic_constraints(true, Some(length), true)).and(extension(
                "2.16.840.1.113730.1.1",
                false,
                &number(1),
            ))
        }
    }
}
