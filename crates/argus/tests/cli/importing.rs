//! Imports: what is skipped and why, going on after a cut, odd files.

use serde_json::json;

use crate::support::{Home, command, recording};

fn line(session_id: &str, uuid: &str, text: &str) -> String {
    json!({
        "type": "user", "uuid": uuid, "parentUuid": null, "sessionId": session_id, "version": "2.1.330",
        "cwd": "/p", "timestamp": "2026-11-20T10:00:00.000Z", "promptId": uuid,
        "message": {"role": "user", "content": text},
    })
    .to_string()
}

const ID: &str = "0b0e0c1e-0000-4000-8000-000000000002";

#[test]
fn a_recording_twice_is_known_the_second_time() {
    let home = Home::new();
    let first = home.import(&[&recording("slash")]);
    let second = home.import(&[&recording("slash")]);
    insta::assert_snapshot!(format!("{first}{second}"));
}

#[test]
fn what_is_wrong_in_a_file_is_named_and_the_rest_is_kept() {
    let home = Home::new();
    let mut file = Vec::new();
    file.extend(b"\xef\xbb\xbf");
    file.extend(line(ID, "u1", "first").into_bytes());
    file.extend(b"\r\n\r\n{\"cut\":\n[1,2]\n\"text\"\n\xff\xfe\n");
    file.extend(vec![b'['; 100_000]);
    file.extend(b"\n");
    file.extend(
        line(ID, "u2", "lone \\ud83d surrogate")
            .replace("\\\\ud83d", "\\ud83d")
            .into_bytes(),
    );
    file.extend(b"\n");
    file.extend(line(ID, "u3", "control \u{1}").into_bytes());
    let cut = line(ID, "u4", "half a line");
    file.extend(b"\n");
    file.extend(&cut.as_bytes()[..cut.len() / 2]);
    let path = home.file(&format!("{ID}.jsonl"), &file);
    insta::assert_snapshot!(home.import(&[&path]));
    let document = home.session(ID);
    let prompts: Vec<_> = document["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| turn["prompt"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        prompts,
        ["first", "lone \u{fffd} surrogate", "control \u{1}"]
    );

    // The client wrote the rest of the line meanwhile.
    file.extend(&cut.as_bytes()[cut.len() / 2..]);
    file.push(b'\n');
    std::fs::write(&path, &file).unwrap();
    home.import(&[&path]);
    let turns = home.session(ID)["turns"].as_array().unwrap().len();
    assert_eq!(turns, 4);
}

#[test]
fn bytes_that_are_no_utf8_do_not_lose_the_line() {
    let home = Home::new();
    let mut file = line(ID, "u1", "before MARK after").into_bytes();
    let at = file.windows(4).position(|w| w == b"MARK").unwrap();
    file.splice(at..at + 4, *b"\xff\xfe\x80!");
    file.push(b'\n');
    let path = home.file(&format!("{ID}.jsonl"), &file);
    home.import(&[&path]);
    let text = home.session(ID)["turns"][0]["prompt"]["text"].clone();
    assert_eq!(text, "before \u{fffd}\u{fffd}\u{fffd}! after");
}

#[test]
fn an_import_that_is_killed_goes_on() {
    let home = Home::new();
    let lines = 2_000;
    let content: String = (0..lines)
        .map(|n| {
            line(
                ID,
                &format!("u{n}"),
                &format!("prompt {n} {}", "x".repeat(200)),
            ) + "\n"
        })
        .collect();
    let path = home.file(&format!("{ID}.jsonl"), content);
    let mut child = command(&home.data())
        .args(["import", &path])
        .spawn()
        .unwrap();
    // Killed once the first batch is stored, at whatever place that is: the end has to be the same from each.
    let database = home.data().join("workspaces/default");
    while !database.exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    home.import(&[&path]);
    let document = home.session(ID);
    assert_eq!(document["totals"]["turns"], lines);
    let again = home.import(&[&path]);
    assert!(again.contains(" 0 new records"), "{again}");
}

#[test]
fn a_link_that_leads_in_a_circle_is_not_followed() {
    let home = Home::new();
    let path = home.file(
        &format!("projects/p/{ID}.jsonl"),
        line(ID, "u1", "hello") + "\n",
    );
    let folder = std::path::Path::new(&path).parent().unwrap();
    std::os::unix::fs::symlink(folder, folder.join("again")).unwrap();
    let summary = home.import(&[folder.parent().unwrap().to_str().unwrap()]);
    assert!(summary.starts_with("1 file"), "{summary}");
}

#[test]
fn what_was_erased_stays_out() {
    let home = Home::new();
    let path = home.file(
        &format!("{ID}.jsonl"),
        line(ID, "u1", "remember the heron") + "\n",
    );
    home.import(&[&path]);
    home.run(&["erase", ID]).ok();
    let again = home.import(&[&path]);
    insta::assert_snapshot!(again, @"1 file: 0 new records, 0 known, 1 suppressed, 0 skipped");
    let run = home.run(&["session", "show", ID]);
    assert_eq!(run.code, 1);
}

#[test]
fn a_cowork_folder_is_found_by_its_place() {
    let home = Home::new();
    let first = home.import(&[
        &recording("cowork-compacted"),
        &recording("cowork-dispatch"),
    ]);
    let second = home.import(&[&recording("cowork-compacted")]);
    let listed = home.run(&["sessions", "surface:cowork"]).ok();
    let shown = home.run(&["session", "show", "3b68ba86"]).ok();
    insta::assert_snapshot!(format!("{first}{second}{listed}{shown}"));
}

#[test]
fn a_machine_is_erased_by_its_id() {
    let home = Home::new();
    let path = home.file(&format!("{ID}.jsonl"), line(ID, "u1", "hello") + "\n");
    home.import(&[&path]);
    let id = "1a".repeat(16);
    let run = home.run(&["erase", "--device", &id, "--yes"]).ok();
    assert_eq!(
        run,
        "erased: the contents of 0 records; leaves stay, without content; nothing of it is taken from now on\n"
    );
    assert_eq!(home.run(&["erase", "--device", "laptop", "--yes"]).code, 1);
    assert_eq!(home.run(&["erase", "a", "--device", &id]).code, 2);
    assert_eq!(home.run(&["erase"]).code, 2);
}
