//! The rule set: what a secret looks like.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::Regex;
use sha2::{Digest, Sha256};

/// Version of the built-in rules: grows with every change, so that a rescan knows what was redacted by older ones.
const VERSION: u32 = 1;

/// A rule set by hash and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// SHA-256 over the rules' names and patterns.
    pub hash: [u8; 32],
    /// The higher is the newer.
    pub version: u32,
}

/// One rule: a pattern that is tried only where one of its anchors occurs. Group 1, if there is one, is the secret.
struct Definition {
    kind: &'static str,
    anchors: &'static [&'static str],
    pattern: &'static str,
    check: fn(&str) -> bool,
}

fn any(_: &str) -> bool {
    true
}

/// A token of random characters has a digit; a word has none.
fn has_digit(secret: &str) -> bool {
    secret.bytes().any(|byte| byte.is_ascii_digit())
}

/// Variables, calls, examples and the empty value are no secrets.
fn is_literal(secret: &str) -> bool {
    let lower = secret.to_ascii_lowercase();
    let starts = [
        "$", "<", "{", "[", "%", "process.", "os.", "env.", "your", "xxx", "***", "...",
        "changeme", "example",
    ];
    !starts.iter().any(|start| lower.starts_with(start))
        && !secret.contains('(')
        && !matches!(
            lower.as_str(),
            "true" | "false" | "null" | "none" | "undefined" | "string" | "required"
        )
}

macro_rules! rules {
    ($($kind:literal, [$($anchor:literal),+], $pattern:literal, $check:expr;)*) => {
        &[$(Definition { kind: $kind, anchors: &[$($anchor),+], pattern: $pattern, check: $check }),*]
    };
}

/// In the order of preference where two rules find overlapping secrets: the longer match wins, then the earlier rule.
const DEFINITIONS: &[Definition] = rules![
    "private-key", ["PRIVATE KEY"], r"(?s)-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\z)", any;
    "anthropic-key", ["sk-ant-"], r"\bsk-ant-[A-Za-z0-9_-]{16,}", any;
    "openai-key", ["sk-"], r"\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}", has_digit;
    "aws-key", ["AKIA", "ASIA", "ABIA", "ACCA"], r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b", any;
    "github-token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"], r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})", any;
    "gitlab-token", ["glpat-", "gldt-", "glrt-", "glptt-"], r"\bgl(?:pat|dt|rt|ptt)-[A-Za-z0-9_.-]{20,}", any;
    "slack-token", ["xox", "xapp-"], r"\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}", has_digit;
    "slack-webhook", ["hooks.slack.com"], r"hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_-]{20,})", any;
    "stripe-key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"], r"\b(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,})", any;
    "npm-token", ["npm_"], r"\bnpm_[A-Za-z0-9]{36}\b", any;
    "pypi-token", ["pypi-"], r"\bpypi-[A-Za-z0-9_-]{50,}", any;
    "huggingface-token", ["hf_"], r"\bhf_[A-Za-z0-9]{30,}\b", any;
    "google-key", ["AIza"], r"\bAIza[A-Za-z0-9_-]{35}", any;
    "google-oauth", ["GOCSPX-", "ya29."], r"\b(?:GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,})", any;
    "sendgrid-key", ["SG."], r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}", any;
    "twilio-key", ["SK", "AC"], r"\b(?:SK|AC)[0-9a-f]{32}\b", any;
    "digitalocean-token", ["dop_v1_", "doo_v1_", "dor_v1_"], r"\bdo[por]_v1_[a-f0-9]{64}\b", any;
    "databricks-token", ["dapi"], r"\bdapi[a-f0-9]{32}(?:-\d)?\b", any;
    "shopify-token", ["shpat_", "shpca_", "shppa_", "shpss_"], r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b", any;
    "vault-token", ["hvs.", "hvb."], r"\bhv[sb]\.[A-Za-z0-9_-]{24,}", any;
    "docker-token", ["dckr_pat_", "dckr_oat_"], r"\bdckr_[po]at_[A-Za-z0-9_-]{20,}", any;
    "grafana-token", ["glsa_", "glc_"], r"\b(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{32,})", any;
    "linear-key", ["lin_api_", "lin_oauth_"], r"\blin_(?:api|oauth)_[A-Za-z0-9]{32,}", any;
    "notion-token", ["ntn_", "secret_"], r"\b(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43})\b", any;
    "supabase-key", ["sbp_", "sb_secret_"], r"\b(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,})", any;
    "atlassian-token", ["ATATT3", "ATCTT3"], r"\bAT[AC]TT3[A-Za-z0-9_=-]{40,}", any;
    "telegram-token", [":AA"], r"\b\d{8,10}:AA[A-Za-z0-9_-]{32,33}\b", any;
    "argus-key", ["argus_ik_", "argus_rk_"], r"\bargus_[ir]k_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}", any;
    "jwt", ["eyJ"], r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{6,}", any;
    "authorization", ["authorization"], r#"(?i)\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token|digest|apikey)\s+)?([A-Za-z0-9._~+/=-]{8,})"#, has_digit;
    "bearer-token", ["bearer"], r"(?i)\bbearer\s{1,4}([A-Za-z0-9._~+/-]{20,}=*)", has_digit;
    "url-password", ["://"], r#"\b[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s/:@"'<>]{0,256}:([^\s/@"'<>]{3,256})@"#, is_literal;
    "env-secret", ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "API_KEY", "APIKEY", "ACCESS_KEY", "PRIVATE_KEY", "CREDENTIAL"], r#"\b[A-Z][A-Z0-9_]{0,80}?(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)(?:_[A-Z0-9_]{1,40})?[ ]?=[ ]?["']?([^\s"'`,;&|)]{6,})"#, is_literal;
    "env-secret", ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "API_KEY"], r#"(?m)^(?:export[ ]+)?(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY)(?:_[A-Z0-9_]{1,40})?[ ]?=[ ]?["']?([^\s"'`,;&|)]{6,})"#, is_literal;
];

