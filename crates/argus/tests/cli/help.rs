//! What the program says of itself.

use crate::support::Home;

#[test]
fn help_of_every_command() {
    let home = Home::new();
    let mut text = home.run(&["--help"]).ok();
    let commands: &[&[&str]] = &[
        &["serve"],
        &["import"],
        &["sessions"],
        &["session"],
        &["session", "show"],
        &["search"],
        &["export"],
        &["report"],
        &["key"],
        &["key", "create"],
        &["key", "list"],
        &["key", "revoke"],
        &["workspace"],
        &["workspace", "create"],
        &["workspace", "list"],
        &["account"],
        &["account", "list"],
        &["account", "reset"],
        &["account", "grant"],
        &["capture-policy"],
        &["capture-policy", "show"],
        &["capture-policy", "set"],
        &["capture-policy", "unset"],
        &["erase"],
        &["rebuild"],
        &["doctor"],
        &["demo"],
        &["redact"],
        &["redact", "rescan"],
        &["config"],
    ];
    for command in commands {
        text.push_str(&format!("\n$ argus {} --help\n", command.join(" ")));
        text.push_str(&home.run(&[*command, &["--help"]].concat()).ok());
    }
    insta::assert_snapshot!(text);
    assert!(!home.data().exists(), "asking for help makes nothing");
}

#[test]
fn configuration_says_where_each_value_is_from() {
    let home = Home::new();
    let file = home.file("argus.toml", "log = \"debug\"\n");
    let run = home.run(&["config", "show", "--config", &file]);
    insta::assert_snapshot!(run.shown(&home.data()), @r#"
    data = "DATA"  (environment ARGUS_DATA)
    listen = "127.0.0.1:4318"  (default)
    tls_cert = not set  (default)
    tls_key = not set  (default)
    behind_proxy = false  (default)
    hosts = []  (default)
    capture_clients = not set  (default)
    capture_fallback = false  (default)
    capture_ca = not set  (default)
    log = "debug"  (file HOME/argus.toml)
    compliance = []  (default)
    exit 0
    "#);
}
