//! Pasted text: nothing panics or hangs, a log says no more than its lines, and a planted key never comes out.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::explain::{dictionary, read, read_log, shown};

/// No real key; what a reader may not repeat of one.
const KEY: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

fuzz_target!(|text: &str| {
    let reading = read(text);
    for said in &reading.said {
        assert!(!said.title.is_empty() && !said.cause.is_empty() && !said.next.is_empty(), "{said:?}");
    }
    let log = read_log(&mut text.as_bytes(), &mut |_| {}).expect("memory can be read");
    let counted: u64 = log.causes.iter().map(|cause| cause.count).sum();
    assert!(counted + log.left_out == log.known && log.known <= log.lines, "{log:?}");
    let _ = dictionary::nearest(text, 3);

    // The same text with a key in the middle of it, at the end of its first word.
    let at = text.find(' ').unwrap_or(text.len());
    let planted = format!("{} {KEY}{}", &text[..at], &text[at..]);
    let told: String = read(&planted).said.iter().map(|said| format!("{said:?}")).collect();
    for answer in [told, shown(&planted)] {
        assert!(!answer.contains(&KEY[..24]) && !answer.contains(&KEY[40..]), "{answer}");
    }
});
