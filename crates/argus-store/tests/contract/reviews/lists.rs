//! Lists by reviews: filters, summaries, names; what is blind is nobody else's. Against the slow way.

use std::collections::{BTreeMap, BTreeSet};

use argus_session::filter::{Filter, Key};
use argus_store::{
    Actor, NewComment, NewReview, NewTag, NewVerdict, ReadScope, ReviewKind, ReviewReader,
    ReviewSummary, SessionQuery, Sort, VerdictWord, Workspace,
};
use proptest::prelude::*;
use serde_json::json;

use super::{ADA, BO, person, reader, turn_of, with_sessions};
use crate::support::TestStore;

const SESSIONS: [&str; 6] = ["s0", "s1", "s2", "s3", "s4", "s5"];

fn found(workspace: &Workspace, filter: &str, sort: Sort, by: &ReviewReader) -> BTreeSet<String> {
    let query = SessionQuery {
        filter: Filter::parse(filter).unwrap(),
        sort,
        limit: 100,
        reader: by.clone(),
        ..SessionQuery::default()
    };
    let page = workspace.sessions(&query).unwrap();
    let ids: Vec<String> = page.items.into_iter().map(|session| session.id).collect();
    let each: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), each.len(), "{filter}: none twice");
    each
}

fn sessions(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|id| (*id).to_owned()).collect()
}

fn judge(workspace: &Workspace, session: &str, by: &str, what: &str) {
    let (actor, all) = (person(by), ReadScope::all());
    let session_id = session.to_owned();
    let done = match what {
        "good" | "wrong" | "withdrawn" => workspace.give_verdict(
            NewVerdict {
                session_id,
                turn: None,
                verdict: match what {
                    "good" => VerdictWord::Good,
                    "wrong" => VerdictWord::Wrong,
                    _ => VerdictWord::Withdrawn,
                },
                reason: Some("so".to_owned()),
                queue_item: None,
            },
            &actor,
            &all,
        ),
        "comment" => workspace.write_comment(
            NewComment {
                session_id,
                anchor: argus_store::NewAnchor::default(),
                text: "so".to_owned(),
                reply_to: None,
                mentions: Vec::new(),
                queue_item: None,
            },
            &actor,
            &all,
            &ReviewReader::of(&actor),
        ),
        _ => match what.parse::<i64>() {
            Ok(number) => workspace.write_review(
                NewReview {
                    session_id,
                    kind: ReviewKind::Score,
                    turn: None,
                    word: "rubric".to_owned(),
                    number: Some(number),
                    stands: true,
                    queue_item: None,
                    changes: None,
                    body: json!({}),
                },
                &actor,
                &all,
            ),
            Err(_) => workspace.change_tag(
                NewTag {
                    session_id,
                    turn: None,
                    tag: what.trim_start_matches('-').to_owned(),
                    is_removed: what.starts_with('-'),
                    of_author: None,
                },
                &actor,
                &all,
            ),
        },
    };
    done.unwrap();
}

fn judged() -> TestStore {
    let test = with_sessions(&SESSIONS);
    for (session, by, what) in [
        ("s0", ADA, "good"),
        ("s0", BO, "wrong"),
        ("s1", ADA, "wrong"),
        ("s1", ADA, "good"),
        ("s2", ADA, "wrong"),
        ("s2", ADA, "withdrawn"),
        ("s3", BO, "churn"),
        ("s3", ADA, "churn"),
        ("s4", BO, "other"),
        ("s4", BO, "-other"),
        ("s3", BO, "comment"),
        ("s0", BO, "8000"),
        ("s1", BO, "8001"),
        ("s1", BO, "3000"),
    ] {
        judge(&test.workspace, session, by, what);
    }
    test
}

