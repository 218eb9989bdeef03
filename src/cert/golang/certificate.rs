//! Certificates as `crypto/x509` parses them, where Go differs from BoringSSL.

use crate::cert::der::{
    BIT_STRING, BMP_STRING, BitString, IA5_STRING, NULL, OID, PRINTABLE_STRING, Reader, SEQUENCE,
    T61_STRING, UTF8_STRING, identifier,
};
use crate::cert::x509::{Curve, GeneralName, Name, X509, oid};

/// Whether Go parses it. Go rejects what the strict reader rejects, except for a few oddities that
/// nobody issues.
pub(super) fn parse(der: &[u8]) -> Result<(), &'static str> {
    let mut reader = Reader::new(der);
    let certificate = X509::read(&mut reader).map_err(|error| error.0)?;
    if !reader.is_empty() {
        return Err("there is extra data after its end, such as trust settings");
    }
    if !certificate.algorithm.same(&certificate.inner_algorithm) {
        return Err("its two signature algorithms differ");
    }
    name(&certificate.issuer)?;
    name(&certificate.subject)?;
    key(certificate.key_info)?;
    let mut seen: Vec<&[u8]> = Vec::new();
    for extension in &certificate.extensions {
        if seen.contains(&extension.oid) {
            return Err("it has an extension twice");
        }
        seen.push(extension.oid);
    }
    let Ok(facts) = &certificate.facts else {
        return Err("an extension of it is malformed");
    };
    for one in facts.alternative_names.iter().flatten() {
        match one {
            GeneralName::Dns(text) | GeneralName::Email(text) if !text.is_ascii() => {
                return Err("an alternative name is not an IA5String");
            }
            GeneralName::Uri(text) if !text.is_ascii() || text.iter().any(u8::is_ascii_control) => {
                return Err("an alternative name is not a URI");
            }
            GeneralName::Ip(bytes) if !matches!(bytes.len(), 4 | 16) => {
                return Err("an IP address among its names has an invalid length");
            }
            _ => {}
        }
    }
    Ok(())
}

/// Every value of a name must be a string of a type that Go reads.
fn name(name: &Name<'_>) -> Result<(), &'static str> {
    for entry in &name.entries {
        let (tag, contents) = (entry.value.tag, entry.value.contents);
        let is = |wanted: u8| tag == identifier(wanted);
        let right = if is(PRINTABLE_STRING) {
            contents.iter().all(|byte| is_printable(*byte))
        } else if is(UTF8_STRING) {
            std::str::from_utf8(contents).is_ok()
        } else if is(IA5_STRING) {
            contents.is_ascii()
        } else if tag == identifier(NUMERIC_STRING) {
            contents.iter().all(|byte| byte.is_ascii_digit() || *byte == b' ')
        } else {
            is(T61_STRING) || is(BMP_STRING)
        };
        if !right {
            return Err("a name has a string with characters that its type does not allow");
        }
    }
    Ok(())
}

const NUMERIC_STRING: u8 = 0x12;

/// The characters of a PrintableString, and two more that Go accepts (`asn1.isPrintable`).
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(&byte)
}

fn key(info: &[u8]) -> Result<(), &'static str> {
    let damaged = |_| "its public key is malformed";
    let mut fields = Reader::new(info).contents(SEQUENCE).map_err(damaged)?;
    let mut algorithm = fields.contents(SEQUENCE).map_err(damaged)?;
    let kind = algorithm.oid().map_err(damaged)?;
    let parameters = algorithm.any().ok();
    let bits = BitString::parse(fields.expect(BIT_STRING).map_err(damaged)?.contents)
        .map_err(damaged)?
        .bytes;
    match kind {
        oid::RSA => {
            if parameters.is_none_or(|element| element.tag != identifier(NULL)) {
                return Err("its RSA key lacks NULL parameters");
            }
            let mut numbers = Reader::new(bits).contents(SEQUENCE).map_err(damaged)?;
            let modulus = numbers.integer().map_err(damaged)?;
            let exponent = numbers.integer().map_err(damaged)?;
            let is_positive = |digits: &[u8]| digits[0] & 0x80 == 0 && digits != [0];
            if is_positive(modulus) && is_positive(exponent) && exponent.len() <= 8 {
                Ok(())
            } else {
                Err("its RSA key is not valid")
            }
        }
        oid::EC => {
            let named = parameters.filter(|element| element.tag == identifier(OID));
            let named = named
                .ok_or("its curve is given by explicit parameters instead of by name")?
                .contents;
            if named == oid::P224 {
                return Ok(());
            }
            let curve = Curve::ALL
                .into_iter()
                .find(|curve| curve.oid() == named)
                .ok_or("its key is on a curve that Go does not support")?;
            if bits.first() == Some(&0x04) && curve.holds(bits) {
                Ok(())
            } else {
                Err("its public point is compressed or not on the curve")
            }
        }
        oid::ED25519 if parameters.is_some() => Err("its Ed25519 key has parameters"),
        oid::ED25519 if bits.len() != 32 => Err("its Ed25519 key has the wrong length"),
        // Go keeps keys of unknown kinds as they are.
        _ => Ok(()),
    }
}
