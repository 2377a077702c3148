//! Rubrics: versions, starters, precedents; and scores by them.

use argus_insight::rubric::{Answer, Rubric, Value, starters};
use argus_store::{
    Actor, NewPrecedent, NewScore, ReadScope, ReviewKind, ReviewReader, ScoreBody, StoreError,
    Workspace,
};

use crate::support::{TestStore, conversation, files_with, new_store, put, settle};

fn with_session(ids: &[&str]) -> TestStore {
    let test = new_store();
    for (place, id) in ids.iter().enumerate() {
        let second = u32::try_from(place).unwrap() * 60;
        put(
            &test.workspace,
            conversation(id, "question", "answer", second),
        );
    }
    settle(&test.workspace);
    test
}

fn ada() -> Actor {
    Actor::account("acc_ada")
}

fn definition(name: &str) -> Rubric {
    let (_, mut rubric) = starters().swap_remove(0);
    rubric.name = name.to_owned();
    rubric
}

/// Every item answered with the best there is.
pub(crate) fn best(rubric: &Rubric) -> Vec<Answer> {
    rubric
        .items()
        .map(|item| Answer {
            item: item.id.clone(),
            value: item
                .scale
                .as_ref()
                .map_or(Value::YesNo(true), |scale| Value::Number(scale.max)),
            evidence_turn: None,
            note: None,
        })
        .collect()
}

fn score(session: &str, rubric: &str, version: u32, answers: Vec<Answer>) -> NewScore {
    NewScore {
        session_id: session.to_owned(),
        turn: None,
        rubric: rubric.to_owned(),
        version,
        answers,
        comment: Some("canary-of-a-comment".to_owned()),
        queue_item: None,
    }
}

fn all() -> ReadScope {
    ReadScope::all()
}

fn names(workspace: &Workspace) -> Vec<(String, u32, bool)> {
    let found = workspace.rubrics(&all()).unwrap();
    found
        .into_iter()
        .map(|rubric| (rubric.definition.name, rubric.version, rubric.is_starter))
        .collect()
}

#[test]
fn every_version_stays_and_only_the_newest_can_be_changed() {
    let test = new_store();
    let workspace = &test.workspace;
    let made = workspace
        .create_rubric(&definition("canary-of-a-rubric"), &ada())
        .unwrap();
    assert_eq!(
        (made.version, made.is_retired, made.is_starter),
        (1, false, false)
    );
    let second = definition("Second");
    let changed = workspace
        .change_rubric(&made.id, &second, 1, &ada())
        .unwrap();
    assert_eq!(
        (changed.version, changed.definition.name.as_str()),
        (2, "Second")
    );
    let stale = workspace.change_rubric(&made.id, &definition("Third"), 1, &ada());
    assert!(matches!(
        stale,
        Err(StoreError::Outdated { what: "rubric" })
    ));
    let first = workspace
        .rubric(&made.id, Some(1), &all())
        .unwrap()
        .unwrap();
    assert_eq!(first.definition.name, "canary-of-a-rubric");
    assert_eq!((first.newest_version, first.by), (2, Some(ada())));
    assert_eq!(workspace.rubric(&made.id, Some(3), &all()).unwrap(), None);

    let mut broken = definition("Broken");
    broken.sections.clear();
    let refused = workspace.create_rubric(&broken, &ada());
    assert!(matches!(refused, Err(StoreError::Invalid(_))));
    let none: Vec<std::path::PathBuf> = Vec::new();
    assert_eq!(files_with(test.folder.path(), "canary-of-a-rubric"), none);
    assert!(workspace.check_ledger().unwrap());
}

#[test]
fn starters_are_there_from_the_beginning_and_can_be_changed_and_retired() {
    let test = with_session(&["s1"]);
    let workspace = &test.workspace;
    let at_first = [
        ("Client delivery".to_owned(), 1, true),
        ("Coding change".to_owned(), 1, true),
        ("Compliance".to_owned(), 1, true),
    ];
    assert_eq!(names(workspace), at_first);
    workspace
        .change_rubric("compliance", &definition("Ours"), 1, &ada())
        .unwrap();
    let first = workspace
        .rubric("compliance", Some(1), &all())
        .unwrap()
        .unwrap();
    assert_eq!(first.definition.name, "Compliance");
    let retired = workspace.retire_rubric("coding-change", &ada()).unwrap();
    assert!(retired.is_retired);
    let refused = workspace.give_score(
        score("s1", "coding-change", 1, best(&retired.definition)),
        &ada(),
        &all(),
    );
    assert!(matches!(refused, Err(StoreError::Invalid(_))));
    // A new version brings it back.
    let back = workspace
        .change_rubric("coding-change", &retired.definition, 1, &ada())
        .unwrap();
    assert_eq!((back.version, back.is_retired), (2, false));
}

