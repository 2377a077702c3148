//! What a comment is about: the session, a turn, a step, or words in a text of a step.

use std::collections::{HashMap, HashSet};

use argus_session::anchor::{self, CharRange, Placement};
use serde::{Deserialize, Serialize};

use crate::key_ring::KeyRing;
use crate::limits::QUOTE_CHARS_MAX;
use crate::workspace::Workspace;
use crate::{Content, ContentField, StoreError};

/// What a comment is to be about.
#[derive(Debug, Clone, Default)]
pub struct NewAnchor {
    /// The turn's id; `None` with `step` `None` too for the session as a whole.
    pub turn: Option<String>,
    /// The step's id.
    pub step: Option<String>,
    /// Which text of the step.
    pub field: Option<ContentField>,
    /// Which characters of it.
    pub range: Option<CharRange>,
    /// These characters, as their reader saw them: where the text is another by now, nothing is written.
    pub quote: Option<String>,
}

/// What a comment is about, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The turn's id.
    pub turn: Option<String>,
    /// The step's id.
    pub step: Option<String>,
    /// Which text of the step.
    pub field: Option<ContentField>,
    /// Which characters of it: where they are now, or where they were, where they are nowhere any more.
    pub range: Option<CharRange>,
    /// Whether it is still there.
    pub state: AnchorState,
}

/// Whether what a comment is about is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnchorState {
    /// It is about the session as a whole.
    Session,
    /// It is about a turn, which is there.
    Turn,
    /// It is about a step, or a whole text of one, which is there.
    Step,
    /// The words are where they were.
    Placed,
    /// The words are elsewhere in the same text.
    Moved,
    /// The step is there, the words are not: they were redacted, or replaced.
    QuoteChanged,
    /// The turn or step is not there any more.
    Unplaced,
}

/// An anchor as it is kept, in a comment's sealed body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredAnchor {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) turn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    words: Option<Words>,
}

/// Words, without them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Words {
    range: CharRange,
    /// Their keyed hash, hex.
    hash: String,
    fingerprint: u64,
}

/// Separates hashes of quotes from every other use of their key.
const QUOTE: &[u8] = b"argus/quote/v1\0";
const QUOTE_SECRET: &[u8] = b"argus/quote-fingerprint/v1\0";

impl KeyRing {
    fn quote_hash(&self, words: &str) -> String {
        hex::encode(self.content_hash(&[QUOTE, words.as_bytes()].concat()))
    }

