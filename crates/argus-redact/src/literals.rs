//! Looks for many literals at once, where making the search must cost little: it is made anew with every secret that is
//! found. An automaton takes microseconds for each literal; this takes a few writes.

use std::collections::HashMap;

/// Bits of the filter that tells most places of a text at once.
const FILTER_BITS: usize = 1 << 14;
/// Literals are told apart by so many of their first bytes. None is shorter.
pub(crate) const HEAD_BYTES: usize = 8;

/// Literals of at least [`HEAD_BYTES`] bytes.
#[derive(Debug, Default)]
pub(crate) struct Literals {
    /// Made with the first literal: most texts have none.
    filter: Option<Box<[u64; FILTER_BITS / 64]>>,
    by_head: HashMap<u64, Vec<usize>>,
}

impl Literals {
    /// Takes in a literal; `number` is how it is given back.
    pub(crate) fn add(&mut self, literal: &str, number: usize) {
        let Some(head) = head(literal.as_bytes()) else {
            return;
        };
        let bit = bit(head);
        let filter = self
            .filter
            .get_or_insert_with(|| Box::new([0; FILTER_BITS / 64]));
        filter[bit / 64] |= 1 << (bit % 64);
        self.by_head.entry(head).or_default().push(number);
    }

    /// The literals that begin as this one does.
    pub(crate) fn with_head(&self, literal: &str) -> &[usize] {
        let numbers = head(literal.as_bytes()).and_then(|head| self.by_head.get(&head));
        numbers.map_or(&[], Vec::as_slice)
    }

    /// Every place where a literal may stand: what has its first bytes.
    pub(crate) fn candidates<'a>(
        &'a self,
        text: &'a [u8],
    ) -> impl Iterator<Item = (usize, &'a [usize])> {
        let places = (text.len() + 1).saturating_sub(HEAD_BYTES);
        self.filter.iter().flat_map(move |filter| {
            (0..places).filter_map(move |at| {
                let head = head(&text[at..])?;
                let bit = bit(head);
                if filter[bit / 64] & (1 << (bit % 64)) == 0 {
                    return None;
                }
                self.by_head
                    .get(&head)
                    .map(|numbers| (at, numbers.as_slice()))
            })
        })
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
