//! One session, read piece by piece, as its view shows it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use argus_session::document::StepKind;
use argus_session::document::{Payload, Text, Totals};
use argus_session::{RecordId, Session, Step, Turn};
use argus_store::{ReadScope, SessionThen, StepRange, Workspace};
use serde_json::Value;

use crate::{ExportError, MASKED, View, fields};

/// Steps that are read at a time.
const STEPS_AT_A_TIME: u64 = 32;

/// What was shown, in numbers: what a preview tells its sharer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Turns.
    pub turns: u64,
    /// What redaction replaced in what is shown, by type.
    pub redacted: BTreeMap<String, u64>,
    /// In how many places something was masked.
    pub masked: u64,
    /// Outputs and pictures that are left out.
    pub outputs_left_out: u64,
    /// Thoughts that are left out.
    pub thinking_left_out: u64,
    /// Of a part of a session: summaries of what was compacted, which tell of turns that are not shown.
    pub summaries_left_out: u64,
    /// Steps of the turns that are shown of which something came later.
    pub later_left_out: u64,
}

/// A session and what is shown of it.
#[derive(Debug)]
pub struct SessionReader<'a> {
    workspace: &'a Workspace,
    view: &'a View,
    id: String,
    /// Its head, of what is shown only.
    pub head: Session,
    /// The turns that are shown, without steps and texts. `index` is their place in the whole session.
    pub turns: Vec<Turn>,
    is_part: bool,
    /// The session as it was when it was looked at, where something came since.
    then: Option<SessionThen>,
    /// Of each turn, whether more came of it later.
    went_on: Vec<bool>,
    /// Whether turns came later.
    has_later_turns: bool,
    shown: RefCell<Shown>,
}

impl<'a> SessionReader<'a> {
    /// Opens a session; `None` when there is none. Whether its reader may read it is asked before.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn open(
        workspace: &'a Workspace,
        id: &str,
        view: &'a View,
    ) -> Result<Option<Self>, ExportError> {
        let Some(head) = workspace.session(id)? else {
            return Ok(None);
        };
        let now = workspace.turns(id)?;
        let then = match view.up_to {
            Some(record) if has_grown(workspace, id, record)? => {
                workspace.session_then(id, record)?
            }
            _ => None,
        };
        let (head, all) = match &then {
            Some(then) => (then.head.clone(), then.turns.clone()),
            None => (head, now.clone()),
        };
        let has_later_turns = all.len() < now.len();
        let is_part = all.iter().any(|turn| !view.has_turn(&turn.id));
        let turns: Vec<Turn> = all
            .into_iter()
            .filter(|turn| view.has_turn(&turn.id))
            .collect();
        let mut shown = Shown {
            turns: turns.len() as u64,
            ..Shown::default()
        };
        let mut went_on = vec![false; turns.len()];
        if let Some(then) = &then {
            for (turn, went_on) in turns.iter().zip(&mut went_on) {
                let steps = then.steps(&turn.id);
                let later = came_later(workspace, id, turn, &steps)?;
                shown.later_left_out += later;
                let is_same = now
                    .iter()
                    .any(|now| now.id == turn.id && said(now) == said(turn));
                *went_on = later > 0 || !is_same;
            }
        }
        let head = if is_part { part(&head, &turns) } else { head };
        let reader = Self {
            workspace,
            view,
            id: id.to_owned(),
            shown: RefCell::new(shown),
            head: Session::default(),
            turns,
            is_part,
            then,
            went_on,
            has_later_turns,
        };
        let head = reader.masked_head(head);
        Ok(Some(Self { head, ..reader }))
    }

    /// The view.
    #[must_use]
    pub fn view(&self) -> &View {
        self.view
    }

    /// True when not all of the session's turns are shown.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// True when all that there is of the session may be shown, now.
    #[must_use]
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_part && self.then.is_none()
    }

    /// True when something came later than what is shown.
    #[must_use]
    pub fn went_on(&self) -> bool {
        self.has_later_turns || self.went_on.contains(&true)
    }

    /// True when more came of a turn.
    #[must_use]
    pub fn turn_went_on(&self, place: usize) -> bool {
        self.went_on.get(place).copied().unwrap_or_default()
    }

    /// What was shown so far.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    /// A turn with its prompt and answer, in full.
    #[must_use]
    pub fn turn(&self, place: usize) -> Turn {
        let mut turn = self
            .workspace
            .with_texts(self.turns[place].clone(), usize::MAX);
        fields::of_turn(&mut turn, &mut |text| self.mask(text));
        turn
    }

    /// Hands the steps of a turn to `each`, in order, a page of them in memory at a time.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged; those of `each`.
    pub fn steps(
        &self,
        place: usize,
        each: &mut dyn FnMut(Step) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        if let Some(then) = &self.then {
            for step in then.steps(&self.turns[place].id) {
                self.hand(self.workspace.with_step_texts(step, usize::MAX), each)?;
            }
            return Ok(());
        }
        let mut offset = 0;
        loop {
            let range = StepRange {
                offset,
                limit: STEPS_AT_A_TIME,
                text_bytes_max: usize::MAX,
            };
            let steps = self
                .workspace
                .steps(&self.id, &self.turns[place].id, range)?;
            let count = steps.len() as u64;
            for step in steps {
                self.hand(step, each)?;
            }
            if count < STEPS_AT_A_TIME {
                return Ok(());
            }
            offset += count;
        }
    }

    fn hand(
        &self,
        mut step: Step,
        each: &mut dyn FnMut(Step) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        if self.lets_through(&mut step) {
            each(step)?;
        }
        Ok(())
    }

    /// Masks a text, also one that was put together from others; true when something was.
    pub(crate) fn mask(&self, text: &mut String) -> bool {
        let Some(masked) = self.view.masks.apply(text) else {
            return false;
        };
        *text = masked;
        true
    }

    /// Counts what is masked in a text that is shown.
    pub(crate) fn count_masked(&self, shown: &str) {
        if !self.view.masks.is_empty() {
            self.shown.borrow_mut().masked += shown.matches(MASKED).count() as u64;
        }
    }

    fn masked_head(&self, mut head: Session) -> Session {
        if !self.view.people {
            head.user = argus_session::document::User::default();
            head.cwd = None;
            head.git_branch = None;
            head.cowork = None;
            head.links.clear();
        }
        fields::of_session(&mut head, &mut |text| self.mask(text));
        head
    }

    /// Takes out of a step what the view does not show; false when nothing of it is left.
    fn lets_through(&self, step: &mut Step) -> bool {
        if step.kind == StepKind::Thinking && !self.view.thinking {
            self.shown.borrow_mut().thinking_left_out += 1;
            return false;
        }
        if step.kind == StepKind::Compaction && self.is_part && step.text.take().is_some() {
            self.shown.borrow_mut().summaries_left_out += 1;
        }
        if let Some(tool) = &mut step.tool
            && !self.view.tool_outputs
        {
            let left_out = [tool.output.take(), tool.result.take()]
                .iter()
                .any(Option::is_some);
            // What a tool says of its failure is its output.
            let error = tool.error.take().is_some();
            self.shown.borrow_mut().outputs_left_out += u64::from(left_out || error);
        }
        self.count_redactions(step);
        fields::of_step(step, &mut |text| self.mask(text));
        true
    }

    fn count_redactions(&self, step: &Step) {
        let mut shown = self.shown.borrow_mut();
        let mut texts: Vec<&Option<Text>> = vec![&step.text];
        let mut payloads: Vec<&Option<Payload>> = Vec::new();
        if let Some(tool) = &step.tool {
            texts.push(&tool.error);
            // The result says what the output says, in the client's words.
            payloads.extend([&tool.input, &tool.output]);
        }
        let of_texts = texts
            .into_iter()
            .flatten()
            .flat_map(|text| &text.text_redactions)
            .map(|of| &of.kind);
        let of_payloads = payloads
            .into_iter()
            .flatten()
            .flat_map(|payload| &payload.redactions)
            .map(|of| &of.kind);
        for kind in of_texts.chain(of_payloads) {
            *shown.redacted.entry(kind.clone()).or_default() += 1;
        }
    }
}

