//! What is kept of a text to judge by: which cues stand in it, and numbers of its words to compare it by. Never the text. Held
//! in memory only.

use super::words::{self, Cue};

/// Most characters that are looked at, of the beginning and of the end: a person's judgement stands there.
const HEAD_CHARS: usize = 600;
const TAIL_CHARS: usize = 300;
/// Most words that are compared by.
const WORDS_MAX: usize = 48;
/// Fewest words that tell of a likeness.
const WORDS_MIN: usize = 4;

/// What is kept of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    cues: u32,
    /// Numbers of its words, in order of size.
    words: Vec<u32>,
}

impl Said {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let looked = ends_of(text);
        let plain = words::plain(&looked);
        let mut numbers: Vec<u32> = tokens(&plain).take(WORDS_MAX).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self {
            cues: words::cues(&plain, looked.trim()),
            words: numbers,
        }
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & (1 << cue as u32) != 0
    }

    pub(super) fn has_any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }

    /// True when most words of the shorter stand in the other, and both have enough of them to tell.
    pub(super) fn resembles(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        if short.words.len() < WORDS_MIN || long.words.len() > short.words.len() * 3 {
            return false;
        }
        let common = short
            .words
            .iter()
            .filter(|word| long.words.binary_search(word).is_ok())
            .count();
        common * 10 >= short.words.len() * 7
    }
}

fn ends_of(text: &str) -> String {
    let mut chars = text.char_indices();
    let Some((head, _)) = chars.by_ref().nth(HEAD_CHARS) else {
        return text.to_owned();
    };
    let tail = text[head..]
        .char_indices()
        .rev()
        .nth(TAIL_CHARS)
        .map_or(head, |(place, _)| head + place);
    format!("{} {}", &text[..head], &text[tail..])
}

/// Numbers of the words; of scripts without spaces between words, of each two characters.
fn tokens(plain: &str) -> impl Iterator<Item = u32> {
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            if word.chars().any(words::is_unspaced) {
                let chars: Vec<char> = word.chars().collect();
                chars
                    .windows(2)
                    .map(|pair| number(&String::from_iter(pair)))
                    .collect::<Vec<_>>()
            } else if word.chars().count() > 1 {
                vec![number(word)]
            } else {
                Vec::new()
            }
        })
}

/// FNV-1a.
fn number(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
