//! Verdicts, tags and corrected answers; what of them goes with a session's content.

use argus_store::{
    Actor, Asker, CapturePolicy, CaptureRule, Delivery, NewAnchor, NewAnswer, NewComment, NewTag,
    NewVerdict, OptOut, ReadScope, ReviewKind, StoreError, Tag, VerdictWord, Workspace,
};

use super::{ADA, BO, person, reader, turn_of, with_sessions};
use crate::support::{conversation, files_with, new_store, settle};

fn verdict(verdict: VerdictWord, reason: Option<&str>) -> NewVerdict {
    NewVerdict {
        session_id: "s1".to_owned(),
        turn: None,
        verdict,
        reason: reason.map(str::to_owned),
        queue_item: None,
    }
}

fn tag(tag: &str) -> NewTag {
    NewTag {
        session_id: "s1".to_owned(),
        turn: None,
        tag: tag.to_owned(),
        is_removed: false,
        of_author: None,
    }
}

fn off(of: &str) -> NewTag {
    NewTag {
        is_removed: true,
        ..tag(of)
    }
}

fn tags(workspace: &Workspace) -> Vec<Tag> {
    let found = workspace.judgements("s1", &[ReviewKind::Tag], &ReadScope::all(), &reader(ADA));
    found.unwrap().unwrap().tags
}

#[test]
fn a_wrong_verdict_says_why_and_only_what_stands_is_withdrawn() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let give = |new, by| workspace.give_verdict(new, &person(by), &ReadScope::all());
    for reason in [None, Some(" "), Some("x".repeat(2_001).as_str())] {
        assert!(matches!(
            give(verdict(VerdictWord::Wrong, reason), ADA),
            Err(StoreError::Invalid(_))
        ));
    }
    let leaves = workspace.status().unwrap().leaves;
    assert!(matches!(
        give(verdict(VerdictWord::Withdrawn, None), ADA),
        Err(StoreError::Invalid(_))
    ));
    assert_eq!(
        workspace.status().unwrap().leaves,
        leaves,
        "what is refused leaves no act"
    );
    give(verdict(VerdictWord::Wrong, Some("made up")), ADA).unwrap();
    assert!(give(verdict(VerdictWord::Withdrawn, None), BO).is_err());
    give(verdict(VerdictWord::Withdrawn, Some("was right")), ADA).unwrap();
    assert!(give(verdict(VerdictWord::Withdrawn, None), ADA).is_err());
    let found = workspace.judgements("s1", &[ReviewKind::Verdict], &ReadScope::all(), &reader(BO));
    let said: Vec<(VerdictWord, Option<String>, bool)> = found
        .unwrap()
        .unwrap()
        .verdicts
        .into_iter()
        .map(|verdict| (verdict.verdict, verdict.reason, verdict.is_current))
        .collect();
    assert_eq!(
        said,
        [
            (VerdictWord::Wrong, Some("made up".to_owned()), false),
            (VerdictWord::Withdrawn, Some("was right".to_owned()), true),
        ]
    );
}

