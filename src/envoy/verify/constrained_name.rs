//! Compares names with the bases of name constraints: DNS names, mail addresses, URIs.

use super::reason;

fn ends_with(name: &[u8], suffix: &[u8]) -> bool {
    name.len() >= suffix.len() && name[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
}

fn without_dot(name: &[u8]) -> &[u8] {
    name.strip_suffix(b".").unwrap_or(name)
}

pub(crate) fn dns(name: &[u8], base: &[u8], excluding: bool) -> bool {
    if base.is_empty() {
        return true;
    }
    let (name, base) = (without_dot(name), without_dot(base));
    // `*.example.com` may match an excluded `a.example.com`.
    if excluding && let Some(parent) = name.strip_prefix(b"*.") {
        let base_parent = base.iter().position(|byte| *byte == b'.').map(|dot| &base[dot + 1..]);
        if base_parent.is_some_and(|base_parent| parent.eq_ignore_ascii_case(base_parent)) {
            return true;
        }
    }
    dns_below(name, base)
}

pub(crate) fn dns_below(name: &[u8], base: &[u8]) -> bool {
    // RFC 5280 has no leading dot; OpenSSL has always treated it as "any name below".
    if base.first() == Some(&b'.') {
        return ends_with(name, base);
    }
    if name.len() > base.len() && name[name.len() - base.len() - 1] != b'.' {
        return false;
    }
    ends_with(name, base)
}

pub(crate) fn email(address: &[u8], base: &[u8], any_case: bool) -> Result<bool, &'static str> {
    let (local, domain) = at_sign(address)?.ok_or(reason::UNSUPPORTED_NAME_SYNTAX)?;
    if !is_local_part(local) || !is_mail_domain(domain) {
        return Err(reason::UNSUPPORTED_NAME_SYNTAX);
    }
    let (base_local, base_domain) = match at_sign(base)? {
        Some((local, domain)) => {
            if !is_local_part(local) {
                return Err(reason::UNSUPPORTED_NAME_SYNTAX);
            }
            (Some(local), domain)
        }
        None => (None, base),
    };
    if !is_mail_domain(base_domain) {
        return Err(reason::UNSUPPORTED_NAME_SYNTAX);
    }
    Ok(match base_local {
        Some(base_local) => {
            let same =
                if any_case { base_local.eq_ignore_ascii_case(local) } else { base_local == local };
            same && base_domain.eq_ignore_ascii_case(domain)
        }
        None if base_domain.first() == Some(&b'.') => ends_with(domain, base_domain),
        None => base_domain.eq_ignore_ascii_case(domain),
    })
}

/// The parts before and after a separator.
type Halves<'t> = (&'t [u8], &'t [u8]);

/// The parts before and after the only `@`.
fn at_sign(text: &[u8]) -> Result<Option<Halves<'_>>, &'static str> {
    let Some(at) = text.iter().position(|byte| *byte == b'@') else {
        return Ok(None);
    };
    if text[at + 1..].contains(&b'@') {
        return Err(reason::UNSUPPORTED_NAME_SYNTAX);
    }
    Ok(Some((&text[..at], &text[at + 1..])))
}

fn is_local_part(text: &[u8]) -> bool {
    !text.is_empty()
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(byte))
}

fn is_mail_domain(text: &[u8]) -> bool {
    !text.is_empty()
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// Compares mail addresses as BoringSSL did before Envoy 1.38.
pub(crate) fn loose_email(address: &[u8], base: &[u8]) -> Result<bool, &'static str> {
    let at = |text: &[u8]| text.iter().position(|byte| *byte == b'@');
    let split = at(address).ok_or(reason::UNSUPPORTED_NAME_SYNTAX)?;
    let (local, domain) = (&address[..split], &address[split + 1..]);
    Ok(match at(base) {
        // The `@` is included in the comparison here.
        None if base.first() == Some(&b'.') => ends_with(&address[split..], base),
        None => base.eq_ignore_ascii_case(domain),
        Some(split) => {
            (split == 0 || base[..split] == *local)
                && base[split + 1..].eq_ignore_ascii_case(domain)
        }
    })
}

/// Compares URIs as BoringSSL did before Envoy 1.39: everything before a port or a slash is the
/// host.
pub(crate) fn loose_uri(uri: &[u8], base: &[u8]) -> Result<bool, &'static str> {
    let colon = uri.iter().position(|byte| *byte == b':');
    let rest = colon
        .and_then(|colon| uri[colon + 1..].strip_prefix(b"//"))
        .ok_or(reason::UNSUPPORTED_NAME_SYNTAX)?;
    let end = rest
        .iter()
        .position(|byte| *byte == b':')
        .or_else(|| rest.iter().position(|byte| *byte == b'/'))
        .unwrap_or(rest.len());
    let host = &rest[..end];
    if host.is_empty() {
        return Err(reason::UNSUPPORTED_NAME_SYNTAX);
    }
    if base.first() == Some(&b'.') {
        return Ok(ends_with(host, base));
    }
    Ok(base.eq_ignore_ascii_case(host))
}

pub(crate) fn uri(uri: &[u8], base: &[u8]) -> Result<bool, &'static str> {
    let host = uri_host(uri).ok_or(reason::UNSUPPORTED_NAME_SYNTAX)?;
    let base = without_dot(base);
    let plain = base.strip_prefix(b".").unwrap_or(base);
    if !is_full_name(plain) {
        return Err(reason::UNSUPPORTED_CONSTRAINT_SYNTAX);
    }
    Ok(if plain.len() < base.len() {
        ends_with(host, base)
    } else {
        host.eq_ignore_ascii_case(base)
    })
}

/// The host of a URI with an authority, if it is a registered name.
fn uri_host(uri: &[u8]) -> Option<&[u8]> {
    let colon = uri.iter().position(|byte| *byte == b':')?;
    let (scheme, rest) = (&uri[..colon], &uri[colon + 1..]);
    let well_formed = scheme.first()?.is_ascii_alphabetic()
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    if !well_formed {
        return None;
    }
    let rest = rest.strip_prefix(b"//")?;
    let end = rest.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = match authority.iter().position(|byte| *byte == b':') {
        Some(colon) => {
            if !authority[colon + 1..].iter().all(u8::is_ascii_digit) {
                return None;
            }
            &authority[..colon]
        }
        None => authority,
    };
    let host = without_dot(host);
    is_full_name(host).then_some(host)
}

/// Whether this is a domain name rather than an address (`nc_uri_is_fqdn`).
fn is_full_name(host: &[u8]) -> bool {
    let mut last: &[u8] = &[];
    for label in host.split(|byte| *byte == b'.') {
        let (Some(first), Some(end)) = (label.first(), label.last()) else {
            return false;
        };
        if label.len() > 63
            || !first.is_ascii_alphanumeric()
            || !end.is_ascii_alphanumeric()
            || !label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        {
            return false;
        }
        last = label;
    }
    // An address ends in a number: decimal, octal or hexadecimal.
    match last.strip_prefix(b"0x").or_else(|| last.strip_prefix(b"0X")) {
        Some(digits) => !digits.iter().all(u8::is_ascii_hexdigit),
        None => !last.iter().all(u8::is_ascii_digit),
    }
}
