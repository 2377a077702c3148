//! What becomes of sessions that are made private, by the command line.

use crate::support::{Home, Server, recording};

#[test]
fn rules_are_shown_set_and_taken_away() {
    let home = Home::new();
    home.import(&[&recording("slash")]);
    let show = || home.run(&["capture-policy", "show"]).ok();
    insta::assert_snapshot!(show(), @"every project         allowed");
    let notice = "What is done for the bank is kept.\nAsk the works council.";
    home.run(&[
        "capture-policy",
        "set",
        "--opt-out",
        "forbidden",
        "--project",
        "bank",
        "--notice",
        notice,
    ])
    .ok();
    // Through a server that runs.
    let server = Server::start(&home);
    home.run(&["capture-policy", "set", "--opt-out", "content-off"])
        .ok();
    let shown = show();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        &lines[..2],
        [
            "every project         content-off",
            "bank                  forbidden    What is done for the bank is kept. Ask the works council."
        ]
    );
    assert!(lines[2].starts_with("changed "), "{shown}");
    let json = home.run(&["capture-policy", "show", "--json"]).json();
    assert_eq!(json["revision"], 2);
    assert_eq!(json["policy"]["projects"]["bank"]["notice"], notice);
    let unset = ["capture-policy", "unset", "--project", "bank"];
    home.run(&unset).ok();
    assert!(!show().contains("bank"));
    let again = home.run(&unset);
    assert_ne!(again.code, 0);
    assert!(
        again.stderr.contains("no rule of project \"bank\""),
        "{}",
        again.stderr
    );
    drop(server);
    let wrong = home.run(&["capture-policy", "set", "--opt-out", "maybe"]);
    insta::assert_snapshot!(wrong.shown(&home.data()));
}
