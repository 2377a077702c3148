//! Anchors: what comments are about, found again when the session is another.

use argus_redact::Policy;
use argus_redact::policy::Dictionary;
use argus_session::anchor::CharRange;
use argus_store::{
    Actor, Anchor, AnchorState, ContentField, NewAnchor, NewComment, NewVerdict, ReadScope,
    ReviewKind, StepRange, StoreError, VerdictWord, Workspace,
};

use super::{ADA, person, reader, turn_of};
use crate::support::{conversation, files_with, new_store, put, settle};

const ANSWER: &str = "The ledger of Müller & 日本 AG shows 🎉 profits, says the ledger.";

fn answer_step(workspace: &Workspace) -> String {
    let turn = turn_of(workspace, "s1");
    let steps = workspace
        .steps("s1", &turn, StepRange::all(usize::MAX))
        .unwrap();
    let is_answer = |step: &&argus_session::Step| {
        let text = step.text.as_ref().and_then(|text| text.text.as_deref());
        text == Some(ANSWER)
    };
    steps.iter().find(is_answer).unwrap().id.clone()
}

fn comment(workspace: &Workspace, anchor: NewAnchor) -> Result<u64, StoreError> {
    let new = NewComment {
        session_id: "s1".to_owned(),
        anchor,
        text: "about this".to_owned(),
        reply_to: None,
        mentions: Vec::new(),
        queue_item: None,
    };
    workspace.write_comment(new, &person(ADA), &ReadScope::all(), &reader(ADA))
}

fn anchors(workspace: &Workspace) -> Vec<Anchor> {
    let found = workspace.judgements(
        "s1",
        &[ReviewKind::Comment],
        &ReadScope::all(),
        &reader(ADA),
    );
    let comments = found.unwrap().unwrap().comments;
    comments.into_iter().map(|comment| comment.anchor).collect()
}

fn words(step: &str, start: u64, end: u64, quote: Option<&str>) -> NewAnchor {
    NewAnchor {
        step: Some(step.to_owned()),
        field: Some(ContentField::Text),
        range: Some(CharRange { start, end }),
        quote: quote.map(str::to_owned),
        ..NewAnchor::default()
    }
}

#[test]
fn a_comment_is_about_the_session_a_turn_a_step_or_words_in_characters() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", "what?", ANSWER, 0));
    settle(workspace);
    let (turn, step) = (turn_of(workspace, "s1"), answer_step(workspace));
    comment(workspace, NewAnchor::default()).unwrap();
    let of_turn = NewAnchor {
        turn: Some(turn.clone()),
        ..NewAnchor::default()
    };
    comment(workspace, of_turn).unwrap();
    let of_step = NewAnchor {
        step: Some(step.clone()),
        ..NewAnchor::default()
    };
    comment(workspace, of_step).unwrap();
    comment(workspace, words(&step, 14, 20, Some("Müller"))).unwrap();
    let party = ANSWER.chars().position(|c| c == '🎉').unwrap() as u64;
    comment(
        workspace,
        words(&step, party, party + 9, Some("🎉 profits")),
    )
    .unwrap();
    let states: Vec<AnchorState> = anchors(workspace)
        .iter()
        .map(|anchor| anchor.state)
        .collect();
    assert_eq!(
        states,
        [
            AnchorState::Session,
            AnchorState::Turn,
            AnchorState::Step,
            AnchorState::Placed,
            AnchorState::Placed
        ]
    );
    assert_eq!(anchors(workspace)[3].turn, Some(turn));
    // The words of sessions stand in the index alone.
    let mut found = files_with(test.folder.path(), "profits");
    found.retain(|path| !path.to_string_lossy().contains("search.db"));
    assert_eq!(found, Vec::<std::path::PathBuf>::new());
}

