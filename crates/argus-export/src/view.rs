//! What of a session is shown.

use std::collections::BTreeSet;

use argus_session::RecordId;

use crate::Masks;

/// What of a session is shown.
#[derive(Debug, Clone)]
pub struct View {
    /// The turns that are shown, by id; `None`: all of them, also those that come later.
    pub turns: Option<BTreeSet<String>>,
    /// The newest of the session's records that is shown: what came later is left out. `None`: all that there is.
    pub up_to: Option<RecordId>,
    /// What tools gave back, and pictures.
    pub tool_outputs: bool,
    /// What the model thought.
    pub thinking: bool,
    /// Whose session it is, and on which machine it ran: person, folder, branch.
    pub people: bool,
    /// Verdicts, tags, comments, corrected answers and scores.
    pub reviews: bool,
    /// What is masked beyond what was redacted.
    pub masks: Masks,
    /// Texts longer than this are cut, in bytes.
    pub text_bytes_max: usize,
}

impl View {
    /// All that there is, texts in full.
    #[must_use]
    pub fn all() -> Self {
        Self {
            turns: None,
            up_to: None,
            tool_outputs: true,
            thinking: true,
            people: true,
            reviews: true,
            masks: Masks::default(),
            text_bytes_max: usize::MAX,
        }
    }

    /// True when a turn is shown.
    #[must_use]
    pub fn has_turn(&self, id: &str) -> bool {
        self.turns.as_ref().is_none_or(|turns| turns.contains(id))
    }
}
