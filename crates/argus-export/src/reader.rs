//! One session, read piece by piece, as its view shows it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use argus_session::document::StepKind;
use argus_session::document::{Payload, Text, Totals};
use argus_session::{Session, Step, Turn};
use argus_store::{StepRange, Workspace};

use crate::as_of::AsOf;
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
    /// Steps that came later than what is shown, or have a part that did.
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
    /// Where something came later than what is shown.
    as_of: Option<AsOf<'a>>,
    /// Of each turn, whether it went on later.
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
        let as_of = match view.up_to {
            Some(record) => AsOf::of(workspace, id, record)?,
            None => None,
        };
        let all = workspace.turns(id)?;
        let count = all.len();
        let all: Vec<(Turn, bool)> = match &as_of {
            Some(as_of) => as_of.turns(all, |turn| view.has_turn(&turn.id))?,
            None => all.into_iter().map(|turn| (turn, false)).collect(),
        };
        let has_later_turns = all.len() < count;
        let is_part = all.iter().any(|(turn, _)| !view.has_turn(&turn.id));
        let (turns, went_on): (Vec<Turn>, Vec<bool>) = all
            .into_iter()
            .filter(|(turn, _)| view.has_turn(&turn.id))
            .unzip();
        let head = if is_part || as_of.is_some() {
            let mut of_part = part(&head, &turns);
            // What it was called when all of it was looked at.
            if let (Some(as_of), Some(title), false) = (&as_of, head.title, is_part)
                && as_of.has(&title)?
            {
                of_part.title = Some(title);
            }
            of_part
        } else {
            head
        };
        let reader = Self {
            workspace,
            view,
            id: id.to_owned(),
            shown: RefCell::new(Shown {
                turns: turns.len() as u64,
                ..Shown::default()
            }),
            head: Session::default(),
            turns,
            is_part,
            as_of,
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
        !self.is_part && self.as_of.is_none()
    }

    /// True when something came later than what was shown so far.
    #[must_use]
    pub fn went_on(&self) -> bool {
        self.has_later_turns
            || self.went_on.contains(&true)
            || self.shown.borrow().later_left_out > 0
    }

    /// True when a turn did.
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
            for mut step in self.as_they_were(steps)? {
                if self.lets_through(&mut step) {
                    each(step)?;
                }
            }
            if count < STEPS_AT_A_TIME {
                return Ok(());
            }
            offset += count;
        }
    }

    fn as_they_were(&self, steps: Vec<Step>) -> Result<Vec<Step>, ExportError> {
        let Some(as_of) = &self.as_of else {
            return Ok(steps);
        };
        let were = as_of.steps(steps)?;
        self.shown.borrow_mut().later_left_out += were.left_out;
        Ok(were.steps)
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
