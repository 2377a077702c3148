//! What is known of one file while the calls are walked through.

use serde_json::Value;

use super::lines::{Count, count_between};
use super::{Change, Edit, EditCall, Fate, FileChange};

/// A file's content; `None` where there is no file.
type Content = Option<String>;

/// What is known of one file.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Before the first edit.
    first: Option<Content>,
    /// After the last one, while that is known.
    last: Option<String>,
    applied: u64,
    was_changed_outside: bool,
    edits: Vec<Edit>,
}

/// The file that a call names.
pub(super) fn path_of<'a>(call: EditCall<'a>) -> Option<&'a str> {
    [call.input, call.result]
        .into_iter()
        .flatten()
        .find_map(|value| {
            ["file_path", "notebook_path", "filePath"]
                .iter()
                .find_map(|name| value.get(name)?.as_str())
        })
        .filter(|path| !path.is_empty())
}

impl State {
    /// Bytes of contents that are held.
    pub(super) fn bytes(&self) -> usize {
        let first = self.first.as_ref().and_then(Option::as_ref);
        first.map_or(0, String::len) + self.last.as_ref().map_or(0, String::len)
    }

    /// The first and the last content.
    pub(super) fn ends(&self) -> Option<(&str, &str)> {
        let first = self.first.as_ref()?.as_deref().unwrap_or_default();
        Some((first, self.last.as_deref()?))
    }

    /// Takes the next call. `holds` is false when there is no room for contents.
    pub(super) fn take(&mut self, call: EditCall<'_>, holds: bool) {
        let is_abandoned = call.fate == Fate::Abandoned;
        let told = Told::of(call);
        self.edits.push(Edit {
            tool: call.tool.to_owned(),
            turn: call.turn,
            step: call.step,
            agent: call.agent.map(str::to_owned),
            at_us: call.at_us,
            lines: told.lines,
            is_abandoned,
        });
        if is_abandoned {
            return;
        }
        let is_first = self.applied == 0;
        self.applied += 1;
        if !holds {
            self.last = None;
            if is_first {
                self.first = None;
            }
            return;
        }
        if let (Some(before), Some(last)) = (&told.before, &self.last) {
            self.was_changed_outside |= before.as_deref().unwrap_or_default() != last;
        }
        // Where the call does not tell what it found, it found what was left.
        let left = self.last.take().map(Some);
        let before = told.before.or(left);
        self.last = told.after.or_else(|| {
            let before = before.as_ref()?.as_deref()?;
            edited(call.input?, before)
        });
        if is_first {
            self.first = before;
        }
    }

    pub(super) fn change(self, path: String) -> FileChange {
        let net = self
            .ends()
            .and_then(|(before, after)| count_between(before, after));
        let mut sum = Some(Count::default());
        for edit in self.edits.iter().filter(|edit| !edit.is_abandoned) {
            sum = sum.zip(edit.lines).map(|(mut sum, lines)| {
                sum.add(lines);
                sum
            });
        }
        let change = match (&self.first, net) {
            _ if self.applied == 0 => Change::Abandoned,
            (Some(None), _) => Change::Created,
            (
                Some(Some(_)),
                Some(Count {
                    added: 0,
                    removed: 0,
                }),
            ) => Change::Unchanged,
            (Some(Some(_)), _) => Change::Changed,
            (None, _) => Change::Unknown,
        };
        FileChange {
            path,
            change,
            lines: net.or(sum),
            is_exact: net.is_some(),
            was_changed_outside: self.was_changed_outside,
            edits: self.edits,
        }
    }
}

/// What a call tells.
struct Told {
    /// The file as it found it.
    before: Option<Content>,
    /// The file as it left it.
    after: Option<String>,
    lines: Option<Count>,
}

impl Told {
    fn of(call: EditCall<'_>) -> Self {
        let text = |value: Option<&Value>, name: &str| Some(value?.get(name)?.as_str()?.to_owned());
        let before: Option<Content> = ["originalFile", "original_file", "originalFileContents"]
            .iter()
            .find_map(|name| text(call.result, name))
            .map(Some);
        let is_new = call.tool == "Write"
            && text(call.result, "type").as_deref() == Some("create")
            && before.is_none();
        let before = if is_new { Some(None) } else { before };
        let after = match call.tool {
            "Write" => text(call.input, "content").or_else(|| text(call.result, "content")),
            "NotebookEdit" => text(call.result, "updated_file"),
            _ => before
                .as_ref()
                .and_then(Option::as_deref)
                .and_then(|before| edited(call.input?, before)),
        };
        let whole = before
            .as_ref()
            .map(|before| before.as_deref().unwrap_or_default())
            .zip(after.as_deref())
            .and_then(|(before, after)| count_between(before, after));
        let lines = whole
            .or_else(|| of_patch(call.result?.get("structuredPatch")?))
            .or_else(|| of_input(call.input?));
        Self {
            before,
            after,
            lines,
        }
    }
}

/// The content after an edit's replacements, as the tool makes them.
fn edited(input: &Value, before: &str) -> Option<String> {
    let one = |edit: &Value, content: &str| -> Option<String> {
        let old = edit.get("old_string")?.as_str()?;
        let new = edit.get("new_string")?.as_str()?;
        if old.is_empty() {
            return content.is_empty().then(|| new.to_owned());
        }
        if !content.contains(old) {
            return None;
        }
        Some(match edit.get("replace_all").and_then(Value::as_bool) {
            Some(true) => content.replace(old, new),
            _ => content.replacen(old, new, 1),
        })
    };
    match input.get("edits").and_then(Value::as_array) {
        Some(edits) => edits
            .iter()
            .try_fold(before.to_owned(), |content, edit| one(edit, &content)),
        None => one(input, before),
    }
}

/// The lines of the client's own patch.
fn of_patch(patch: &Value) -> Option<Count> {
    let hunks = patch.as_array().filter(|hunks| !hunks.is_empty())?;
    let mut count = Count::default();
    for line in hunks
        .iter()
        .filter_map(|hunk| hunk.get("lines")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
    {
        count.added += u64::from(line.starts_with('+'));
        count.removed += u64::from(line.starts_with('-'));
    }
    Some(count)
}

/// The lines that differ between the two sides of an edit, or those of what was written.
fn of_input(input: &Value) -> Option<Count> {
    if let Some(content) = input.get("content").and_then(Value::as_str) {
        return count_between("", content);
    }
    let pair = |edit: &Value| {
        let old = edit.get("old_string")?.as_str()?;
        count_between(old, edit.get("new_string")?.as_str()?)
    };
    match input.get("edits").and_then(Value::as_array) {
        Some(edits) => edits.iter().try_fold(Count::default(), |mut sum, edit| {
            sum.add(pair(edit)?);
            Some(sum)
        }),
        None => pair(input),
    }
}
