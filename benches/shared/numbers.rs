//! Numbers that are the same in every run.

/// A small deterministic source of numbers (a linear congruence by Knuth).
pub struct Numbers(u64);

impl Numbers {
    /// A source of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Numbers(seed)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    /// A rank below `limit`, about as often as Zipf's law says.
    pub fn zipf(&mut self, limit: usize) -> usize {
        let share = self.below(1 << 24) as f64 / f64::from(1 << 24);
        ((limit as f64 + 1.0).powf(share) as usize).clamp(1, limit) - 1
    }
}
