//! Finds the literals at which rules are tried: one pass over the text, whatever the number of rules.
//!
//! The automaton takes one step a byte, and each step waits for the one before. So the text is cut into stretches that are
//! gone over side by side: a processor does several steps in the time of one.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind};

/// Stretches that are gone over side by side.
const LANES: usize = 4;
/// Shorter texts are gone over in one.
const LANE_BYTES_MIN: usize = 64;

/// An anchor in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which one, by its place in the list.
    pub(crate) anchor: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A search for many literals, whatever their case.
#[derive(Debug)]
pub(crate) struct Anchors {
    dfa: DFA,
    length_max: usize,
}

impl Anchors {
    /// The literals are in lower case.
    pub(crate) fn new(literals: &[&str]) -> Self {
        let dfa = DFA::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(literals)
            .expect("the anchors are a few short literals");
        Self {
            length_max: literals
                .iter()
                .map(|literal| literal.len())
                .max()
                .unwrap_or(1),
            dfa,
        }
    }

    /// Every place where a literal stands, those within others too, by where they end.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut hits = Vec::new();
        let lane = bytes.len() / LANES;
        if lane < LANE_BYTES_MIN {
            let state = self.start();
            self.one(bytes, 0, bytes.len(), 0, state, &mut hits);
            return hits;
        }
        let mut of_lane: [Vec<Hit>; LANES] = Default::default();
        // A literal over the border is of the lane in which it ends: each lane begins before its border.
        let starts: [usize; LANES] =
            std::array::from_fn(|place| (place * lane).saturating_sub(self.length_max - 1));
        let mut states = [self.start(); LANES];
        for step in 0..lane {
            for place in 0..LANES {
                let at = starts[place] + step;
                states[place] = self.dfa.next_state(Anchored::No, states[place], bytes[at]);
                if self.dfa.is_special(states[place]) {
                    self.note(states[place], at + 1, place * lane, &mut of_lane[place]);
                }
            }
        }
        for (place, mut found) in of_lane.into_iter().enumerate() {
            let end = if place + 1 == LANES {
                bytes.len()
            } else {
                (place + 1) * lane
            };
            self.one(
                bytes,
                starts[place] + lane,
                end,
                place * lane,
                states[place],
                &mut found,
            );
            hits.append(&mut found);
        }
        hits
    }

    fn start(&self) -> aho_corasick::automaton::StateID {
        self.dfa
            .start_state(Anchored::No)
            .expect("the automaton is made for this search")
    }

    fn one(
        &self,
        bytes: &[u8],
        from: usize,
        to: usize,
        border: usize,
        mut state: aho_corasick::automaton::StateID,
        hits: &mut Vec<Hit>,
    ) {
        for (at, byte) in (from..to).zip(&bytes[from..to]) {
            state = self.dfa.next_state(Anchored::No, state, *byte);
            if self.dfa.is_special(state) {
                self.note(state, at + 1, border, hits);
            }
        }
    }

    #[cold]
    fn note(
        &self,
        state: aho_corasick::automaton::StateID,
        end: usize,
        border: usize,
        hits: &mut Vec<Hit>,
    ) {
        if !self.dfa.is_match(state) || end <= border {
            return;
        }
        for place in 0..self.dfa.match_len(state) {
            let anchor = self.dfa.match_pattern(state, place);
            hits.push(Hit {
                anchor: anchor.as_usize(),
                start: end - self.dfa.pattern_len(anchor),
                end,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                assert_eq!(places.len(), 2, "{length} {at}");
                assert!(places.contains(&(0, at, at + 6)) && places.contains(&(1, at + 2, at + 6)));
            }
        }
    }
}
