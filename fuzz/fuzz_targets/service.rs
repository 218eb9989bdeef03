//! The service grammar: what is read can be written, and is read back the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::world::{ServiceAddress, has_scheme, split_reference};

fuzz_target!(|text: &str| {
    let _ = (has_scheme(text), split_reference(text));
    let Ok(address) = ServiceAddress::parse(text) else { return };
    assert!(!address.host.is_empty() || text.contains('%'), "{text:?}");
    let written = address.normalized(None);
    let again = ServiceAddress::parse(&written);
    // A host with escapes, or with characters that Python's `quote` leaves alone, may be read back
    // differently; plain ones may not.
    let escaped = text.contains('%');
    if !escaped
        && address.host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    {
        let again = again.unwrap_or_else(|error| panic!("{text:?} as {written:?}: {error:?}"));
        assert_eq!(
            (again.scheme, again.host, again.port),
            (address.scheme, address.host, address.port),
            "{text:?} as {written:?}"
        );
    }
});
