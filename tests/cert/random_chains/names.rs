//! Random names: of certificates, alternative names, and bases of name constraints.

use crate::support::der_writer::{oid, printable, seq, set, tlv, utf8};
use crate::support::dice::Dice;
use crate::support::maker::*;

const DNS_NAMES: &[&str] = &[
    "localhost",
    "a.example.com",
    "example.com",
    "A.Example.COM",
    "*.example.com",
    "b.a.example.com",
    "example.com.",
    ".example.com",
    "other.org",
    "*.org",
    "my_svc.ns",
    "xexample.com",
    "*",
    "*.a.example.com",
];
const DNS_BASES: &[&str] = &[
    "localhost",
    "example.com",
    ".example.com",
    "a.example.com",
    "",
    "com",
    ".",
    "example.com.",
    "other.org",
    "host",
    "*.example.com",
    "EXAMPLE.com",
];
const URIS: &[&str] = &[
    "spiffe://cluster.local/ns/a/sa/b",
    "https://a.example.com/x",
    "https://example.com:443?x",
    "urn:x:y",
    "http://10.0.0.1/",
    "http://[::1]/",
    "http://user@example.com/",
    "http://a.example.com.:80#x",
    "http:///x",
    "1http://a.b",
    "http://exa_mple.com",
    "http://0x1f",
    "http://a.0x",
    "http://EXAMPLE.com",
    "http://example.com@evil.org/",
];
const URI_BASES: &[&str] = &[
    "cluster.local",
    ".cluster.local",
    "example.com",
    ".example.com",
    "https://x",
    "",
    ".",
    "10.0.0.1",
    "a.example.com.",
];
const MAILS: &[&str] = &[
    "a@example.com",
    "A@Example.com",
    "b@sub.example.com",
    "bad",
    "x@y@z",
    "\"q\"@example.com",
    "a@-",
    "@example.com",
    "a@",
];
const MAIL_BASES: &[&str] =
    &["a@example.com", "A@EXAMPLE.COM", "example.com", ".example.com", "@", "", "x y", "a@b@c"];

/// A name with this common name, in one of many encodings.
pub(crate) fn distinguished(dice: &mut Dice, base: &str) -> Vec<u8> {
    let wide: Vec<u8> = base.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wider: Vec<u8> = base.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let called = |value: Vec<u8>| named(&[("2.5.4.3", value)]);
    match dice.below(24) {
        0 => called(printable(base)),
        1 => called(utf8(&base.to_uppercase())),
        2 => called(utf8(&format!("  {}", base.replace(' ', "   ")))),
        3 => named(&[("2.5.4.6", printable("DE")), ("2.5.4.3", utf8(base))]),
        4 => called(tlv(0x1e, &wide)),
        5 => called(tlv(0x14, base.as_bytes())),
        6 => called(tlv(0x12, b"123")),
        7 => seq(&[]),
        8 => {
            let mail = dice.pick(MAILS);
            named(&[("2.5.4.3", utf8(base)), ("1.2.840.113549.1.9.1", tlv(0x16, mail.as_bytes()))])
        }
        9 => named(&[("2.5.4.10", utf8("Org")), ("2.5.4.3", utf8(base))]),
        10 => called(tlv(0x1c, &wider)),
        11 => called(utf8(&format!("{base}\u{e9}\u{df}"))),
        12 => called(utf8(&format!("{base}\t\n "))),
        _ => name(base),
    }
}

/// A name that no library would write.
pub(crate) fn malformed(dice: &mut Dice) -> Vec<u8> {
    let attribute = |value: Vec<u8>| seq(&[oid("2.5.4.3"), value]);
    let unit = seq(&[oid("2.5.4.11"), utf8("b")]);
    let one = |value: Vec<u8>| seq(&[set(&[attribute(value)])]);
    dice.pick(&[
        seq(&[set(&[])]),
        one(tlv(0x0c, &[0xff])),
        one(tlv(0x02, &[5])),
        seq(&[set(&[attribute(utf8("a")), unit.clone()])]),
        seq(&[set(&[unit, attribute(utf8("a"))])]),
        one(tlv(0x1e, &[0xd8, 0])),
        one(tlv(0x1e, &[0x61])),
        one(tlv(0x0c, "\u{fffe}".as_bytes())),
        one(tlv(0x13, b"not@printable*")),
        one(tlv(0x16, &[0x80])),
        one(tlv(0x24, &tlv(0x0c, b"x"))),
    ])
}

/// An entry of subjectAltName.
pub(crate) fn alternative(dice: &mut Dice) -> Vec<u8> {
    match dice.below(28) {
        0 | 1 => uri(dice.pick(URIS)),
        2 => email(dice.pick(MAILS)),
        3 => ip(dice.pick(&[&[10u8, 0, 0, 1][..], &[127, 0, 0, 1], &[0; 16], &[1, 2, 3]])),
        4 => tlv(0xa4, &distinguished(dice, "dir")),
        5 => tlv(0xa0, &[oid("1.2.3"), tlv(0xa0, &utf8("x"))].concat()),
        6 => tlv(0x88, &[0x2a, 3]),
        7 => dns(""),
        8 => tlv(0x89, b"x"),
        9 => tlv(0xa5, &tlv(0xa1, &utf8("party"))),
        10 => tlv(0xa3, &seq(&[])),
        11 => tlv(0xa2, b"constructed.example.com"),
        12 => tlv(0x82, &[0x80, 0xff, b'a']),
        13 => tlv(0x88, &[0x80, 3]),
        14 => tlv(0x82, b"a.example.com\0.evil.org"),
        _ => dns(dice.pick(DNS_NAMES)),
    }
}

fn base(dice: &mut Dice) -> Vec<u8> {
    match dice.below(24) {
        0 => uri(dice.pick(URI_BASES)),
        1 => email(dice.pick(MAIL_BASES)),
        2 => ip(dice.pick(&[&[10u8, 0, 0, 0, 255, 0, 0, 0][..], &[0; 32], &[1, 2]])),
        3 => {
            let names = [
                name("localhost"),
                named(&[("2.5.4.10", utf8("Org"))]),
                named(&[("2.5.4.6", printable("de"))]),
                seq(&[]),
            ];
            tlv(0xa4, &dice.pick(&names))
        }
        4 => tlv(0xa0, &[oid("1.2.3"), tlv(0xa0, &utf8("x"))].concat()),
        5 => tlv(0x88, &[0x2a, 3]),
        _ => dns(dice.pick(DNS_BASES)),
    }
}

/// A nameConstraints extension.
pub(crate) fn constraints(dice: &mut Dice) -> Vec<u8> {
    let mut list = |most: u64| -> Vec<Vec<u8>> {
        let count = dice.below(most);
        (0..count).map(|_| base(dice)).collect()
    };
    let (permitted, excluded) = (list(3), list(3));
    if dice.once_in(30) {
        let with_minimum = seq(&[dns("localhost"), tlv(0x80, &[0])]);
        return extension("2.5.29.30", true, &seq(&[tlv(0xa0, &with_minimum)]));
    }
    name_constraints(&permitted, &excluded)
}
