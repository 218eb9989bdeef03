//! If the reader closes the pipe (`mtlsctl lint | head`), the output is lost but not the exit code.

use std::io::{self, Write};

/// A writer that discards everything once its reader has closed the pipe, so that the command still
/// determines its exit code: stopping early could report success despite findings.
pub(crate) struct ClosedPipe<W>(pub(crate) W);

impl<W: Write> Write for ClosedPipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn only_a_closed_pipe_is_passed_over() {
        let mut closed = ClosedPipe(Broken(io::ErrorKind::BrokenPipe));
        assert!(closed.write_all(b"report").is_ok() && closed.flush().is_ok());
        let mut full = ClosedPipe(Broken(io::ErrorKind::StorageFull));
        assert!(full.write_all(b"report").is_err() && full.flush().is_err());
    }
}
