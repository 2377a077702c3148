//! Redaction of a workspace: what it replaces, what it did.
//!
//! A policy concerns the whole workspace, so that nobody who is bound to some of its projects changes it. Who may read it and
//! not change it sees which own patterns and dictionaries there are, not what stands in them: a customer's name is told to
//! nobody by the rule that hides it.

pub(crate) mod counts;
pub(crate) mod get;
pub(crate) mod put;
pub(crate) mod trial;

use argus_redact::policy::{self, Dictionary, OwnPattern};
use argus_redact::{Policy, PolicyError, built_in_rules};
use argus_store::RedactionPolicy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actors::name_of;
use super::time::Time;
use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest body that a policy or a rule may have. All of a policy is held in memory while it is in force.
pub(super) const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What a workspace redacts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionSettings)]
pub(crate) struct RedactionView {
    /// How often the policy was changed: `PUT` names the one that it changes.
    revision: u16,
    /// When it was changed last; null when it never was.
    #[schema(required = true)]
    changed_at: Option<Time>,
    /// Who changed it last, by name where it is an account that is known.
    #[schema(required = true)]
    changed_by: Option<String>,
    /// True when the asker may change it, and sees what stands in patterns and dictionaries.
    can_change: bool,
    policy: PolicyView,
    /// Parts of the stored policy that this release does not take: they are not applied.
    refused: Vec<RefusedView>,
    /// Every built-in rule.
    rules: Vec<RuleView>,
    /// The version of the rules in force: the built-in rules' version times 65,536, plus the revision.
    version: u32,
    /// The rules' hash, hex.
    hash: String,
    limits: LimitsView,
}

/// A policy as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionPolicy)]
pub(crate) struct PolicyView {
    /// Built-in rules that are off, by name.
    off: Vec<String>,
    patterns: Vec<PatternView>,
    dictionaries: Vec<DictionaryView>,
    /// Identity attributes are replaced by pseudonyms.
    pseudonyms: bool,
}

/// An own pattern as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionPattern)]
pub(crate) struct PatternView {
    /// The type in its placeholders.
    name: String,
    /// The expression; null for who may not change the policy.
    #[schema(required = true)]
    pattern: Option<String>,
    ignore_case: bool,
    fingerprint: bool,
}

/// An own dictionary as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionDictionary)]
pub(crate) struct DictionaryView {
    /// The type in its placeholders.
    name: String,
    /// The words; null for who may not change the policy.
    #[schema(required = true)]
    words: Option<Vec<String>>,
    /// How many words it has.
    word_count: usize,
}

/// A part of a policy that is not applied.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionRefused)]
pub(crate) struct RefusedView {
    /// JSON pointer into the stored policy.
    pointer: String,
    /// Why; null for who may not change the policy.
    #[schema(required = true)]
    message: Option<String>,
}

/// A built-in rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionRule)]
pub(crate) struct RuleView {
    /// The type in its placeholders.
    name: &'static str,
    #[schema(value_type = FamilyName)]
    family: argus_redact::Family,
    /// What it finds.
    title: &'static str,
}

/// What rules have in common.
#[derive(Debug, ToSchema)]
#[schema(as = RedactionFamily, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum FamilyName {
    /// Tokens and keys with a known issuer.
    Vendor,
    /// Key blocks and credential files.
    Block,
    /// Credentials known by what stands around them.
    Context,
    /// Structured identifiers of people.
    Identifier,
    /// Whole values, by the place where they stand.
    Place,
}

/// The limits of a policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionLimits)]
pub(crate) struct LimitsView {
    /// Patterns and dictionaries together.
    own_rules_max: usize,
    name_bytes_max: usize,
    pattern_bytes_max: usize,
    dictionary_words_max: usize,
    word_bytes_max: usize,
    word_chars_min: usize,
    /// The whole body of a `PUT`.
    body_bytes_max: usize,
}