#[test]
fn every_filter_of_reviews_finds_what_stands() {
    let test = judged();
    let workspace = &test.workspace;
    for sort in [Sort::Started, Sort::Cost, Sort::Duration, Sort::Errors] {
        let find = |filter: &str| found(workspace, filter, sort, &reader(ADA));
        assert_eq!(find("verdict:good"), sessions(&["s0", "s1"]));
        assert_eq!(find("verdict:wrong"), sessions(&["s0"]));
        assert_eq!(find("verdict:none"), sessions(&["s2", "s3", "s4", "s5"]));
        assert_eq!(find("-verdict:none"), sessions(&["s0", "s1"]));
        assert_eq!(find("verdict:wrong,none").len(), 5);
        assert_eq!(find("-verdict:good,wrong").len(), 4);
        assert_eq!(find("tag:churn"), sessions(&["s3"]));
        assert_eq!(find("tag:Churn"), sessions(&["s3"]));
        assert_eq!(find("tag:other"), sessions(&[]));
        assert_eq!(find("-tag:churn").len(), 5);
        assert_eq!(find("score>=80"), sessions(&["s0"]));
        assert_eq!(find("score:30"), sessions(&["s1"]));
        assert_eq!(find("score<80"), sessions(&["s1"]));
        assert_eq!(find("commented:yes"), sessions(&["s3"]));
        assert_eq!(find("commented:no").len(), 5);
        assert_eq!(find("reviewer:acc_bo"), sessions(&["s0", "s1", "s3"]));
        assert_eq!(find("reviewer:me"), sessions(&["s0", "s1", "s3"]));
        assert_eq!(find("reviewer:me verdict:good"), sessions(&["s0", "s1"]));
        assert_eq!(find("reviewer:nobody"), sessions(&[]));
        assert_eq!(
            find("verdict:good score:30 project:demo"),
            sessions(&["s1"])
        );
    }
    for (filter, part) in [
        ("verdict:bad", "good, wrong, none"),
        ("commented:maybe", "yes, no"),
        ("score:high", "a number"),
        ("tag>x", "tag:value"),
    ] {
        let error = Filter::parse(filter).unwrap_err();
        assert!(error.message.contains(part), "{filter}: {error}");
    }
}

#[test]
fn reviews_are_found_by_when_they_were_given() {
    let test = judged();
    let workspace = &test.workspace;
    let at_us = |session: &str, word: &str| {
        let all = workspace
            .reviews(session, &ReviewKind::ALL, &ReadScope::all(), &reader(ADA))
            .unwrap()
            .unwrap();
        let given = all.iter().filter(|of| of.word == word);
        given.map(|of| of.at_us).max().unwrap()
    };
    // `good` of s0, `wrong` of s0, then what was said of the others.
    let (good, wrong) = (at_us("s0", "good"), at_us("s0", "wrong"));
    judge(workspace, "s0", ADA, "late");
    judge(workspace, "s0", BO, "3000");
    let (tag, later) = (at_us("s0", "late"), at_us("s0", "rubric"));
    assert!(wrong < tag && tag < later);
    assert!(good < wrong);
    let time = |at_us: i64| argus_session::time::rfc3339(at_us);
    for sort in [Sort::Started, Sort::Cost] {
        let find = |filter: &str| found(workspace, filter, sort, &reader(ADA));
        let since = |at_us: i64| format!("judged>={}", time(at_us));
        assert_eq!(find(&since(good)), sessions(&["s0", "s1"]));
        assert_eq!(find("judged:7d"), find("judged>7d"));
        let of_both = format!("verdict:good judged>={} judged<{}", time(good), time(wrong));
        assert_eq!(find(&of_both), sessions(&["s0"]));
        let before = format!("verdict:wrong judged<{}", time(wrong));
        assert_eq!(
            find(&before),
            sessions(&[]),
            "s0 was good then, and is wrong since"
        );
        let both = format!("verdict:wrong {}", since(wrong));
        assert_eq!(find(&both), sessions(&["s0"]));
        let neither = format!("verdict:good -{}", since(good));
        assert_eq!(find(&neither), sessions(&[]));
        // The tag came after what was judged of s1 first.
        let tagged = format!("tag:late judged<{}", time(tag));
        assert_eq!(find(&tagged), sessions(&[]));
        assert_eq!(
            find(&format!("tag:late judged<={}", time(later))),
            sessions(&["s0"])
        );
        assert_eq!(find("judged>2199-01-01"), sessions(&[]));
    }
}

