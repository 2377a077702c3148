//! `argus plugin`: the capture plugin as a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::support::{Home, Server};

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Writes a plugin to `out`, with the program that lies in `client`.
fn write(home: &Home, out: &Path, more: &[&str]) -> crate::support::Ran {
    let client = home.data().parent().unwrap().join("client");
    let program = client.join("macos-aarch64");
    fs::create_dir_all(&program).unwrap();
    fs::write(program.join("argus-capture"), "a program").unwrap();
    let mut words = vec![
        "plugin",
        "--endpoint",
        "https://argus.example.com/",
        "--project",
        "alpha",
        "--out",
        out.to_str().unwrap(),
        "--client",
        client.to_str().unwrap(),
    ];
    words.extend(more);
    home.run(&words)
}

#[test]
fn a_folder_is_a_marketplace_and_the_same_the_second_time() {
    let home = Home::new();
    let out = home.data().parent().unwrap().join("a market");
    let said = write(&home, &out, &[]).ok();
    let manifest = json(&out.join("argus/.claude-plugin/plugin.json"));
    let version = manifest["version"].as_str().unwrap();
    assert!(said.starts_with(&format!("argus {version}")), "{said}");
    assert!(said.contains("macos-aarch64     has a program"), "{said}");
    assert!(said.contains("windows-x86_64    no program"), "{said}");
    let marketplace = json(&out.join(".claude-plugin/marketplace.json"));
    assert_eq!(marketplace["plugins"][0]["source"], "./argus");
    assert_eq!(marketplace["plugins"][0]["version"], version);
    let config = json(&out.join("argus/argus.json"));
    assert_eq!(config["endpoint"], "https://argus.example.com");
    let mode = |path: &str| {
        let meta = fs::metadata(out.join("argus").join(path)).unwrap();
        meta.permissions().mode() & 0o777
    };
    assert_eq!(mode("client/argus-capture.sh"), 0o755);
    assert_eq!(mode("client/macos-aarch64/argus-capture"), 0o755);

    fs::write(out.join("argus/left.txt"), "of an older release").unwrap();
    assert_eq!(write(&home, &out, &[]).ok(), said);
    assert!(!out.join("argus/left.txt").exists());
    let keys = home.run(&["key", "list"]).ok();
    assert_eq!(keys.lines().count(), 1, "the key is made once: {keys}");

    // Beside a running server it is the same again.
    let server = Server::start(&home);
    assert_eq!(write(&home, &out, &[]).ok(), said);
    drop(server);
    let given = write(&home, &out, &["--key", "argus_ik_given"]).ok();
    assert_ne!(given, said);
    assert_eq!(json(&out.join("argus/argus.json"))["key"], "argus_ik_given");
}

#[test]
fn what_cannot_be_a_plugin_is_refused_before_anything_is_written() {
    let home = Home::new();
    let root = home.data().parent().unwrap().to_owned();
    let out = root.join("market");
    let empty = root.join("empty");
    fs::create_dir(&empty).unwrap();
    let refused = home.run(&[
        "plugin",
        "--endpoint",
        "https://a",
        "--project",
        "p",
        "--out",
        out.to_str().unwrap(),
        "--client",
        empty.to_str().unwrap(),
    ]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("no capture client"),
        "{}",
        refused.stderr
    );

    let key = root.join("key.pem");
    fs::write(&key, "-----BEGIN PRIVATE KEY-----").unwrap();
    let refused = write(&home, &out, &["--ca", key.to_str().unwrap()]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);

    let others = root.join("others");
    fs::create_dir(&others).unwrap();
    fs::write(others.join("thesis.txt"), "").unwrap();
    let refused = write(&home, &others, &[]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("something else"),
        "{}",
        refused.stderr
    );
    assert!(!out.exists());
    assert_eq!(fs::read_dir(&others).unwrap().count(), 1);
}
