//! Full-text search: what is found, in which order and by whom; and that nothing is found, or left in a file, that is gone.

use std::time::Duration;

use argus_session::Item;
use argus_session::filter::Filter;
use argus_session::search::Field;
use argus_store::{
    Actor, Asker, CapturePolicy, CaptureRule, Delivery, OptOut, Outline, PrivateOutcome, ReadScope,
    SearchPage, SearchQuery, SessionQuery, Store, StoreError, Workspace,
};
use serde_json::{Value, json};

use crate::redaction::{actor, own_policy};
use crate::support::{
    TestStore, conversation, files, files_with, lines_as_items, new_store, options, put, recording,
};

fn settle(workspace: &Workspace) {
    assert!(
        workspace.wait_indexed(Duration::from_secs(60)),
        "the index does not come up with the writer"
    );
}

fn query(text: &str) -> SearchQuery {
    let parsed = Filter::parse(text).unwrap();
    SearchQuery {
        words: parsed.words,
        filter: Filter {
            terms: parsed.terms,
            ..Filter::default()
        },
        limit: 20,
        hits: 10,
        ..SearchQuery::default()
    }
}

fn search(workspace: &Workspace, text: &str) -> SearchPage {
    workspace.search(&query(text)).unwrap()
}

/// The sessions that are found, in order.
fn found(workspace: &Workspace, text: &str) -> Vec<String> {
    let page = search(workspace, text);
    page.groups
        .into_iter()
        .map(|group| group.session.id)
        .collect()
}

/// What is marked in what is found.
fn marked(workspace: &Workspace, text: &str) -> Vec<String> {
    let page = search(workspace, text);
    let hits = page.groups.iter().flat_map(|group| &group.hits);
    hits.flat_map(|hit| {
        let chars: Vec<char> = hit.snippet.text.chars().collect();
        let of = |(from, to): &(u32, u32)| chars[*from as usize..*to as usize].iter().collect();
        hit.snippet.marks.iter().map(of).collect::<Vec<String>>()
    })
    .collect()
}

/// The bytes of the index.
fn index_files(test: &TestStore) -> Vec<u8> {
    let of_index = |path: &std::path::PathBuf| path.to_string_lossy().contains("search.db");
    let files = files(test.folder.path()).into_iter().filter(of_index);
    files
        .flat_map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn stands_in(bytes: &[u8], needle: &str) -> bool {
    bytes
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

/// A prompt with a tool call, its output and an answer.
fn with_tool(session: &str, second: u32, input: &str, output: &str) -> Vec<Item> {
    let mut items = conversation(session, "please look", "it is done", second);
    let at = "2026-11-20T10:00:05Z";
    items.extend(lines_as_items(session, &[
        json!({"type": "assistant", "uuid": format!("{session}-t"), "parentUuid": format!("{session}-u"), "sessionId": session, "timestamp": at,
            "requestId": format!("req_{session}_2"), "message": {"id": "m2", "model": "claude-opus-5-5", "content": [
                {"type": "tool_use", "id": format!("toolu_{session}"), "name": "Bash", "input": {"command": input}}]}}),
        json!({"type": "user", "uuid": format!("{session}-r"), "parentUuid": format!("{session}-t"), "sessionId": session, "timestamp": at,
            "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": format!("toolu_{session}"), "content": output}]}}),
    ]));
    items
}

