//! Comments: threads, changes, limits, whom they reach.

use argus_store::{
    Actor, Comment, CommentChange, CommentEdit, Grant, NewAnchor, NewComment, ReadScope,
    ReviewKind, ReviewReader, Role, StoreError, Workspace,
};

use super::{ADA, BO, person, reader, turn_of, with_sessions};
use crate::support::files_with;

fn comment(session: &str, text: &str) -> NewComment {
    NewComment {
        session_id: session.to_owned(),
        anchor: NewAnchor::default(),
        text: text.to_owned(),
        reply_to: None,
        mentions: Vec::new(),
        queue_item: None,
    }
}

fn write(workspace: &Workspace, new: NewComment, by: &str) -> Result<u64, StoreError> {
    workspace.write_comment(new, &person(by), &ReadScope::all(), &reader(by))
}

fn change(
    workspace: &Workspace,
    id: u64,
    edit: &CommentEdit,
    by: &str,
    is_moderator: bool,
) -> Result<(), StoreError> {
    let reader = reader(by).managing(is_moderator);
    workspace.change_comment("s1", id, edit, &person(by), &ReadScope::all(), &reader)
}

fn comments(workspace: &Workspace, session: &str, by: &ReviewReader) -> Vec<Comment> {
    let found = workspace.judgements(session, &[ReviewKind::Comment], &ReadScope::all(), by);
    found.unwrap().unwrap().comments
}

fn text(text: &str) -> CommentEdit {
    CommentEdit {
        text: Some(text.to_owned()),
        ..CommentEdit::default()
    }
}

fn removed(is_removed: bool) -> CommentEdit {
    CommentEdit {
        is_removed: Some(is_removed),
        ..CommentEdit::default()
    }
}

fn resolved(is_resolved: bool) -> CommentEdit {
    CommentEdit {
        is_resolved: Some(is_resolved),
        ..CommentEdit::default()
    }
}

#[test]
fn a_thread_is_written_changed_settled_and_taken_back() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let first = write(workspace, comment("s1", " the first "), ADA).unwrap();
    let reply = NewComment {
        reply_to: Some(first),
        ..comment("s1", "an answer")
    };
    let second = write(workspace, reply, BO).unwrap();
    // An answer to an answer is of the same thread.
    let reply = NewComment {
        reply_to: Some(second),
        ..comment("s1", "a third")
    };
    write(workspace, reply, ADA).unwrap();
    let all = comments(workspace, "s1", &reader(BO));
    let replies: Vec<Option<u64>> = all.iter().map(|comment| comment.reply_to).collect();
    assert_eq!(replies, [None, Some(first), Some(first)]);
    assert_eq!(all[0].text.as_deref(), Some("the first"));

    assert!(matches!(
        change(workspace, first, &text("not mine"), BO, true),
        Err(StoreError::Forbidden(_))
    ));
    assert!(matches!(
        change(workspace, first, &removed(true), BO, false),
        Err(StoreError::Forbidden(_))
    ));
    assert!(matches!(
        change(workspace, second, &resolved(true), BO, false),
        Err(StoreError::Invalid(_))
    ));
    assert!(matches!(
        change(workspace, first, &CommentEdit::default(), ADA, false),
        Err(StoreError::Invalid(_))
    ));
    assert!(matches!(
        change(workspace, 999_999, &resolved(true), ADA, false),
        Err(StoreError::NotFound { .. })
    ));
    change(workspace, first, &text("the first, better"), ADA, false).unwrap();
    change(workspace, first, &resolved(true), BO, false).unwrap();
    let now = comments(workspace, "s1", &reader(BO)).swap_remove(0);
    assert_eq!(now.text.as_deref(), Some("the first, better"));
    assert!(now.is_resolved && now.edited_at_us.is_some());
    assert_eq!(now.author, "account:acc_ada");
    let done: Vec<(CommentChange, &str)> = now
        .history
        .iter()
        .map(|version| (version.change, version.author.as_str()))
        .collect();
    assert_eq!(
        done,
        [
            (CommentChange::Written, "account:acc_ada"),
            (CommentChange::Edited, "account:acc_ada"),
            (CommentChange::Resolved, "account:acc_bo"),
        ]
    );
    assert_eq!(now.history[0].text.as_deref(), Some("the first"));

    change(workspace, first, &removed(true), BO, true).unwrap();
    let now = comments(workspace, "s1", &reader(ADA)).swap_remove(0);
    assert!(now.is_removed && now.text.is_none());
    assert!(now.history.iter().all(|version| version.text.is_none()));
    change(workspace, first, &removed(false), ADA, false).unwrap();
    let now = comments(workspace, "s1", &reader(ADA)).swap_remove(0);
    assert_eq!(now.text.as_deref(), Some("the first, better"));
}

#[test]
fn changes_of_several_people_at_once_undo_nothing() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let first = write(workspace, comment("s1", "0"), ADA).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..=10 {
                change(workspace, first, &text(&n.to_string()), ADA, false).unwrap();
            }
        });
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 1..=5 {
                    change(workspace, first, &resolved(n % 2 == 1), BO, false).unwrap();
                }
            });
        }
    });
    let now = comments(workspace, "s1", &reader(ADA)).swap_remove(0);
    assert_eq!(now.text.as_deref(), Some("10"));
    assert!(now.is_resolved);
    assert_eq!(now.history.len(), 1 + 10 + 4 * 5);
}

