//! Texts that are read piece by piece: made once, not anew for every piece.

use std::sync::{Arc, Mutex, PoisonError};

use argus_session::document::Redaction;

/// Texts that are kept, and their size together in bytes.
const TEXTS_MAX: usize = 8;
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// What a text is of: workspace, session, its newest record, step, field.
pub(crate) type TextOf = (String, String, u64, String, &'static str);

/// A text, whole, and what redaction replaced in it, in order.
#[derive(Debug)]
pub(crate) struct WholeText {
    pub(crate) text: String,
    pub(crate) redactions: Vec<Redaction>,
}

/// Whole texts, the last used last.
#[derive(Debug, Default)]
pub(crate) struct Texts(Mutex<Vec<(TextOf, Arc<WholeText>)>>);

impl Texts {
    /// A text, if it is kept.
    pub(crate) fn get(&self, of: &TextOf) -> Option<Arc<WholeText>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == of)?;
        let found = kept.remove(place);
        let text = found.1.clone();
        kept.push(found);
        Some(text)
    }

    /// Keeps a text, if it is not larger than all may be together.
    pub(crate) fn put(&self, of: TextOf, text: Arc<WholeText>) {
        if text.text.len() > BYTES_MAX {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != of);
        kept.push((of, text));
        while kept.len() > TEXTS_MAX
            || kept.iter().map(|(_, kept)| kept.text.len()).sum::<usize>() > BYTES_MAX
        {
            kept.remove(0);
        }
    }
}