#[test]
fn words_phrases_beginnings_exclusions_and_fields() {
    let test = new_store();
    put(
        &test.workspace,
        conversation(
            "s1",
            "Q2 churn by region",
            "The churn rose in the Q2 report",
            0,
        ),
    );
    put(
        &test.workspace,
        conversation("s2", "renewal draft for Müller", "churning along", 60),
    );
    put(
        &test.workspace,
        with_tool(
            "s3",
            120,
            "grep churn report.csv",
            "region,value\nnorth,churn-3",
        ),
    );
    settle(&test.workspace);
    let is = |text: &str| found(&test.workspace, text);

    assert_eq!(is("churn"), ["s3", "s1"], "the newest session first");
    assert_eq!(is("\"q2 churn\""), ["s1"]);
    assert_eq!(is("\"churn q2\""), [""; 0]);
    assert_eq!(is("churn*"), ["s3", "s2", "s1"]);
    assert_eq!(
        is("churn* -draft -\"q2 churn\" -north"),
        ["s2", "s1"],
        "of one step"
    );
    assert_eq!(is("muller OR q2"), ["s2", "s1"]);
    assert_eq!(is("input:churn"), ["s3"]);
    assert_eq!(is("output:\"north churn\""), ["s3"]);
    assert_eq!(is("prompt:churn"), ["s1"]);
    assert_eq!(is("grep north"), ["s3"], "in two texts of one step");
    assert_eq!(is("churn tool:Bash"), ["s3"]);
    assert_eq!(marked(&test.workspace, "CHURN prompt:by"), ["churn", "by"]);

    let page = search(&test.workspace, "input:churn");
    let hit = &page.groups[0].hits[0];
    assert_eq!((hit.field, hit.content), (Field::Input, "input"));
    assert_eq!((hit.turn.as_str(), hit.step.as_str()), ("s3-p", "toolu_s3"));
    assert_eq!(hit.snippet.text, "grep churn report.csv");
    assert_eq!(page.lag.records, 0);
    assert_eq!(page.lag.seconds, None);
}

#[test]
fn words_of_scripts_without_spaces_are_found() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("zh", "请分析客户流失率", "第二季度的流失率上升了", 0),
    );
    put(
        &test.workspace,
        conversation(
            "ja",
            "東京都の解約率を調べて",
            "レビューは2026年に完了しました",
            60,
        ),
    );
    put(
        &test.workspace,
        conversation("ko", "주간보고서를 작성해줘", "완료", 120),
    );
    settle(&test.workspace);
    for (text, session) in [
        ("流失", "zh"),
        ("客户流失率", "zh"),
        ("季", "zh"),
        ("解約率", "ja"),
        ("京都", "ja"),
        ("都", "ja"),
        ("レビュー", "ja"),
        ("\"2026年\"", "ja"),
        ("보고서", "ko"),
        ("た", "ja"),
    ] {
        assert_eq!(found(&test.workspace, text), [session], "{text}");
    }
    assert_eq!(marked(&test.workspace, "解約率"), ["解約率"]);
    assert_eq!(
        found(&test.workspace, "流率"),
        [""; 0],
        "not beside each other"
    );
}