#[test]
fn while_a_session_is_reviewed_blind_nobody_sees_answers_or_changes_anothers() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let of_ada = write(workspace, comment("s1", "of one"), ADA).unwrap();
    change(workspace, of_ada, &resolved(true), BO, false).unwrap();
    workspace.review_blind_for_test("s1", true).unwrap();
    assert_eq!(comments(workspace, "s1", &reader(BO)), []);
    let own = comments(workspace, "s1", &reader(ADA));
    assert_eq!(own.len(), 1);
    assert!(own[0].is_resolved, "what others did to it before stays");
    let reply = NewComment {
        reply_to: Some(of_ada),
        ..comment("s1", "of the other")
    };
    assert!(matches!(
        write(workspace, reply, BO),
        Err(StoreError::NotFound {
            what: "comment",
            ..
        })
    ));
    assert!(matches!(
        change(workspace, of_ada, &resolved(false), BO, true),
        Err(StoreError::NotFound { .. })
    ));
}

fn member(workspace: &Workspace, id: &str, role: Role, projects: Option<&[&str]>) {
    let grant = Grant {
        role,
        projects: projects.map(|all| all.iter().map(|name| (*name).to_owned()).collect()),
    };
    workspace.put_member(id, &grant, &Actor::system()).unwrap();
}

#[test]
fn mentions_reach_who_may_see_them() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    member(workspace, ADA, Role::Owner, None);
    member(workspace, BO, Role::Reviewer, None);
    member(workspace, "acc_elsewhere", Role::Reviewer, Some(&["other"]));
    member(workspace, "acc_viewer", Role::Viewer, None);
    let mentioning = |who: &[&str]| NewComment {
        mentions: who.iter().map(|id| (*id).to_owned()).collect(),
        ..comment("s1", "canary-look-here")
    };
    for nobody in ["acc_nobody", "acc_elsewhere", "acc_viewer"] {
        assert!(
            matches!(
                write(workspace, mentioning(&[nobody]), ADA),
                Err(StoreError::Invalid(_))
            ),
            "{nobody}"
        );
    }
    let id = write(workspace, mentioning(&[BO, ADA, BO]), ADA).unwrap();
    let of = |who: &str, scope: &ReadScope| {
        workspace
            .mentions(&person(who), &reader(who), scope, 10, None)
            .unwrap()
    };
    let all = ReadScope::all();
    assert_eq!(of(ADA, &all).items, [], "nobody is told of themselves");
    let told = of(BO, &all);
    assert_eq!((told.items.len(), told.unread), (1, 1));
    assert_eq!(told.items[0].comment, id);
    assert_eq!(told.items[0].text, "canary-look-here");
    assert_eq!(told.items[0].session_id, "s1");
    let elsewhere = ReadScope {
        projects: Some(vec!["other".to_owned()]),
        own_of: None,
    };
    let hidden = of(BO, &elsewhere);
    assert_eq!((hidden.items.len(), hidden.unread), (0, 0));
    workspace.review_blind_for_test("s1", true).unwrap();
    assert_eq!(of(BO, &all).unread, 0);
    workspace.review_blind_for_test("s1", false).unwrap();
    workspace
        .read_mentions(&person(BO), Some(vec![id]))
        .unwrap();
    let told = of(BO, &all);
    assert_eq!((told.items.len(), told.unread), (1, 0));
    assert!(told.items[0].read_at_us.is_some());

    write(workspace, mentioning(&[BO]), ADA).unwrap();
    let page = workspace
        .mentions(&person(BO), &reader(BO), &all, 1, None)
        .unwrap();
    assert_eq!((page.items.len(), page.unread), (1, 1));
    let rest = workspace
        .mentions(&person(BO), &reader(BO), &all, 1, page.next)
        .unwrap();
    assert_eq!(rest.items[0].comment, id);
    assert_eq!(rest.next, None);
    change(workspace, id, &removed(true), ADA, false).unwrap();
    assert_eq!(of(BO, &all).items.len(), 1);
    workspace.read_mentions(&person(BO), None).unwrap();
    assert_eq!(of(BO, &all).unread, 0);

    assert_eq!(
        files_with(test.folder.path(), "canary-look-here"),
        Vec::<std::path::PathBuf>::new()
    );
    workspace.erase_session("s1", &Actor::system()).unwrap();
    assert_eq!(of(BO, &all).items, []);
}

#[test]
fn limits_say_what_they_are() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let refused = |new: NewComment| match write(workspace, new, ADA) {
        Err(StoreError::Invalid(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused(comment("s1", " \n ")).contains("no text"));
    assert!(refused(comment("s1", &"x".repeat(10_001))).contains("10000 characters"));
    write(workspace, comment("s1", &"é".repeat(10_000)), ADA).unwrap();
    let many = NewComment {
        mentions: (0..21).map(|n| format!("acc_{n}")).collect(),
        ..comment("s1", "x")
    };
    assert!(refused(many).contains("at most 20 people"));
    let turn = turn_of(workspace, "s1");
    let of_turn = NewComment {
        anchor: NewAnchor {
            turn: Some(turn.clone()),
            ..NewAnchor::default()
        },
        ..comment("s1", "x")
    };
    write(workspace, of_turn, ADA).unwrap();
    let of_none = NewComment {
        anchor: NewAnchor {
            turn: Some("no-turn".to_owned()),
            ..NewAnchor::default()
        },
        ..comment("s1", "x")
    };
    assert!(matches!(
        write(workspace, of_none, ADA),
        Err(StoreError::NotFound { what: "turn", .. })
    ));
}
