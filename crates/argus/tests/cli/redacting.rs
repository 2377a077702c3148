//! `argus redact`: text from stdin, and what is stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use argus_redact::Policy;
use argus_redact::policy::Dictionary;
use argus_session::{Clock, Random};
use argus_store::{Actor, Store, StoreOptions};
use serde_json::json;

use crate::support::{Home, Server, recording};

#[derive(Debug)]
struct SteppingClock(AtomicI64);

impl Clock for SteppingClock {
    fn now_us(&self) -> i64 {
        self.0.fetch_add(1_000, Ordering::Relaxed)
    }
}

/// Bytes that do not repeat within a run, which is all that sealing asks for here.
#[derive(Debug)]
struct CountingRandom(AtomicU64);

impl Random for CountingRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let count = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            chunk.copy_from_slice(&count[..chunk.len()]);
        }
    }
}

/// Gives the default workspace a dictionary of these words: what the settings page does.
fn set_dictionary(home: &Home, words: &[&str]) {
    let options = StoreOptions {
        clock: Arc::new(SteppingClock(AtomicI64::new(1_795_000_000_000_000))),
        random: Arc::new(CountingRandom(AtomicU64::new(1 << 40))),
    };
    let store = Store::open(&home.data(), options).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    let revision = workspace.redaction_policy().unwrap().revision;
    let policy = Policy {
        dictionaries: vec![Dictionary {
            name: "customers".to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }],
        ..Policy::default()
    };
    workspace
        .set_redaction_policy(&policy, revision, &Actor::system())
        .unwrap();
}

#[test]
fn a_filter_says_where_each_secret_was() {
    let home = Home::new();
    let secret = format!("ghp_{}", "a1B2".repeat(9));
    let line = json!({"id": "x", "text": format!("token {secret} end")}).to_string();
    let out = home
        .run_with_input(&["redact", "--jsonl"], line.as_bytes())
        .json();
    assert_eq!(out["spans"][0]["start"], 6);
    assert_eq!(out["spans"][0]["end"], 6 + secret.len());
    assert!(!out["text"].as_str().unwrap().contains(&secret));
}

#[test]
fn a_filter_explains_itself_beside_its_output() {
    let home = Home::new();
    let text = "first line\nmöre: AKIAIOSFODNN7EXAMPLQ and jane.doe@example.com\n";
    let run = home.run_with_input(&["redact", "--explain"], text.as_bytes());
    insta::assert_snapshot!(run.shown(&home.data()));
    let plain = home.run_with_input(&["redact"], text.as_bytes());
    assert_eq!((plain.stdout, plain.stderr), (run.stdout, String::new()));
}

#[test]
fn stored_records_are_looked_through_when_the_rules_changed() {
    let home = Home::new();
    home.import(&[&recording("tools")]);
    let nothing = home.run(&["redact", "rescan"]).ok();
    insta::assert_snapshot!(nothing, @r"
    looked through  0 records
    superseded      0 records
    ");
    set_dictionary(&home, &["prepare the release"]);
    let run = home.run(&["redact", "rescan"]);
    insta::assert_snapshot!(run.shown(&home.data()));
    let document = home.session("da681b20").to_string();
    assert!(!document.contains("prepare the release"), "{document}");
    assert!(document.contains("[redacted:customers]"), "{document}");
    assert_eq!(home.run(&["doctor"]).code, 0);

    // Through a server that runs.
    set_dictionary(&home, &["prepare the release", "check the invoice"]);
    let _server = Server::start(&home);
    let report = home.run(&["redact", "rescan", "--json"]).json();
    assert!(report["superseded"].as_u64().unwrap() > 0, "{report}");
    assert_eq!(report["records_behind"], 0);
    let document = home.session("da681b20").to_string();
    assert!(!document.contains("check the invoice"), "{document}");
}
