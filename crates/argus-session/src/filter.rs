//! The one filter language, for the command line, the address bar and queries.
//!
//! A filter is a list of terms, all of which must hold: `key:value`, `key:value,value` (any of them), `-key:value` (not),
//! and for numbers and times `key>value`, `key>=value`, `key<value`, `key<=value`. Values with white space or commas are
//! quoted: `user:"Ada Lovelace"`.
//!
//! Between them stand the words of full-text search ([`crate::search`]): `churn`, `"q2 churn"`, `renew*`, `-draft`,
//! `prompt:churn`, `a OR b`.

mod parse;
mod words;

use std::fmt;

use crate::Source;
use crate::acceptance::Acceptance;
use crate::document::{Grade, Outcome, Surface};
use crate::search::Words;

pub use parse::FilterError;

/// A list of terms and words, all of which must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The terms, as written.
    pub terms: Vec<Term>,
    /// What its texts must hold, and must not.
    pub words: Words,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What is compared.
    pub key: Key,
    /// How.
    pub operator: Operator,
    /// With what: any one of these.
    pub values: Vec<Value>,
    /// True when it must not hold.
    pub negated: bool,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kind:ident;)*) => {
        /// What a term is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[$doc])* $variant,)*
        }

        impl Key {
            /// Every key.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in the language.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What its values are.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self {
                    $(Self::$variant => Kind::$kind,)*
                }
            }
        }
    };
}

keys! {
    /// The session's id, or its beginning.
    Id = "id", Prefix;
    /// The person's e-mail address or id.
    User = "user", Name;
    /// A project it is seen in.
    Project = "project", Name;
    /// A model that answered, or how its name begins, with or without `claude-`: `opus`, `opus-5-5`.
    Model = "model", Prefix;
    /// A skill that ran.
    Skill = "skill", Name;
    /// A version of a skill that ran, as `name@` and the beginning of its folder's hash.
    SkillVersion = "skill_version", Prefix;
    /// It ran a version of a skill that was first seen at or after this time.
    NewSkill = "new_skill", Time;
    /// A tool that was called.
    Tool = "tool", Name;
    /// An MCP server that was seen.
    Mcp = "mcp", Name;
    /// How one of its turns ended.
    Outcome = "outcome", Name;
    /// What the person did with the first turn's answer.
    FirstTurn = "first_turn", Name;
    /// What kind of session.
    Kind = "kind", Name;
    /// Whether anything failed: `yes` or `no`.
    Error = "error", Name;
    /// A source that attests it.
    Source = "source", Name;
    /// Where the person sat.
    Surface = "surface", Name;
    /// Version of the client.
    Version = "version", Name;
    /// How much of it was seen.
    Coverage = "coverage", Name;
    /// What somebody says of it, or of a turn of it, now: `good`, `wrong`, or `none` where nobody says either.
    Verdict = "verdict", Name;
    /// A tag on it, or on a turn of it.
    Tag = "tag", Name;
    /// A score that somebody gave it, or a turn of it, in percent.
    Score = "score", Number;
    /// Who reviewed it: a name, an e-mail address, an account's id, or `me`.
    Reviewer = "reviewer", Name;
    /// Whether it has comments: `yes` or `no`.
    Commented = "commented", Name;
    /// When a verdict or a score that stands was given; `judged:7d` is since then. Beside other terms about reviews it says of
    /// which time those are.
    Judged = "judged", Time;
    /// When it started.
    Started = "started", Time;
    /// When it ended.
    Ended = "ended", Time;
    /// It was going on at or after this time.
    From = "from", Time;
    /// It was going on before this time.
    To = "to", Time;
    /// Its cost in US dollars.
    Cost = "cost", Number;
    /// Its length in seconds.
    Duration = "duration", Number;
    /// Number of turns.
    Turns = "turns", Number;
    /// Number of steps.
    Steps = "steps", Number;
    /// Number of tool calls.
    Calls = "calls", Number;
    /// Number of steps that failed.
    Errors = "errors", Number;
}

