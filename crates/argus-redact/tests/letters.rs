//! Keys of letters alone: one in sixty of 24 letters and digits has no digit.

use argus_redact::Redactor;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Keys of each form. The same each time: what is missed is missed always.
const KEYS: usize = 2_000;
/// What may be missed of them: letters at random are words now and then.
const MISSES_MAX: usize = 10;

/// The next of a row of numbers (SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn letters(state: &mut u64, count: usize) -> String {
    (0..count)
        .map(|_| {
            let place = usize::try_from(next(state) % LETTERS.len() as u64).unwrap_or(0);
            char::from(LETTERS[place])
        })
        .collect()
}

/// How many of the keys that `write` puts into a text, of so many letters, are still there.
fn misses(count: usize, write: impl Fn(&str) -> String) -> usize {
    let redactor = Redactor::without_workspace();
    let mut state = 1;
    (0..KEYS)
        .filter(|_| {
            let key = letters(&mut state, count);
            redactor.redact_text(&write(&key)).text.contains(&key)
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