/// One compiled rule.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) kind: &'static str,
    pub(crate) regex: Regex,
    pub(crate) check: fn(&str) -> bool,
}

/// The compiled rules.
#[derive(Debug)]
pub(crate) struct Rules {
    rule_set: RuleSet,
    anchors: AhoCorasick,
    /// Which rules an anchor calls for.
    rules_of_anchor: Vec<Vec<usize>>,
    rules: Vec<Rule>,
}

impl Rules {
    pub(crate) fn built_in() -> Self {
        let mut anchors: Vec<&str> = Vec::new();
        let mut rules_of_anchor: Vec<Vec<usize>> = Vec::new();
        let mut hash = Sha256::new();
        for (place, definition) in DEFINITIONS.iter().enumerate() {
            hash.update(definition.kind);
            hash.update([0]);
            hash.update(definition.pattern);
            hash.update([0]);
            for anchor in definition.anchors {
                match anchors.iter().position(|held| held == anchor) {
                    Some(held) => rules_of_anchor[held].push(place),
                    None => {
                        anchors.push(anchor);
                        rules_of_anchor.push(vec![place]);
                    }
                }
            }
        }
        Self {
            rule_set: RuleSet {
                hash: hash.finalize().into(),
                version: VERSION,
            },
            // Overlapping search, so that a short anchor within a long one is seen as well.
            anchors: AhoCorasickBuilder::new()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(true)
                .build(&anchors)
                .expect("the anchors are a few short literals"),
            rules_of_anchor,
            rules: DEFINITIONS
                .iter()
                .map(|definition| Rule {
                    kind: definition.kind,
                    regex: Regex::new(definition.pattern)
                        .expect("the patterns are constants that a test compiles"),
                    check: definition.check,
                })
                .collect(),
        }
    }

    pub(crate) fn rule_set(&self) -> &RuleSet {
        &self.rule_set
    }

    /// The rules that have an anchor in `text`, as bits.
    pub(crate) fn called_for(&self, text: &str) -> impl Iterator<Item = &Rule> {
        let mut called: u64 = 0;
        for found in self.anchors.find_overlapping_iter(text) {
            for rule in &self.rules_of_anchor[found.pattern().as_usize()] {
                called |= 1 << rule;
            }
        }
        self.rules
            .iter()
            .enumerate()
            .filter(move |(place, _)| called & (1 << place) != 0)
            .map(|(_, rule)| rule)
    }
}

/// True when a member of this name holds a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    const ENDS: [&str; 20] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "secretkey",
        "apikey",
        "accesskey",
        "privatekey",
        "authtoken",
        "accesstoken",
        "refreshtoken",
        "sessiontoken",
        "bearertoken",
        "idtoken",
        "clientsecret",
        "authorization",
        "secretaccesskey",
        "apitoken",
        "proxyauthorization",
        "setcookie",
    ];
    if name.len() > 80 {
        return false;
    }
    let bare: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    ENDS.iter().any(|end| bare.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_fit_the_bits_that_hold_them() {
        assert!(DEFINITIONS.len() <= 64);
        assert_eq!(Rules::built_in().rules.len(), DEFINITIONS.len());
    }

    #[test]
    fn names_that_say_secret() {
        for name in [
            "password",
            "API_KEY",
            "x-api-key",
            "clientSecret",
            "aws_secret_access_key",
            "Authorization",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "input_tokens",
            "token_type",
            "passwordless",
            "key",
            "secretary",
            "tokens",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