#[test]
fn nothing_that_is_typed_is_syntax() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("s1", "near a quote", "and a star", 0),
    );
    settle(&test.workspace);
    for text in [
        "NEAR(a b)",
        "{prompt}",
        "^near",
        "a\0b",
        "NEAR",
        "col : x",
        "near + quote",
        "(near",
        "near)",
        "--near",
        "\"a\\\"b\"",
        "';DROP",
    ] {
        // Read as words, or refused with a reason: never an error of the database.
        if let Ok(filter) = Filter::parse(text) {
            let asked = SearchQuery {
                words: filter.words,
                limit: 5,
                hits: 5,
                ..SearchQuery::default()
            };
            assert!(
                matches!(
                    test.workspace.search(&asked),
                    Ok(_) | Err(StoreError::Invalid(_))
                ),
                "{text}"
            );
        }
    }
    assert_eq!(found(&test.workspace, "NEAR"), ["s1"]);
    let only_not = test.workspace.search(&query("-near"));
    assert!(matches!(only_not, Err(StoreError::Invalid(_))));
    assert!(matches!(
        test.workspace.search(&SearchQuery::default()),
        Err(StoreError::Invalid(_))
    ));
    let many = vec!["word"; 90].join("-");
    let too_many = format!("\"{many}\" \"{many}\" \"{many}\"");
    assert!(matches!(
        test.workspace.search(&query(&too_many)),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let test = new_store();
    for n in 0..25 {
        put(
            &test.workspace,
            conversation(
                &format!("s{n:02}"),
                "the same word",
                "the same word",
                n * 60,
            ),
        );
    }
    settle(&test.workspace);
    for filter in ["", " project:demo", " errors:0"] {
        let mut asked = SearchQuery {
            limit: 4,
            hits: 1,
            ..query(&format!("same{filter}"))
        };
        let mut seen = Vec::new();
        loop {
            let page = test.workspace.search(&asked).unwrap();
            let steps = |id: &str| if id.starts_with("late") { 1 } else { 2 };
            for group in &page.groups {
                assert_eq!(
                    group.hits.len() as u64 + group.more,
                    steps(&group.session.id)
                );
                assert_eq!(group.hits.len(), 1);
            }
            seen.extend(page.groups.into_iter().map(|group| group.session.id));
            // What comes meanwhile is newer, and moves nothing.
            let late = format!("late{}", seen.len());
            put(
                &test.workspace,
                conversation(&late, "the same word", "new", 3_600 * 30),
            );
            settle(&test.workspace);
            match page.next {
                Some(next) => asked.cursor = Some(next),
                None => break,
            }
        }
        let expected: Vec<String> = (0..25).rev().map(|n| format!("s{n:02}")).collect();
        seen.retain(|id| !id.starts_with("late"));
        assert_eq!(seen, expected, "{filter}");
    }
    let wrong = SearchQuery {
        cursor: Some("nonsense".to_owned()),
        ..query("same")
    };
    assert!(matches!(
        test.workspace.search(&wrong),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn a_reader_finds_only_what_they_may_read() {
    let test = new_store();
    let by = |project: &str| Delivery {
        projects: vec![project.to_owned()],
        ..Delivery::default()
    };
    for (session, project, second) in [("s1", "ours", 0), ("s2", "theirs", 60)] {
        let items = conversation(session, "shared words", "shared answer", second);
        let batch = items
            .into_iter()
            .map(|item| test.workspace.prepare(item, &by(project)).unwrap())
            .collect();
        test.workspace.append(batch).unwrap();
    }
    settle(&test.workspace);
    let scope = ReadScope {
        projects: Some(vec!["ours".to_owned()]),
        own_of: None,
    };
    let page = test
        .workspace
        .search(&SearchQuery {
            scope: scope.clone(),
            ..query("shared")
        })
        .unwrap();
    assert_eq!(page.groups.len(), 1);
    assert_eq!(page.groups[0].session.id, "s1");
    assert!(
        page.not_indexed.iter().all(|of| of.count.is_none()),
        "counts would tell of others"
    );
    let nobody = ReadScope {
        projects: None,
        own_of: Some("ada@example.com".to_owned()),
    };
    let page = test
        .workspace
        .search(&SearchQuery {
            scope: nobody,
            ..query("shared")
        })
        .unwrap();
    assert_eq!(page.groups, []);
    // The list's words keep the scope too.
    let list = SessionQuery {
        filter: Filter::parse("shared").unwrap(),
        limit: 10,
        scope,
        ..SessionQuery::default()
    };
    let ids: Vec<String> = test
        .workspace
        .sessions(&list)
        .unwrap()
        .items
        .into_iter()
        .map(|s| s.id)
        .collect();
    assert_eq!(ids, ["s1"]);
}

#[test]
fn words_in_a_list_may_stand_anywhere_in_the_session() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "churn", "renewal", 0));
    put(&test.workspace, conversation("s2", "churn", "draft", 60));
    put(&test.workspace, conversation("s3", "other", "thing", 120));
    settle(&test.workspace);
    let listed = |text: &str| {
        let filter = Filter::parse(text).unwrap();
        let list = SessionQuery {
            filter,
            limit: 10,
            ..SessionQuery::default()
        };
        let page = test.workspace.sessions(&list).unwrap();
        page.items
            .into_iter()
            .map(|session| session.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(listed("churn"), ["s2", "s1"]);
    assert_eq!(listed("churn renewal"), ["s1"], "in two steps");
    assert_eq!(
        found(&test.workspace, "churn renewal"),
        [""; 0],
        "in no one step"
    );
    assert_eq!(listed("churn -draft"), ["s1"]);
    assert_eq!(listed("-churn"), ["s3"]);
    assert_eq!(listed("churn project:demo errors:0 -answer:draft"), ["s1"]);
    assert_eq!(listed("nothing"), [""; 0]);
    put(&test.workspace, conversation("s4", "churn", "renewal", 180));
    settle(&test.workspace);
    assert_eq!(
        listed("churn renewal"),
        ["s4", "s1"],
        "what is remembered is of one state of the index"
    );
}

#[test]
fn a_list_looks_for_no_more_words_than_a_search() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "churn", "renewal", 0));
    settle(&test.workspace);
    let listed = |count: usize| {
        let words: Vec<&str> = std::iter::repeat_n("churn", count).collect();
        let list = SessionQuery {
            filter: Filter {
                words: query(&format!("\"{}\"", words.join(" "))).words,
                ..Filter::default()
            },
            limit: 10,
            ..SessionQuery::default()
        };
        test.workspace.sessions(&list)
    };
    assert_eq!(listed(200).unwrap().items.len(), 0);
    let Err(StoreError::Invalid(why)) = listed(201) else {
        panic!("201 words were looked for")
    };
    assert_eq!(
        why,
        "this looks for 201 words at once, and 200 are the most: take some out"
    );
}

