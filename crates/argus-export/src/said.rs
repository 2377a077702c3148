//! What reviewers said of a session, as its reader sees it: of sessions that are reviewed blind, their own word only. The store
//! decides that; nothing here does.

use std::collections::{BTreeMap, BTreeSet};

use argus_store::{ReadScope, Review, ReviewKind, ReviewReader, Workspace};
use serde_json::{Value, json};

use crate::html::notes::{Note, NoteKind};
use crate::run::{SaidScore, SaidVerdict};
use crate::{ExportError, Said};

/// What stands in a page of a session that is reviewed blind.
pub(crate) const BLIND_SENTENCE: &str = "This session is being reviewed blind: until that is done, what others said of it stands in no export.";

/// Gives the name of an account by its id; `None` of one that is gone.
pub type AccountName<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads what was said of a session. With `looked_at`, reviews by id, the notes are those as they were when somebody looked at
/// them, without what was taken back since.
///
/// # Errors
/// When the store cannot be read or is damaged.
pub fn read_said(
    workspace: &Workspace,
    id: &str,
    scope: &ReadScope,
    reader: &ReviewReader,
    looked_at: Option<&BTreeSet<u64>>,
    names: AccountName<'_>,
) -> Result<Said, ExportError> {
    let reviews = workspace
        .reviews(id, &ReviewKind::ALL, scope, reader)?
        .unwrap_or_default();
    let taken_back: BTreeSet<u64> = reviews
        .iter()
        .filter(|review| review.kind == ReviewKind::Comment && review.is_current && !review.stands)
        .filter_map(|review| review.root)
        .collect();
    let standing: BTreeSet<Thing<'_>> = reviews
        .iter()
        .filter(|review| review.is_current && review.stands)
        .map(thing)
        .collect();
    let rubrics = rubric_names(workspace, &reviews)?;
    let mut said = Said {
        is_blind: workspace.is_reviewed_blind(id)?,
        ..Said::default()
    };
    let mut rows = Vec::with_capacity(reviews.len());
    for review in &reviews {
        let by = name(&review.author, names);
        match review.kind {
            ReviewKind::Verdict => said.verdicts.push(SaidVerdict {
                turn: review.turn.clone(),
                verdict: review.word.clone(),
                reason: text(review, "reason"),
                by: by.clone(),
                at_us: review.at_us,
                current: review.is_current,
            }),
            ReviewKind::Score => said.scores.push(score(review, &by, &rubrics)),
            ReviewKind::Tag | ReviewKind::Comment | ReviewKind::Answer => {}
        }
        let is_note = match looked_at {
            Some(looked_at) => looked_at.contains(&review.id) && standing.contains(&thing(review)),
            None => review.is_current && review.stands,
        };
        if is_note {
            said.notes.extend(note(review, &by, &rubrics));
        }
        let is_taken_back = review.root.is_some_and(|root| taken_back.contains(&root));
        rows.push(row(review, &by, is_taken_back));
    }
    said.json = Some(Value::Array(rows));
    Ok(said)
}

/// What somebody says something of: the newest that they said of it holds. The word tells tags and rubrics apart, the root comments.
type Thing<'a> = (ReviewKind, Option<&'a str>, &'a str, Option<u64>, &'a str);

fn thing(review: &Review) -> Thing<'_> {
    let word = match review.kind {
        ReviewKind::Tag | ReviewKind::Score => review.word.as_str(),
        ReviewKind::Verdict | ReviewKind::Comment | ReviewKind::Answer => "",
    };
    (
        review.kind,
        review.turn.as_deref(),
        &review.author,
        review.root.filter(|_| review.kind == ReviewKind::Comment),
        word,
    )
}

/// The names of rubrics by their ids, as they are called now.
type RubricNames = BTreeMap<String, String>;

fn rubric_names(workspace: &Workspace, reviews: &[Review]) -> Result<RubricNames, ExportError> {
    let mut names = RubricNames::new();
    for review in reviews
        .iter()
        .filter(|review| review.kind == ReviewKind::Score)
    {
        if names.contains_key(&review.word) {
            continue;
        }
        if let Some(found) = workspace.rubric(&review.word, None, &ReadScope::all())? {
            names.insert(review.word.clone(), found.definition.name);
        }
    }
    Ok(names)
}

/// The name of who wrote it: an account's, else as reviews name their author.
fn name(author: &str, names: AccountName<'_>) -> String {
    let id = author.strip_prefix("account:").unwrap_or(author);
    names(id).unwrap_or_else(|| id.to_owned())
}

fn text(review: &Review, member: &str) -> Option<String> {
    let text = review.body.as_ref()?.get(member)?.as_str()?;
    Some(text.to_owned())
}

fn note(review: &Review, by: &str, rubrics: &RubricNames) -> Option<Note> {
    let (kind, word, text) = match (review.kind, review.word.as_str()) {
        (ReviewKind::Verdict, "good") => (NoteKind::Good, String::new(), text(review, "reason")),
        (ReviewKind::Verdict, "wrong") => (NoteKind::Wrong, String::new(), text(review, "reason")),
        (ReviewKind::Verdict, _) => return None,
        (ReviewKind::Tag, tag) => (NoteKind::Tag, tag.to_owned(), None),
        (ReviewKind::Comment, _) => (NoteKind::Comment, String::new(), text(review, "text")),
        (ReviewKind::Answer, _) => (NoteKind::Answer, String::new(), text(review, "text")),
        (ReviewKind::Score, _) => {
            let score = score(review, by, rubrics);
            let percent = match score.percent {
                Some(percent) => format!("{percent:.0} %"),
                None => "not applicable".to_owned(),
            };
            let word = format!("{}: {percent}", score.rubric);
            (NoteKind::Score, word, text(review, "comment"))
        }
    };
    Some(Note {
        turn: review.turn.clone(),
        kind,
        word,
        text,
        by: by.to_owned(),
        author: review.author.clone(),
        at_us: review.at_us,
    })
}

#[expect(clippy::cast_precision_loss, reason = "basis points are 0 to 10,000")]
fn score(review: &Review, by: &str, rubrics: &RubricNames) -> SaidScore {
    let body = review.body.as_ref();
    let member = |name: &str| body.and_then(|body| body.get(name));
    SaidScore {
        turn: review.turn.clone(),
        rubric: rubrics.get(&review.word).unwrap_or(&review.word).clone(),
        version: member("version").and_then(Value::as_u64),
        percent: review.number.map(|points| points as f64 / 100.0),
        passed: member("arithmetic")
            .and_then(|arithmetic| arithmetic.get("passed"))
            .and_then(Value::as_bool),
        by: by.to_owned(),
        at_us: review.at_us,
        current: review.is_current && review.stands,
    }
}

/// A review as JSON lines have it. Who takes a comment back takes its earlier texts back too.
fn row(review: &Review, by: &str, is_taken_back: bool) -> Value {
    let mut body = review.body.clone();
    if let Some(Value::Object(members)) = &mut body
        && is_taken_back
    {
        members.remove("text");
    }
    json!({
        "id": review.id.to_string(),
        "kind": review.kind,
        "turn": review.turn,
        "word": (!review.word.is_empty()).then_some(&review.word),
        "number": review.number,
        "by": by,
        "author": review.author,
        "at": argus_session::time::rfc3339(review.at_us),
        "current": review.is_current,
        "stands": review.stands,
        "body": body,
    })
}
