//! Writes DER by hand, so that tests can also write what no library would.

/// An element.
pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = contents.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes: Vec<u8> =
            length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | bytes.len() as u8);
        out.extend(bytes);
    }
    out.extend_from_slice(contents);
    out
}

pub fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x31, &parts.concat())
}

/// An INTEGER with these contents.
pub fn integer(contents: &[u8]) -> Vec<u8> {
    tlv(0x02, contents)
}

/// A small non-negative INTEGER.
pub fn number(value: u64) -> Vec<u8> {
    let bytes: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    match bytes.first() {
        None => integer(&[0]),
        Some(first) if first & 0x80 != 0 => integer(&[&[0], &bytes[..]].concat()),
        Some(_) => integer(&bytes),
    }
}

/// An OBJECT IDENTIFIER from dotted numbers.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut contents = Vec::new();
    for (index, arc) in arcs.iter().enumerate().skip(1) {
        let mut value = if index == 1 { arcs[0] * 40 + arc } else { *arc };
        let mut digits = vec![(value & 0x7f) as u8];
        value >>= 7;
        while value > 0 {
            digits.push(0x80 | (value & 0x7f) as u8);
            value >>= 7;
        }
        digits.reverse();
        contents.extend(digits);
    }
    tlv(0x06, &contents)
}

pub fn octets(contents: &[u8]) -> Vec<u8> {
    tlv(0x04, contents)
}

pub fn bits(contents: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], contents].concat())
}

pub fn boolean(value: bool) -> Vec<u8> {
    tlv(0x01, &[if value { 0xff } else { 0 }])
}

pub fn null() -> Vec<u8> {
    vec![0x05, 0x00]
}

pub fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}

pub fn printable(text: &str) -> Vec<u8> {
    tlv(0x13, text.as_bytes())
}

/// A UTCTime for years up to 2049, otherwise a GeneralizedTime; `text` is `YYYYMMDDHHMMSS`.
pub fn moment(text: &str) -> Vec<u8> {
    let year: u32 = text[..4].parse().unwrap();
    if (1950..2050).contains(&year) {
        tlv(0x17, format!("{}Z", &text[2..]).as_bytes())
    } else {
        tlv(0x18, format!("{text}Z").as_bytes())
    }
}

/// The contents of an element with a length in the usual form.
pub fn contents(element: &[u8]) -> &[u8] {
    let first = element[1];
    let header = if first < 0x80 { 2 } else { 2 + usize::from(first & 0x7f) };
    &element[header..]
}

/// Splits consecutive elements.
pub fn elements(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut list = Vec::new();
    while bytes.len() > 1 {
        let first = bytes[1];
        let (header, length) = if first < 0x80 {
            (2, usize::from(first))
        } else {
            let count = usize::from(first & 0x7f);
            let length = bytes
                .get(2..2 + count)
                .unwrap_or_default()
                .iter()
                .fold(0, |value, byte| value << 8 | usize::from(*byte));
            (2 + count, length)
        };
        let Some((element, rest)) =
            header.checked_add(length).and_then(|end| bytes.split_at_checked(end))
        else {
            break;
        };
        list.push(element);
        bytes = rest;
    }
    list
}
