//! What was planted where, and the search for it: for pieces of it, so that half a secret is found too, and for what those
//! become in base64, in URLs and in JSON.

use std::collections::BTreeSet;
use std::fmt;

use aho_corasick::AhoCorasick;
use argus_e2e::{Random, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secrets::{Form, GITHUB, Made};

/// Bytes of a piece: what is longer than two pieces less one holds a whole one.
const PIECE_BYTES: usize = 12;
/// Bytes that are shown around what was found.
const AROUND_BYTES: usize = 60;

/// Everything that was planted.
pub(crate) struct Canaries {
    random: Random,
    shared: Made,
    planted: Vec<Planted>,
}

struct Planted {
    place: String,
    pieces: Vec<String>,
}

/// A piece of a secret, where none should be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Leak {
    /// Where it was planted.
    planted: String,
    /// What was done to it.
    form: &'static str,
    /// The file or answer that has it.
    found_in: String,
    /// What stands around it: it is made up, so it may be shown.
    around: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            planted,
            form,
            found_in,
            around,
        } = self;
        write!(
            out,
            "{planted} ({form}) stands in {found_in}: \u{2026}{around}\u{2026}"
        )
    }
}

impl Canaries {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let shared = GITHUB.make(&mut random);
        let mut canaries = Self {
            random,
            shared: shared.clone(),
            planted: Vec::new(),
        };
        canaries.know("everywhere", &shared.secret);
        canaries
    }

    /// The one secret that stands in every place.
    pub(crate) fn shared(&self) -> &str {
        &self.shared.text
    }

    /// A new secret for a place.
    pub(crate) fn plant(&mut self, place: &str, form: Form) -> String {
        let made = form.make(&mut self.random);
        self.know(place, &made.secret);
        made.text
    }

    /// Takes in a secret that was made elsewhere.
    pub(crate) fn know(&mut self, place: &str, secret: &str) {
        let pieces = secret
            .lines()
            .flat_map(|line| {
                let line = line.as_bytes();
                line.chunks(PIECE_BYTES.min(line.len()))
                    .filter(|piece| piece.len() == PIECE_BYTES.min(line.len()))
            })
            .map(|piece| String::from_utf8_lossy(piece).into_owned())
            .collect();
        self.planted.push(Planted {
            place: place.to_owned(),
            pieces,
        });
    }

    /// Every piece, as it was written.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &str> {
        self.planted
            .iter()
            .flat_map(|planted| planted.pieces.iter().map(String::as_str))
    }

    /// The search for all of them.
    pub(crate) fn search(&self) -> Result<Search> {
        let mut needles = Vec::new();
        let mut of = Vec::new();
        for planted in &self.planted {
            for piece in &planted.pieces {
                for (form, needle) in forms(piece) {
                    needles.push(needle);
                    of.push((planted.place.clone(), form));
                }
            }
        }
        let finder = AhoCorasick::new(&needles).map_err(|error| error.to_string())?;
        Ok(Search { finder, of })
    }
}

/// A piece as it is, and as it stands in texts that hold it in disguise.
fn forms(piece: &str) -> Vec<(&'static str, String)> {
    let mut forms = vec![("as it is", piece.to_owned())];
    let mut other = |form, text: String| {
        if text != piece {
            forms.push((form, text));
        }
    };
    other("URL-encoded", url_encoded(piece));
    other("JSON-escaped", piece.replace('/', "\\/"));
    for before in 0..3 {
        other("base64", in_base64(piece, before));
    }
    forms
}

fn url_encoded(piece: &str) -> String {
    piece
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The base64 of a longer text that has the piece so many bytes behind a multiple of three: what of it does not depend on
/// what stands around.
fn in_base64(piece: &str, before: usize) -> String {
    let text: Vec<u8> = vec![0; before].into_iter().chain(piece.bytes()).collect();
    let encoded = STANDARD.encode(&text);
    let from = (before * 8).div_ceil(6);
    encoded[from..text.len() * 8 / 6].to_owned()
}

/// A search for everything that was planted.
pub(crate) struct Search {
    finder: AhoCorasick,
    of: Vec<(String, &'static str)>,
}

impl Search {
    /// What of it stands in `bytes`: each place and form once.
    pub(crate) fn leaks(&self, found_in: &str, bytes: &[u8]) -> Vec<Leak> {
        let mut seen = BTreeSet::new();
        self.finder
            .find_overlapping_iter(bytes)
            .filter(|hit| seen.insert(&self.of[hit.pattern().as_usize()]))
            .map(|hit| {
                let from = hit.start().saturating_sub(AROUND_BYTES);
                let to = (hit.end() + AROUND_BYTES).min(bytes.len());
                let (planted, form) = &self.of[hit.pattern().as_usize()];
                Leak {
                    planted: planted.clone(),
                    form,
                    found_in: found_in.to_owned(),
                    around: String::from_utf8_lossy(&bytes[from..to]).replace('\n', " "),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::PYPI;

    #[test]
    fn it_is_found_whatever_it_is_written_as() {
        let mut canaries = Canaries::new(1);
        let secret = canaries.plant("here", Form::Password);
        let search = canaries.search().unwrap();
        let forms = |text: &str| -> Vec<&'static str> {
            let leaks = search.leaks("a text", text.as_bytes());
            leaks.iter().map(|leak| leak.form).collect()
        };
        assert_eq!(forms(&format!("a {secret} b")), ["as it is"]);
        assert!(forms(&secret.replace('/', "%2F")).contains(&"URL-encoded"));
        assert!(forms(&secret.replace('/', "\\/")).contains(&"JSON-escaped"));
        for before in ["", "a", "ab"] {
            let text = STANDARD.encode(format!("{before}{secret} and more"));
            assert_eq!(forms(&text), ["base64"], "{before:?}");
        }
        assert_eq!(forms("a text without it"), [""; 0]);
    }

    #[test]
    fn half_of_it_is_found() {
        let mut canaries = Canaries::new(2);
        let secret = canaries.plant("here", PYPI);
        let search = canaries.search().unwrap();
        let half = &secret[7..30];
        assert_eq!(search.leaks("a text", half.as_bytes()).len(), 1);
    }
}