impl Key {
    /// The only values that it takes; empty where any will do.
    #[must_use]
    pub fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Outcome => Outcome::ALL.map(Outcome::as_str).to_vec(),
            Self::FirstTurn => Acceptance::ALL.map(Acceptance::as_str).to_vec(),
            Self::Kind => SessionKind::ALL.map(SessionKind::as_str).to_vec(),
            Self::Error | Self::Commented => vec!["yes", "no"],
            Self::Verdict => vec!["good", "wrong", "none"],
            Self::Source => Source::ALL.map(Source::as_str).to_vec(),
            Self::Surface => Surface::ALL.map(Surface::as_str).to_vec(),
            Self::Coverage => Grade::ALL.map(Grade::as_str).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Other names of keys: `after` and `before` for what was going on in an interval.
pub const ALIASES: &[(&str, Key)] = &[("after", Key::From), ("before", Key::To)];

impl Key {
    /// The key with this name, or with this other name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let key = Self::ALL.iter().find(|key| key.as_str() == name);
        key.copied().or_else(|| {
            let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
            alias.map(|(_, key)| *key)
        })
    }
}

/// Kinds of sessions that lists can leave out together: most of what a workspace holds is often of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKind {
    /// Nobody sat before it: it was run with `-p` or by an SDK (its surface is `headless`).
    Automated,
    /// It has one turn, or none.
    SingleTurn,
}

impl SessionKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Automated, Self::SingleTurn];

    /// The name used in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::SingleTurn => "single_turn",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kinds that a session is of.
    #[must_use]
    pub fn of(session: &crate::Session) -> Vec<Self> {
        let automated = session.client.surface == Surface::Headless;
        let single = session.totals.turns <= 1;
        let kinds = [(automated, Self::Automated), (single, Self::SingleTurn)];
        let held = kinds.into_iter().filter(|(is, _)| *is);
        held.map(|(_, kind)| kind).collect()
    }
}

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Compared as a whole.
    Name,
    /// Compared from its beginning.
    Prefix,
    /// A number.
    Number,
    /// RFC 3339, or a day `2026-11-01` (its first moment in UTC).
    Time,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `:`
    Is,
    /// `>`
    Over,
    /// `>=`
    AtLeast,
    /// `<`
    Under,
    /// `<=`
    AtMost,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Over => ">",
            Self::AtLeast => ">=",
            Self::Under => "<",
            Self::AtMost => "<=",
        }
    }
}

/// What is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A name or the beginning of one.
    Text(String),
    /// A number.
    Number(f64),
    /// Microseconds since 1970 UTC.
    Time(i64),
    /// So many of a unit before the time at which it is asked.
    Ago(u32, AgoUnit),
}

/// Units of a time that is told from now backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgoUnit {
    /// `m`.
    Minutes,
    /// `h`.
    Hours,
    /// `d`.
    Days,
}

impl AgoUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::Minutes, Self::Hours, Self::Days];

    /// Its letter in the language.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Minutes => 'm',
            Self::Hours => 'h',
            Self::Days => 'd',
        }
    }

    /// Its length in microseconds.
    #[must_use]
    pub const fn us(self) -> i64 {
        match self {
            Self::Minutes => 60_000_000,
            Self::Hours => 3_600_000_000,
            Self::Days => 86_400_000_000,
        }
    }
}

impl Filter {
    /// Parses a filter.
    ///
    /// # Errors
    /// Says where and why it is none, and what would be right.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.terms.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        if !self.terms.is_empty() && !self.words.is_empty() {
            f.write_str(" ")?;
        }
        write!(f, "{}", self.words)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "-" } else { "" };
        write!(f, "{sign}{}{}", self.key.as_str(), self.operator.as_str())?;
        for (place, value) in self.values.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            match value {
                Value::Text(text) if parse::needs_quotes(text) => {
                    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))?;
                }
                Value::Text(text) => f.write_str(text)?,
                Value::Number(number) => write!(f, "{number}")?,
                Value::Time(time_us) => f.write_str(&crate::time::rfc3339(*time_us))?,
                Value::Ago(count, unit) => write!(f, "{count}{}", unit.letter())?,
            }
        }
        Ok(())
    }
}
