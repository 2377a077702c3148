//! Finds the literals at which rules are tried: one pass over the text, whatever the number of rules.
//!
//! An automaton would take one step a byte, and each step would wait for the one before. Here no step waits: for each byte,
//! masks say which groups of literals have it as the first, second, third and fourth of the four bytes by which each is told,
//! and where a group is left in all four its literals are compared. A literal is told by the four of its bytes in a row that are
//! rarest in texts, so few places are left, and the work for a byte is a handful of steps that a processor does at once.

/// An anchor in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which one, by its place in the list.
    pub(crate) anchor: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Bytes of a literal that the masks tell.
const TOLD_BYTES: usize = 4;
/// Groups of literals: one for each bit of a mask.
const GROUPS_MAX: usize = u64::BITS as usize;
/// Bytes of a literal that are compared at once.
const HEAD_BYTES: usize = 8;

/// Some texts have an anchor in so many bytes, most have fewer.
const HIT_EVERY_BYTES: usize = 64;

/// The groups that may go on with a byte, by how many bytes of them stand before it.
type Masks = [u64; TOLD_BYTES];

/// A search for many literals, whatever their case.
#[derive(Debug)]
pub(crate) struct Anchors {
    masks: Box<[Masks; 256]>,
    /// The masks of the end of a text: of the groups with literals that are shorter than what is told.
    end: Masks,
    groups: Vec<Vec<Literal>>,
}

#[derive(Debug)]
struct Literal {
    anchor: usize,
    /// How far before the bytes by which it is told it begins.
    before: usize,
    length: usize,
    /// The first bytes, which of them are any, and the bit that tells upper from lower case in each that is a letter.
    head: u64,
    head_mask: u64,
    head_fold: u64,
    rest: Vec<u8>,
}

impl Literal {
    fn new(anchor: usize, literal: &str) -> Self {
        let bytes = literal.as_bytes();
        let (head, rest) = bytes.split_at(bytes.len().min(HEAD_BYTES));
        let each = |of: fn(u8) -> u8| {
            let mut word = [0; HEAD_BYTES];
            for (place, byte) in word.iter_mut().zip(head) {
                *place = of(*byte);
            }
            u64::from_le_bytes(word)
        };
        Self {
            anchor,
            before: told_from(literal),
            length: bytes.len(),
            head: each(|byte| byte),
            head_mask: each(|_| 0xff),
            head_fold: each(|byte| u8::from(byte.is_ascii_lowercase()) << 5),
            rest: rest.to_vec(),
        }
    }

    /// Where this literal stands, when the bytes by which it is told are at `told`.
    fn at(&self, bytes: &[u8], told: usize) -> Option<Hit> {
        let start = told.checked_sub(self.before)?;
        let is_here = (head(&bytes[start..]) | self.head_fold) & self.head_mask == self.head
            && (self.rest.is_empty()
                || bytes[start + HEAD_BYTES..]
                    .get(..self.rest.len())
                    .is_some_and(|rest| rest.eq_ignore_ascii_case(&self.rest)));
        is_here.then(|| Hit {
            anchor: self.anchor,
            start,
            end: start + self.length,
        })
    }
}

impl Anchors {
    /// The literals are in lower case.
    pub(crate) fn new(literals: &[&str]) -> Self {
        let told: Vec<&[u8]> = literals.iter().map(|literal| told(literal)).collect();
        let groups = grouped(&told);
        let mut masks = Box::new([[0; TOLD_BYTES]; 256]);
        let mut end = [0; TOLD_BYTES];
        for (group, anchors) in groups.iter().enumerate() {
            for literal in anchors.iter().map(|anchor| told[*anchor]) {
                for place in 0..TOLD_BYTES {
                    if let Some(byte) = literal.get(place) {
                        masks[usize::from(*byte)][place] |= 1 << group;
                        masks[usize::from(byte.to_ascii_uppercase())][place] |= 1 << group;
                    } else {
                        end[place] |= 1 << group;
                        masks
                            .iter_mut()
                            .for_each(|masks| masks[place] |= 1 << group);
                    }
                }
            }
        }
        let compared = |anchor: usize| Literal::new(anchor, literals[anchor]);
        Self {
            masks,
            end,
            groups: groups
                .into_iter()
                .map(|anchors| anchors.into_iter().map(compared).collect())
                .collect(),
        }
    }

    /// Every place where a literal stands, those within others too, by where they end, then by where they start.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut hits = Vec::with_capacity(bytes.len() / HIT_EVERY_BYTES);
        // The groups that are left behind one byte, two and three.
        let (mut one, mut two, mut three) = (0, 0, 0);
        for (at, byte) in bytes.iter().enumerate() {
            let masks = &self.masks[usize::from(*byte)];
            let groups = three & masks[3];
            (one, two, three) = (masks[0], one & masks[1], two & masks[2]);
            if groups != 0 {
                self.note(bytes, at + 1 - TOLD_BYTES, groups, &mut hits);
            }
        }
        for at in bytes.len()..bytes.len() + TOLD_BYTES - 1 {
            let groups = three & self.end[3];
            (one, two, three) = (0, one & self.end[1], two & self.end[2]);
            if groups != 0 {
                self.note(bytes, at + 1 - TOLD_BYTES, groups, &mut hits);
            }
        }
        hits
    }

    /// Takes down which literals of some groups stand where they are told at `told`. Apart, so that the masks stay at hand.
    #[inline(never)]
    fn note(&self, bytes: &[u8], told: usize, groups: u64, hits: &mut Vec<Hit>) {
        let mut left = groups;
        while left != 0 {
            let literals = &self.groups[left.trailing_zeros() as usize];
            for hit in literals
                .iter()
                .filter_map(|literal| literal.at(bytes, told))
            {
                let behind = |held: &&Hit| (held.end, held.start) > (hit.end, hit.start);
                let behind = hits.iter().rev().take_while(behind).count();
                hits.insert(hits.len() - behind, hit);
            }
            left &= left - 1;
        }
    }
}