#[test]
fn in_a_session_every_place_is_found_in_order() {
    let test = new_store();
    put(&test.workspace, recording("tools"));
    settle(&test.workspace);
    let all = test.workspace.search(&query("the")).unwrap();
    let group = &all.groups[0];
    let outline = Outline::new(test.workspace.turns(&group.session.id).unwrap());
    let words = query("the").words;
    let found = test
        .workspace
        .find_in_session(&group.session.id, &outline, &words, (1, 2))
        .unwrap();
    assert!(found.places.len() > 2 && found.places.is_sorted());
    assert_eq!(
        found.places.len() as u64,
        group.hits.len() as u64 + group.more
    );
    assert_eq!(found.steps.len(), 2);
    for step in &found.steps {
        let at = argus_store::StepRange {
            offset: step.place,
            limit: 1,
            text_bytes_max: 100,
        };
        let read = test
            .workspace
            .flat_steps(&group.session.id, &outline, at)
            .unwrap();
        assert_eq!(read[0].step.id, step.hit.step);
    }
    assert_eq!(found.steps[0].place, found.places[1]);
    let none = test
        .workspace
        .find_in_session("nowhere", &outline, &words, (0, 1))
        .unwrap();
    assert_eq!(none.places, [0; 0]);
}

#[test]
fn what_was_erased_is_found_nowhere_and_stands_in_no_file() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("s0", "qzmerger stays out", "kept", 0),
    );
    put(
        &test.workspace,
        conversation(
            "s1",
            "the xqcanary of the prompt",
            "the xqcanary of the answer",
            30,
        ),
    );
    put(&test.workspace, conversation("s2", "wordkept", "here", 60));
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "xqcanary"), ["s1"]);
    assert!(
        stands_in(&index_files(&test), "xqcanary"),
        "it can be seen when it is there"
    );
    test.workspace
        .erase_session("s1", &Actor::system())
        .unwrap();
    assert!(!stands_in(&index_files(&test), "xqcanary"));
    assert!(stands_in(&index_files(&test), "wordkept"));
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "xqcanary"), [""; 0]);
    assert_eq!(found(&test.workspace, "wordkept"), ["s2"]);
    assert!(files_with(test.folder.path(), "xqcanary").is_empty());
    test.workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(found(&test.workspace, "xqcanary"), [""; 0]);
    assert_eq!(found(&test.workspace, "wordkept"), ["s2"]);
}