    fn quote_secret(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.content_hash(QUOTE_SECRET);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

fn invalid(why: &str) -> StoreError {
    StoreError::Invalid(why.to_owned())
}

impl Workspace {
    /// An anchor as it is to be kept. Whether its session may be read was asked before; whether its turn is there is asked
    /// when it is written.
    pub(super) fn anchored(
        &self,
        session_id: &str,
        new: NewAnchor,
    ) -> Result<StoredAnchor, StoreError> {
        let Some(step_id) = new.step else {
            if new.field.is_some() || new.range.is_some() {
                return Err(invalid(
                    "a range is of a text of a step: name the step and the field",
                ));
            }
            return Ok(StoredAnchor {
                turn: new.turn,
                ..StoredAnchor::default()
            });
        };
        let Some((turn, step)) = self.step_unresolved(session_id, &step_id)? else {
            return Err(StoreError::NotFound {
                what: "step",
                name: step_id,
            });
        };
        let words = match (new.field, new.range) {
            (None, Some(_)) => {
                return Err(invalid("a range is of a text of a step: name the field"));
            }
            (_, None) => None,
            (Some(field), Some(range)) => {
                Some(self.words(session_id, &step.id, field, range, new.quote.as_deref())?)
            }
        };
        Ok(StoredAnchor {
            turn: Some(turn),
            step: Some(step.id),
            field: new.field.map(|field| field.as_str().to_owned()),
            words,
        })
    }

    fn words(
        &self,
        session_id: &str,
        step_id: &str,
        field: ContentField,
        range: CharRange,
        quote: Option<&str>,
    ) -> Result<Words, StoreError> {
        if range.is_empty() || range.len() > QUOTE_CHARS_MAX {
            return Err(StoreError::Invalid(format!(
                "a range has at least 1 and at most {QUOTE_CHARS_MAX} characters, its start before its end"
            )));
        }
        let Some(content) = self.step_content(session_id, step_id, field)? else {
            return Err(StoreError::NotFound {
                what: "text of this step",
                name: field.as_str().to_owned(),
            });
        };
        let text = content.into_text();
        let Some(words) = range.of(&text) else {
            return Err(StoreError::Invalid(format!(
                "this text ends before character {}: read it again",
                range.end
            )));
        };
        if quote.is_some_and(|quote| quote != words) {
            return Err(StoreError::Outdated { what: "text" });
        }
        let keys = &self.inner().keys;
        Ok(Words {
            range,
            hash: keys.quote_hash(words),
            fingerprint: anchor::fingerprint(words, keys.quote_secret()),
        })
    }
}

/// Texts of more bytes than this together are read again where they are asked for again.
const TEXT_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Finds anchors of one session again; what it read once, it keeps.
pub(super) struct Placing<'a> {
    workspace: &'a Workspace,
    session_id: &'a str,
    turns: HashSet<String>,
    steps: HashMap<String, Option<(String, String)>>,
    texts: HashMap<(String, ContentField), Option<String>>,
    bytes: usize,
}

impl<'a> Placing<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        session_id: &'a str,
        turns: HashSet<String>,
    ) -> Self {
        Self {
            workspace,
            session_id,
            turns,
            steps: HashMap::new(),
            texts: HashMap::new(),
            bytes: 0,
        }
    }

    /// Whether a turn is there; the session as a whole is.
    pub(super) fn has_turn(&self, turn: Option<&str>) -> bool {
        turn.is_none_or(|turn| self.turns.contains(turn))
    }

    pub(super) fn anchor(&mut self, stored: &StoredAnchor) -> Result<Anchor, StoreError> {
        let field = stored.field.as_deref().and_then(ContentField::from_name);
        let as_it_was = Anchor {
            turn: stored.turn.clone(),
            step: stored.step.clone(),
            field,
            range: stored.words.as_ref().map(|words| words.range),
            state: AnchorState::Unplaced,
        };
        let Some(step) = &stored.step else {
            let state = match &stored.turn {
                None => AnchorState::Session,
                Some(turn) if self.turns.contains(turn) => AnchorState::Turn,
                Some(_) => AnchorState::Unplaced,
            };
            return Ok(Anchor { state, ..as_it_was });
        };
        let Some((turn, step)) = self.step(step)? else {
            return Ok(as_it_was);
        };
        let there = Anchor {
            turn: Some(turn),
            step: Some(step.clone()),
            state: AnchorState::Step,
            ..as_it_was
        };
        let (Some(field), Some(words)) = (field, &stored.words) else {
            return Ok(there);
        };
        let keys = self.workspace.inner().keys.clone();
        let placement = match self.text(step, field)? {
            Some(text) => anchor::place(
                text,
                words.range,
                words.fingerprint,
                keys.quote_secret(),
                |piece| keys.quote_hash(piece) == words.hash,
            ),
            None => Placement::QuoteChanged,
        };
        let (state, range) = match placement {
            Placement::Placed => (AnchorState::Placed, words.range),
            Placement::Moved(range) => (AnchorState::Moved, range),
            Placement::QuoteChanged => (AnchorState::QuoteChanged, words.range),
        };
        Ok(Anchor {
            state,
            range: Some(range),
            ..there
        })
    }

    /// The turn and the id by which a step is known now.
    fn step(&mut self, id: &str) -> Result<Option<(String, String)>, StoreError> {
        if let Some(found) = self.steps.get(id) {
            return Ok(found.clone());
        }
        let found = self
            .workspace
            .step_unresolved(self.session_id, id)?
            .map(|(turn, step)| (turn, step.id));
        self.steps.insert(id.to_owned(), found.clone());
        Ok(found)
    }

    fn text(&mut self, step: String, field: ContentField) -> Result<Option<&str>, StoreError> {
        let of = (step, field);
        if !self.texts.contains_key(&of) {
            if self.bytes > TEXT_BYTES_MAX {
                self.texts.clear();
                self.bytes = 0;
            }
            let content = self
                .workspace
                .step_content(self.session_id, &of.0, field)?
                .map(Content::into_text);
            self.bytes += content.as_ref().map_or(0, String::len);
            self.texts.insert(of.clone(), content);
        }
        Ok(self.texts.get(&of).and_then(Option::as_deref))
    }
}
