//! Every error says whose fault it is and what to do, and ends with its documented code.

use std::fmt::Write as _;

use crate::support::{Home, Server, imported, recording};

#[test]
fn errors_with_their_codes() {
    let home = imported();
    let empty = home.file("empty/readme.md", "nothing here");
    let no_config = home.file("odd.toml", "listn = \"127.0.0.1:1\"\n");
    let cases: [&[&str]; 22] = [
        &["session", "show", "ffffffff"],
        &["session", "show", ""],
        &["sessions", "turns>many"],
        &["sessions", "colour:red"],
        &["sessions", "outcome:splendid"],
        &["sessions", "--sort", "beauty"],
        &["sessions", "--workspace", "nowhere"],
        &["import", "/does/not/exist"],
        &["import", &empty],
        &["key", "create", "--scope", "all", "--project", "p"],
        &["key", "revoke", "key_none"],
        &["workspace", "create", "default", "--mode", "privacy"],
        &["workspace", "create", "../up", "--mode", "privacy"],
        &["serve", "--listen", "0.0.0.0:4318"],
        &["sessions", "--config", &no_config],
        &["demo", "--data", "mine"],
        &["sessions", "reviewer:me"],
        &["search", "a", "--limit", "0"],
        &["export", "--format", "md", "--table", "turns", "--out", "-"],
        &["export", "--format", "csv", "--out", "no/folder/here.csv"],
        &[
            "report",
            "--project",
            "dem",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01",
            "--out",
            "-",
        ],
        &[
            "report",
            "--link",
            "javascript:x",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01",
            "--out",
            "-",
        ],
    ];
    let mut text = String::new();
    for case in cases {
        writeln!(text, "$ argus {}", case.join(" ")).unwrap();
        text.push_str(&home.run(case).shown(&home.data()));
    }
    let text = text.replace(home.data().parent().unwrap().to_str().unwrap(), "HOME");
    insta::assert_snapshot!(text);
}

#[test]
fn reading_where_there_is_no_data_folder_makes_none() {
    let home = Home::new();
    for case in [
        &["sessions"] as &[&str],
        &["session", "show", "a"],
        &["doctor"],
        &["workspace", "list"],
        &["key", "list"],
        &["key", "revoke", "key_a"],
        &["erase", "a", "--yes"],
        &["rebuild"],
        &["redact", "rescan"],
    ] {
        let run = home.run(case);
        assert_eq!(run.code, 1, "{case:?}: {}", run.stderr);
        assert!(
            run.stderr.contains("no argus data folder"),
            "{case:?}: {}",
            run.stderr
        );
        assert!(!home.data().exists(), "{case:?}");
    }
}

#[test]
fn a_taken_address_is_a_matter_of_configuration() {
    let home = Home::new();
    let server = Server::start(&home);
    let other = Home::new();
    let run = other.run(&["serve", "--listen", &server.address]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("is taken"), "{}", run.stderr);
}

#[test]
fn a_second_server_on_one_folder_is_refused() {
    let home = Home::new();
    let _server = Server::start(&home);
    let run = home.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(
        run.stderr.contains("another argus process"),
        "{}",
        run.stderr
    );
}

#[test]
fn retention_locked_refuses_to_erase() {
    let home = Home::new();
    home.run(&["workspace", "create", "north", "--mode", "retention-locked"])
        .ok();
    home.import(&[&recording("slash"), "--workspace", "north"]);
    let list = home
        .run(&["sessions", "--json", "--limit", "1", "--workspace", "north"])
        .json();
    let id = list["id"].as_str().unwrap();
    let run = home.run(&["erase", id, "--yes", "--workspace", "north"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("retention-locked"), "{}", run.stderr);
}
