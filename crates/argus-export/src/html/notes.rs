//! What reviewers said, beside what they said it of.

use super::Markup;
use crate::ExportError;
use crate::figures::time;

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// It was good.
    Good,
    /// It was wrong.
    Wrong,
    /// A tag.
    Tag,
    /// A comment.
    Comment,
    /// What the answer should have been.
    Answer,
    /// A score.
    Score,
}

/// One thing that a reviewer said, current.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The turn; none: the session.
    pub turn: Option<String>,
    /// What it is.
    pub kind: NoteKind,
    /// Its headline, such as the tag or the rubric's name with the percentage.
    pub word: String,
    /// What was written.
    pub text: Option<String>,
    /// Who, by name.
    pub by: String,
    /// Who, as reviews name their author: two people may have one name.
    pub author: String,
    /// When, microseconds UTC.
    pub at_us: i64,
}

/// What was said of the session as a whole. With a part of it that is left out: it may speak of the other turns.
pub(super) fn of_session(
    page: &mut Markup<'_>,
    notes: &[Note],
    is_part: bool,
) -> Result<(), ExportError> {
    let said: Vec<&Note> = notes.iter().filter(|note| note.turn.is_none()).collect();
    if said.is_empty() {
        return Ok(());
    }
    if is_part {
        return page.raw("<p class=\"remark\">Reviews of the session as a whole are left out: they may speak of turns that are not shown.</p>\n");
    }
    page.raw("<section class=\"session-notes\" aria-label=\"Reviews of the session\">\n")?;
    beside(page, &said)?;
    page.raw("</section>\n")
}

/// Notes in a column.
pub(super) fn beside(page: &mut Markup<'_>, notes: &[&Note]) -> Result<(), ExportError> {
    if notes.is_empty() {
        return Ok(());
    }
    page.raw("<aside class=\"notes\" aria-label=\"Reviews\">\n")?;
    for note in notes {
        page.raw(match note.kind {
            NoteKind::Good => "<div class=\"note good\"><p class=\"what\">Good</p>",
            NoteKind::Wrong => "<div class=\"note wrong\"><p class=\"what\">Wrong</p>",
            NoteKind::Tag => "<div class=\"note\"><p class=\"what\">Tag ",
            NoteKind::Comment => "<div class=\"note\"><p class=\"what\">Comment",
            NoteKind::Answer => "<div class=\"note\"><p class=\"what\">Corrected answer",
            NoteKind::Score => "<div class=\"note\"><p class=\"what\">Score ",
        })?;
        if !matches!(note.kind, NoteKind::Good | NoteKind::Wrong) {
            page.line(&note.word, 200)?;
            page.raw("</p>")?;
        }
        if let Some(text) = &note.text {
            page.raw("<p class=\"said\">")?;
            page.text(text)?;
            page.raw("</p>")?;
        }
        page.raw("<p class=\"by\">")?;
        page.line(&note.by, 80)?;
        page.raw(", ")?;
        page.text(&time(note.at_us))?;
        page.raw(" UTC</p></div>\n")?;
    }
    page.raw("</aside>\n")
}
