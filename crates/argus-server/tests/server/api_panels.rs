//! What stands beside a transcript: records with their proofs, the timeline, what was used, what was changed.

use std::time::Instant;

use argus_ledger::{Hash, verify_inclusion};
use argus_session::source::transcript::TranscriptFile;
use argus_store::{Actor, Delivery, Role};
use serde_json::{Value, json};

use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default/sessions";

impl Server {
    /// Puts lines of a transcript into the store, for the project "alpha".
    fn put_lines(&self, session: &str, lines: &[Value]) {
        let workspace = self.workspace();
        let delivery = Delivery {
            projects: vec!["alpha".to_owned()],
            key_id: None,
            user: None,
        };
        let mut file = TranscriptFile::new(session, None, "file", [0; 32]);
        for (batch, lines) in lines.chunks(1_000).enumerate() {
            let prepared = lines
                .iter()
                .enumerate()
                .map(|(place, line)| {
                    let place = (batch * 1_000 + place) as u64;
                    let item = file.item(line.to_string().as_bytes(), place).unwrap();
                    workspace.prepare(item, &delivery).unwrap()
                })
                .collect();
            workspace.append(prepared).unwrap();
        }
        assert!(workspace.wait_projected(PATIENCE));
    }
}

fn at(second: u64) -> String {
    argus_session::time::rfc3339(1_795_000_000_000_000 + i64::try_from(second).unwrap() * 1_000_000)
}

/// A prompt, and calls with their results: what a transcript has of a turn.
fn turn(
    session: &str,
    prompt: &str,
    begins: u64,
    calls: &[(&str, Value, Value, bool)],
) -> Vec<Value> {
    let mut parent = format!("{session}-{begins}-u");
    let mut lines = vec![json!({
        "type": "user", "uuid": parent, "parentUuid": null, "promptId": format!("{session}-{begins}-p"), "sessionId": session,
        "timestamp": at(begins), "cwd": "/home/dev/project", "version": "2.1.330", "entrypoint": "cli",
        "message": {"role": "user", "content": prompt},
    })];
    for (n, (tool, input, result, is_error)) in calls.iter().enumerate() {
        let (call, answer) = (
            format!("{session}-{begins}-{n}-a"),
            format!("{session}-{begins}-{n}-r"),
        );
        let id = format!("toolu_{session}_{begins}_{n}");
        let second = begins + 1 + n as u64;
        lines.push(json!({
            "type": "assistant", "uuid": call, "parentUuid": parent, "sessionId": session, "requestId": format!("req_{session}_{begins}_{n}"),
            "apiBlockIndex": 0, "timestamp": at(second),
            "message": {"id": format!("m{n}"), "model": "claude-opus-5-5", "stop_reason": "tool_use",
                        "content": [{"type": "tool_use", "id": id, "name": tool, "input": input}],
                        "usage": {"input_tokens": 1, "output_tokens": 1}},
        }));
        lines.push(json!({
            "type": "user", "uuid": answer, "parentUuid": call, "sessionId": session, "timestamp": at(second),
            "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": id, "content": "done", "is_error": is_error}]},
            "toolUseResult": result,
        }));
        parent = answer;
    }
    lines
}

fn edit(path: &str, original: &str, old: &str, new: &str) -> (&'static str, Value, Value, bool) {
    (
        "Edit",
        json!({"file_path": path, "old_string": old, "new_string": new}),
        json!({"filePath": path, "originalFile": original, "oldString": old, "newString": new, "structuredPatch": []}),
        false,
    )
}

fn hash(value: &Value) -> Hash {
    hex::decode(value.as_str().unwrap())
        .unwrap()
        .try_into()
        .unwrap()
}

