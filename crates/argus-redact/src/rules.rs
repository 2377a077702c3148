//! The compiled rules: which literals call for which rule.

use std::borrow::Cow;

use regex::Regex;
use sha2::{Digest, Sha256};

use crate::anchors::Anchors;
use crate::names;
use crate::nested;
use crate::own::OwnRules;
use crate::places::SECRET_FILE_SIGNS;
use crate::policy::{Policy, PolicyError};
use crate::tokens::{Check, TOKENS};

/// Version of the built-in rules: grows with every change, so that a rescan knows what was redacted by older ones.
pub(crate) const VERSION: u16 = 3;

/// The type of a secret, as it stands in placeholders.
pub(crate) type Kind = Cow<'static, str>;

/// A rule set by hash and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// SHA-256 over the built-in rules' version, names and patterns, and the policy.
    pub hash: [u8; 32],
    /// The higher is the newer: the built-in rules' version, then how often the policy was changed.
    pub version: u32,
}

/// What is done where a literal stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// A form of token, by its place in [`TOKENS`].
    Token(usize),
    /// A name that may say secret.
    Name,
    /// `://`.
    Url,
    /// `BEGIN` of a block.
    Pem,
    /// The private lines of a PuTTY key.
    Putty,
    /// `"kty"` of a JSON web key.
    Jwk,
    /// `kind` of a Kubernetes object.
    KubernetesSecret,
    /// `Authorization`.
    Authorization,
    /// `Bearer ` and its like.
    Bearer,
    /// `Basic `.
    Basic,
    /// `-u`, `--user`.
    UserFlag,
    /// `password` of `.netrc`.
    Netrc,
    /// The port of a line of `.pgpass`.
    Pgpass,
    /// `IDENTIFIED BY`, `sshpass -p`: the next word is a password.
    Next,
    /// `Cookie`.
    Cookie,
    /// `-p` of a client of MySQL.
    MysqlFlag,
    /// `-p` of a command that signs in.
    LoginFlag,
    /// The name of a member whose place says what its values are.
    Place,
    /// What is in the path of a file of secrets.
    SecretFile,
}

const CONTEXTS: [(&str, Rule); 26] = [
    ("://", Rule::Url),
    ("begin ", Rule::Pem),
    ("begin%20", Rule::Pem),
    ("private-lines:", Rule::Putty),
    ("\"kty\"", Rule::Jwk),
    ("kind:", Rule::KubernetesSecret),
    ("kind\":", Rule::KubernetesSecret),
    ("kind':", Rule::KubernetesSecret),
    ("authorization", Rule::Authorization),
    ("bearer", Rule::Bearer),
    ("basic ", Rule::Basic),
    (" -u ", Rule::UserFlag),
    (" --user ", Rule::UserFlag),
    (" --user=", Rule::UserFlag),
    (" --proxy-user ", Rule::UserFlag),
    ("password", Rule::Netrc),
    (":5432:", Rule::Pgpass),
    (":*:", Rule::Pgpass),
    (":5433:", Rule::Pgpass),
    (":6432:", Rule::Pgpass),
    ("cookie", Rule::Cookie),
    (" -p", Rule::MysqlFlag),
    (" -p ", Rule::LoginFlag),
    ("identified by ", Rule::Next),
    ("sshpass -p", Rule::Next),
    ("redis-cli -a ", Rule::Next),
];

/// A compiled form of token.
#[derive(Debug)]
pub(crate) struct CompiledToken {
    pub(crate) regex: Regex,
    /// The secret is a group of the pattern, not all of it.
    pub(crate) has_group: bool,
    pub(crate) kind: &'static str,
    pub(crate) before: usize,
    pub(crate) is_random: bool,
}

/// The compiled rules.
#[derive(Debug)]
pub(crate) struct Rules {
    rule_set: RuleSet,
    pub(crate) anchors: Anchors,
    /// What an anchor calls for.
    pub(crate) rules_of_anchor: Vec<Vec<Rule>>,
    pub(crate) tokens: Vec<CompiledToken>,
    /// Forms of tokens without an anchor.
    pub(crate) unanchored: Vec<usize>,
    /// What begins as one of them. All of them are random.
    pub(crate) any_unanchored: Regex,
    pub(crate) off: std::collections::BTreeSet<String>,
    pub(crate) own: OwnRules,
    pub(crate) pseudonyms: bool,
}

impl Rules {
    pub(crate) fn new(policy: &Policy, revision: u16) -> Result<Self, PolicyError> {
        policy.check()?;
        let mut anchors: Vec<&str> = Vec::new();
        let mut rules_of_anchor: Vec<Vec<Rule>> = Vec::new();
        let mut call =
            |anchor: &'static str, rule| match anchors.iter().position(|held| *held == anchor) {
                Some(held) => rules_of_anchor[held].push(rule),
                None => {
                    anchors.push(anchor);
                    rules_of_anchor.push(vec![rule]);
                }
            };
        for (place, token) in TOKENS.iter().enumerate() {
            for anchor in token.anchors {
                call(anchor, Rule::Token(place));
            }
        }
        for (anchor, rule) in CONTEXTS {
            call(anchor, rule);
        }
        for sign in nested::SIGNS {
            call(sign, Rule::Place);
        }
        for sign in SECRET_FILE_SIGNS {
            call(sign, Rule::SecretFile);
        }
        for keyword in names::KEYWORDS {
            call(keyword, Rule::Name);
        }
        Ok(Self {
            rule_set: rule_set(policy, revision),
            anchors: Anchors::new(&anchors),
            rules_of_anchor,
            tokens: TOKENS
                .iter()
                .map(|token| {
                    (
                        token,
                        Regex::new(&format!(r"\A(?:{})", token.pattern))
                            .expect("the patterns are constants that a test compiles"),
                    )
                })
                .map(|(token, regex)| CompiledToken {
                    has_group: regex.captures_len() > 1,
                    regex,
                    kind: token.kind,
                    before: token.before,
                    is_random: token.check == Check::Random,
                })
                .collect(),
            any_unanchored: any_unanchored(),
            unanchored: (0..TOKENS.len())
                .filter(|place| TOKENS[*place].anchors.is_empty())
                .collect(),
            off: policy.off.clone(),
            own: OwnRules::new(policy)?,
            pseudonyms: policy.pseudonyms,
        })
    }

    pub(crate) fn rule_set(&self) -> &RuleSet {
        &self.rule_set
    }
}

/// What begins as a token without an anchor.
fn any_unanchored() -> Regex {
    let patterns: Vec<&str> = TOKENS
        .iter()
        .filter(|token| token.anchors.is_empty())
        .map(|token| token.pattern)
        .collect();
    Regex::new(&format!(r"\A(?:{})", patterns.join("|")))
        .expect("the patterns are constants that a test compiles")
}

fn rule_set(policy: &Policy, revision: u16) -> RuleSet {
    let mut hash = Sha256::new();
    hash.update(VERSION.to_be_bytes());
    for token in TOKENS {
        hash.update(token.kind);
        hash.update([0]);
        hash.update(token.pattern);
        hash.update([0]);
    }
    hash.update(serde_json::to_vec(policy).unwrap_or_default());
    RuleSet {
        hash: hash.finalize().into(),
        version: u32::from(VERSION) << 16 | u32::from(revision),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_without_an_anchor_are_random_and_stand_at_the_start() {
        let rules = Rules::new(&Policy::default(), 0).unwrap();
        for place in &rules.unanchored {
            let token = &rules.tokens[*place];
            assert!(token.is_random && token.before == 0, "{}", token.kind);
        }
    }
}