/// Whether records came to a session after one of them.
fn has_grown(workspace: &Workspace, id: &str, record: RecordId) -> Result<bool, ExportError> {
    let now = workspace.session_version(id, &ReadScope::all())?;
    Ok(now.is_some_and(|now| now.record > record))
}

/// How many steps a turn has now that it had not, or of which something else is said.
fn came_later(
    workspace: &Workspace,
    id: &str,
    turn: &Turn,
    were: &[Step],
) -> Result<u64, ExportError> {
    let were: BTreeMap<&str, &Step> = were
        .iter()
        .flat_map(|step| step_ids(step).map(move |id| (id, step)))
        .collect();
    let now = workspace.bare_steps(id, &turn.id, StepRange::all(usize::MAX))?;
    let later = now.iter().filter(|now| {
        let was = step_ids(now).find_map(|id| were.get(id));
        was.is_none_or(|was| said(*was) != said(now))
    });
    Ok(later.count() as u64)
}

fn step_ids(step: &Step) -> impl Iterator<Item = &str> {
    std::iter::once(&step.id)
        .chain(&step.aliases)
        .map(String::as_str)
}

/// What names a thing, tells of who attests it and where it stands: another source that says the same says nothing more.
const ATTESTED: [&str; 7] = [
    "id",
    "index",
    "aliases",
    "witnesses",
    "records",
    "text_ref",
    "json_ref",
];

/// What a step or a turn says; of its texts, which are references here, how long they are.
fn said(of: &impl serde::Serialize) -> Value {
    let mut said = serde_json::to_value(of).unwrap_or_default();
    without_attested(&mut said);
    said
}

fn without_attested(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !ATTESTED.contains(&name.as_str()));
            members.values_mut().for_each(without_attested);
        }
        Value::Array(items) => items.iter_mut().for_each(without_attested),
        _ => {}
    }
}

/// The head of a part of a session: what its own turns say and nothing else.
fn part(whole: &Session, turns: &[Turn]) -> Session {
    let mut totals = Totals::default();
    let mut ended_at = None;
    for turn in turns {
        totals.turns += 1;
        totals.steps += turn.step_count;
        totals.tool_calls += turn.tool_calls;
        totals.errors += turn.errors;
        totals.tokens.add(&turn.tokens);
        totals.cost.add(&turn.cost);
        let end = turn
            .started_at
            .zip(turn.duration_us)
            .map(|(at, took)| at.saturating_add(took));
        ended_at = ended_at.max(end);
    }
    Session {
        id: whole.id.clone(),
        conversation: whole.id.clone(),
        client: whole.client.clone(),
        projects: whole.projects.clone(),
        user: whole.user.clone(),
        cwd: whole.cwd.clone(),
        sources: whole.sources.clone(),
        started_at: turns.iter().filter_map(|turn| turn.started_at).min(),
        ended_at,
        totals,
        ..Session::default()
    }
}
