//! Client pairs that are randomly unusual or damaged, from a seed: the same list on every run.

use num_bigint::BigUint;

use crate::support::der_writer::{
    bits, contents, elements, integer, null, number, octets, oid, seq, tlv,
};
use crate::support::keys::TestKey;
use crate::support::maker::*;

/// A pair, and how it was damaged.
pub(crate) struct Damaged {
    pub(crate) what: String,
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: Vec<u8>,
}

/// The certificates and keys that pairs are made from.
struct Material {
    key: TestKey,
    certificate: Vec<u8>,
}

const KEYS: [&str; 6] = ["rsa2048", "rsa2048-e3", "p256-client", "p384", "p521", "ed25519"];

/// This many pairs. A seventh are only converted to another format.
pub(crate) fn pairs(count: usize, seed: u64) -> Vec<Damaged> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let materials: Vec<Material> = KEYS.iter().map(|name| Material::new(name)).collect();
    (0..count).map(|_| materials[chance.usize(..materials.len())].damaged(&mut chance)).collect()
}

impl Material {
    fn new(name: &str) -> Self {
        let issuer = TestKey::load("rsa2048-other");
        let root = Spec::root("Test Client Root", &issuer).self_signed(&issuer);
        let key = TestKey::load(name);
        let made = Spec::leaf(&key).subject(crate::support::maker::name("test client"));
        let certificate = made.issued_by(&root, &key).der;
        Self { key, certificate }
    }

    fn damaged(&self, chance: &mut fastrand::Rng) -> Damaged {
        let (mut what, mut label, mut der) = self.written(chance);
        let mut certificate = self.certificate.clone();
        let mut certificate_label = "CERTIFICATE";
        let (mut of_key, mut of_certificate) = (None, None);
        match chance.u8(..100) {
            0..12 => {}
            12..34 if self.key.is_rsa() => (what, label, der) = self.odd_rsa(chance),
            12..40 if self.key.name.starts_with('p') => (what, label, der) = self.odd_ec(chance),
            34..44 => (what, label, der) = self.odd_info(chance),
            44..58 => what = format!("{what}, {}", bytes(&mut der, chance)),
            58..66 => {
                what = format!("{what}, certificate: {}", bytes(&mut certificate, chance));
            }
            66..72 => {
                let (odd, made) = self.odd_certificate(chance);
                certificate = made;
                what = format!("{what}, certificate: {odd}");
            }
            72..76 => {
                certificate_label =
                    ["X509 CERTIFICATE", "TRUSTED CERTIFICATE", "CERT", "certificate"]
                        [chance.usize(..4)];
                what = format!("{what}, {certificate_label}");
            }
            76..90 => of_key = Some(chance.fork()),
            _ => of_certificate = Some(chance.fork()),
        }
        let mut key = pem(label, &der).into_bytes();
        let mut certificate = pem(certificate_label, &certificate).into_bytes();
        if let Some(mut chance) = of_key {
            what = format!("{what}, key's text: {}", text(&mut key, &mut chance));
        }
        if let Some(mut chance) = of_certificate {
            what = format!("{what}, certificate's text: {}", text(&mut certificate, &mut chance));
        }
        Damaged { what: format!("{}: {what}", self.key.name), certificate, key }
    }

    fn inner(&self) -> &[u8] {
        contents(elements(contents(&self.key.pkcs8))[2])
    }

    fn algorithm(&self) -> Vec<u8> {
        elements(contents(&self.key.pkcs8))[1].to_vec()
    }

    fn info(&self, inner: &[u8]) -> Vec<u8> {
        seq(&[number(0), self.algorithm(), octets(inner)])
    }

    fn curve(&self) -> Vec<u8> {
        oid(match self.key.name.as_str() {
            "p384" => "1.3.132.0.34",
            "p521" => "1.3.132.0.35",
            _ => "1.2.840.10045.3.1.7",
        })
    }

