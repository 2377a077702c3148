//! Keys of letters alone: one in sixty of 24 letters and digits has no digit.

use argus_redact::Redactor;
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;

/// Keys of each form. The same each time: what is missed is missed always.
const KEYS: usize = 2_000;
/// What may be missed of them: letters at random are words now and then.
const MISSES_MAX: usize = 10;

/// How many of the keys that `write` puts into a text, of so many letters, are still there, or as much as begins them: signs may
/// stand within.
fn misses(count: usize, write: impl Fn(&str) -> String) -> usize {
    let redactor = Redactor::without_workspace();
    let mut runner = TestRunner::deterministic();
    let Ok(keys) = string_regex(&format!("[A-Za-z]{{{count}}}")) else {
        return KEYS;
    };
    (0..KEYS)
        .filter(|_| {
            keys.new_tree(&mut runner).map_or(true, |tree| {
                let key = tree.current();
                redactor.redact_text(&write(&key)).text.contains(&key[..8])
            })
        })
        .count()
}

#[test]
fn a_key_without_a_digit_is_found() {
    type Write = fn(&str) -> String;
    let forms: [(&str, usize, Write); 6] = [
        ("shell", 24, |key| {
            format!("export API_TOKEN={key} && make\n")
        }),
        ("address", 24, |key| {
            format!("https://files.internal/x?access_token={key}")
        }),
        ("header", 40, |key| {
            format!("curl -H 'Authorization: Bearer {key}' https://files.internal/")
        }),
        ("npm", 36, |key| format!("it is npm_{key} still")),
        ("slack", 36, |key| format!("it is xoxb-{key} still")),
        ("salt", 24, |key| {
            format!("MAIL_SALT='{}/{}/{}'\n", &key[..8], &key[8..16], &key[16..])
        }),
    ];
    for (name, count, write) in forms {
        let missed = misses(count, write);
        assert!(missed <= MISSES_MAX, "{name}: {missed} of {KEYS}");
    }
}

#[test]
fn a_long_name_is_no_key() {
    for text in [
        "run(getTokenFromEnvironmentOrFail)",
        "the token kRegExpReplaceCalledOnSlowRegExp of V8",
        "const secret = readSecretFromKeychainAsync;",
        "password: Rechtsschutzversicherungsgesellschaft_name",
        "see npm_config_registry and NSURLSessionConfigurationBackground",
    ] {
        let redacted = Redactor::without_workspace().redact_text(text);
        assert_eq!(redacted.text, text);
    }
}