fn holds(proof: &Value) -> bool {
    let path: Vec<Hash> = proof["path"].as_array().unwrap().iter().map(hash).collect();
    verify_inclusion(
        &hash(&proof["leaf_hash"]),
        proof["index"].as_u64().unwrap(),
        proof["tree_size"].as_u64().unwrap(),
        &path,
        &hash(&proof["root"]),
    )
    .is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_records_of_a_step_come_with_proofs_that_hold() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let secret = "AKIAIOSFODNN7EXAMPLQ";
    let calls = [(
        "Bash",
        json!({"command": format!("echo {secret}")}),
        json!({"stdout": "x".repeat(200_000)}),
        false,
    )];
    server.put_lines("s", &turn("s", "go", 0, &calls));
    let get = async |path: &str| {
        server
            .get(Some(&person.cookie), &format!("{BASE}/s{path}"))
            .await
    };
    let found = get("/steps/toolu_s_0_0/records").await.json();
    let items = found["items"].as_array().unwrap();
    assert_eq!((items.len(), &found["more"]), (2, &json!(0)));
    for item in items {
        assert_eq!(
            (&item["state"], &item["source"], &item["counts"]),
            (&json!("intact"), &json!("transcript"), &json!(true))
        );
        assert!(holds(&item["proof"]), "{item}");
        assert_eq!(item["proof"]["index"], item["id"]);
    }
    let [call, result] = items.as_slice() else {
        unreachable!()
    };
    assert_eq!(
        (&call["kind"], &result["kind"]),
        (&json!("assistant"), &json!("user"))
    );
    let text = call["body"]["text"].as_str().unwrap();
    assert!(!text.contains(secret));
    let redaction = &call["body"]["redactions"][0];
    let (start, end) = (
        redaction["start"].as_u64().unwrap(),
        redaction["end"].as_u64().unwrap(),
    );
    let placeholder = &text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
    assert!(placeholder.starts_with("[redacted:"), "{placeholder}");
    // A long one is cut, and the download has all of it.
    assert_eq!(result["body"]["text"].as_str().unwrap().len(), 131_072);
    let total = usize::try_from(result["body"]["bytes_total"].as_u64().unwrap()).unwrap();
    let id = &result["id"];
    let whole = get(&format!("/records/{id}/download")).await;
    assert_eq!((whole.status.as_u16(), whole.body.len()), (200, total));
    assert!(
        whole
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert_eq!(get(&format!("/records/{id}")).await.json()["id"], *id);
    for path in [
        "/records/999",
        "/records/x",
        "/records/999/download",
        "/steps/none/records",
    ] {
        assert_eq!(get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_listed_by_place_with_the_step_that_rests_on_each() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let calls: Vec<_> = (0..30)
        .map(|n| ("Bash", json!({"command": n}), json!({"stdout": ""}), false))
        .collect();
    server.put_lines("s", &turn("s", "go", 0, &calls));
    let get = async |query: &str| {
        server
            .get(Some(&person.cookie), &format!("{BASE}/s/records{query}"))
            .await
    };
    let all = get("?limit=200").await.json();
    assert_eq!(
        (&all["total"], all["items"].as_array().unwrap().len()),
        (&json!(61), 61)
    );
    let part = get("?limit=10&offset=20").await.json();
    assert_eq!(
        part["items"].as_array().unwrap(),
        &all["items"].as_array().unwrap()[20..30]
    );
    let record = &all["items"][33]["id"];
    let around = get(&format!("?limit=10&around={record}")).await.json();
    assert_eq!(
        (&around["offset"], &around["items"][3]["id"]),
        (&json!(30), record)
    );
    let step = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/s/steps?offset={}&limit=1", all["items"][33]["step"]),
        )
        .await
        .json();
    assert!(
        step["items"][0]["step"]["records"]
            .as_array()
            .unwrap()
            .contains(record)
    );
    assert_eq!(get("?sources=otel_log,otel_span").await.json()["total"], 0);
    assert_eq!(get("?sources=transcript").await.json()["total"], 61);
    assert_eq!(get("?sources=nothing").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_of_ten_thousand_steps_is_small_and_soon_there() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let mut lines = Vec::new();
    for n in 0..50 {
        let calls: Vec<_> = (0..100)
            .map(|call| {
                (
                    "Bash",
                    json!({"command": call}),
                    json!({"stdout": ""}),
                    call == 7,
                )
            })
            .collect();
        // Half an hour between turns.
        lines.extend(turn("s", "go", n * 2_000, &calls));
    }
    server.put_lines("s", &lines);
    let get = async |query: &str| {
        let reply = server
            .get(Some(&person.cookie), &format!("{BASE}/s/timeline{query}"))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply
    };
    let head = server
        .get(Some(&person.cookie), &format!("{BASE}/s"))
        .await
        .json();
    let steps = head["totals"]["steps"].as_u64().unwrap();
    assert!(steps >= 10_000, "{steps}");
    get("").await;
    // What was looked at once is kept: another part costs no walk through the steps.
    let begun = Instant::now();
    let whole = get("?bins=300").await;
    assert!(whole.body.len() < 300_000, "{}", whole.body.len());
    let whole = whole.json();
    let lanes = whole["lanes"].as_array().unwrap();
    assert_eq!(lanes.len(), 4);
    for lane in lanes {
        assert!(lane["spans"].as_array().unwrap().len() <= 300);
    }
    let sum = |timeline: &Value, lane: usize, of: &str| -> u64 {
        let spans = timeline["lanes"][lane]["spans"].as_array().unwrap().clone();
        spans.iter().map(|span| span[of].as_u64().unwrap()).sum()
    };
    assert_eq!(
        (
            sum(&whole, 0, "count"),
            sum(&whole, 2, "count"),
            sum(&whole, 2, "errors")
        ),
        (50, 5_000, 50)
    );
    assert_eq!(whole["segments"].as_array().unwrap().len(), 50);
    let marks = whole["marks"].as_array().unwrap();
    assert_eq!(
        marks
            .iter()
            .map(|mark| mark["count"].as_u64().unwrap())
            .sum::<u64>(),
        50
    );
    // One turn by itself: each call stands alone, and leads to its step.
    let segment = &whole["segments"][10]["position"];
    let next = &whole["segments"][11]["position"];
    let part = get(&format!("?from={segment}&to={next}&bins=2000"))
        .await
        .json();
    let tools = part["lanes"][2]["spans"].as_array().unwrap();
    assert!(tools.len() >= 100, "{}", tools.len());
    let step = tools[50]["step"].as_u64().unwrap();
    assert!(begun.elapsed() < PATIENCE);
    let row = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/s/steps?offset={step}&limit=1"),
        )
        .await
        .json();
    assert_eq!(row["items"][0]["step"]["tool"]["name"], "Bash");
    assert_eq!(row["items"][0]["turn_index"], tools[50]["turn"]);
    for query in ["?from=-5&to=99999999999999999", "?bins=0", "?bins=999999"] {
        get(query).await;
    }
    let uses = server
        .get(Some(&person.cookie), &format!("{BASE}/s/uses"))
        .await
        .json();
    assert_eq!(
        (
            &uses["tools"][0]["name"],
            &uses["tools"][0]["calls"],
            &uses["tools"][0]["errors"]
        ),
        (&json!("Bash"), &json!(5_000), &json!(50))
    );
    assert_eq!(uses["tools"][0]["steps"].as_array().unwrap().len(), 2_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_have_their_net_change_and_lead_to_their_edits() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let mut lines = turn(
        "s",
        "go",
        0,
        &[
            edit("/p/a.py", "one\ntwo\n", "two", "three"),
            (
                "Bash",
                json!({"command": "make"}),
                json!({"stdout": ""}),
                false,
            ),
            (
                "Edit",
                json!({"file_path": "/p/a.py", "old_string": "x", "new_string": "y"}),
                json!("Error: not found"),
                true,
            ),
        ],
    );
    lines.extend(turn("s", "more", 1_000, &[
        edit("/p/a.py", "one\nthree\n", "three", "four"),
        ("Write", json!({"file_path": "/p/b/<img src=x>.md", "content": "new\n"}),
         json!({"type": "create", "filePath": "/p/b/<img src=x>.md", "content": "new\n", "structuredPatch": [], "originalFile": null}), false),
    ]));
    server.put_lines("s", &lines);
    let get = async |path: &str| {
        server
            .get(Some(&person.cookie), &format!("{BASE}/s/files{path}"))
            .await
    };
    let files = get("").await.json();
    assert_eq!(
        (&files["not_applied"], &files["commands"]),
        (&json!(1), &json!(1))
    );
    let [a, b] = files["items"].as_array().unwrap().as_slice() else {
        panic!("{files}")
    };
    assert_eq!(
        (&a["change"], &a["lines"], &a["is_exact"]),
        (
            &json!("changed"),
            &json!({"added": 1, "removed": 1}),
            &json!(true)
        )
    );
    assert_eq!(
        (&b["change"], &b["lines"]),
        (&json!("created"), &json!({"added": 1, "removed": 0}))
    );
    let turns: Vec<&Value> = a["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| &edit["turn_index"])
        .collect();
    assert_eq!(turns, [&json!(0), &json!(1)]);
    let step = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/s/steps?offset={}&limit=1", a["edits"][1]["step"]),
        )
        .await
        .json();
    assert_eq!(step["items"][0]["step"]["tool"]["use_id"], "toolu_s_1000_0");
    let diff = get("/diff?path=%2Fp%2Fa.py").await.json();
    assert_eq!(diff["hunks"][0]["lines"], json!([" one", "-two", "+four"]));
    assert_eq!(get("/diff?path=%2Fp%2Fc.py").await.status, 404);
    assert_eq!(get("/diff").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_for_those_who_may_read_the_session_and_gone_with_it() {
    let server = Server::start().await;
    let reader = server.member(Role::Viewer, Some(&["alpha"])).await;
    let other = server.member(Role::Viewer, Some(&["beta"])).await;
    server.put_lines(
        "s",
        &turn("s", "go", 0, &[edit("/p/a.py", "one\n", "one", "two")]),
    );
    server.put_lines(
        "t",
        &turn("t", "go", 0, &[edit("/p/a.py", "one\n", "one", "two")]),
    );
    // Acts have leaves too: a session's first record has not the first number.
    let listed = server
        .get(Some(&reader.cookie), &format!("{BASE}/s/records"))
        .await
        .json();
    let record = format!("/records/{}", listed["items"][0]["id"]);
    let download = format!("{record}/download");
    let paths = [
        "/records",
        record.as_str(),
        download.as_str(),
        "/steps/toolu_s_0_0/records",
        "/timeline",
        "/uses",
        "/files",
        "/files/diff?path=%2Fp%2Fa.py",
    ];
    for path in paths {
        let path = format!("{BASE}/s{path}");
        assert_eq!(
            server.get(Some(&reader.cookie), &path).await.status,
            200,
            "{path}"
        );
        assert_eq!(
            server.get(Some(&other.cookie), &path).await.status,
            404,
            "{path}"
        );
    }
    // A record of a session that may be read, asked for under another one.
    let theirs = format!("{BASE}/t{record}");
    assert_eq!(server.get(Some(&reader.cookie), &theirs).await.status, 404);
    server
        .workspace()
        .erase_session("s", &Actor::system())
        .unwrap();
    for path in paths {
        let path = format!("{BASE}/s{path}");
        let reply = server.get(Some(&reader.cookie), &path).await;
        assert_eq!(reply.status, 410, "{path}");
        assert!(!reply.text().contains("a.py"), "{path}");
    }
}