#[test]
fn a_tag_is_its_authors() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let change = |new, by| workspace.change_tag(new, &person(by), &ReadScope::all());
    change(tag("Churn"), ADA).unwrap();
    change(tag("churn"), BO).unwrap();
    change(tag("other"), ADA).unwrap();
    let names = || -> Vec<(String, String)> {
        tags(workspace)
            .into_iter()
            .map(|tag| (tag.tag, tag.author))
            .collect()
    };
    assert_eq!(names().len(), 3);
    assert!(matches!(
        change(off("nothing"), BO),
        Err(StoreError::NotFound { .. })
    ));
    change(off("churn"), BO).unwrap();
    assert!(matches!(
        change(off("churn"), BO),
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(
        names(),
        [
            ("churn".to_owned(), "account:acc_ada".to_owned()),
            ("other".to_owned(), "account:acc_ada".to_owned()),
        ]
    );
    let of_ada = NewTag {
        of_author: Some("account:acc_ada".to_owned()),
        ..off("churn")
    };
    change(of_ada, BO).unwrap();
    assert_eq!(names().len(), 1);
    // Nobody puts one on in another's name.
    let in_anothers_name = NewTag {
        of_author: Some("account:acc_ada".to_owned()),
        ..tag("churn")
    };
    change(in_anothers_name, BO).unwrap();
    assert_eq!(names()[1].1, "account:acc_bo");
    for n in 2..100 {
        change(tag(&format!("t{n}")), ADA).unwrap();
    }
    match change(tag("one-more"), ADA) {
        Err(StoreError::Invalid(why)) => assert!(why.contains("at most 100 tags"), "{why}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        change(tag("two words"), ADA),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn a_corrected_answer_is_of_a_turn() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let turn = turn_of(workspace, "s1");
    let answer = |text: Option<&str>| NewAnswer {
        session_id: "s1".to_owned(),
        turn: turn.clone(),
        text: text.map(str::to_owned),
        queue_item: None,
    };
    let write = |new| workspace.correct_answer(new, &person(ADA), &ReadScope::all());
    assert!(matches!(write(answer(None)), Err(StoreError::Invalid(_))));
    assert!(matches!(
        write(answer(Some(""))),
        Err(StoreError::Invalid(_))
    ));
    write(answer(Some("42"))).unwrap();
    write(answer(Some("43"))).unwrap();
    write(answer(None)).unwrap();
    let found = workspace.judgements("s1", &[ReviewKind::Answer], &ReadScope::all(), &reader(BO));
    let said: Vec<(Option<String>, bool)> = found
        .unwrap()
        .unwrap()
        .answers
        .into_iter()
        .map(|answer| (answer.text, answer.is_current))
        .collect();
    assert_eq!(
        said,
        [
            (Some("42".to_owned()), false),
            (Some("43".to_owned()), false),
            (None, true)
        ]
    );
}

#[test]
fn what_was_typed_goes_with_the_content_and_the_words_stay() {
    let test = new_store();
    let workspace = &test.workspace;
    let delivery = Delivery {
        projects: vec!["demo".to_owned()],
        key_id: Some("key_1".to_owned()),
        user: None,
    };
    let batch = conversation("s1", "a question", "an answer", 0)
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery).unwrap())
        .collect();
    workspace.append(batch).unwrap();
    settle(workspace);
    let turn = turn_of(workspace, "s1");
    let all = ReadScope::all();
    workspace
        .give_verdict(
            verdict(VerdictWord::Wrong, Some("canary-reason")),
            &person(ADA),
            &all,
        )
        .unwrap();
    workspace
        .change_tag(tag("churn"), &person(ADA), &all)
        .unwrap();
    let comment = NewComment {
        session_id: "s1".to_owned(),
        anchor: NewAnchor::default(),
        text: "canary-comment".to_owned(),
        reply_to: None,
        mentions: Vec::new(),
        queue_item: None,
    };
    workspace
        .write_comment(comment, &person(ADA), &all, &reader(ADA))
        .unwrap();
    let answer = NewAnswer {
        session_id: "s1".to_owned(),
        turn,
        text: Some("canary-answer".to_owned()),
        queue_item: None,
    };
    workspace
        .correct_answer(answer, &person(ADA), &all)
        .unwrap();
    let policy = CapturePolicy {
        workspace: CaptureRule {
            opt_out: OptOut::ContentOff,
            notice: None,
        },
        ..CapturePolicy::default()
    };
    let revision = workspace.capture_policy().unwrap().revision;
    workspace
        .set_capture_policy(&policy, revision, &Actor::system())
        .unwrap();
    let asker = Asker::Key {
        id: "key_1".to_owned(),
        person: None,
        projects: vec!["demo".to_owned()],
        device: None,
    };
    workspace.make_private("s1", &asker).unwrap();
    let found = workspace
        .judgements("s1", &ReviewKind::ALL, &all, &reader(BO))
        .unwrap()
        .unwrap();
    assert_eq!(found.verdicts.len(), 1);
    assert_eq!(found.verdicts[0].verdict, VerdictWord::Wrong);
    assert_eq!(found.verdicts[0].reason, None);
    assert_eq!(found.tags.len(), 1);
    assert_eq!(found.comments, []);
    assert_eq!(found.answers, []);
    assert!(workspace.check_ledger().unwrap());
    assert_eq!(workspace.check_records().unwrap().damaged, 0);
    assert_eq!(
        files_with(test.folder.path(), "canary-"),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn a_secret_that_is_typed_is_stored_nowhere_and_read_as_its_placeholder() {
    const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let (all, ada) = (ReadScope::all(), person(ADA));
    let text = format!("it says {KEY} there");
    workspace
        .give_verdict(verdict(VerdictWord::Wrong, Some(&text)), &ada, &all)
        .unwrap();
    let comment = NewComment {
        session_id: "s1".to_owned(),
        anchor: NewAnchor::default(),
        text: text.clone(),
        reply_to: None,
        mentions: Vec::new(),
        queue_item: None,
    };
    workspace
        .write_comment(comment, &ada, &all, &reader(ADA))
        .unwrap();
    let answer = NewAnswer {
        session_id: "s1".to_owned(),
        turn: turn_of(workspace, "s1"),
        text: Some(text),
        queue_item: None,
    };
    workspace.correct_answer(answer, &ada, &all).unwrap();
    let refused = workspace.change_tag(tag(KEY), &ada, &all);
    assert!(matches!(refused, Err(StoreError::Invalid(why)) if why.contains("secret")));

    let found = workspace
        .judgements("s1", &ReviewKind::ALL, &all, &reader(BO))
        .unwrap()
        .unwrap();
    let read = [
        &found.verdicts[0].reason,
        &found.comments[0].text,
        &found.answers[0].text,
    ];
    for text in read {
        let text = text.as_deref().unwrap();
        assert!(!text.contains(KEY), "{text}");
        assert!(
            text.starts_with("it says ") && text.ends_with(" there"),
            "{text}"
        );
    }
    // What was sealed is what is read: nothing of it opens to more.
    for review in workspace
        .reviews("s1", &ReviewKind::ALL, &all, &reader(BO))
        .unwrap()
        .unwrap()
    {
        assert!(!serde_json::to_string(&review.body).unwrap().contains(KEY));
    }
    for needle in [KEY.to_owned(), KEY.to_lowercase()] {
        assert_eq!(
            files_with(test.folder.path(), &needle),
            Vec::<std::path::PathBuf>::new()
        );
    }
    assert!(workspace.check_ledger().unwrap());
}
