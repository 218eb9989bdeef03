//! How long to wait after a failure: longer each time, and with random jitter.

use std::time::Duration;

/// Exponential backoff with full jitter.
#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    first: Duration,
    cap: Duration,
    failures: u32,
}

impl Backoff {
    /// Waits up to `first`, then up to twice that, and so on up to `cap`.
    pub(crate) fn new(first: Duration, cap: Duration) -> Self {
        Self { first: first.min(cap), cap, failures: 0 }
    }

    /// Resets after a success.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after another failure.
    pub(crate) fn next(&mut self) -> Duration {
        let most = self.first.saturating_mul(1 << self.failures.min(16)).min(self.cap);
        self.failures = self.failures.saturating_add(1);
        // Never zero: a server that rejects quickly must not be asked in a tight loop.
        let least = (most / 10).max(Duration::from_millis(50)).min(most);
        least + (most - least).mul_f64(fastrand::f64())
    }

    /// The wait if only an operator can fix it.
    pub(crate) fn long(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        self.cap / 2 + (self.cap / 2).mul_f64(fastrand::f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_its_cap_and_is_never_zero() {
        let second = Duration::from_secs(1);
        let mut backoff = Backoff::new(second, 60 * second);
        for failure in 0..40 {
            let most = second.saturating_mul(1 << failure.min(6)).min(60 * second);
            let wait = backoff.next();
            assert!(wait <= most && wait >= Duration::from_millis(50), "{failure}: {wait:?}");
        }
        assert!(backoff.long() >= 30 * second);
        backoff.reset();
        assert!(backoff.next() <= second);
    }
}