/// The first bytes of a text in one number; what is not there is 0, which is in no literal.
fn head(bytes: &[u8]) -> u64 {
    let head = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; HEAD_BYTES];
        head[..bytes.len()].copy_from_slice(bytes);
        head
    });
    u64::from_le_bytes(head)
}

/// The literals, by their places in the list, in as many groups as there may be. Each comes to those with which it lets the
/// fewest texts pass, the one that lets most pass first.
fn grouped(told: &[&[u8]]) -> Vec<Vec<usize>> {
    let mut anchors: Vec<usize> = (0..told.len()).collect();
    anchors.sort_by(|one, other| passing(told[*other]).total_cmp(&passing(told[*one])));
    let mut groups = vec![Group::default(); GROUPS_MAX];
    for anchor in anchors {
        let costs = groups
            .iter()
            .map(|group| group.with(told[anchor]).passing() - group.passing());
        let best = costs
            .enumerate()
            .min_by(|(_, one), (_, other)| one.total_cmp(other))
            .map_or(0, |(best, _)| best);
        groups[best] = groups[best].with(told[anchor]);
        groups[best].anchors.push(anchor);
    }
    groups.into_iter().map(|group| group.anchors).collect()
}

/// Literals of one group, and what their masks let pass.
#[derive(Debug, Default, Clone)]
struct Group {
    anchors: Vec<usize>,
    /// The ASCII characters in each place.
    held: [u128; TOLD_BYTES],
    /// How much of a text they are.
    shares: [f64; TOLD_BYTES],
}

impl Group {
    /// This group with a literal that is told by some bytes.
    fn with(&self, told: &[u8]) -> Self {
        let mut with = self.clone();
        for place in 0..TOLD_BYTES {
            match told.get(place) {
                // It ends before: any byte will do.
                None => (with.held[place], with.shares[place]) = (u128::MAX, 1.0),
                Some(byte) if with.held[place] & 1 << byte == 0 => {
                    with.held[place] |= 1 << byte;
                    with.shares[place] += share(*byte);
                }
                Some(_) => {}
            }
        }
        with
    }

    fn passing(&self) -> f64 {
        self.shares.iter().product()
    }
}

/// The bytes by which a literal is told: the rarest in a row.
fn told(literal: &str) -> &[u8] {
    let bytes = &literal.as_bytes()[told_from(literal)..];
    &bytes[..bytes.len().min(TOLD_BYTES)]
}

/// Where the bytes by which a literal is told begin.
fn told_from(literal: &str) -> usize {
    let windows = literal.as_bytes().windows(TOLD_BYTES);
    windows
        .map(passing)
        .enumerate()
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map_or(0, |(from, _)| from)
}

/// How much of a text the masks of a literal let pass.
fn passing(told: &[u8]) -> f64 {
    told.iter().copied().map(share).product()
}

/// How much of a text a byte is, roughly.
fn share(byte: u8) -> f64 {
    match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' => 0.06,
        byte if byte.is_ascii_lowercase() => 0.02,
        _ => 0.01,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use crate::rules::Rules;

    #[test]
    fn every_anchor_is_found_wherever_it_stands() {
        let anchors = Anchors::new(&["secret", "cret", "key-"]);
        for length in [0, 10, 1500, 4096] {
            for at in (0..length).step_by(7) {
                let text = format!("{}SeCret{}", "x".repeat(at), "y".repeat(length - at));
                let hits = anchors.find(&text);
                let places: Vec<(usize, usize, usize)> = hits
                    .iter()
                    .map(|hit| (hit.anchor, hit.start, hit.end))
                    .collect();
                assert_eq!(places, [(0, at, at + 6), (1, at + 2, at + 6)]);
            }
        }
    }

    #[test]
    fn what_is_found_is_what_stands_there() {
        let literals = [
            "a",
            "pw",
            "s.",
            "pwd",
            "pass",
            "word",
            "password",
            "connection_string",
        ];
        let anchors = Anchors::new(&literals);
        for text in [
            "",
            "p",
            "PW",
            "pWd",
            "s.pwd",
            "passwordpwdConnection_Stringpas",
            "a\0paSSéword.connection_strin",
            "aaa",
        ] {
            let folded = text.to_ascii_lowercase();
            let mut wanted: Vec<Hit> = literals
                .iter()
                .enumerate()
                .flat_map(|(anchor, literal)| {
                    folded.match_indices(literal).map(move |(start, _)| Hit {
                        anchor,
                        start,
                        end: start + literal.len(),
                    })
                })
                .collect();
            wanted.sort_by_key(|hit| (hit.end, hit.start));
            assert_eq!(anchors.find(text), wanted, "{text}");
        }
    }

    #[test]
    fn every_literal_of_the_rules_is_found() {
        let rules = Rules::new(&Policy::default(), 0).unwrap();
        let literals = rules.anchors.groups.iter().flatten();
        assert_eq!(literals.clone().count(), rules.rules_of_anchor.len());
        for literal in literals {
            let mut text = literal.head.to_le_bytes().to_vec();
            text.extend(&literal.rest);
            text.truncate(literal.length);
            let text = format!("é{}", String::from_utf8(text).unwrap().to_uppercase());
            assert!(
                rules
                    .anchors
                    .find(&text)
                    .iter()
                    .any(|hit| hit.anchor == literal.anchor && hit.end == text.len()),
                "{text}"
            );
        }
    }
}
