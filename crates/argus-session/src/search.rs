//! What full-text search looks for: words, phrases and beginnings of words, in which texts, and what must not be there.
//!
//! Pure: how a text becomes the tokens that an index keeps ([`tokens`]), which texts of a step there are ([`texts`]), where
//! in a text something stands ([`mod@places`]) and how that is shown ([`Snippet`]). The language is read with the filter's
//! ([`crate::filter`]): `"q2 churn" -draft prompt:renew*`.

mod places;
mod snippet;
mod texts;
mod tokens;

use std::fmt;

pub use places::places;
pub use snippet::Snippet;
pub use texts::{IndexedText, StepTexts, payload_text, step_texts};
pub use tokens::{Phrase, is_unspaced, normal};

/// Which text of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What a person asked, typed commands and skills included.
    Prompt,
    /// What the model said.
    Answer,
    /// What the model thought.
    Thinking,
    /// What a tool was given.
    Input,
    /// What a tool gave back.
    Output,
    /// What a tool or the client said of a failure.
    Error,
    /// What the client did or said, and what a compaction left.
    Notice,
}

impl Field {
    /// Every field, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Prompt,
        Self::Answer,
        Self::Thinking,
        Self::Input,
        Self::Output,
        Self::Error,
        Self::Notice,
    ];

    /// Its name in the language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Answer => "answer",
            Self::Thinking => "thinking",
            Self::Input => "input",
            Self::Output => "output",
            Self::Error => "error",
            Self::Notice => "notice",
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// How much of such a text is looked through, in bytes from its beginning: what people ask and are told nearly whole,
    /// what machines say to each other in its beginning.
    #[must_use]
    pub const fn indexed_bytes_max(self) -> usize {
        match self {
            Self::Prompt | Self::Answer => 32 * 1024,
            _ => 4 * 1024,
        }
    }
}

/// What is looked for: all of the clauses hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Words {
    /// In the order in which they were written.
    pub clauses: Vec<Clause>,
}

/// One thing that has to be there, or must not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Clause {
    /// True when it must not be there.
    pub negated: bool,
    /// Any one of these. Never empty; one, when negated.
    pub any: Vec<Sought>,
}

/// A word, a phrase or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sought {
    /// The one field that is looked through; `None` for all.
    pub field: Option<Field>,
    /// As it was written, without quotes.
    pub text: String,
    /// Its last word is the beginning of one.
    pub prefix: bool,
}

impl Words {
    /// True when nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// True when something has to be there: without it there is nothing to find.
    #[must_use]
    pub fn seeks(&self) -> bool {
        self.clauses.iter().any(|clause| !clause.negated)
    }

    /// Whatever may be there: what is marked in what is found.
    pub fn sought(&self) -> impl Iterator<Item = &Sought> {
        self.clauses
            .iter()
            .filter(|clause| !clause.negated)
            .flat_map(|clause| &clause.any)
    }
}

impl Sought {
    /// Its tokens; empty when there is no letter and no digit in it.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        Phrase::of(&self.text, self.prefix)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, clause) in self.clauses.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{clause}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        for (place, sought) in self.any.iter().enumerate() {
            if place > 0 {
                f.write_str(" OR ")?;
            }
            write!(f, "{sought}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Sought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.as_str())?;
        }
        let plain = self
            .text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/'));
        // Of `error`, `yes` and `no` ask whether anything failed.
        let is_special = matches!(self.text.as_str(), "OR" | "AND" | "yes" | "no");
        if plain && !is_special {
            f.write_str(&self.text)?;
        } else {
            let escaped = self.text.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "\"{escaped}\"")?;
        }
        f.write_str(if self.prefix { "*" } else { "" })
    }
}