#[test]
fn an_anchor_that_cannot_be_is_refused() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", "what?", ANSWER, 0));
    settle(workspace);
    let step = answer_step(workspace);
    let no_field = NewAnchor {
        field: None,
        ..words(&step, 0, 3, None)
    };
    let no_step = NewAnchor {
        step: None,
        ..words(&step, 0, 3, None)
    };
    for anchor in [
        no_field,
        no_step,
        words(&step, 3, 3, None),
        words(&step, 4, 3, None),
        words(&step, 0, 10_000, None),
        words(&step, 0, 30_000, None),
        words(&step, u64::MAX - 1, u64::MAX, None),
    ] {
        assert!(matches!(
            comment(workspace, anchor),
            Err(StoreError::Invalid(_))
        ));
    }
    assert!(matches!(
        comment(workspace, words("no-step", 0, 3, None)),
        Err(StoreError::NotFound { what: "step", .. })
    ));
    let no_such_text = NewAnchor {
        field: Some(ContentField::Output),
        ..words(&step, 0, 3, None)
    };
    assert!(matches!(
        comment(workspace, no_such_text),
        Err(StoreError::NotFound { .. })
    ));
    assert!(matches!(
        comment(workspace, words(&step, 0, 3, Some("Tho"))),
        Err(StoreError::Outdated { .. })
    ));
}

#[test]
fn words_move_or_change_when_their_text_is_redacted() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", "what?", ANSWER, 0));
    settle(workspace);
    let step = answer_step(workspace);
    comment(workspace, words(&step, 0, 3, Some("The"))).unwrap();
    comment(workspace, words(&step, 14, 20, Some("Müller"))).unwrap();
    let party = ANSWER.chars().position(|c| c == '🎉').unwrap() as u64;
    comment(
        workspace,
        words(&step, party, party + 9, Some("🎉 profits")),
    )
    .unwrap();
    let policy = Policy {
        dictionaries: vec![Dictionary {
            name: "customers".to_owned(),
            words: vec!["Müller".to_owned()],
        }],
        ..Policy::default()
    };
    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(&policy, revision, &Actor::system())
        .unwrap();
    workspace.rescan(&mut |_| {}, &Actor::system()).unwrap();
    settle(workspace);
    let now = anchors(workspace);
    let states: Vec<AnchorState> = now.iter().map(|anchor| anchor.state).collect();
    assert_eq!(
        states,
        [
            AnchorState::Placed,
            AnchorState::QuoteChanged,
            AnchorState::Moved
        ]
    );
    let turn = turn_of(workspace, "s1");
    let steps = workspace
        .steps("s1", &turn, StepRange::all(usize::MAX))
        .unwrap();
    let text = steps
        .iter()
        .find(|of| of.id == step)
        .and_then(|step| step.text.clone()?.text)
        .unwrap();
    assert_eq!(now[2].range.unwrap().of(&text), Some("🎉 profits"));
    assert_eq!(now[1].range, Some(CharRange { start: 14, end: 20 }));
}

#[test]
fn what_is_about_a_turn_that_is_gone_is_shown_unplaced() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", "what?", ANSWER, 0));
    settle(workspace);
    let turn = turn_of(workspace, "s1");
    let verdict = NewVerdict {
        session_id: "s1".to_owned(),
        turn: Some(turn.clone()),
        verdict: VerdictWord::Good,
        reason: None,
        queue_item: None,
    };
    workspace
        .give_verdict(verdict.clone(), &person(ADA), &ReadScope::all())
        .unwrap();
    let of_turn = NewAnchor {
        turn: Some(turn),
        ..NewAnchor::default()
    };
    let of_step = NewAnchor {
        step: Some(answer_step(workspace)),
        ..NewAnchor::default()
    };
    comment(workspace, of_turn).unwrap();
    comment(workspace, of_step).unwrap();
    // As a fold of a later release may have it: no turn of the session is the one that was.
    let file = crate::support::files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    rusqlite::Connection::open(file)
        .unwrap()
        .execute_batch("UPDATE turns SET id = 'another'; DELETE FROM step_ids;")
        .unwrap();
    let states: Vec<AnchorState> = anchors(workspace)
        .iter()
        .map(|anchor| anchor.state)
        .collect();
    assert_eq!(states, [AnchorState::Unplaced, AnchorState::Unplaced]);
    let found = workspace.judgements(
        "s1",
        &[ReviewKind::Verdict],
        &ReadScope::all(),
        &reader(ADA),
    );
    assert!(!found.unwrap().unwrap().verdicts[0].is_placed);
    let withdrawn = NewVerdict {
        verdict: VerdictWord::Withdrawn,
        ..verdict.clone()
    };
    workspace
        .give_verdict(withdrawn, &person(ADA), &ReadScope::all())
        .unwrap();
    assert!(matches!(
        workspace.give_verdict(verdict, &person(ADA), &ReadScope::all()),
        Err(StoreError::NotFound { what: "turn", .. })
    ));
}