#[test]
fn a_score_keeps_its_version_its_answers_and_its_arithmetic() {
    let test = with_session(&["s1"]);
    let workspace = &test.workspace;
    let rubric = definition("Ours");
    let id = workspace.create_rubric(&rubric, &ada()).unwrap().id;
    let mut answers = best(&rubric);
    answers[0].value = Value::Number(0);
    let without_evidence =
        workspace.give_score(score("s1", &id, 1, answers.clone()), &ada(), &all());
    assert!(matches!(without_evidence, Err(StoreError::Invalid(_))));
    answers[0].evidence_turn = Some("nowhere".to_owned());
    let nowhere = workspace.give_score(score("s1", &id, 1, answers.clone()), &ada(), &all());
    assert!(matches!(
        nowhere,
        Err(StoreError::NotFound { what: "turn", .. })
    ));
    let turn = workspace.turns("s1").unwrap()[0].id.clone();
    answers[0].evidence_turn = Some(turn);
    let given = workspace
        .give_score(score("s1", &id, 1, answers.clone()), &ada(), &all())
        .unwrap();
    workspace
        .change_rubric(&id, &definition("Changed"), 1, &ada())
        .unwrap();
    let again = workspace
        .give_score(score("s1", &id, 2, best(&rubric)), &ada(), &all())
        .unwrap();

    let reader = ReviewReader::of(&ada());
    let held = workspace
        .reviews("s1", &[ReviewKind::Score], &all(), &reader)
        .unwrap()
        .unwrap();
    let seen: Vec<_> = held
        .iter()
        .map(|review| (review.id, review.number, review.is_current))
        .collect();
    // Of the task's 5 points 3 are lost: 0.3 · 40 % + 0.7 · 100 %.
    assert_eq!(
        seen,
        [(given, Some(8_200), false), (again, Some(10_000), true)]
    );
    let body: ScoreBody = held[0].body_as().unwrap().unwrap();
    assert_eq!((body.version, &body.answers), (1, &answers));
    assert_eq!(body.arithmetic.sections[0].percent, Some(40.0));
    let none: Vec<std::path::PathBuf> = Vec::new();
    assert_eq!(files_with(test.folder.path(), "canary-of-a-comment"), none);

    let mut missing = best(&rubric);
    missing.pop();
    let unanswered = workspace.give_score(score("s1", &id, 2, missing), &ada(), &all());
    assert!(matches!(unanswered, Err(StoreError::Invalid(_))));
    let mut of_turn = score("s1", &id, 2, best(&rubric));
    of_turn.turn = Some("t".to_owned());
    let of_turn = workspace.give_score(of_turn, &ada(), &all());
    assert!(matches!(of_turn, Err(StoreError::Invalid(_))));
}

#[test]
fn a_precedent_of_a_session_is_read_by_who_may_read_it_and_goes_with_it() {
    let test = with_session(&["s1"]);
    let workspace = &test.workspace;
    let add = |text: &str, session: Option<&str>| {
        let new = NewPrecedent {
            text: text.to_owned(),
            session: session.map(str::to_owned),
            turn: None,
        };
        workspace.add_precedent("compliance", new, &ada(), &all())
    };
    add("a general one", None).unwrap();
    add("canary-of-a-precedent", Some("s1")).unwrap();
    assert!(matches!(
        add("x", Some("none")),
        Err(StoreError::NotFound { .. })
    ));
    assert!(matches!(add(" ", None), Err(StoreError::Invalid(_))));
    let texts = |scope: &ReadScope| -> Vec<String> {
        let rubric = workspace
            .rubric("compliance", None, scope)
            .unwrap()
            .unwrap();
        rubric.precedents.into_iter().map(|one| one.text).collect()
    };
    assert_eq!(texts(&all()), ["a general one", "canary-of-a-precedent"]);
    let elsewhere = ReadScope {
        projects: Some(vec!["elsewhere".to_owned()]),
        own_of: None,
    };
    assert_eq!(texts(&elsewhere), ["a general one"]);
    let none: Vec<std::path::PathBuf> = Vec::new();
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-precedent"),
        none
    );
    workspace.erase_session("s1", &Actor::system()).unwrap();
    assert_eq!(texts(&all()), ["a general one"]);
    assert!(workspace.check_ledger().unwrap());
}
