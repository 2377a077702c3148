//! Commands beside a running server: who writes, and what the readers see.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::support::{Home, Server, recording};

fn listed(home: &Home) -> Vec<serde_json::Value> {
    let text = home.run(&["key", "list", "--json"]).ok();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn everything_works_beside_a_running_server() {
    let home = Home::new();
    let server = Server::start(&home);
    let token = home.run(&["key", "create", "--project", "laptop"]).ok();
    assert!(token.starts_with("argus_ik_"), "{token}");
    let unbound = home.run(&["key", "create", "--scope", "ingest"]).ok();
    assert_ne!(unbound, token);
    let keys = home.run(&["key", "list", "--json"]).ok();
    assert!(keys.contains("\"unassigned\""), "{keys}");
    let summary = home.import(&[&recording("tools"), "--project", "laptop"]);
    assert!(!summary.contains(" 0 new"), "{summary}");

    let beside = home.session("da681b20");
    let list = home.run(&["sessions"]).ok();
    assert!(list.contains("da681b20"), "{list}");
    assert_eq!(home.run(&["doctor"]).code, 0);
    home.run(&["rebuild"]).ok();
    assert_eq!(home.session("da681b20"), beside, "rebuilt");
    for key in listed(&home) {
        home.run(&["key", "revoke", key["id"].as_str().unwrap()])
            .ok();
    }
    drop(server);
    assert_eq!(home.session("da681b20"), beside, "the server is gone");
    assert!(
        listed(&home)
            .iter()
            .all(|key| key["revoked_at_us"].is_i64())
    );

    let _server = Server::start(&home);
    home.run(&["erase", "da681b20", "--yes"]).ok();
    assert_eq!(home.run(&["session", "show", "da681b20"]).code, 1);
    let again = home.import(&[&recording("tools")]);
    assert!(again.contains(" 0 new"), "{again}");
}

#[test]
fn a_log_that_cannot_be_written_ends_nothing() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let server = Server::with_log(&home, full);
    // Every refusal is logged.
    for _ in 0..3 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream
            .write_all(b"POST /v1/logs HTTP/1.1\r\nhost: argus\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    home.run(&["key", "create", "--project", "p"]).ok();
}

#[test]
fn secrets_of_inference_hooks_come_and_go_with_and_without_a_server() {
    let home = Home::new();
    let listed = |home: &Home| home.run(&["inference-hook", "list"]).ok();
    let own = home
        .run(&["inference-hook", "secret", "--project", "p"])
        .ok();
    assert!(own.starts_with("whsec_"), "{own}");
    let server = Server::start(&home);
    let beside = home
        .run(&["inference-hook", "secret", "--project", "q"])
        .ok();
    assert!(beside.starts_with("whsec_") && beside != own);
    let lines = listed(&home);
    assert_eq!(lines.matches("in force").count(), 2, "{lines}");
    assert!(!lines.contains("whsec_"));
    let id = lines.split_whitespace().next().unwrap().to_owned();
    let revoke = ["inference-hook", "revoke", id.as_str()];
    assert_eq!(home.run(&revoke).ok(), "revoked\n");
    let given = ["inference-hook", "secret", "--project", "r", "--stdin"];
    let shown = b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
    let kept = home.run_with_input(&given, shown).ok();
    assert!(kept.starts_with("hook_"), "{kept}");
    assert_eq!(home.run_with_input(&given, b"whsec_short").code, 1);
    drop(server);
    assert_eq!(home.run(&revoke).ok(), "it was revoked before\n");
    assert_eq!(listed(&home).matches("in force").count(), 2);
}
