//! The API's description is the one in `docs/openapi.json`: the web client is generated from that file.

use std::path::Path;

/// To write it anew: `ARGUS_UPDATE=1 cargo test -p argus-server openapi`.
#[test]
fn the_description_is_the_one_that_is_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let now = format!("{:#}\n", argus_server::openapi());
    #[expect(
        clippy::disallowed_methods,
        reason = "whether to write is asked of the environment, as insta does"
    )]
    let writes = std::env::var("ARGUS_UPDATE").is_ok();
    if writes {
        std::fs::write(&path, &now).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == now,
        "docs/openapi.json is not what the handlers say: ARGUS_UPDATE=1 cargo test -p argus-server openapi"
    );
}

#[test]
fn every_operation_has_a_permission_and_a_name() {
    let document = argus_server::openapi();
    assert_eq!(document["openapi"], "3.1.0");
    let mut names = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation["x-permission"].is_string(), "{method} {path}");
            names.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    assert!(names.len() > 30, "{names:?}");
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "an operation's name is its own");
}