/// Somebody else holds the index for longer than is waited for.
#[test]
fn what_could_not_be_taken_out_is_told_and_taken_out_later() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("s1", "the xqcanary of the prompt", "an answer", 0),
    );
    put(&test.workspace, conversation("s2", "wordkept", "here", 60));
    settle(&test.workspace);
    let path = files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("search.db"))
        .unwrap();
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let erased = test.workspace.erase_session("s1", &Actor::system());
    assert!(erased.is_err(), "{erased:?}");
    other.execute_batch("ROLLBACK").unwrap();
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "xqcanary"), [""; 0]);
    assert!(!stands_in(&index_files(&test), "xqcanary"));
    assert_eq!(found(&test.workspace, "wordkept"), ["s2"]);
}

#[test]
fn content_that_is_off_is_found_nowhere_and_stands_in_no_file() {
    let test = new_store();
    let delivery = Delivery {
        projects: vec!["demo".to_owned()],
        key_id: Some("key_shared".to_owned()),
        user: None,
    };
    let deliver = |items: Vec<Item>| {
        let batch = items
            .into_iter()
            .map(|item| test.workspace.prepare(item, &delivery).unwrap())
            .collect();
        test.workspace.append(batch).unwrap();
    };
    deliver(conversation(
        "s1",
        "the xqcanary of the prompt",
        "the xqcanary of the answer",
        30,
    ));
    deliver(conversation("s2", "wordkept", "here", 60));
    settle(&test.workspace);
    for (opt_out, outcome, session) in [
        (OptOut::ContentOff, PrivateOutcome::ContentOff, "s1"),
        (OptOut::Allowed, PrivateOutcome::Private, "s2"),
    ] {
        let policy = CapturePolicy {
            workspace: CaptureRule {
                opt_out,
                notice: None,
            },
            ..CapturePolicy::default()
        };
        let revision = test.workspace.capture_policy().unwrap().revision;
        test.workspace
            .set_capture_policy(&policy, revision, &Actor::system())
            .unwrap();
        let asker = Asker::Key {
            id: "key_shared".to_owned(),
            person: None,
            projects: vec!["demo".to_owned()],
            device: None,
        };
        let made = test.workspace.make_private(session, &asker).unwrap();
        assert_eq!(made.outcome, outcome);
        let word = if session == "s1" {
            "xqcanary"
        } else {
            "wordkept"
        };
        assert!(!stands_in(&index_files(&test), word), "{word}");
        settle(&test.workspace);
        assert_eq!(found(&test.workspace, word), [""; 0]);
    }
    assert!(
        search(&test.workspace, "x")
            .not_indexed
            .iter()
            .any(|of| of.what == "content_off" && of.count == Some(1))
    );
}

#[test]
fn what_newer_rules_find_is_found_nowhere_and_stands_in_no_file() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("s1", "see CASE-1234 soon", "CASE-1234 is closed", 0),
    );
    put(
        &test.workspace,
        conversation("s2", "nothing of it", "here", 60),
    );
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "CASE-1234"), ["s1"]);
    let revision = test.workspace.redaction_policy().unwrap().revision;
    test.workspace
        .set_redaction_policy(&own_policy(), revision, &actor())
        .unwrap();
    test.workspace.rescan(&mut |_| {}, &actor()).unwrap();
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "CASE-1234"), [""; 0]);
    assert_eq!(found(&test.workspace, "soon"), ["s1"], "the rest of it is");
    assert!(!stands_in(&index_files(&test), "1234"));
}