#[test]
fn what_is_blind_is_found_counted_and_named_by_its_author_alone() {
    let test = judged();
    let workspace = &test.workspace;
    for session in ["s0", "s3"] {
        workspace.review_blind_for_test(session, true).unwrap();
    }
    let find = |filter: &str, by: &ReviewReader| found(workspace, filter, Sort::Started, by);
    let (ada, bo, nobody) = (reader(ADA), reader(BO), ReviewReader::nobody());
    assert_eq!(find("verdict:good", &ada), sessions(&["s0", "s1"]));
    assert_eq!(find("verdict:good", &bo), sessions(&["s1"]));
    assert_eq!(find("verdict:wrong", &ada), sessions(&[]));
    assert_eq!(find("verdict:none", &nobody).len(), 5);
    assert_eq!(find("commented:yes", &ada), sessions(&[]));
    assert_eq!(find("commented:yes", &bo), sessions(&["s3"]));
    assert_eq!(find("score>1", &ada), sessions(&["s1"]));
    assert_eq!(find("reviewer:acc_bo", &ada), sessions(&["s1"]));
    assert_eq!(find("reviewer:acc_bo", &bo), sessions(&["s0", "s1", "s3"]));
    assert_eq!(find("tag:churn", &nobody), sessions(&[]));
    assert_eq!(find("judged:7d", &ada), sessions(&["s0", "s1"]));
    assert_eq!(find("verdict:wrong judged:7d", &ada), sessions(&[]));
    assert_eq!(find("verdict:wrong judged:7d", &bo), sessions(&["s0"]));
    assert_eq!(find("judged:7d", &nobody), sessions(&["s1"]));

    let told = |by: &ReviewReader| workspace.review_summaries(["s0", "s3", "s5"], by).unwrap();
    assert_eq!(told(&nobody), vec![ReviewSummary::default(); 3]);
    let of_ada = told(&ada);
    assert_eq!(
        (of_ada[0].good, of_ada[0].wrong, of_ada[0].score),
        (1, 0, None)
    );
    assert_eq!(
        (of_ada[1].tags.as_slice(), of_ada[1].comments),
        (["churn".to_owned()].as_slice(), 0)
    );
    let of_bo = told(&bo);
    assert_eq!(
        (of_bo[0].good, of_bo[0].wrong, of_bo[0].score),
        (0, 1, Some(8000.0))
    );
    assert_eq!(of_bo[1].comments, 1);

    let names = |scope: &ReadScope, by: &ReviewReader| {
        let names = workspace
            .review_names(Key::Tag, "URN", 10, scope, by)
            .unwrap()
            .unwrap();
        names
            .into_iter()
            .map(|of| (of.name, of.sessions))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&ReadScope::all(), &ada), [("churn".to_owned(), 1)]);
    assert_eq!(names(&ReadScope::all(), &nobody), []);
    let elsewhere = ReadScope {
        projects: Some(vec!["other".to_owned()]),
        own_of: None,
    };
    assert_eq!(names(&elsewhere, &ada), []);
    assert_eq!(
        workspace
            .review_names(Key::Verdict, "", 10, &elsewhere, &ada)
            .unwrap(),
        None
    );

    let changes = |by: &ReviewReader| {
        let changes = workspace.review_changes(-1, &ReadScope::all(), by).unwrap();
        changes
            .sessions
            .unwrap()
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(changes(&nobody), sessions(&["s1", "s2", "s4"]));
    assert_eq!(changes(&bo), sessions(&["s0", "s1", "s2", "s3", "s4"]));
    let newest = workspace.newest_act().unwrap();
    let nothing = workspace
        .review_changes(newest, &ReadScope::all(), &bo)
        .unwrap();
    assert_eq!(
        (nothing.up_to, nothing.sessions),
        (newest, Some(Vec::new()))
    );
}

#[test]
fn a_reviewer_is_found_by_name_and_address() {
    let test = with_sessions(&["s0", "s1"]);
    let workspace = &test.workspace;
    let account =
        |email: &str, name: &str| test.store.create_account(email, name, None).unwrap().id;
    let first = account("first@example.org", "Somebody Élse");
    let second = account("second@example.org", "Somebody");
    judge(workspace, "s0", &first, "good");
    judge(workspace, "s1", &second, "good");
    let find = |filter: &str| found(workspace, filter, Sort::Started, &ReviewReader::nobody());
    assert_eq!(find("reviewer:\"somebody élse\""), sessions(&["s0"]));
    assert_eq!(find("reviewer:second@example.org"), sessions(&["s1"]));
    assert_eq!(find(&format!("reviewer:{first}")), sessions(&["s0"]));
    assert_eq!(find("reviewer:me"), sessions(&[]), "nobody in particular");
    let names = workspace
        .review_names(
            Key::Reviewer,
            "some",
            10,
            &ReadScope::all(),
            &ReviewReader::nobody(),
        )
        .unwrap()
        .unwrap();
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    assert_eq!(names, ["Somebody", "Somebody Élse"]);
}

