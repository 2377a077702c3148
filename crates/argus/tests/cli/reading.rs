//! Lists and replays of the recordings.

use serde_json::Value;

use crate::support::{imported, without_record_numbers};

#[test]
fn the_list() {
    insta::assert_snapshot!(imported().run(&["sessions"]).ok());
}

#[test]
fn the_list_as_json_lines() {
    let text = imported().run(&["sessions", "--json"]).ok();
    let heads: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    insta::assert_json_snapshot!(without_record_numbers(heads.into()));
}

#[test]
fn a_replay_with_tools() {
    insta::assert_snapshot!(imported().run(&["session", "show", "da681b20"]).ok());
}

#[test]
fn a_replay_with_failures() {
    insta::assert_snapshot!(imported().run(&["session", "show", "f6a3c0cc"]).ok());
}

#[test]
fn a_replay_with_sub_agents() {
    insta::assert_snapshot!(imported().run(&["session", "show", "6f1713ac"]).ok());
}

#[test]
fn a_replay_with_interrupts_rewinds_and_compaction() {
    insta::assert_snapshot!(imported().run(&["session", "show", "f0d688c2"]).ok());
}

#[test]
fn a_session_as_json() {
    let mut document = imported().session("da681b20");
    for step in document["turns"][0]["steps"].as_array_mut().unwrap() {
        for alias in step["aliases"].as_array_mut().unwrap() {
            // Made with the workspace's own key.
            if alias.as_str().unwrap().starts_with("last:stop:") {
                *alias = "last:stop:…".into();
            }
        }
    }
    insta::assert_json_snapshot!(without_record_numbers(document));
}

#[test]
fn filters_find_what_they_name() {
    let ids = |filter: &[&str]| -> Vec<String> {
        let text = imported()
            .run(&[&["sessions", "--json"], filter].concat())
            .ok();
        text.lines()
            .map(|line| {
                let head: Value = serde_json::from_str(line).unwrap();
                head["id"].as_str().unwrap()[..8].to_owned()
            })
            .collect()
    };
    let all = ids(&[]).len();
    assert_eq!(ids(&["skill:release-notes"]), ["4e9c345b", "da681b20"]);
    assert_eq!(ids(&["mcp:ledger", "cost>0.02"]), ["f6a3c0cc", "da681b20"]);
    assert_eq!(ids(&["id:6f17"]), ["6f1713ac"]);
    assert_eq!(ids(&["project:demo"]).len(), all);
    assert_eq!(ids(&["project:none"]).len(), 0);
    assert_eq!(
        ids(&["tool:Bash"]).len() + ids(&["-tool:Bash"]).len(),
        all,
        "a session has the tool or has not"
    );
    assert_eq!(ids(&["error:yes"]).len() + ids(&["error:no"]).len(), all);
    assert_eq!(ids(&["--limit", "2"]).len(), 2);
    let data = imported().data();
    let after = [
        "-tool:Bash",
        "--data",
        data.to_str().unwrap(),
        "--limit",
        "1",
    ];
    assert_eq!(ids(&after).len(), 1, "options stand behind a filter too");
    assert_eq!(ids(&["-turns<3"]), ["f0d688c2", "30c2fd6e"]);
    assert_eq!(ids(&["--sort", "cost", "--limit", "1"]), ["f6a3c0cc"]);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    use std::io::Read;
    use std::process::Stdio;
    let home = imported();
    let mut child = crate::support::command(&home.data())
        .args(["session", "show", "da681b20", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}

#[test]
fn what_is_searched_is_found_with_its_place() {
    let run = |arguments: &[&str]| imported().run(&[&["search"], arguments].concat());
    let found = run(&["release*", "OR", "changelog", "--hits", "9"]);
    insta::assert_snapshot!(found.stdout);
    let some = run(&["release*", "OR", "changelog", "--hits", "1"]).ok();
    assert!(some.contains("more"), "{some}");
    let lines = run(&["input:git", "--json", "--limit", "1"]).ok();
    let hits: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    insta::assert_json_snapshot!(hits);
    assert_eq!(run(&["zanzibar"]).ok(), "nothing found\n");
    assert_eq!(run(&["zanzibar", "--json"]).ok(), "");
    let one = |arguments: &[&str]| run(&[arguments, &["--json"]].concat()).ok().lines().count();
    assert!(one(&["the", "--limit", "3"]) > 0);
    assert!(one(&["the", "-file"]) < one(&["the"]));
    assert_eq!(one(&["the", "project:none"]), 0);
    assert_eq!(one(&["the", "--filter", "project:none"]), 0);
    for (wrong, said) in [
        ("foo:bar", "is no key"),
        ("-the", "at least one word"),
        ("\"the", "not closed"),
    ] {
        let run = run(&[wrong]);
        assert_ne!(run.code, 0, "{wrong}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    let listed = imported()
        .run(&["sessions", "release*", "-zanzibar", "--json"])
        .ok();
    assert!(listed.lines().count() > 0);
}
