//! Pasted text: nothing panics or hangs, a log's causes come from its lines, and a planted key is
//! never repeated.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::explain::{dictionary, read, read_log, shown};

/// Not a real key; it must not be repeated in output.
const KEY: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

fuzz_target!(|text: &str| {
    let reading = read(text);
    for said in &reading.said {
        assert!(
            !said.title.is_empty() && !said.cause.is_empty() && !said.next.is_empty(),
            "{said:?}"
        );
    }
    let log = read_log(&mut text.as_bytes(), &mut |_| {}).expect("memory can be read");
    let counted: u64 = log.causes.iter().map(|cause| cause.count).sum();
    assert!(counted + log.left_out == log.known && log.known <= log.lines, "{log:?}");
    let _ = dictionary::nearest(text, 3);

    // The same text with a key inserted after its first word.
    let at = text.find(' ').unwrap_or(text.len());
    let planted = format!("{} {KEY}{}", &text[..at], &text[at..]);
    let told: String = read(&planted).said.iter().map(|said| format!("{said:?}")).collect();
    for answer in [told, shown(&planted)] {
        assert!(!answer.contains(&KEY[..24]) && !answer.contains(&KEY[40..]), "{answer}");
    }
});
