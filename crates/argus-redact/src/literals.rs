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
    index: Option<Box<Index>>,
}

#[derive(Debug)]
struct Index {
    filter: [u64; FILTER_BITS / 64],
    by_head: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn new() -> Self {
        Self {
            filter: [0; FILTER_BITS / 64],
            by_head: HashMap::new(),
        }
    }

    /// The literals that may begin with these bytes.
    fn get(&self, head: u64) -> Option<&[usize]> {
        let bit = bit(head);
        if self.filter[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        self.by_head.get(&head).map(Vec::as_slice)
    }
}

impl Literals {
    /// Takes in a literal; `number` is how it is given back.
    pub(crate) fn add(&mut self, literal: &str, number: usize) {
        let Some(head) = head(literal.as_bytes()) else {
            return;
        };
        let index = self.index.get_or_insert_with(|| Box::new(Index::new()));
        let bit = bit(head);
        index.filter[bit / 64] |= 1 << (bit % 64);
        index.by_head.entry(head).or_default().push(number);
    }

    /// The literals that begin as this one does.
    pub(crate) fn with_head(&self, literal: &str) -> &[usize] {
        let index = self.index.as_ref();
        head(literal.as_bytes())
            .and_then(|head| index?.get(head))
            .unwrap_or_default()
    }

    /// Every place where a literal may stand: what has its first bytes.
    pub(crate) fn candidates<'a>(
        &'a self,
        text: &'a [u8],
    ) -> impl Iterator<Item = (usize, &'a [usize])> {
        self.index.iter().flat_map(move |index| {
            let heads = text.windows(HEAD_BYTES).filter_map(head);
            (0..)
                .zip(heads)
                .filter_map(move |(at, head)| Some((at, index.get(head)?)))
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
