//! `argus export`: what it writes, and what it refuses.

use std::path::Path;

use crate::support::{Home, Server, imported_to_write, recording};

/// What differs from run to run: when it was written.
fn settled(text: &str) -> String {
    let Some((head, tail)) = text.split_once(" by Argus at ") else {
        return text.to_owned();
    };
    let tail = tail.split_once(" UTC").map_or(tail, |(_, tail)| tail);
    format!("{head} by Argus at TIME UTC{tail}")
}

fn exported(format: &str, arguments: &[&str]) -> String {
    let asked = [&["export", "--format", format, "--out", "-"], arguments].concat();
    settled(&imported_to_write().run(&asked).ok())
}

#[test]
fn a_session_as_markdown() {
    insta::assert_snapshot!(exported("md", &["--session", "da681b20"]));
}

#[test]
fn a_session_as_a_page() {
    let page = exported("html", &["--session", "f6a3c0cc"]);
    let (_, body) = page.split_once("</style>").unwrap();
    insta::assert_snapshot!(body);
    assert!(!page.contains("<script") && !page.contains("http-equiv=\"refresh\""));
}

#[test]
fn sessions_as_a_table() {
    let all = exported("csv", &[]);
    assert_eq!(exported("csv", &["--query", ""]), all);
    insta::assert_snapshot!(all);
}

#[test]
fn steps_as_a_table() {
    insta::assert_snapshot!(exported(
        "csv",
        &["--table", "steps", "--session", "da681b20"]
    ));
}

#[test]
fn documents_are_those_that_session_show_gives() {
    let line = exported("jsonl", &["--session", "6f1713ac"]);
    let mut document: serde_json::Value = serde_json::from_str(&line).unwrap();
    let members = document.as_object_mut().unwrap();
    members.remove("reviews");
    assert_eq!(members.remove("reviews_blind"), Some(false.into()));
    let mut shown = imported_to_write().session("6f1713ac");
    // A document has the turns' own order of members.
    assert_eq!(document["turns"], shown["turns"]);
    for value in [&mut document, &mut shown] {
        value.as_object_mut().unwrap().remove("turns");
    }
    assert_eq!(document, shown);
}

#[test]
fn files_are_written_once_and_a_folder_has_one_for_each_session() {
    let home = imported_to_write();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| home.run(&[&["export"], arguments].concat());
    let file = at("one.html");
    let asked = ["--format", "html", "--session", "da681b20", "--out", &file];
    assert!(run(&asked).ok().contains("1 session to"));
    let again = run(&asked);
    assert_eq!(again.code, 1);
    assert!(
        again.stderr.contains("is there already"),
        "{}",
        again.stderr
    );
    run(&[&asked[..], &["--overwrite"]].concat()).ok();

    let several = at("several");
    let asked = [
        "--format",
        "md",
        "--query",
        "skill:release-notes",
        "--out",
        &several,
    ];
    run(&asked).ok();
    let names: Vec<String> = std::fs::read_dir(&several)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("session-") && has_ending(name, "md"))
    );
    assert_eq!(
        run(&asked).code,
        1,
        "a folder with files in it is left alone"
    );

    let none = at("none.csv");
    let nothing = run(&["--format", "csv", "--query", "project:none", "--out", &none]);
    assert_eq!((nothing.code, Path::new(&none).exists()), (1, false));
    for wrong in [
        &["--format", "pdf", "--query", "", "--out", "-"][..],
        &[
            "--format", "csv", "--table", "people", "--query", "", "--out", "-",
        ],
        &["--format", "html", "--query", "", "--out", "-"],
        &["--format", "csv", "--query", "nokey:x", "--out", "-"],
        &[
            "--format",
            "csv",
            "--query",
            "",
            "--session",
            "da681b20",
            "--out",
            "-",
        ],
    ] {
        assert_eq!(run(wrong).code, 2, "{wrong:?}");
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|found| found == ending)
}

#[test]
fn what_is_left_out_is_left_out() {
    let less = exported(
        "md",
        &["--session", "da681b20", "--no-outputs", "--no-thinking"],
    );
    assert!(less.contains("echo hello && ls src"));
    for gone in ["First look around.", "Invoice INV-42: 1200 EUR"] {
        assert!(!less.contains(gone), "{gone}");
    }
}

#[test]
fn an_export_is_noted_beside_a_running_server_and_without_one() {
    let home = Home::new();
    home.import(&[&recording("tools")]);
    let leaves = |home: &Home| -> u64 {
        let text = home.run(&["doctor"]).ok();
        let line = text.lines().find(|line| line.contains("leaves")).unwrap();
        let digits: String = line
            .split("leaves")
            .next()
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().unwrap()
    };
    let export = |home: &Home| {
        home.run(&["export", "--format", "csv", "--query", "", "--out", "-"])
            .ok()
    };
    let before = leaves(&home);
    export(&home);
    let alone = leaves(&home);
    assert_eq!(alone, before + 1);
    let server = Server::start(&home);
    export(&home);
    drop(server);
    assert!(leaves(&home) > alone);
}

#[test]
fn what_cannot_be_noted_does_not_leave() {
    let home = imported_to_write();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    // As another process does that writes the folder.
    let lock = std::fs::File::open(home.data().join("lock")).unwrap();
    lock.lock().unwrap();
    for asked in [
        &["export", "--format", "csv", "--query", ""] as &[&str],
        &["report", "--from", "2026-11-01", "--to", "2026-12-01"],
    ] {
        let run = home.run(&[asked, &["--out", out.to_str().unwrap()]].concat());
        assert_ne!(run.code, 0, "{asked:?}");
        assert!(
            run.stderr.contains("noted in the workspace first"),
            "{}",
            run.stderr
        );
        assert!(!out.exists(), "{asked:?}");
    }
    lock.unlock().unwrap();
}

#[test]
fn a_report_on_a_project_and_a_period() {
    let home = imported_to_write();
    let run = |arguments: &[&str]| home.run(&[&["report", "--out", "-"], arguments].concat());
    let period = [
        "--project",
        "demo",
        "--from",
        "2026-11-01",
        "--to",
        "2026-12-01",
    ];
    let mut report = run(&[&period[..], &["--json"]].concat()).json();
    assert!(report["ledger"]["size"].as_u64().unwrap() > 100);
    assert_eq!(report["ledger"]["root"].as_str().unwrap().len(), 64);
    report["made_at"] = "…".into();
    report["ledger"] = "…".into();
    insta::assert_json_snapshot!(report);
    let page = run(&period).ok();
    assert!(page.contains("<h1>Report on demo</h1>") && !page.contains("<script"));
    let before = run(&["--from", "2020-01-01", "--to", "2020-02-01", "--json"]).json();
    assert_eq!(before["used"]["sessions"], 0);
    for wrong in [
        &["--from", "2026-12-01", "--to", "2026-11-01"][..],
        &["--from", "yesterday", "--to", "2026-11-01"],
    ] {
        assert_eq!(run(wrong).code, 2, "{wrong:?}");
    }
}
