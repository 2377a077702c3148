//! A calibration is scored in private, then revealed.

use argus_store::{Decision, ItemState, QueueKind, ReadScope, StoreError};

use super::{add, items, next, person, seen, settings, viewer, with_sessions};
use crate::support::files_with;

#[test]
fn a_calibration_is_scored_in_private_revealed_and_leaves_a_precedent() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let mut set = settings(1);
    set.kind = QueueKind::Calibration;
    set.rubric = Some("compliance".to_owned());
    let queue = workspace.create_queue(&set, &person("owner")).unwrap();
    add(workspace, &queue, &["s1"]);
    let rubric = workspace
        .rubric("compliance", None, &ReadScope::all())
        .unwrap()
        .unwrap();
    let mut item = None;
    for who in ["ada", "bo", "cy"] {
        let mine = next(workspace, &queue, who).unwrap();
        let mut answers = crate::rubrics::best(&rubric.definition);
        if who == "cy" {
            answers[0].value = argus_insight::rubric::Value::Na;
        }
        let score = argus_store::NewScore {
            session_id: "s1".to_owned(),
            turn: None,
            rubric: "compliance".to_owned(),
            version: 1,
            answers,
            comment: None,
            queue_item: Some(mine.id.clone()),
        };
        workspace
            .give_score(score, &person(who), &ReadScope::all())
            .unwrap();
        workspace
            .complete_item(&mine.id, &person(who), &ReadScope::all())
            .unwrap();
        item = Some(mine);
    }
    let item = item.unwrap();
    assert_eq!(seen(workspace, "s1", "ada"), 1);
    let decision = || Decision {
        verdict: None,
        answers: None,
        text: "canary-of-a-precedent".to_owned(),
    };
    let owner = person("owner");
    let early = workspace.adjudicate_item(&item.id, decision(), &owner, &ReadScope::all());
    assert!(matches!(early, Err(StoreError::Conflict(_))));
    workspace
        .reveal_item(&item.id, &owner, &ReadScope::all())
        .unwrap();
    assert_eq!(seen(workspace, "s1", "ada"), 3);
    let [shown] = items(workspace, &queue, &viewer("ada", false))
        .try_into()
        .unwrap();
    assert_eq!((shown.state, shown.parts.len()), (ItemState::Complete, 3));
    workspace
        .adjudicate_item(&item.id, decision(), &owner, &ReadScope::all())
        .unwrap();
    let rubric = workspace
        .rubric("compliance", None, &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(rubric.precedents[0].text, "canary-of-a-precedent");
    assert_eq!(rubric.precedents[0].session.as_deref(), Some("s1"));
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-precedent"),
        Vec::<std::path::PathBuf>::new()
    );
}
