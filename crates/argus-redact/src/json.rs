//! Redacts every string of a JSON value.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
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
        of_names: BTreeMap::new(),
        contents: secret_files::contents(value)?,
        is_known_only: false,
        has_found: false,
    };
    for _ in 0..text::PASSES_MAX {
        walk.has_found = false;
        walk.value(None, Place::Ordinary, value, 0)?;
        let is_anew = std::mem::take(&mut walk.known.is_anew);
        if !walk.has_found {
            let of_values = field_spans(walk.spans, false);
            return Ok(of_values.chain(field_spans(walk.of_names, true)).collect());
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
    /// What was replaced, by the pointer to the string in which it was.
    spans: BTreeMap<String, Vec<text::Span>>,
    /// What was replaced in names of members, by the pointer to the member.
    of_names: BTreeMap<String, Vec<text::Span>>,
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
        let mut found: Vec<(String, RedactedText)> = Vec::new();
        for name in members.keys().filter(|name| name.len() >= NAME_BYTES_MIN) {
            if let Some(redacted) = self.text(name)? {
                found.push((name.clone(), redacted));
            }
        }
        if found.is_empty() {
            return Ok(());
        }
        self.has_found = true;
        let mut renamed: HashMap<String, String> = HashMap::new();
        let mut taken: HashMap<String, u64> =
            members.keys().map(|name| (name.clone(), 0)).collect();
        for (name, redacted) in found {
            let new = free(&redacted.text, &mut taken);
            self.rename(&name, &new, redacted.spans);
            renamed.insert(name, new);
        }
        // Each in its place among the others, and all of them at once: there may be as many as bytes allow.
        *members = std::mem::take(members)
            .into_iter()
            .map(|(name, member)| (renamed.remove(&name).unwrap_or(name), member))
            .collect();
        Ok(())
    }

    /// Whatever was noted of a member and below it follows its new name.
    fn rename(&mut self, name: &str, new: &str, spans: Vec<text::Span>) {
        let back = self.enter(name);
        let from = self.pointer.clone();
        self.pointer.truncate(back);
        self.enter(new);
        let to = self.pointer.clone();
        self.pointer.truncate(back);
        follow(&mut self.spans, &from, &to);
        follow(&mut self.of_names, &from, &to);
        follow(&mut self.contents, &from, &to);
        // Those of an earlier time stood in the old name.
        self.of_names.insert(to, spans);
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
        self.has_found = true;
        // What an earlier time found in this string lies elsewhere now.
        let earlier = self.spans.remove(&self.pointer).unwrap_or_default();
        let moves = text::Moves::new(&redacted.spans);
        *text = redacted.text;
        let moved = earlier.into_iter().filter_map(|span| {
            let now = moves.now(&(span.start..span.end))?;
            Some(text::Span {
                start: now.start,
                end: now.end,
                ..span
            })
        });
        let mut spans: Vec<text::Span> = moved.collect();
        spans.extend(redacted.spans);
        spans.sort_by_key(|span| span.start);
        self.spans.insert(self.pointer.clone(), spans);
    }
}

/// A name that no member has: numbered when it is taken. `taken` holds the names, and how often each was asked for again.
fn free(name: &str, taken: &mut HashMap<String, u64>) -> String {
    let mut new = name.to_owned();
    while taken.contains_key(&new) {
        let again = taken.entry(name.to_owned()).or_default();
        *again += 1;
        new = match *again {
            1 => format!("{name}'"),
            again => format!("{name}'{again}"),
        };
    }
    taken.insert(new.clone(), 0);
    new
}

/// Moves what is noted at a pointer and below it to another pointer.
fn follow<T>(noted: &mut BTreeMap<String, T>, from: &str, to: &str) {
    let below: Vec<String> = noted
        .range::<str, _>((Bound::Included(from), Bound::Unbounded))
        .map(|(pointer, _)| pointer)
        .take_while(|pointer| pointer.starts_with(from))
        .filter(|pointer| matches!(pointer.as_bytes().get(from.len()), None | Some(b'/')))
        .cloned()
        .collect();
    for pointer in below {
        if let Some(held) = noted.remove(&pointer) {
            noted.insert(format!("{to}{}", &pointer[from.len()..]), held);
        }
    }
}

/// Spans as they are given out.
fn field_spans(
    noted: BTreeMap<String, Vec<text::Span>>,
    of_name: bool,
) -> impl Iterator<Item = FieldSpan> {
    noted.into_iter().flat_map(move |(pointer, spans)| {
        spans.into_iter().map(move |span| FieldSpan {
            pointer: pointer.clone(),
            kind: span.kind,
            start: offset(span.start),
            end: offset(span.end),
            of_name,
        })
    })
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
