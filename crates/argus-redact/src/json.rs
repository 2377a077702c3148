//! Redacts every string of a JSON value.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::exempt::{is_exempt, is_identity, is_kind};
use crate::found::{Found, rank};
use crate::known::Known;
use crate::places::{self, Place};
use crate::redacted::{Dropped, FieldSpan, Redacted};
use crate::secret_files::{self, Contents};
use crate::text::{self, RedactedText};
use crate::work::Work;
use crate::{Redactor, named, placeholder};

/// Bytes that are gone over for one item at most, all of its disguises and repetitions counted: the largest request
/// several times.
const WORK_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Depth of nesting. The JSON reader's own limit is the same.
const DEPTH_MAX: usize = 128;
/// Longest flag of a command.
const FLAG_BYTES_MAX: usize = 64;
/// Shorter names of members hold no secret.
const NAME_BYTES_MIN: usize = 16;
pub(crate) fn redact(redactor: &Redactor, value: Value) -> Redacted<Value> {
    let rules = redactor.rule_set().clone();
    let mut value = value;
    let outcome = catch_unwind(AssertUnwindSafe(|| walk(redactor, &mut value)));
    let (spans, dropped) = match outcome {
        Ok(Ok(spans)) => (spans, None),
        Ok(Err(dropped)) => (Vec::new(), Some(dropped)),
        Err(_) => (Vec::new(), Some(Dropped::Failure)),
    };
    if let Some(reason) = dropped {
        drop_strings(None, &mut value, reason, 0);
    }
    Redacted {
        value,
        spans,
        rules,
        dropped,
    }
}

/// Goes over the value until what was found in one place stands in no other.
fn walk(redactor: &Redactor, value: &mut Value) -> Result<Vec<FieldSpan>, Dropped> {
    let mut walk = Walk {
        redactor,
        known: Known::default(),
        work: Work::new(WORK_BYTES_MAX),
        pointer: String::new(),
        spans: BTreeMap::new(),
        of_names: Vec::new(),
        contents: secret_files::contents(value)?,
        is_known_only: false,
        has_found: false,
    };
    for _ in 0..text::PASSES_MAX {
        walk.has_found = false;
        walk.value(None, Place::Ordinary, value, 0)?;
        let is_anew = std::mem::take(&mut walk.known.is_anew);
        if !walk.has_found {
            let of_values = walk.spans.into_values().flatten();
            return Ok(of_values.chain(walk.of_names).collect());
        }
        // Every string is redacted; what was found in one may stand in those before it.
        walk.is_known_only = !is_anew;
    }
    Err(Dropped::WorkBudget)
}

struct Walk<'a> {
    redactor: &'a Redactor,
    known: Known,
    work: Work,
    pointer: String,
    /// What was replaced, by the string in which it was.
    spans: BTreeMap<String, Vec<FieldSpan>>,
    /// What was replaced in names of members.
    of_names: Vec<FieldSpan>,
    /// Strings that hold what was read from a file of secrets.
    contents: Contents,
    /// Only what is known is looked for: all else was done.
    is_known_only: bool,
    has_found: bool,
}

