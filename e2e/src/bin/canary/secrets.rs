//! The secrets: made up at random in the forms of real ones, so that no file of this repository holds any.

use argus_e2e::Random;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const ALNUM: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &str = "0123456789abcdef";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";

/// A form of secret.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// A token with a known issuer: what it begins with, its alphabet, how long it goes on.
    Token(&'static str, &'static str, usize),
    /// A signed token of three parts.
    Jwt,
    /// A private key, as a file has it.
    Pem,
    /// A password with signs that URLs and JSON write otherwise.
    Password,
    /// A password without such signs, for places that cannot have them.
    PlainPassword,
    /// A person's address.
    Email,
    /// A payment card's number.
    Card,
}

pub(crate) const ANTHROPIC: Form = Form::Token("sk-ant-api03-", ALNUM, 48);
pub(crate) const OPENAI: Form = Form::Token("sk-proj-", ALNUM, 48);
pub(crate) const AWS: Form = Form::Token("AKIA", BASE32, 16);
pub(crate) const GITHUB: Form = Form::Token("ghp_", ALNUM, 36);
pub(crate) const GITLAB: Form = Form::Token("glpat-", ALNUM, 24);
pub(crate) const SLACK: Form = Form::Token("xoxb-", ALNUM, 36);
pub(crate) const STRIPE: Form = Form::Token("sk_live_", ALNUM, 32);
pub(crate) const NPM: Form = Form::Token("npm_", ALNUM, 36);
pub(crate) const PYPI: Form = Form::Token("pypi-", ALNUM, 60);
pub(crate) const HUGGING_FACE: Form = Form::Token("hf_", ALNUM, 36);
pub(crate) const GOOGLE: Form = Form::Token("AIza", ALNUM, 35);
pub(crate) const DIGITAL_OCEAN: Form = Form::Token("dop_v1_", HEX, 64);
pub(crate) const DATABRICKS: Form = Form::Token("dapi", HEX, 32);
pub(crate) const VAULT: Form = Form::Token("hvs.", ALNUM, 36);
/// Known by what stands before it only.
pub(crate) const BEARER: Form = Form::Token("", ALNUM, 40);

/// A secret as it is written, and the part of it that is nobody else's, in lines.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) text: String,
    pub(crate) secret: String,
}

impl Form {
    pub(crate) fn make(self, random: &mut Random) -> Made {
        let (before, secret, after) = match self {
            Self::Token(prefix, alphabet, count) => (
                prefix.to_owned(),
                random.letters(alphabet, count),
                String::new(),
            ),
            Self::Jwt => {
                let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
                // Nine bytes, so that the subject's base64 begins with a group of its own.
                let claims = "{\"sub\": \"";
                let (subject, signature) = (random.letters(ALNUM, 24), random.letters(ALNUM, 43));
                let header = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
                let rest = part("\",\"admin\":true}");
                let text = format!(
                    "{header}.{}{}{rest}.{signature}",
                    part(claims),
                    part(&subject)
                );
                let secret = format!("{}\n{signature}", part(&subject));
                return Made { text, secret };
            }
            Self::Pem => {
                let lines: Vec<String> = (0..8).map(|_| random.letters(BASE64, 64)).collect();
                let frame = |word: &str| format!("-----{word} RSA PRIVATE KEY-----");
                (
                    format!("{}\n", frame("BEGIN")),
                    lines.join("\n"),
                    format!("\n{}", frame("END")),
                )
            }
            Self::Password => {
                let words: Vec<String> = (0..3).map(|_| random.letters(ALNUM, 8)).collect();
                (String::new(), words.join("/"), String::new())
            }
            Self::PlainPassword => (String::new(), random.letters(ALNUM, 24), String::new()),
            Self::Email => (
                String::new(),
                random.letters(LOWER, 14),
                "@kontoso-mail.de".to_owned(),
            ),
            Self::Card => (String::new(), card(random), String::new()),
        };
        Made {
            text: format!("{before}{secret}{after}"),
            secret,
        }
    }
}

/// Sixteen digits whose last makes Luhn's sum come out.
fn card(random: &mut Random) -> String {
    let mut number = format!("4539{}", random.letters(DIGITS, 11));
    let sum: u32 = number
        .bytes()
        .rev()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, times)| {
            let product = u32::from(digit - b'0') * times;
            product / 10 + product % 10
        })
        .sum();
    number.push_str(&((10 - sum % 10) % 10).to_string());
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_passes_the_check_of_cards() {
        let mut random = Random::new(7);
        for _ in 0..100 {
            let number = card(&mut random);
            let sum: u32 = number
                .bytes()
                .rev()
                .zip([1, 2].into_iter().cycle())
                .map(|(digit, times)| {
                    let product = u32::from(digit - b'0') * times;
                    product / 10 + product % 10
                })
                .sum();
            assert_eq!((number.len(), sum % 10), (16, 0), "{number}");
        }
    }
}
