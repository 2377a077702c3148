//! Looks for many literals at once, where making the search must cost little: it is made anew with every secret that is
//! found. An automaton takes microseconds for each literal; this takes a few writes.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

/// Bits of the filter that tells most places of a text at once.
const FILTER_BITS: usize = 1 << 14;
/// Literals are told apart by so many of their first bytes. None is shorter.
pub(crate) const HEAD_BYTES: usize = 8;

/// Literals of at least [`HEAD_BYTES`] bytes.
#[derive(Debug, Default)]
pub(crate) struct Literals {
    /// Made with the first literal: most texts have none.
    index: Option<Box<Index>>,
}

/// Literals with one head, in order, with their numbers: keys of one issuer may all have it.
type Alike = BTreeMap<Box<[u8]>, usize>;

#[derive(Debug)]
struct Index {
    filter: [u64; FILTER_BITS / 64],
    by_head: HashMap<u64, Alike>,
}

impl Index {
    fn new() -> Self {
        Self {
            filter: [0; FILTER_BITS / 64],
            by_head: HashMap::new(),
        }
    }

    /// The literals that may begin with these bytes.
    fn get(&self, head: u64) -> Option<&Alike> {
        let bit = bit(head);
        if self.filter[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        self.by_head.get(&head)
    }
}

impl Literals {
    /// Takes in a literal, unless it is there or too short; `number` is how it is given back. True when it was taken.
    pub(crate) fn add(&mut self, literal: &[u8], number: usize) -> bool {
        let Some(head) = head(literal) else {
            return false;
        };
        let index = self.index.get_or_insert_with(|| Box::new(Index::new()));
        let bit = bit(head);
        index.filter[bit / 64] |= 1 << (bit % 64);
        let alike = index.by_head.entry(head).or_default();
        if alike.contains_key(literal) {
            return false;
        }
        alike.insert(literal.into(), number);
        true
    }

    /// Calls `each` with every place where a literal stands, and its number.
    pub(crate) fn find(&self, text: &[u8], mut each: impl FnMut(usize, usize)) {
        let Some(index) = &self.index else { return };
        for (start, head) in text.windows(HEAD_BYTES).filter_map(head).enumerate() {
            if let Some(alike) = index.get(head) {
                beginnings(alike, &text[start..], |number| each(start, number));
            }
        }
    }
}

/// The literals that a text begins with. In their order all of them stand before the text; the last before it that is no
/// beginning of it shows how much of the text any other can have.
fn beginnings(alike: &Alike, text: &[u8], mut each: impl FnMut(usize)) {
    let mut left = text;
    while left.len() >= HEAD_BYTES {
        let before = (Bound::Unbounded, Bound::Included(left));
        let Some((literal, number)) = alike.range::<[u8], _>(before).next_back() else {
            return;
        };
        let common = literal
            .iter()
            .zip(left)
            .take_while(|(one, other)| one == other)
            .count();
        if common == literal.len() {
            each(*number);
            left = &left[..common - 1];
        } else {
            left = &left[..common];
        }
    }
}

fn head(bytes: &[u8]) -> Option<u64> {
    bytes
        .first_chunk::<HEAD_BYTES>()
        .map(|head| u64::from_le_bytes(*head))
}

fn bit(head: u64) -> usize {
    // Multiplication spreads the bytes over the upper bits.
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// As looking for one after the other at every place does.
        #[test]
        fn all_are_found_and_nothing_else(
            literals in proptest::collection::btree_set("aaaaaaa[ab]{1,6}", 0..12),
            text in "(a{1,9}|[ab]{1,8}|c){0,12}",
        ) {
            let mut search = Literals::default();
            for (number, literal) in literals.iter().enumerate() {
                prop_assert!(search.add(literal.as_bytes(), number));
                prop_assert!(!search.add(literal.as_bytes(), number));
            }
            let mut found = Vec::new();
            search.find(text.as_bytes(), |start, number| found.push((start, number)));
            found.sort_unstable();
            let mut expected = Vec::new();
            for start in 0..text.len() {
                for (number, literal) in literals.iter().enumerate() {
                    if text[start..].starts_with(literal.as_str()) {
                        expected.push((start, number));
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
