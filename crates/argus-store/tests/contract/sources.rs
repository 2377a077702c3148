//! Secrets of inference hooks, and how far the server's own sources were read.

use argus_store::{Actor, Store, StoreError};

use crate::support::{TestStore, new_store, options};

fn reopened(test: TestStore) -> TestStore {
    let TestStore {
        store,
        workspace,
        folder,
    } = test;
    drop((store, workspace));
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    TestStore {
        store,
        workspace,
        folder,
    }
}

fn is_in_a_file(folder: &std::path::Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_in_a_file(&path, needle);
        }
        let content = std::fs::read(&path).unwrap_or_default();
        content.windows(needle.len()).any(|part| part == needle)
    })
}

#[test]
fn a_hooks_secret_outlives_a_restart_sealed_and_is_gone_when_revoked() {
    let test = new_store();
    let leaves = test.workspace.status().unwrap().leaves;
    let new = test
        .workspace
        .create_hook_secret("alpha", None, &Actor::system())
        .unwrap();
    let encoded = new.secret.strip_prefix("whsec_").unwrap().to_owned();
    let held = test.workspace.hook_secrets().unwrap();
    assert_eq!((held.len(), held[0].project.as_str()), (1, "alpha"));
    assert!(!is_in_a_file(test.folder.path(), encoded.as_bytes()));
    assert!(!is_in_a_file(test.folder.path(), &held[0].key));

    let test = reopened(test);
    assert_eq!(test.workspace.hook_secrets().unwrap(), held);
    let revoked = test.workspace.revoke_hook_secret(&new.id, &Actor::system());
    assert!(revoked.unwrap());
    assert!(test.workspace.hook_secrets().unwrap().is_empty());
    let listed = test.workspace.hook_secret_list().unwrap();
    assert!(listed[0].revoked_at_us.is_some());
    assert_eq!(
        test.workspace.status().unwrap().leaves,
        leaves + 2,
        "an act each"
    );
    let unknown = test
        .workspace
        .revoke_hook_secret("hook_x", &Actor::system());
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })));
}

#[test]
fn secrets_in_force_are_bounded() {
    let test = new_store();
    let create = || {
        test.workspace
            .create_hook_secret("p", None, &Actor::system())
    };
    while test.workspace.hook_secrets().unwrap().len() < 16 {
        create().unwrap();
    }
    assert!(matches!(create(), Err(StoreError::Invalid(_))));
    let id = test.workspace.hook_secret_list().unwrap()[0].id.clone();
    test.workspace
        .revoke_hook_secret(&id, &Actor::system())
        .unwrap();
    assert!(create().is_ok());
}

#[test]
fn how_far_a_source_was_read_outlives_a_restart_sealed() {
    let test = new_store();
    assert_eq!(test.workspace.source_state("a").unwrap(), None);
    test.workspace.set_source_state("a", b"one").unwrap();
    test.workspace
        .set_source_state("a", b"clls_a-session-of-somebody")
        .unwrap();
    test.workspace.set_source_state("b", b"two").unwrap();
    let test = reopened(test);
    let held = test.workspace.source_state("a").unwrap().unwrap();
    assert_eq!(held, b"clls_a-session-of-somebody");
    assert!(!is_in_a_file(test.folder.path(), &held));
}

#[test]
fn a_secret_that_anthropic_shows_is_taken_and_nothing_else() {
    let test = new_store();
    let keep = |given: &str| {
        let kept = test
            .workspace
            .create_hook_secret("p", Some(given), &Actor::system());
        kept.map(|new| new.secret)
    };
    let given = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert_eq!(keep(&format!(" {given}\n")).unwrap(), given);
    assert_eq!(test.workspace.hook_secrets().unwrap()[0].key.len(), 24);
    for other in [
        "",
        "whsec_",
        "whsec_AAAA",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
    ] {
        assert!(
            matches!(keep(other), Err(StoreError::Invalid(_))),
            "{other}"
        );
    }
}
