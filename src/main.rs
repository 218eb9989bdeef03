//! The thin binary: everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Threads that read many small files wait for each other in the system's allocator, and have it ask
/// the kernel page by page (BENCHMARKS.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    mtlsctl::cli::main()
}
