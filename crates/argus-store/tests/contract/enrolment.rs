//! Keys that the capture plugin carries, and those that fetch it.

use argus_store::{Actor, KeyScope, Store, StoreError};

use crate::support::{new_store, options};

#[test]
fn the_key_of_a_plugin_is_the_same_until_it_is_revoked() {
    let test = new_store();
    let ask = |project: &str| {
        test.store
            .enrolment_key("default", project, &Actor::system())
            .unwrap()
    };
    let key = ask("alpha");
    assert_eq!(ask("alpha"), key);
    assert_ne!(ask("beta").id, key.id);
    let grant = test.store.find_key(&key.token).unwrap().unwrap();
    assert_eq!(
        (grant.scope, grant.projects, grant.user),
        (KeyScope::Ingest, vec!["alpha".to_owned()], None)
    );
    assert_eq!(test.workspace.keys().unwrap().len(), 2);

    test.store
        .revoke_key("default", &key.id, &Actor::system())
        .unwrap();
    assert!(test.store.find_key(&key.token).unwrap().is_none());
    let next = ask("alpha");
    assert_ne!(next.id, key.id);
    assert!(test.store.find_key(&next.token).unwrap().is_some());
}

#[test]
fn its_token_is_kept_over_a_restart_and_readable_nowhere() {
    let test = new_store();
    let key = test
        .store
        .enrolment_key("default", "alpha", &Actor::system())
        .unwrap();
    let folder = test.folder.path().to_owned();
    drop((test.workspace, test.store));
    let secret = key.token.rsplit('_').next().unwrap().as_bytes().to_owned();
    for entry in walk(&folder) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(
            !bytes.windows(secret.len()).any(|part| part == secret),
            "the token stands in {}",
            entry.display()
        );
    }
    let again = Store::open(&folder, options()).unwrap();
    let found = again
        .enrolment_key("default", "alpha", &Actor::system())
        .unwrap();
    assert_eq!(found, key);
    drop(test.folder);
}

#[test]
fn a_key_that_fetches_the_plugin_is_for_one_project() {
    let test = new_store();
    let make = |projects: &[&str]| {
        let projects: Vec<String> = projects.iter().map(|name| (*name).to_owned()).collect();
        test.store.create_key(
            "default",
            KeyScope::Download,
            &projects,
            None,
            &Actor::system(),
        )
    };
    for wrong in [&[][..], &["alpha", "beta"]] {
        assert!(matches!(make(wrong), Err(StoreError::Invalid(_))));
    }
    let key = make(&["alpha"]).unwrap();
    assert!(key.token.starts_with("argus_dk_"));
    let grant = test.store.find_key(&key.token).unwrap().unwrap();
    assert_eq!(grant.scope, KeyScope::Download);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
