//! A baseline from any text: rejected with a message, or written back and read as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::lint::Baseline;

fuzz_target!(|text: &str| {
    if let Ok(baseline) = Baseline::parse(text) {
        let written = baseline.text();
        assert_eq!(Baseline::parse(&written).as_ref(), Ok(&baseline), "{written}");
    }
});
