//! Accounts by the command line, and that reading leaves its act.

use crate::support::{Home, Server, recording};

/// Makes an account, as the set-up page would: no command makes one.
fn make_owner(home: &Home, email: &str) {
    #[derive(Debug)]
    struct Fixed;
    impl argus_session::Clock for Fixed {
        fn now_us(&self) -> i64 {
            1_795_000_000_000_000
        }
    }
    impl argus_session::Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }
    let options = argus_store::StoreOptions {
        clock: std::sync::Arc::new(Fixed),
        random: std::sync::Arc::new(Fixed),
    };
    let store = argus_store::Store::open(&home.data(), options).unwrap();
    let account = store.create_account(email, "Ada", None).unwrap();
    store.make_first_owner(&account.id).unwrap();
}

/// Leaves in the ledger, as the doctor counts them.
fn leaves(home: &Home) -> u64 {
    let said = home.run(&["doctor"]).ok();
    let line = said
        .lines()
        .find(|line| line.starts_with("ledger"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn accounts_are_listed_and_given_roles() {
    let home = Home::new();
    home.import(&[&recording("slash")]);
    assert!(home.run(&["account", "list"]).ok().contains("no accounts"));
    make_owner(&home, "ada@example.org");
    assert_eq!(
        home.run(&["account", "list"]).ok().trim(),
        "ada@example.org  Ada  default owner"
    );
    home.run(&[
        "workspace",
        "create",
        "north",
        "--mode",
        "privacy",
        "--owner",
        "ada@example.org",
    ])
    .ok();
    let listed = home.run(&["account", "list"]).ok();
    assert!(listed.contains("default owner, north owner"), "{listed}");
    let last = home.run(&["account", "grant", "ada@example.org", "--role", "viewer"]);
    assert_eq!(last.code, 1, "{}", last.stderr);
    assert!(
        last.stderr.contains("at least one owner"),
        "{}",
        last.stderr
    );
    for wrong in [
        ["account", "grant", "nobody@example.org", "--role", "viewer"].as_slice(),
        &["account", "grant", "ada@example.org", "--role", "king"],
    ] {
        assert_ne!(home.run(wrong).code, 0);
    }
    let alone = home.run(&["account", "reset", "ada@example.org"]);
    assert_eq!(alone.code, 1);
    assert!(alone.stderr.contains("no server runs"), "{}", alone.stderr);
    let server = Server::start(&home);
    let link = home.run(&["account", "reset", "ADA@example.org"]).ok();
    assert!(
        link.starts_with(&format!("http://{}/link#argus_ln_", server.address)),
        "{link}"
    );
    assert_ne!(
        home.run(&["account", "reset", "nobody@example.org"]).code,
        0
    );
}

#[test]
fn reading_a_session_leaves_its_act() {
    let home = Home::new();
    home.import(&[&recording("slash")]);
    let list = home.run(&["sessions", "--json", "--limit", "1"]).json();
    let id = list["id"].as_str().unwrap();
    let before = leaves(&home);
    home.run(&["session", "show", id]).ok();
    assert_eq!(leaves(&home), before + 1, "by this process");
    let _server = Server::start(&home);
    home.run(&["session", "show", id]).ok();
    home.run(&["session", "show", id]).ok();
    assert_eq!(
        leaves(&home),
        before + 2,
        "by the server, once in ten minutes"
    );
}