#[test]
fn an_erased_session_is_in_no_list_by_reviews() {
    let test = judged();
    let workspace = &test.workspace;
    workspace.erase_session("s3", &Actor::system()).unwrap();
    let by = reader(ADA);
    assert_eq!(
        found(workspace, "tag:churn", Sort::Started, &by),
        sessions(&[])
    );
    let names = workspace
        .review_names(Key::Tag, "", 10, &ReadScope::all(), &by)
        .unwrap();
    assert_eq!(names, Some(Vec::new()));
    workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(
        found(workspace, "verdict:good", Sort::Started, &by),
        sessions(&["s0", "s1"])
    );
}

#[derive(Debug, Clone)]
enum Step {
    Judge(usize, bool, &'static str),
    Blind(usize),
    Unblind(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let words = prop::sample::select(vec!["good", "wrong", "churn", "comment", "8000"]);
    prop_oneof![
        8 => (0..3_usize, any::<bool>(), words).prop_map(|(session, is_ada, what)| Step::Judge(session, is_ada, what)),
        1 => (0..3_usize).prop_map(Step::Blind),
        1 => (0..3_usize).prop_map(Step::Unblind),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Whatever was said and blinded in whatever order: current is the newest, and each reader's lists are those that their
    /// own look at every session gives.
    #[test]
    fn lists_are_what_a_look_at_every_session_gives(steps in prop::collection::vec(step(), 1..25)) {
        let test = with_sessions(&SESSIONS[..3]);
        let workspace = &test.workspace;
        let mut blind = [false; 3];
        for step in steps {
            match step {
                Step::Judge(session, is_ada, what) => {
                    judge(workspace, SESSIONS[session], if is_ada { ADA } else { BO }, what);
                }
                Step::Blind(session) => {
                    blind[session] = true;
                    workspace.review_blind_for_test(SESSIONS[session], true).unwrap();
                }
                Step::Unblind(session) => {
                    blind[session] = false;
                    workspace.review_blind_for_test(SESSIONS[session], false).unwrap();
                }
            }
        }
        for by in [reader(ADA), reader(BO), ReviewReader::nobody()] {
            let mut expected: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            for (place, session) in SESSIONS[..3].iter().enumerate() {
                let all = workspace.reviews(session, &ReviewKind::ALL, &ReadScope::all(), &by).unwrap().unwrap();
                for review in &all {
                    prop_assert!(!blind[place] || Some(review.author.as_str()) == by.author());
                    let key = |of: &argus_store::Review| (of.kind, of.turn.clone(), of.author.clone(), of.root,
                        (of.kind == ReviewKind::Tag || of.kind == ReviewKind::Score).then(|| of.word.clone()));
                    let newest = all.iter().filter(|of| key(of) == key(review)).map(|of| of.id).max();
                    prop_assert_eq!(review.is_current, newest == Some(review.id));
                }
                for (filter, kind, word) in [
                    ("verdict:good", ReviewKind::Verdict, "good"), ("verdict:wrong", ReviewKind::Verdict, "wrong"),
                    ("tag:churn", ReviewKind::Tag, "churn"), ("commented:yes", ReviewKind::Comment, ""),
                    ("score:80", ReviewKind::Score, "rubric"),
                ] {
                    let has = all.iter().any(|review| review.stands && review.kind == kind && review.word == word);
                    let of = expected.entry(filter).or_default();
                    if has {
                        of.insert((*session).to_owned());
                    }
                }
            }
            for (filter, expected) in &expected {
                prop_assert_eq!(&found(workspace, filter, Sort::Started, &by), expected, "{}", filter);
                let others = found(workspace, &format!("-{filter}"), Sort::Cost, &by);
                prop_assert_eq!(others.len() + expected.len(), 3);
                prop_assert!(others.is_disjoint(expected));
            }
        }
        prop_assert!(workspace.check_ledger().unwrap());
    }
}

#[test]
fn a_turns_review_counts_for_its_session() {
    let test = with_sessions(&["s0"]);
    let workspace = &test.workspace;
    let turn = turn_of(workspace, "s0");
    let new = NewVerdict {
        session_id: "s0".to_owned(),
        turn: Some(turn),
        verdict: VerdictWord::Wrong,
        reason: Some("so".to_owned()),
        queue_item: None,
    };
    workspace
        .give_verdict(new, &person(ADA), &ReadScope::all())
        .unwrap();
    judge(workspace, "s0", ADA, "good");
    let find = |filter: &str| found(workspace, filter, Sort::Started, &reader(ADA));
    assert_eq!(find("verdict:wrong verdict:good"), sessions(&["s0"]));
    let told = workspace.review_summaries(["s0"], &reader(ADA)).unwrap();
    assert_eq!((told[0].good, told[0].wrong), (1, 1));
}