const LIMITS: LimitsView = LimitsView {
    own_rules_max: policy::OWN_RULES_MAX,
    name_bytes_max: policy::NAME_BYTES_MAX,
    pattern_bytes_max: policy::PATTERN_BYTES_MAX,
    dictionary_words_max: policy::DICTIONARY_WORDS_MAX,
    word_bytes_max: policy::WORD_BYTES_MAX,
    word_chars_min: policy::WORD_CHARS_MIN,
    body_bytes_max: BODY_BYTES_MAX,
};

impl RedactionView {
    fn of(app: &App, access: &Access, held: RedactionPolicy) -> Result<Self, Refusal> {
        let can_change = may_change(access);
        let redactor = access.workspace.redactor();
        let rules = redactor.rule_set();
        Ok(Self {
            revision: held.revision,
            changed_at: held.changed_at_us.map(Time),
            changed_by: held.by.map(|by| name_of(app, by)).transpose()?,
            can_change,
            policy: PolicyView::of(held.policy, can_change),
            refused: access
                .workspace
                .redaction_refused()
                .into_iter()
                .map(|error| RefusedView {
                    pointer: error.pointer,
                    message: can_change.then_some(error.message),
                })
                .collect(),
            rules: built_in_rules()
                .iter()
                .map(|rule| RuleView {
                    name: rule.name,
                    family: rule.family,
                    title: rule.title,
                })
                .collect(),
            version: rules.version,
            hash: hex::encode(rules.hash),
            limits: LIMITS,
        })
    }
}

impl PolicyView {
    fn of(policy: Policy, with_words: bool) -> Self {
        let patterns = policy.patterns.into_iter().map(|own| PatternView {
            name: own.name,
            pattern: with_words.then_some(own.pattern),
            ignore_case: own.ignore_case,
            fingerprint: own.fingerprint,
        });
        let dictionaries = policy.dictionaries.into_iter().map(|own| DictionaryView {
            name: own.name,
            word_count: own.words.len(),
            words: with_words.then_some(own.words),
        });
        Self {
            off: policy.off.into_iter().collect(),
            patterns: patterns.collect(),
            dictionaries: dictionaries.collect(),
            pseudonyms: policy.pseudonyms,
        }
    }
}

/// An own pattern, as it is given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewRedactionPattern)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatternInput {
    /// The type in its placeholders: lower-case letters, digits and `-`.
    name: String,
    /// A regular expression without look-around and back references. Group 1, if there is one, is what is replaced.
    pattern: String,
    #[serde(default)]
    ignore_case: bool,
    /// Placeholders carry the keyed hash of what they replaced. Off for what can be guessed.
    #[serde(default)]
    fingerprint: bool,
}

/// An own dictionary, as it is given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewRedactionDictionary)]
#[serde(deny_unknown_fields)]
pub(crate) struct DictionaryInput {
    /// The type in its placeholders: lower-case letters, digits and `-`.
    name: String,
    /// The words; one may hold spaces. Found as whole words, whatever their case.
    words: Vec<String>,
}

impl From<PatternInput> for OwnPattern {
    fn from(input: PatternInput) -> Self {
        Self {
            name: input.name,
            pattern: input.pattern,
            ignore_case: input.ignore_case,
            fingerprint: input.fingerprint,
        }
    }
}

impl From<DictionaryInput> for Dictionary {
    fn from(input: DictionaryInput) -> Self {
        Self {
            name: input.name,
            words: input.words,
        }
    }
}

/// Whether a policy, which is the whole workspace's, is the asker's to change.
fn may_change(access: &Access) -> bool {
    access.permissions.contains(&Permission::RedactionWrite) && access.scope.projects.is_none()
}

/// # Errors
/// Forbidden for who is bound to projects.
fn check_may_change(access: &Access) -> Result<(), Refusal> {
    if may_change(access) {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "redaction is the whole workspace's: who is bound to some of its projects does not change it",
    ))
}

/// A rule that is not taken, with the place in the request's body where it stands.
fn not_taken(error: PolicyError, pointer: String) -> Refusal {
    Refusal::new(ErrorCode::InvalidRequest, error.message).at(pointer)
}
