//! Texts full of secrets, made up at random in the forms of real ones.

use argus_e2e::Random;

use crate::load::Text;

/// Bytes of text for each secret.
pub(super) const BYTES_A_SECRET: usize = 150;
const TEXTS: u64 = 40;
const TEXT_BYTES: usize = 16 * 1024;
const ALNUM: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX: &str = "0123456789abcdef";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a setting is called, what its value begins with, how it goes on, and for how long.
const SECRETS: [(&str, &str, &str, usize); 14] = [
    ("github_token", "ghp_", ALNUM, 36),
    ("anthropic_api_key", "sk-ant-api03-", ALNUM, 48),
    ("openai_api_key", "sk-proj-", ALNUM, 48),
    ("aws_access_key_id", "AKIA", BASE32, 16),
    ("slack_token", "xoxb-", ALNUM, 36),
    ("stripe_key", "sk_live_", ALNUM, 24),
    ("npm_token", "npm_", ALNUM, 36),
    ("gitlab_token", "glpat-", ALNUM, 20),
    ("databricks_token", "dapi", HEX, 32),
    ("digitalocean_token", "dop_v1_", HEX, 64),
    ("db_password", "", ALNUM, 20),
    ("smtp_password", "", ALNUM, 16),
    ("session_secret", "", HEX, 32),
    ("service_api_key", "", ALNUM, 32),
];

/// One way to write a setting, with a few words beside it.
type Form = fn(name: &str, value: &str, words: &str) -> String;

const FORMS: [Form; 5] = [
    |name, value, words| format!("# {words}\n{}={value}\n", name.to_uppercase()),
    |name, value, words| format!("  # {words}\n  {name}: \"{value}\"\n"),
    |name, value, words| format!("{{\"{name}\": \"{value}\", \"note\": \"{words}\"}},\n"),
    |name, value, words| format!("2026-11-26T10:00:00Z INFO {words} {name}={value}\n"),
    |name, value, words| format!("    // {words}\n    const {name} = \"{value}\";\n"),
];

/// The same texts each time.
pub(super) fn texts() -> Vec<String> {
    (0..TEXTS)
        .map(|number| {
            let mut random = Random::new(number);
            let mut words = Text(number + 1);
            let mut text = String::new();
            while text.len() < TEXT_BYTES {
                text.push_str(&setting(&mut random, &mut words));
            }
            text
        })
        .collect()
}

fn setting(random: &mut Random, words: &mut Text) -> String {
    let any = |random: &mut Random, of: usize| {
        usize::try_from(random.below(of as u64)).unwrap_or_default()
    };
    let (name, prefix, alphabet, count) = SECRETS[any(random, SECRETS.len())];
    let form = FORMS[any(random, FORMS.len())];
    let value = format!("{prefix}{}", random.letters(alphabet, count));
    let bare = form(name, &value, "").len();
    let words = words.words(BYTES_A_SECRET.saturating_sub(bare + 8));
    form(name, &value, words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argus_redact::Redactor;

    #[test]
    fn there_is_a_secret_in_every_so_many_bytes() {
        let redactor = Redactor::without_workspace();
        for text in texts().iter().take(4) {
            let found = redactor.redact_text(text).spans.len();
            let wanted = text.len() / BYTES_A_SECRET;
            assert!(
                (wanted * 9 / 10..=wanted * 11 / 10).contains(&found),
                "{found} found, about {wanted} made"
            );
        }
    }
}
