//! What was found once is replaced wherever it stands.

use crate::found::{Found, rank};
use crate::literals::{self, Literals};
use crate::look;
use crate::rules::Kind;

/// Shortest value that is looked for elsewhere once it was found: shorter ones are words.
const KNOWN_BYTES_MIN: usize = literals::HEAD_BYTES;
/// Longest one.
const KNOWN_BYTES_MAX: usize = 4096;
/// Shortest writing of a secret, in base64 for instance, that is looked for elsewhere.
const WRITTEN_BYTES_MIN: usize = 16;

/// Secrets that were found before, in whatever place: they are replaced wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Known {
    secrets: Vec<KnownSecret>,
    search: Literals,
    /// A text was written anew, so that all has to be gone over again.
    pub(crate) is_anew: bool,
}

#[derive(Debug)]
struct KnownSecret {
    /// Bytes of what is looked for: the secret, or how it was written.
    length: usize,
    value: String,
    kind: Kind,
}

impl Known {
    pub(crate) fn is_empty(&self) -> bool {
        self.secrets.is_empty()
    }

    /// Takes in what was found in `text`.
    pub(crate) fn learn(&mut self, text: &str, found: &[Found]) {
        for found in found.iter().filter(|found| is_worth_knowing(found)) {
            self.add(&found.value, found);
            let written = &text[found.range.clone()];
            if written != found.value
                && written.len() >= WRITTEN_BYTES_MIN
                && !written.contains(char::is_whitespace)
            {
                self.add(written, found);
            }
        }
    }

    fn add(&mut self, literal: &str, found: &Found) {
        if !self.search.add(literal.as_bytes(), self.secrets.len()) {
            return;
        }
        self.secrets.push(KnownSecret {
            length: literal.len(),
            value: found.value.clone(),
            kind: found.kind.clone(),
        });
    }

    pub(crate) fn find(&self, text: &str, found: &mut Vec<Found>) {
        self.search.find(text.as_bytes(), |start, number| {
            let known = &self.secrets[number];
            found.push(Found {
                kind: known.kind.clone(),
                range: start..start + known.length,
                value: known.value.clone(),
                fingerprint: true,
                rank: rank::KNOWN,
            });
        });
    }
}

/// A value that is a word stands elsewhere for something else.
fn is_worth_knowing(found: &Found) -> bool {
    // What only its place makes secret, a path in an environment for instance, stands elsewhere by right.
    let is_placed = matches!(
        found.kind.as_ref(),
        "env-value" | "header-value" | "secret-file" | "kubernetes-secret"
    );
    found.fingerprint
        && (!is_placed || look::is_random(&found.value, KNOWN_BYTES_MIN))
        && found.value.len() >= KNOWN_BYTES_MIN
        && found.value.len() <= KNOWN_BYTES_MAX
        && !look::is_wordy(&found.value)
}