    /// The undamaged key in one of its formats.
    fn written(&self, chance: &mut fastrand::Rng) -> (String, &'static str, Vec<u8>) {
        let plain = ("PKCS#8".to_owned(), "PRIVATE KEY", self.key.pkcs8.clone());
        match chance.u8(..4) {
            0 if self.key.is_rsa() => {
                ("PKCS#1".to_owned(), "RSA PRIVATE KEY", self.inner().to_vec())
            }
            0 if self.key.name.starts_with('p') => {
                ("SEC 1".to_owned(), "EC PRIVATE KEY", self.sec1(|_| {}))
            }
            1 if chance.u8(..4) == 0 => {
                let label =
                    ["RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "ANY PRIVATE KEY"]
                        [chance.usize(..4)];
                (format!("PKCS#8 as {label}"), label, self.key.pkcs8.clone())
            }
            _ => plain,
        }
    }

    /// Wraps an inner key in one of the two ways.
    fn wrapped(
        &self,
        inner: Vec<u8>,
        old: &'static str,
        chance: &mut fastrand::Rng,
    ) -> (&'static str, Vec<u8>) {
        if chance.bool() { (old, inner) } else { ("PRIVATE KEY", self.info(&inner)) }
    }

    fn odd_rsa(&self, chance: &mut fastrand::Rng) -> (String, &'static str, Vec<u8>) {
        let mut fields: Vec<Vec<u8>> =
            elements(contents(self.inner())).into_iter().map(<[u8]>::to_vec).collect();
        let value = |fields: &[Vec<u8>], at: usize| BigUint::from_bytes_be(contents(&fields[at]));
        let at = chance.usize(1..9);
        let what = match chance.u8(..18) {
            0 => {
                fields[at] = number(0);
                format!("field {at} is 0")
            }
            1 => {
                fields[at] = unsigned(&(value(&fields, at) + 1u32));
                format!("field {at} and 1")
            }
            2 => {
                fields[at] = unsigned(&(value(&fields, at) + 2u32));
                format!("field {at} and 2")
            }
            3 => {
                let mut negative = contents(&fields[at]).to_vec();
                negative[0] |= 0x80;
                fields[at] = integer(&negative);
                format!("field {at} is negative")
            }
            4 => {
                fields[at] = integer(&[&[0], contents(&fields[at])].concat());
                format!("field {at} with a zero in front")
            }
            5 => {
                let other = chance.usize(1..9);
                fields.swap(at, other);
                format!("fields {at} and {other} swapped")
            }
            6 => {
                fields[0] = number(chance.u64(..4));
                format!("version {}", contents(&fields[0])[0])
            }
            7 => {
                fields.push(number(chance.u64(..3)));
                "a field more".to_owned()
            }
            8 => {
                fields.remove(at);
                format!("without field {at}")
            }
            9 => {
                for at in [6, 7, 8] {
                    fields[at] = number(0);
                }
                "without CRT values".to_owned()
            }
            10 => {
                fields[4..].fill(number(0));
                "without primes".to_owned()
            }
            11 => {
                // The same key with its primes swapped.
                let (p, q) = (value(&fields, 4), value(&fields, 5));
                let inverse = p.modinv(&q).unwrap();
                fields.swap(4, 5);
                fields.swap(6, 7);
                fields[8] = unsigned(&inverse);
                "primes swapped, all right".to_owned()
            }
            12 => {
                // Another exponent with the same effect.
                let (p, q, d) = (value(&fields, 4), value(&fields, 5), value(&fields, 3));
                let totient = (p - 1u32) * (q - 1u32);
                let longer = d + totient;
                fields[3] = unsigned(&longer);
                "d and the totient".to_owned()
            }
            13 => {
                let at = chance.usize(6..8);
                let sum = value(&fields, at) + value(&fields, at - 2) - 1u32;
                fields[at] = unsigned(&sum);
                format!("field {at} not reduced")
            }
            14 => {
                let sum = value(&fields, 8) + value(&fields, 4);
                fields[8] = unsigned(&sum);
                "qInv not reduced".to_owned()
            }
            15 => {
                let mut random = vec![0; contents(&fields[at]).len()];
                chance.fill(&mut random);
                random[0] &= 0x7f;
                random[0] |= 0x40;
                fields[at] = integer(&random);
                format!("field {at} by chance")
            }
            16 => {
                let d = value(&fields, 3);
                let (p, q) = (value(&fields, 4), value(&fields, 5));
                let half = (&p - 1u32) * (&q - 1u32) / 2u32;
                fields[3] = unsigned(&(d % half));
                "d reduced".to_owned()
            }
            _ => {
                let other = TestKey::load("rsa2048-other");
                let theirs = contents(elements(contents(&other.pkcs8))[2]).to_vec();
                fields[at] = elements(contents(&theirs))[at].to_vec();
                format!("field {at} of another key")
            }
        };
        let mut inner = seq(&fields);
        let mut what = what;
        if chance.u8(..8) == 0 {
            inner.push(chance.u8(..));
            what.push_str(", a byte behind it");
        }
        let (label, der) = self.wrapped(inner, "RSA PRIVATE KEY", chance);
        (format!("{what}, {label}"), label, der)
    }

    /// SEC 1 with its curve after changing its fields: version, number, curve, point.
    fn sec1(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
        let mut fields: Vec<Vec<u8>> =
            elements(contents(self.inner())).into_iter().map(<[u8]>::to_vec).collect();
        fields.insert(2, tlv(0xa0, &self.curve()));
        change(&mut fields);
        seq(&fields)
    }

    fn odd_ec(&self, chance: &mut fastrand::Rng) -> (String, &'static str, Vec<u8>) {
        let point = self.key.public();
        let mut what = String::new();
        let choice = chance.u8(..20);
        let mut more = chance.fork();
        let inner = self.sec1(|fields| {
            let scalar = contents(&fields[1]).to_vec();
            let chance = &mut more;
            what = match choice {
                0 => {
                    fields.remove(2);
                    "no curve"
                }
                1 => {
                    fields.remove(3);
                    "no point"
                }
                2 => {
                    fields.truncate(2);
                    "neither curve nor point"
                }
                3 => {
                    let zeros = vec![0; chance.usize(1..60)];
                    fields[1] = octets(&[zeros, scalar].concat());
                    "zeros in front of the number"
                }
                4 => {
                    fields[1] = octets(&scalar[1..]);
                    "the number cut"
                }
                5 => {
                    fields[1] = octets(&vec![0; scalar.len()]);
                    "the number is zero"
                }
                6 => {
                    fields[1] = octets(&vec![0xff; scalar.len()]);
                    "the number is too large"
                }
                7 => {
                    let size = (point.len() - 1) / 2;
                    let sign = 2 | (point[point.len() - 1] & 1);
                    let compressed = [&[sign], &point[1..=size]].concat();
                    fields[3] = tlv(0xa1, &bits(&compressed));
                    "the point is compressed"
                }
                8 => {
                    let sign = 6 | (point[point.len() - 1] & 1);
                    fields[3] = tlv(0xa1, &bits(&[&[sign], &point[1..]].concat()));
                    "the point is hybrid"
                }
                9 => {
                    let mut other = point.clone();
                    let at = chance.usize(1..other.len());
                    other[at] ^= 1;
                    fields[3] = tlv(0xa1, &bits(&other));
                    "the point is off the curve"
                }
                10 => {
                    fields[0] = number(chance.u64(..3));
                    "version by chance"
                }
                11 => {
                    fields[2] = tlv(
                        0xa0,
                        &oid([
                            "1.2.840.10045.3.1.7",
                            "1.3.132.0.34",
                            "1.3.132.0.10",
                            "1.3.132.0.33",
                        ][chance.usize(..4)]),
                    );
                    "curve by chance"
                }
                12 => {
                    fields[2] = tlv(0xa0, &null());
                    "curve is NULL"
                }
                13 => {
                    fields.push(number(1));
                    "a field more"
                }
                14 => {
                    fields[3] = tlv(0xa1, &tlv(0x03, &[&[chance.u8(1..8)], &point[..]].concat()));
                    "unused bits in the point"
                }
                15 => {
                    let inside = [self.curve(), null()].concat();
                    fields[2] = tlv(0xa0, &inside);
                    "something behind the curve"
                }
                _ => {
                    let odd = self.explicit(chance);
                    fields[2] = tlv(0xa0, &odd.1);
                    odd.0
                }
            }
            .to_owned();
        });
        if choice > 17 {
            // Explicit parameters also outside, or only there.
            let (said, parameters) = self.explicit(chance);
            let algorithm = seq(&[oid("1.2.840.10045.2.1"), parameters]);
            let inner = if chance.bool() { inner } else { self.inner().to_vec() };
            let der = seq(&[number(0), algorithm, octets(&inner)]);
            return (format!("outside {said}, {what}"), "PRIVATE KEY", der);
        }
        let (label, der) = self.wrapped(inner, "EC PRIVATE KEY", chance);
        (format!("{what}, {label}"), label, der)
    }

    /// Explicit curve parameters, mostly correct.
    fn explicit(&self, chance: &mut fastrand::Rng) -> (&'static str, Vec<u8>) {
        let (prime, b, x, y, order) = match self.key.name.as_str() {
            "p256-client" => (
                "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
                "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
                "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            ),
            "p384" => (
                "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
                "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
                "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
                "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            ),
            _ => (
                "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
                "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
                "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
                "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
            ),
        };
        let read = |digits: &str| BigUint::parse_bytes(digits.as_bytes(), 16).unwrap();
        let size = prime.len() / 2;
        let fixed = |value: &BigUint| {
            let digits = value.to_bytes_be();
            [vec![0; size - digits.len()], digits].concat()
        };
        let (mut a, mut b) = (fixed(&(read(prime) - 3u32)), fixed(&read(b)));
        let mut base = [&[4], &fixed(&read(x))[..], &fixed(&read(y))[..]].concat();
        let (mut order, mut cofactor) = (read(order), Some(number(1)));
        let (mut seed, mut version, mut field) = (Vec::new(), 1, "1.2.840.10045.1.1");
        let what = match chance.u8(..14) {
            0 => {
                cofactor = None;
                "explicit, no cofactor"
            }
            1 => {
                cofactor = Some(number(4));
                "explicit, cofactor 4"
            }
            2 => {
                seed = bits(&[7; 20]);
                "explicit, with a seed"
            }
            3 => {
                a = [vec![0; 3], a].concat();
                "explicit, zeros in front of a"
            }
            4 => {
                b = read_short(&b);
                "explicit, b as short as it is"
            }
            5 => {
                let at = chance.usize(..b.len());
                b[at] ^= 1;
                "explicit, another b"
            }
            6 => {
                order += 2u32;
                "explicit, another order"
            }
            7 => {
                base.truncate(size + 1);
                base[0] = 3;
                "explicit, a compressed base"
            }
            8 => {
                base.pop();
                "explicit, the base cut"
            }
            9 => {
                let at = chance.usize(1..base.len());
                base[at] ^= 1;
                "explicit, another base"
            }
            10 => {
                version = chance.u64(..4);
                "explicit, version by chance"
            }
            11 => {
                field = "1.2.840.10045.1.2";
                "explicit, over another kind of field"
            }
            _ => "explicit",
        };
        let mut parts = vec![
            number(version),
            seq(&[oid(field), unsigned(&read(prime))]),
            seq(&[octets(&a), octets(&b), seed]),
            octets(&base),
            unsigned(&order),
        ];
        parts.extend(cofactor);
        (what, seq(&parts))
    }

    /// PKCS #8 with an unusual structure.
    fn odd_info(&self, chance: &mut fastrand::Rng) -> (String, &'static str, Vec<u8>) {
        let (mut version, mut algorithm) = (number(0), self.algorithm());
        let mut inner = octets(self.inner());
        let mut more = Vec::new();
        let what = match chance.u8(..14) {
            0 => {
                version = number(chance.u64(1..4));
                "version by chance"
            }
            1 => {
                version = number(1);
                more = tlv(0x81, &[&[0], &self.key.public()[..]].concat());
                "version 2 with its public half"
            }
            2 => {
                more = tlv(0x81, &[0, 1, 2]);
                "a public half in version 1"
            }
            3 => {
                let value = tlv(0x31, &null());
                more = tlv(0xa0, &seq(&[oid("1.2.840.113549.1.9.20"), value]));
                "an attribute"
            }
            4 => {
                more = tlv(0xa0, &[]);
                "no attributes, said so"
            }
            5 => {
                more = tlv(0xa0, &null());
                "attributes that are none"
            }
            6 => {
                more = tlv(0xa0, &seq(&[oid("1.2.3"), tlv(0x31, &[]), null()]));
                "an attribute with a field more"
            }
            7 => {
                let named = elements(contents(&algorithm))[0].to_vec();
                algorithm = seq(&[named]);
                "no parameters"
            }
            8 => {
                let named = elements(contents(&algorithm))[0].to_vec();
                algorithm = seq(&[named, null()]);
                "parameters are NULL"
            }
            9 => {
                let parts: Vec<Vec<u8>> =
                    elements(contents(&algorithm)).into_iter().map(<[u8]>::to_vec).collect();
                algorithm = seq(&[parts, vec![null()]].concat());
                "a parameter more"
            }
            10 => {
                algorithm = seq(&[oid([
                    "1.3.101.113",
                    "1.3.101.110",
                    "1.2.840.10040.4.1",
                    "1.2.840.113549.1.1.10",
                ][chance.usize(..4)])]);
                "another algorithm"
            }
            11 => {
                inner = octets(&[self.inner(), &[chance.u8(..)]].concat());
                "a byte behind the inner key"
            }
            12 => {
                inner = bits(self.inner());
                "the inner key in a BIT STRING"
            }
            _ => {
                more = [tlv(0xa0, &[]), number(5)].concat();
                "something behind the attributes"
            }
        };
        let mut der = seq(&[version, algorithm, inner, more]);
        let mut what = what.to_owned();
        if chance.u8(..6) == 0 {
            der.extend([0x05, 0x00]);
            what.push_str(", something behind it");
        }
        (format!("PKCS#8, {what}"), "PRIVATE KEY", der)
    }

    fn odd_certificate(&self, chance: &mut fastrand::Rng) -> (&'static str, Vec<u8>) {
        let issuer = TestKey::load("rsa2048-other");
        let root = Spec::root("Test Client Root", &issuer).self_signed(&issuer);
        let mut spec = Spec::leaf(&self.key).subject(name("test client"));
        let point = self.key.public();
        let what = match chance.u8(..9) {
            0 if self.key.name.starts_with('p') => {
                let size = (point.len() - 1) / 2;
                let sign = 2 | (point[point.len() - 1] & 1);
                let algorithm = seq(&[oid("1.2.840.10045.2.1"), self.curve()]);
                let compressed = [&[sign], &point[1..=size]].concat();
                spec.info = seq(&[algorithm, bits(&compressed)]);
                "a compressed point"
            }
            1 if self.key.name.starts_with('p') => {
                let algorithm = seq(&[oid("1.2.840.10045.2.1"), self.explicit(chance).1]);
                spec.info = seq(&[algorithm, bits(&point)]);
                "its curve written out"
            }
            2 => {
                spec = spec.with(key_usage(*chance.choice(&[0x08, 0x20, 0x04, 0x80]).unwrap()));
                "keyUsage by chance"
            }
            3 => {
                spec = spec.and(extension("2.5.29.17", false, b"junk"));
                "a broken extension"
            }
            4 => {
                spec.serial = vec![0x80; chance.usize(1..30)];
                "a negative serial number"
            }
            5 => {
                spec.not_before = tlv(0x17, b"2001010000Z");
                "a date without seconds"
            }
            6 => {
                spec.not_after = tlv(0x18, b"20260101000000Z");
                "a GeneralizedTime before 2050"
            }
            7 => {
                spec.subject = named(&[("2.5.4.3", tlv(0x13, "caf\u{e9}".as_bytes()))]);
                "a PrintableString that is none"
            }
            _ => {
                spec.inner_algorithm = Some(seq(&[oid("1.2.840.113549.1.1.11"), null()]));
                "two signature algorithms"
            }
        };
        (what, spec.issued_by(&root, &self.key).der)
    }
}

fn unsigned(value: &BigUint) -> Vec<u8> {
    let digits = value.to_bytes_be();
    if digits[0] & 0x80 == 0 { integer(&digits) } else { integer(&[&[0], &digits[..]].concat()) }
}

fn read_short(bytes: &[u8]) -> Vec<u8> {
    BigUint::from_bytes_be(bytes).to_bytes_be()
}

/// Damages some bytes.
fn bytes(der: &mut Vec<u8>, chance: &mut fastrand::Rng) -> String {
    let at = chance.usize(..der.len());
    match chance.u8(..8) {
        0..4 => {
            der[at] ^= 1 << chance.u8(..8);
            format!("a bit of byte {at} turned")
        }
        4 => {
            der[at] = chance.u8(..);
            format!("byte {at} by chance")
        }
        5 => {
            der.truncate(at);
            format!("cut at {at}")
        }
        6 => {
            der.insert(at, chance.u8(..));
            format!("a byte more at {at}")
        }
        _ => {
            der.extend_from_slice(&[0x05, 0x00][..chance.usize(1..3)]);
            "something behind it".to_owned()
        }
    }
}

/// Damages the text of a PEM block.
fn text(pem: &mut Vec<u8>, chance: &mut fastrand::Rng) -> &'static str {
    let lines: Vec<usize> = std::iter::once(0)
        .chain(pem.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
        .filter(|at| *at < pem.len())
        .collect();
    let line = lines[chance.usize(..lines.len())];
    let at = chance.usize(..pem.len());
    let mut insert = |at: usize, what: &[u8]| drop(pem.splice(at..at, what.iter().copied()));
    match chance.u8(..22) {
        0 | 1 => {
            insert(line, b"\n");
            "a blank line"
        }
        2 => {
            insert(lines[1], b"\n\n");
            "two blank lines behind BEGIN"
        }
        3 => {
            insert(line, b" \t \r\n");
            insert(lines[1], b"\n");
            "a blank line behind BEGIN and another one"
        }
        4 => {
            insert(line, b"  ");
            "an indented line"
        }
        5 => {
            insert(line, b"Proc-Type: 4,CLEAR\n\n");
            "a header"
        }
        6 => {
            insert(lines[1], b"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n");
            "said to be encrypted"
        }
        7 => {
            insert(line, b"comment\n");
            "a comment line"
        }
        8 => {
            insert(0, "\u{feff}".as_bytes());
            "a byte order mark"
        }
        9 => {
            insert(0, b"subject=/CN=x\n\n  text\n");
            "text in front"
        }
        10 => {
            insert(at, b"\r");
            "a carriage return"
        }
        11 => {
            insert(at, "\u{e9}".as_bytes());
            "a letter with an accent"
        }
        12 => {
            insert(at, b"\n");
            "a line break"
        }
        13 => {
            insert(at, b"=");
            "padding in the middle"
        }
        14 => {
            pem.remove(line.max(1) - 1);
            "two lines joined"
        }
        15 => {
            pem.truncate(at);
            "cut"
        }
        16 => {
            pem[at] = b'A' + chance.u8(..26);
            "a letter by chance"
        }
        17 => {
            pem.remove(at);
            "a letter less"
        }
        18 => {
            let whole = pem.clone();
            pem.extend(whole);
            "twice"
        }
        19 => {
            pem.pop();
            "no line break at the end"
        }
        20 => {
            pem.retain(|byte| *byte != b'\n');
            "on one line"
        }
        _ => {
            let mut joined = Vec::new();
            let last = lines.len() - 1;
            for (index, start) in lines.iter().enumerate() {
                let end = lines.get(index + 1).copied().unwrap_or(pem.len());
                let part = &pem[*start..end];
                let keep = index == 0 || index + 1 >= last;
                joined.extend_from_slice(if keep { part } else { part.trim_ascii_end() });
            }
            *pem = joined;
            "its base64 on one line"
        }
    }
}