#[test]
fn the_index_follows_what_changes_and_is_made_anew_when_it_is_gone() {
    let test = new_store();
    let items = with_tool("s1", 0, "first command", "the output");
    put(&test.workspace, items[..3].to_vec());
    settle(&test.workspace);
    assert_eq!(found(&test.workspace, "output:output"), [""; 0]);
    put(&test.workspace, items[3..].to_vec());
    settle(&test.workspace);
    assert_eq!(
        found(&test.workspace, "command output"),
        ["s1"],
        "one step, with what came later"
    );
    let TestStore {
        store,
        workspace,
        folder,
    } = test;
    drop((store, workspace));
    let path = files(folder.path())
        .into_iter()
        .find(|path| path.ends_with("search.db"))
        .unwrap();
    let damages: [&dyn Fn(); 3] = [
        &|| std::fs::remove_file(&path).unwrap(),
        &|| std::fs::write(&path, vec![7; 9_000]).unwrap(),
        &|| {
            let connection = rusqlite::Connection::open(&path).unwrap();
            connection.pragma_update(None, "user_version", 99).unwrap();
        },
    ];
    for damage in damages {
        damage();
        let store = Store::open(folder.path(), options()).unwrap();
        let workspace = store.workspace("default").unwrap().unwrap();
        settle(&workspace);
        assert_eq!(found(&workspace, "command output"), ["s1"]);
        // Beside it, a process that only reads.
        let reading = Store::open_read_only(folder.path(), options()).unwrap();
        let beside = reading.workspace("default").unwrap().unwrap();
        assert_eq!(found(&beside, "command output"), ["s1"]);
    }
    std::fs::remove_file(&path).unwrap();
    let reading = Store::open_read_only(folder.path(), options()).unwrap();
    let alone = reading.workspace("default").unwrap().unwrap();
    assert!(matches!(
        alone.search(&query("command")),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn what_is_not_searched_is_said() {
    let test = new_store();
    let long = format!("{} lastword", "filler ".repeat(6_000));
    put(&test.workspace, conversation("s1", "firstword", &long, 0));
    put(
        &test.workspace,
        with_tool(
            "s2",
            60,
            "x",
            &format!("{} lastword", "filler ".repeat(700)),
        ),
    );
    settle(&test.workspace);
    let page = search(&test.workspace, "filler");
    assert_eq!(page.groups.len(), 2);
    let cut = page
        .not_indexed
        .iter()
        .find(|of| of.what == "long_texts")
        .unwrap();
    assert_eq!(cut.count, Some(2));
    assert_eq!(found(&test.workspace, "lastword"), [""; 0]);
    test.workspace
        .erase_session("s1", &Actor::system())
        .unwrap();
    settle(&test.workspace);
    let page = search(&test.workspace, "filler");
    let cut = page
        .not_indexed
        .iter()
        .find(|of| of.what == "long_texts")
        .unwrap();
    assert_eq!(cut.count, Some(1));
}

#[test]
fn the_hits_of_a_session_come_newest_first_in_whatever_order_they_were_indexed() {
    let hits = |order: [usize; 2]| {
        let test = new_store();
        let items = conversation("s1", "the churn of a prompt", "the churn of an answer", 0);
        for place in order {
            put(&test.workspace, vec![items[place].clone()]);
            settle(&test.workspace);
        }
        let page = search(&test.workspace, "churn");
        let hits = page.groups[0].hits.iter();
        hits.map(|hit| hit.snippet.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(hits([0, 1]), hits([1, 0]));
    assert!(hits([0, 1])[0].contains("answer"));
}

#[test]
fn of_many_steps_of_a_session_the_latest_are_shown() {
    let test = new_store();
    let lines: Vec<Value> = (0..60)
        .map(|n| {
            // Ids whose order says nothing.
            let id = |n: u32| format!("{:08x}-s1", n.wrapping_mul(2_654_435_761));
            json!({"type": "user", "uuid": id(n), "parentUuid": n.checked_sub(1).map(id), "sessionId": "s1",
                "promptId": format!("p-{}", id(n)), "timestamp": format!("2026-11-20T10:{n:02}:00Z"),
                "message": {"role": "user", "content": format!("churn, asked as number {n}")}})
        })
        .collect();
    put(&test.workspace, lines_as_items("s1", &lines));
    settle(&test.workspace);
    let asked = SearchQuery {
        hits: 3,
        ..query("churn")
    };
    let page = test.workspace.search(&asked).unwrap();
    let group = &page.groups[0];
    let numbers: Vec<_> = group
        .hits
        .iter()
        .map(|hit| hit.snippet.text.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!((numbers, group.more), (vec!["59", "58", "57"], 57));
}
