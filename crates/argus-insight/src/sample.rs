//! Samples that anybody can draw again who knows the seed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// An id's place under a seed: HMAC-SHA-256 with the seed as key over the id. It depends on nothing else, so that the same ids
/// are drawn whatever order they come in, and one that comes or goes moves no other's place.
#[must_use]
pub fn place(seed: &str, id: &str) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(seed.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(id.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The `count` ids with the lowest places, in that order. An id that stands twice is drawn once.
#[must_use]
pub fn draw<'a>(seed: &str, ids: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let mut placed: Vec<([u8; 32], &str)> =
        ids.into_iter().map(|id| (place(seed, id), id)).collect();
    placed.sort_unstable();
    placed.dedup();
    placed.truncate(count);
    placed.into_iter().map(|(_, id)| id).collect()
}

/// How many of `population` a share of `percent` is: rounded up, so that no project is left out for being small. What was drawn
/// beyond the share is made good by the weights of an estimate.
#[must_use]
pub fn size(population: usize, percent: f64) -> usize {
    if population == 0 || percent.is_nan() || percent <= 0.0 {
        return 0;
    }
    // A hair below, so that 2 % of 50 is one and not two by the last bit of a product.
    let exact = population as f64 * percent / 100.0 - 1e-9;
    (exact.ceil().max(1.0) as usize).min(population)
}

/// Whether an item by this id is one of the seeded places: one of `every`, by its place. None with `every` of zero.
#[must_use]
pub fn is_at_place(seed: &str, id: &str, every: u32) -> bool {
    if every == 0 {
        return false;
    }
    let place = place(seed, id);
    let number = u32::from_be_bytes([place[0], place[1], place[2], place[3]]);
    u64::from(number) * u64::from(every) < 1 << 32
}

/// Numbers by a seed: SplitMix64 (G. L. Steele and others, 2014). For resampling, where anybody may know what is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is above zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        (wide >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_what_its_authors_published() {
        let mut draws = Draws::new(1_234_567);
        assert_eq!(draws.next(), 6_457_827_717_110_365_317);
        assert_eq!(draws.next(), 3_203_168_211_198_807_973);
    }
}
