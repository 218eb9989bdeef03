//! Random policy extensions: policies, mappings, constraints, inhibitions.

use crate::support::der_writer::{number, oid, seq, tlv, utf8};
use crate::support::dice::Dice;
use crate::support::maker::extension;

const POLICIES: &[&str] = &["1.2.3.1", "1.2.3.2", "1.2.3.3", "2.5.29.32.0"];

pub(crate) fn policy(dice: &mut Dice) -> Vec<u8> {
    match dice.below(5) {
        0 => {
            let critical = dice.once_in(4);
            let count = dice.below(3);
            let pairs: Vec<Vec<u8>> = (0..count)
                .map(|_| seq(&[oid(dice.pick(POLICIES)), oid(dice.pick(POLICIES))]))
                .collect();
            extension("2.5.29.33", critical, &seq(&pairs))
        }
        1 => {
            let critical = dice.once_in(2);
            let skip = |tag: u8, count: u64| tlv(tag, &[u8::try_from(count).unwrap()]);
            let parts = match dice.below(4) {
                0 => vec![skip(0x80, dice.below(3))],
                1 => vec![skip(0x81, dice.below(3))],
                2 => vec![skip(0x80, dice.below(2)), skip(0x81, 0)],
                _ => vec![],
            };
            extension("2.5.29.36", critical, &seq(&parts))
        }
        2 => extension("2.5.29.54", dice.once_in(2), &number(dice.below(3))),
        _ => {
            let critical = dice.once_in(3);
            let count = 1 + dice.below(3);
            let parts: Vec<Vec<u8>> = (0..count).map(|_| information(dice)).collect();
            extension("2.5.29.32", critical, &seq(&parts))
        }
    }
}

fn information(dice: &mut Dice) -> Vec<u8> {
    let mut parts = vec![oid(dice.pick(POLICIES))];
    if dice.once_in(5) {
        parts.push(seq(&[seq(&[oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, b"http://x")])]));
    }
    if dice.once_in(9) {
        parts.push(seq(&[seq(&[oid("1.3.6.1.5.5.7.2.2"), seq(&[utf8("notice")])])]));
    }
    seq(&parts)
}
