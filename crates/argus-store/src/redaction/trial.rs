//! What a pattern or dictionary would find in what is stored, before it is part of the policy.

use std::collections::BTreeSet;

use argus_redact::policy::{Dictionary, OwnPattern};
use argus_redact::{Policy, Redactor, Span, built_in_rules};
use argus_session::RecordId;
use argus_session::machine::is_machine;
use serde_json::Value;

use crate::limits::{TRIAL_BYTES_MAX, TRIAL_RECORDS_MAX, TRIAL_SAMPLES_MAX, TRIAL_SLICE_RECORDS};
use crate::read::body;
use crate::sqlite::records::{self, StoredRow};
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// Characters that are shown on each side of a hit, and of a hit itself.
const SAMPLE_CHARS: usize = 60;

/// The rule that is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialRule {
    /// An own pattern.
    Pattern(OwnPattern),
    /// An own dictionary.
    Dictionary(Dictionary),
}

/// What a rule found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trial {
    /// Records that were looked through.
    pub records_seen: u64,
    /// Bytes of their contents.
    pub bytes_seen: u64,
    /// True when those were all that the reader may read; otherwise the budget was spent first.
    pub is_complete: bool,
    /// Hits in them.
    pub hits: u64,
    /// Sessions in which they are.
    pub sessions: u64,
    /// The first of them.
    pub samples: Vec<TrialSample>,
}

/// A hit with what stands around it, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialSample {
    /// The session; `None` for a record that names none.
    pub session: Option<String>,
    /// The record.
    pub record: RecordId,
    /// Where the text stands in it.
    pub pointer: String,
    /// What comes before the hit.
    pub before: String,
    /// What was found.
    pub hit: String,
    /// What comes after.
    pub after: String,
}

impl Workspace {
    /// Looks for what a rule finds in stored records, newest first, within a budget of records and bytes and within `scope`.
    /// What the samples show is captured text: the caller notes that their sessions were viewed.
    ///
    /// # Errors
    /// [`StoreError::Policy`] when the rule cannot be taken; when the store cannot be read.
    pub fn redaction_trial(
        &self,
        rule: &TrialRule,
        scope: &ReadScope,
    ) -> Result<Trial, StoreError> {
        let (name, policy) = alone(rule);
        policy.check()?;
        let redactor = Redactor::new(&self.inner().keys.fingerprint_key, &policy, 0)?;
        let mut looking = Looking {
            redactor: &redactor,
            name,
            trial: Trial::default(),
            sessions: BTreeSet::new(),
        };
        let mut before = i64::MAX;
        loop {
            let rows = self.read(|connection| {
                records::before(connection, before, TRIAL_SLICE_RECORDS, scope)
            })?;
            let Some(last) = rows.last() else {
                looking.trial.is_complete = true;
                break;
            };
            before = i64::try_from(last.id).unwrap_or(i64::MAX);
            for row in &rows {
                if looking.trial.records_seen >= TRIAL_RECORDS_MAX
                    || looking.trial.bytes_seen >= TRIAL_BYTES_MAX
                {
                    return Ok(looking.done());
                }
                self.look(row, &mut looking)?;
            }
        }
        Ok(looking.done())
    }

    fn look(&self, row: &StoredRow, looking: &mut Looking<'_>) -> Result<(), StoreError> {
        let inner = self.inner();
        let opened = self.read(|connection| {
            let Some(opened) = body::open(connection, &inner.keys, &inner.blobs, row)? else {
                return Ok(None);
            };
            let session = records::session_of(connection, row.session)?;
            let session = session
                .and_then(|(id, _)| id)
                .filter(|id| !id.is_empty() && !is_machine(id));
            Ok(Some((opened, session)))
        });
        match opened {
            Ok(Some((opened, session))) => {
                looking.trial.bytes_seen += opened.bytes as u64;
                looking.through(row, session.as_deref(), &opened.body);
            }
            Ok(None) => {}
            // A damaged record is the doctor's; it must not hide what is in the others.
            Err(StoreError::Corrupt { .. }) => {
                tracing::error!(
                    record = row.id,
                    "a record cannot be read and was left out of a trial"
                );
            }
            Err(error) => return Err(error),
        }
        looking.trial.records_seen += 1;
        Ok(())
    }
}

/// A policy in which this rule is the only one.
fn alone(rule: &TrialRule) -> (String, Policy) {
    let mut policy = Policy {
        off: built_in_rules()
            .iter()
            .map(|rule| rule.name.to_owned())
            .collect(),
        ..Policy::default()
    };
    let name = match rule {
        TrialRule::Pattern(pattern) => {
            policy.patterns.push(pattern.clone());
            pattern.name.clone()
        }
        TrialRule::Dictionary(dictionary) => {
            policy.dictionaries.push(dictionary.clone());
            dictionary.name.clone()
        }
    };
    (name, policy)
}

struct Looking<'a> {
    redactor: &'a Redactor,
    name: String,
    trial: Trial,
    sessions: BTreeSet<i64>,
}

impl Looking<'_> {
    fn done(self) -> Trial {
        Trial {
            sessions: self.sessions.len() as u64,
            ..self.trial
        }
    }

    fn through(&mut self, row: &StoredRow, session: Option<&str>, body: &Value) {
        let redacted = self.redactor.redact_json(body.clone());
        let spans = redacted
            .spans()
            .iter()
            .filter(|span| span.kind == self.name);
        let mut pointers: Vec<(&str, u64)> = Vec::new();
        for span in spans {
            match pointers.last_mut() {
                Some((pointer, count)) if *pointer == span.pointer => *count += 1,
                _ => pointers.push((&span.pointer, 1)),
            }
        }
        if pointers.is_empty() {
            return;
        }
        if session.is_some() {
            self.sessions.insert(row.session);
        }
        for (pointer, count) in pointers {
            self.trial.hits += count;
            let Some(text) = body.pointer(pointer).and_then(Value::as_str) else {
                continue;
            };
            // In JSON within a string a hit may stand escaped: then there is a count without a sample.
            for span in self.redactor.redact_text(text).spans {
                if self.trial.samples.len() < TRIAL_SAMPLES_MAX && span.kind == self.name {
                    let sample = sample(row.id, session, pointer, text, &span);
                    self.trial.samples.push(sample);
                }
            }
        }
    }
}

fn sample(
    record: RecordId,
    session: Option<&str>,
    pointer: &str,
    text: &str,
    span: &Span,
) -> TrialSample {
    let (before, rest) = text.split_at(span.input_start);
    let (hit, after) = rest.split_at(span.input_end - span.input_start);
    let from = before
        .char_indices()
        .rev()
        .nth(SAMPLE_CHARS - 1)
        .map_or(0, |(place, _)| place);
    let first = |text: &str| text.chars().take(SAMPLE_CHARS).collect::<String>();
    TrialSample {
        session: session.map(ToOwned::to_owned),
        record,
        pointer: pointer.to_owned(),
        before: before[from..].to_owned(),
        hit: first(hit),
        after: first(after),
    }
}
