//! What a session's editing tools changed.

use argus_session::file_changes::{Change, EditCall, Fate, FileChanges, FileWalk, LineCount};
use serde_json::{Value, json};

struct Call {
    tool: &'static str,
    input: Value,
    result: Value,
    fate: Fate,
}

fn call(tool: &'static str, input: Value, result: Value) -> Call {
    Call {
        tool,
        input,
        result,
        fate: Fate::Applied,
    }
}

fn edit(path: &str, original: &str, old: &str, new: &str) -> Call {
    call(
        "Edit",
        json!({"file_path": path, "old_string": old, "new_string": new}),
        json!({"filePath": path, "originalFile": original}),
    )
}

fn walk(calls: &[Call]) -> FileWalk {
    let mut walk = FileWalk::default();
    for (call, step) in calls.iter().zip(0_u64..) {
        let some = |value: &'_ Value| !value.is_null();
        walk.take(EditCall {
            tool: call.tool,
            turn: 0,
            step,
            agent: None,
            at_us: None,
            input: some(&call.input).then_some(&call.input),
            result: some(&call.result).then_some(&call.result),
            fate: call.fate,
        });
    }
    walk
}

fn changes(calls: &[Call]) -> FileChanges {
    walk(calls).finish()
}

fn lines(added: u64, removed: u64) -> Option<LineCount> {
    Some(LineCount { added, removed })
}

#[test]
fn the_net_change_is_the_difference_of_the_first_and_the_last_state() {
    let found = changes(&[
        edit("/a", "one\ntwo\n", "two", "three"),
        edit("/a", "one\nthree\n", "three", "four"),
        call(
            "Write",
            json!({"file_path": "/b", "content": "x\ny\n"}),
            json!({"type": "create", "filePath": "/b", "content": "x\ny\n", "originalFile": null, "structuredPatch": []}),
        ),
        edit("/c", "same\n", "same", "other"),
        edit("/c", "other\n", "other", "same"),
    ]);
    let told: Vec<_> = found
        .files
        .iter()
        .map(|file| {
            (
                file.path.as_str(),
                file.change,
                file.lines,
                file.is_exact,
                file.edits.len(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("/a", Change::Changed, lines(1, 1), true, 2),
            ("/b", Change::Created, lines(2, 0), true, 1),
            ("/c", Change::Unchanged, lines(0, 0), true, 2),
        ]
    );
    assert!(found.files.iter().all(|file| !file.was_changed_outside));
}

#[test]
fn a_net_diff_has_its_lines() {
    let walk = walk(&[
        edit("/a", "one\ntwo\n", "two", "three"),
        edit("/a", "one\nthree\n", "three", "four\nfive"),
    ]);
    let hunks = walk.net_diff("/a").unwrap();
    assert_eq!(hunks[0].lines, [" one", "-two", "+four", "+five"]);
    assert_eq!(walk.net_diff("/b"), None);
}

#[test]
fn a_change_that_no_call_made_is_noticed() {
    let found = changes(&[
        edit("/a", "one\n", "one", "two"),
        edit("/a", "two\nby a command\n", "two", "three"),
    ]);
    assert!(found.files[0].was_changed_outside);
    assert_eq!(found.files[0].lines, lines(2, 1));
}

#[test]
fn what_failed_or_was_left_behind_is_not_part_of_it() {
    let mut failed = edit("/a", "one\n", "one", "two");
    failed.fate = Fate::NotApplied;
    let mut abandoned = edit("/b", "one\n", "one", "two");
    abandoned.fate = Fate::Abandoned;
    let mut left = edit("/c", "one\n", "one", "two");
    left.fate = Fate::Abandoned;
    let found = changes(&[failed, abandoned, left, edit("/c", "one\n", "one", "1\n2")]);
    assert_eq!(found.not_applied, 1);
    let told: Vec<_> = found
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.change, file.lines))
        .collect();
    assert_eq!(
        told,
        [
            ("/b", Change::Abandoned, lines(0, 0)),
            ("/c", Change::Changed, lines(2, 1)),
        ]
    );
    assert_eq!(
        found.files[0].edits[0].lines,
        lines(1, 1),
        "the edit itself is told"
    );
}

#[test]
fn without_states_it_is_the_sum_of_the_edits() {
    let found = changes(&[
        call(
            "Edit",
            json!({"file_path": "/a", "old_string": "x", "new_string": "y\nz"}),
            Value::Null,
        ),
        call(
            "MultiEdit",
            json!({"file_path": "/a", "edits": [{"old_string": "y", "new_string": "z"}, {"old_string": "q", "new_string": ""}]}),
            Value::Null,
        ),
        call("Edit", json!({"file_path": "/b"}), Value::Null),
        call("Edit", Value::Null, Value::Null),
    ]);
    assert_eq!(
        (found.files[0].lines, found.files[0].is_exact),
        (lines(3, 3), false)
    );
    assert_eq!(found.files[0].change, Change::Unknown);
    assert_eq!(found.files[1].lines, None);
    assert_eq!(found.without_path, 1);
}

#[test]
fn notebooks_and_several_edits_at_once_are_exact_where_the_client_tells() {
    let found = changes(&[
        call(
            "NotebookEdit",
            json!({"notebook_path": "/n.ipynb", "new_source": "x"}),
            json!({"original_file": "a\nb\n", "updated_file": "a\nx\nb\n"}),
        ),
        call(
            "MultiEdit",
            json!({"file_path": "/a", "edits": [{"old_string": "a", "new_string": "b", "replace_all": true}, {"old_string": "b", "new_string": "c"}]}),
            json!({"originalFileContents": "a\na\n"}),
        ),
    ]);
    assert_eq!(found.files[1].lines, lines(1, 0));
    assert_eq!(
        (found.files[0].lines, found.files[0].is_exact),
        (lines(2, 2), true)
    );
}

#[test]
fn hostile_payloads_do_no_harm() {
    let found = changes(&[
        call("Write", json!({"file_path": 3, "content": {}}), json!([1])),
        call(
            "Edit",
            json!({"file_path": "/a", "old_string": "", "new_string": "x"}),
            json!({"originalFile": "full\n"}),
        ),
        call(
            "MultiEdit",
            json!({"file_path": "/a", "edits": [3, null]}),
            json!({"structuredPatch": [{"lines": [1]}, 2]}),
        ),
        call(
            "Edit",
            json!({"file_path": "../../\u{202e}gnp.exe", "old_string": "a", "new_string": "b"}),
            Value::Null,
        ),
    ]);
    assert_eq!(found.without_path, 1);
    assert_eq!(found.files.len(), 2);
}
