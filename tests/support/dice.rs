//! Reproducible random numbers.

/// Random numbers from a seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, throw: u64) -> Self {
        let mixed = seed.wrapping_mul(1_000_003).wrapping_add(throw);
        let mut dice = Self(mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..5 {
            dice.below(2);
        }
        dice
    }

    /// A number from 0 to `end`, without `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end
    }

    /// True once in this many throws, on average.
    pub fn once_in(&mut self, throws: u64) -> bool {
        self.below(throws) == 0
    }

    pub fn position(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.position(from.len())].clone()
    }
}