impl Walk<'_> {
    fn value(
        &mut self,
        name: Option<&str>,
        place: Place,
        value: &mut Value,
        depth: usize,
    ) -> Result<(), Dropped> {
        if depth > DEPTH_MAX {
            return Err(Dropped::Depth);
        }
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
            Value::String(text) => self.string(name, place, text),
            Value::Array(items) => {
                let mut flag: Option<String> = None;
                for (at, item) in items.iter_mut().enumerate() {
                    let next_flag = flag_of(item);
                    let back = self.enter(&at.to_string());
                    // `["--token", "…"]`: a flag names what follows it.
                    self.value(flag.as_deref().or(name), place, item, depth + 1)?;
                    self.pointer.truncate(back);
                    flag = next_flag;
                }
                Ok(())
            }
            Value::Object(members) => {
                self.keys(members)?;
                let below = Place::below(name);
                for (name, member) in members.iter_mut() {
                    let back = self.enter(name);
                    self.value(Some(name), below, member, depth + 1)?;
                    self.pointer.truncate(back);
                }
                Ok(())
            }
        }
    }

    /// Names stay, but for those that are secrets themselves: an object by token, for instance.
    fn keys(&mut self, members: &mut serde_json::Map<String, Value>) -> Result<(), Dropped> {
        let mut renamed: Vec<(String, RedactedText)> = Vec::new();
        for name in members.keys().filter(|name| name.len() >= NAME_BYTES_MIN) {
            if let Some(redacted) = self.text(name)? {
                renamed.push((name.clone(), redacted));
            }
        }
        for (name, redacted) in renamed {
            self.has_found = true;
            let mut new = redacted.text;
            // Two names may have become one.
            while members.contains_key(&new) {
                new.push('\'');
            }
            self.rename(&name, &new, &redacted.spans);
            // In its place among the others.
            *members = std::mem::take(members)
                .into_iter()
                .map(|(held, member)| (if held == name { new.clone() } else { held }, member))
                .collect();
        }
        Ok(())
    }

    /// Whatever was noted below a member follows its new name; what was replaced in the name itself is noted beside it.
    fn rename(&mut self, name: &str, new: &str, spans: &[text::Span]) {
        let back = self.enter(name);
        let old = self.pointer.clone();
        self.pointer.truncate(back);
        self.enter(new);
        let is_below = |pointer: &str| {
            pointer
                .strip_prefix(old.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let moved: Vec<String> = self
            .spans
            .keys()
            .filter(|pointer| is_below(pointer))
            .cloned()
            .collect();
        for pointer in moved {
            let now = format!("{}{}", self.pointer, &pointer[old.len()..]);
            let mut noted = self.spans.remove(&pointer).unwrap_or_default();
            for span in &mut noted {
                span.pointer.clone_from(&now);
            }
            self.spans.insert(now, noted);
        }
        for span in &mut self.of_names {
            if is_below(&span.pointer) {
                span.pointer = format!("{}{}", self.pointer, &span.pointer[old.len()..]);
            }
        }
        // Those of an earlier time stood in the old name.
        self.of_names.retain(|span| span.pointer != self.pointer);
        self.of_names.extend(spans.iter().map(|span| FieldSpan {
            pointer: self.pointer.clone(),
            kind: span.kind.clone(),
            start: offset(span.start),
            end: offset(span.end),
            of_name: true,
        }));
        self.pointer.truncate(back);
    }

    fn enter(&mut self, part: &str) -> usize {
        let back = self.pointer.len();
        secret_files::push(&mut self.pointer, part);
        back
    }

    fn string(
        &mut self,
        name: Option<&str>,
        place: Place,
        text: &mut String,
    ) -> Result<(), Dropped> {
        if let Some(name) = name {
            if self.redactor.rules.pseudonyms
                && is_identity(name)
                && !placeholder::is_one(text)
                && !text.is_empty()
            {
                self.whole("pseudonym", text);
                return Ok(());
            }
            if is_exempt(name, text) {
                return Ok(());
            }
        }
        if placeholder::is_one(text) || text.is_empty() {
            return Ok(());
        }
        if let Some(kind) = self.masked_whole(name, place, text) {
            self.whole(kind, text);
            return Ok(());
        }
        let in_file = self.in_secret_file(text);
        self.known.learn(text, &in_file);
        let base = if in_file.is_empty() {
            None
        } else {
            Some(text::replace_once(self.redactor, text, &in_file))
        };
        let before = base
            .as_ref()
            .map_or(text.as_str(), |base| base.text.as_str());
        let found = self.text(before)?;
        let redacted = match (base, found) {
            (None, None) => return Ok(()),
            (Some(base), None) => base,
            (None, Some(found)) => found,
            (Some(base), Some(found)) => text::after(&base, found),
        };
        self.replaced(text, redacted);
        Ok(())
    }

    /// A text without what the rules find in it, or without what is known.
    fn text(&mut self, text: &str) -> Result<Option<RedactedText>, Dropped> {
        let redact = if self.is_known_only {
            text::redact_known
        } else {
            text::redact
        };
        redact(self.redactor, &mut self.known, text, &mut self.work)
    }

    /// The type under which a whole value is replaced, by its name and place.
    fn masked_whole(&self, name: Option<&str>, place: Place, text: &str) -> Option<&'static str> {
        let name = name?;
        let is_on = |kind: &&'static str| !self.redactor.rules.off.contains(*kind);
        // The name says more than the place.
        named::of_member(name, text)
            .filter(is_on)
            .or_else(|| place.masks(name, text).filter(is_on))
    }

    /// What is replaced of a string that was read from a file of secrets.
    fn in_secret_file(&self, text: &str) -> Vec<Found> {
        let is_on = !self.redactor.rules.off.contains("secret-file");
        let Some(file) = self.contents.get(&self.pointer).filter(|_| is_on) else {
            return Vec::new();
        };
        places::in_secret_file(*file, text)
            .into_iter()
            .map(|range| Found::secret("secret-file", range.clone(), &text[range], rank::BLOCK))
            .collect()
    }

    fn whole(&mut self, kind: &'static str, text: &mut String) {
        let found = Found::secret(kind, 0..text.len(), text, rank::BLOCK);
        self.known.learn(text, std::slice::from_ref(&found));
        let redacted = text::replace_once(self.redactor, text, &[found]);
        self.replaced(text, redacted);
    }

    fn replaced(&mut self, text: &mut String, redacted: RedactedText) {
        *text = redacted.text;
        self.has_found = true;
        // What an earlier time found in this string lies elsewhere now.
        let earlier = self.spans.remove(&self.pointer).unwrap_or_default();
        let moves = text::Moves::new(&redacted.spans);
        let moved: Vec<FieldSpan> = earlier
            .into_iter()
            .filter_map(|span| {
                let now = moves.now(&(span.start as usize..span.end as usize))?;
                Some(FieldSpan {
                    start: offset(now.start),
                    end: offset(now.end),
                    ..span
                })
            })
            .collect();
        self.note(&redacted.spans);
        if let Some(spans) = self.spans.get_mut(&self.pointer) {
            spans.extend(moved);
            spans.sort_by_key(|span| span.start);
        }
    }

    fn note(&mut self, spans: &[text::Span]) {
        let noted = spans.iter().map(|span| FieldSpan {
            pointer: self.pointer.clone(),
            kind: span.kind.clone(),
            start: offset(span.start),
            end: offset(span.end),
            of_name: false,
        });
        self.spans
            .entry(self.pointer.clone())
            .or_default()
            .extend(noted);
    }
}

/// The flag that an argument is, when its value is the next argument.
fn flag_of(item: &Value) -> Option<String> {
    let text = item.as_str()?;
    let is_flag =
        text.starts_with('-') && text.len() <= FLAG_BYTES_MAX && !text.contains(['=', ' ']);
    is_flag.then(|| text.to_owned())
}

/// An offset as spans hold it.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Fail closed: every string but the exempt goes, the structure stays.
fn drop_strings(name: Option<&str>, value: &mut Value, reason: Dropped, depth: usize) {
    match value {
        Value::String(text)
            if name.is_some_and(|name| is_exempt(name, text) || is_kind(name, text)) => {}
        Value::String(text) => *text = format!("[dropped:{}]", reason.as_str()),
        Value::Array(_) | Value::Object(_) if depth > DEPTH_MAX => *value = Value::Null,
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| drop_strings(name, item, reason, depth + 1)),
        Value::Object(members) => {
            members
                .iter_mut()
                .for_each(|(name, member)| drop_strings(Some(name), member, reason, depth + 1));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
