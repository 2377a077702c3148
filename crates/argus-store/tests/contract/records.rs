//! Records under natural keys, with a leaf each.

use argus_store::{Delivery, Outcome};
use serde_json::json;

use crate::support::{conversation, delivery, lines_as_items, new_store, put, settle};

#[test]
fn an_item_that_comes_again_is_known() {
    let test = new_store();
    let first = put(&test.workspace, conversation("s1", "hello", "hi", 0));
    assert_eq!(first.new_records(), 2);
    let again = put(&test.workspace, conversation("s1", "hello", "hi", 0));
    assert_eq!((again.new_records(), again.known()), (0, 2));
    let twice = [
        conversation("s2", "a", "b", 0),
        conversation("s2", "a", "b", 0),
    ]
    .concat();
    assert_eq!(put(&test.workspace, twice).known(), 2);
}

#[test]
fn every_record_and_act_has_its_leaf() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "hello", "hi", 0));
    let status = test.workspace.status().unwrap();
    assert_eq!(status.leaves, 1 + 2, "the workspace's own making is an act");
    assert!(test.workspace.check_ledger().unwrap());
    assert_eq!(status.records.get("transcript"), Some(&2));
}

#[test]
fn the_same_item_for_another_project_is_another_record_of_the_same_session() {
    let test = new_store();
    for project in ["north", "south"] {
        let delivery = Delivery {
            projects: vec![project.to_owned()],
            ..delivery()
        };
        let batch = conversation("s1", "hello", "hi", 0)
            .into_iter()
            .map(|item| test.workspace.prepare(item, &delivery).unwrap());
        assert_eq!(
            test.workspace
                .append(batch.collect())
                .unwrap()
                .new_records(),
            2
        );
    }
    settle(&test.workspace);
    let session = test.workspace.session("s1").unwrap().unwrap();
    assert_eq!(session.projects, ["north", "south"]);
    assert_eq!(session.notices, ["seen_in_several_projects"]);
}

#[test]
fn two_contents_under_one_key_are_both_kept_and_the_ranking_one_counts() {
    let line = |text: &str| json!({"type": "user", "uuid": "u", "parentUuid": null, "promptId": "p", "sessionId": "s1", "message": {"content": text}});
    let texts = ["one", "two", "three"];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let test = new_store();
        for place in order {
            let report = put(&test.workspace, lines_as_items("s1", &[line(texts[place])]));
            assert!(matches!(
                report.outcomes[0],
                Outcome::New(_) | Outcome::Conflict(_)
            ));
            settle(&test.workspace);
        }
        let status = test.workspace.status().unwrap();
        assert_eq!((status.records["transcript"], status.inactive), (3, 2));
        let turn = test
            .workspace
            .document("s1", usize::MAX)
            .unwrap()
            .unwrap()
            .turns
            .remove(0);
        seen.push(turn.prompt.text.unwrap().text.unwrap());
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[test]
fn an_item_without_a_session_is_kept_and_counted() {
    let test = new_store();
    let item = argus_session::source::otel::item(
        json!({"log": {"time_unix_nano": 1, "body": "other", "attributes": {"x": "y"}}}),
    );
    let report = put(&test.workspace, vec![item]);
    let Outcome::New(id) = report.outcomes[0] else {
        panic!("new")
    };
    settle(&test.workspace);
    assert_eq!(test.workspace.status().unwrap().sessionless, 1);
    assert_eq!(
        test.workspace.record_body(id).unwrap().unwrap()["log"]["body"],
        "other"
    );
}

#[test]
fn secrets_are_replaced_before_anything_is_written() {
    let test = new_store();
    let secret = format!("sk-ant-api03-{}", "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z");
    let report = put(
        &test.workspace,
        conversation("s1", &format!("use {secret} please"), "no", 0),
    );
    settle(&test.workspace);
    let Outcome::New(id) = report.outcomes[0] else {
        panic!("new")
    };
    let body = test.workspace.record_body(id).unwrap().unwrap();
    assert!(
        body["message"]["content"]
            .as_str()
            .unwrap()
            .starts_with("use [redacted:anthropic-key:")
    );
    let redaction = test.workspace.record_redaction(id).unwrap().unwrap();
    assert_eq!(redaction.spans[0].pointer, "/message/content");
}

#[test]
fn a_large_body_is_a_file_of_its_own_and_reads_back() {
    let test = new_store();
    let large = crate::support::noise(40_000);
    let report = put(&test.workspace, conversation("s1", &large, "long", 0));
    let Outcome::New(id) = report.outcomes[0] else {
        panic!("new")
    };
    assert_eq!(
        test.workspace.record_body(id).unwrap().unwrap()["message"]["content"],
        large
    );
    let blobs = || {
        crate::support::files(test.folder.path())
            .into_iter()
            .filter(|path| path.to_string_lossy().contains("/blobs/"))
            .count()
    };
    assert_eq!(blobs(), 1);
    put(&test.workspace, conversation("s1", &large, "long", 0));
    assert_eq!(blobs(), 1, "a known item leaves no second file");
}

#[test]
fn the_clients_own_system_prompt_is_kept_once() {
    let test = new_store();
    let system = "You are Claude. ".repeat(2_000);
    let mut sizes = Vec::new();
    for session in ["s1", "s2", "s3"] {
        let line = json!({"type": "api-request-shape", "sessionId": session, "shapeHash": session, "shape": {"system": [{"text": system}], "tools": []}});
        let report = put(&test.workspace, lines_as_items(session, &[line]));
        let Outcome::New(id) = report.outcomes[0] else {
            panic!("new")
        };
        assert_eq!(
            test.workspace.record_body(id).unwrap().unwrap()["shape"]["system"][0]["text"],
            system
        );
        sizes.push(id);
    }
    let actor = argus_store::Actor::system();
    test.workspace.erase_session("s1", &actor).unwrap();
    test.workspace.erase_session("s2", &actor).unwrap();
    assert_eq!(
        test.workspace.record_body(sizes[2]).unwrap().unwrap()["shape"]["system"][0]["text"],
        system
    );
    assert_eq!(test.workspace.record_body(sizes[0]).unwrap(), None);
}
