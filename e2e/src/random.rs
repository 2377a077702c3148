//! Randomness that comes out the same again.

/// SplitMix64: everything made with it is the same again from its seed.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The same numbers for the same seed, everywhere.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// So many characters of an alphabet in ASCII.
    pub fn letters(&mut self, alphabet: &str, count: usize) -> String {
        let alphabet = alphabet.as_bytes();
        let letter = |random: &mut Self| {
            let place = usize::try_from(random.below(alphabet.len() as u64)).unwrap_or(0);
            char::from(alphabet[place])
        };
        (0..count).map(|_| letter(self)).collect()
    }
}

/// Another seed each time, to be printed.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a new seed each time; it is printed"
)]
pub fn fresh_seed() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(1, |since| since.as_secs())
}
