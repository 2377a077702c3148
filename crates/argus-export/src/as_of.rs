//! A session as it was when it was looked at: what came later is left out, since nobody looked at it.

use std::collections::BTreeSet;

use argus_session::document::{Outcome, Payload, StepKind, Text};
use argus_session::fold::add_up;
use argus_session::{RecordId, Step, Turn};
use argus_store::{ReadScope, StepRange, Workspace};

use crate::ExportError;

/// The state of a session to which records have come since.
#[derive(Debug)]
pub(crate) struct AsOf<'a> {
    workspace: &'a Workspace,
    id: String,
    record: RecordId,
}

impl<'a> AsOf<'a> {
    /// A session when `record` was its newest; `None` when nothing came since.
    pub(crate) fn of(
        workspace: &'a Workspace,
        id: &str,
        record: RecordId,
    ) -> Result<Option<Self>, ExportError> {
        let now = workspace.session_version(id, &ReadScope::all())?;
        let has_grown = now.is_some_and(|version| version.record > record);
        Ok(has_grown.then(|| Self {
            workspace,
            id: id.to_owned(),
            record,
        }))
    }

    /// The turns that there were, those that are shown as far as they had come; beside each, whether something of it came later.
    pub(crate) fn turns(
        &self,
        turns: Vec<Turn>,
        is_shown: impl Fn(&Turn) -> bool,
    ) -> Result<Vec<(Turn, bool)>, ExportError> {
        let mut were = Vec::with_capacity(turns.len());
        for mut turn in turns {
            let later = self.later(texts_of_turn(&turn))?;
            let is_cut = [
                remove_later(&mut turn.prompt.text, &later),
                remove_later(&mut turn.answer, &later),
            ];
            // Of one that is not shown it is asked alone whether it was there: a prompt says so, and saves reading its steps.
            if turn.prompt.text.is_some() && !is_shown(&turn) {
                turn.index = u32::try_from(were.len()).unwrap_or(u32::MAX);
                were.push((turn, false));
                continue;
            }
            let steps =
                self.workspace
                    .bare_steps(&self.id, &turn.id, StepRange::all(usize::MAX))?;
            let has_steps = !steps.is_empty();
            let Were { steps, left_out } = self.steps(steps)?;
            let went_on = left_out > 0 || is_cut.contains(&true);
            if went_on {
                turn.outcome = Outcome::Open;
                turn.duration_us = ended_at(&steps)
                    .zip(turn.started_at)
                    .map(|(end, start)| end.saturating_sub(start).max(0));
                add_up(&mut turn, &steps);
            }
            let is_there = !steps.is_empty() || (!has_steps && turn.prompt.text.is_some());
            if is_there {
                turn.index = u32::try_from(were.len()).unwrap_or(u32::MAX);
                were.push((turn, went_on));
            }
        }
        Ok(were)
    }

    /// Of steps, those that there were, without the parts that came later.
    pub(crate) fn steps(&self, steps: Vec<Step>) -> Result<Were, ExportError> {
        let records = steps.iter().flat_map(records_of_step).collect();
        let later = self.workspace.came_after(&records, self.record)?;
        let mut were = Were::default();
        for mut step in steps {
            // What no record attests was made of others: it is shown where they are.
            let is_later = !step.records.is_empty()
                && step.records.iter().all(|record| later.contains(record));
            if is_later {
                were.left_out += 1;
                continue;
            }
            were.left_out += u64::from(cut(&mut step, &later));
            were.steps.push(step);
        }
        Ok(were)
    }

    /// True of a text that was there.
    pub(crate) fn has(&self, text: &Text) -> Result<bool, ExportError> {
        let records = text.text_ref.iter().map(|of| of.record);
        Ok(self.later(records)?.is_empty())
    }

    fn later(
        &self,
        records: impl Iterator<Item = RecordId>,
    ) -> Result<BTreeSet<RecordId>, ExportError> {
        Ok(self.workspace.came_after(&records.collect(), self.record)?)
    }
}

/// Steps that there were.
#[derive(Debug, Default)]
pub(crate) struct Were {
    pub(crate) steps: Vec<Step>,
    /// How many came later, or have a part that did.
    pub(crate) left_out: u64,
}

fn texts_of_turn(turn: &Turn) -> impl Iterator<Item = RecordId> {
    let texts = turn.prompt.text.iter().chain(&turn.answer);
    texts.flat_map(|text| &text.text_ref).map(|of| of.record)
}

/// The records that a step and its texts rest on.
fn records_of_step(step: &Step) -> Vec<RecordId> {
    let mut records = step.records.clone();
    let tool = step.tool.as_ref();
    let texts = [
        step.text.as_ref(),
        tool.and_then(|tool| tool.error.as_ref()),
    ];
    let of_texts = texts.into_iter().flatten().flat_map(|text| &text.text_ref);
    records.extend(of_texts.map(|of| of.record));
    if let Some(tool) = tool {
        let payloads = [&tool.input, &tool.output, &tool.result];
        let refs = payloads.into_iter().flatten();
        records.extend(refs.filter_map(|payload| Some(payload.json_ref.as_ref()?.record)));
    }
    records
}

/// Takes out of a step what came later; true when something did.
fn cut(step: &mut Step, later: &BTreeSet<RecordId>) -> bool {
    let mut is_cut = remove_later(&mut step.text, later);
    let Some(tool) = &mut step.tool else {
        return is_cut;
    };
    let has_come = [
        remove_later_payload(&mut tool.output, later),
        remove_later_payload(&mut tool.result, later),
        remove_later(&mut tool.error, later),
    ];
    if has_come.contains(&true) && step.kind == StepKind::ToolCall {
        // It was still running.
        (step.duration_us, step.is_error, tool.is_error) = (None, false, None);
    }
    is_cut |= remove_later_payload(&mut tool.input, later);
    is_cut || has_come.contains(&true)
}

fn remove_later(text: &mut Option<Text>, later: &BTreeSet<RecordId>) -> bool {
    let is_later = text
        .iter()
        .flat_map(|text| &text.text_ref)
        .any(|of| later.contains(&of.record));
    if is_later {
        *text = None;
    }
    is_later
}

fn remove_later_payload(payload: &mut Option<Payload>, later: &BTreeSet<RecordId>) -> bool {
    let place = payload.as_ref().and_then(|found| found.json_ref.as_ref());
    let is_later = place.is_some_and(|of| later.contains(&of.record));
    if is_later {
        *payload = None;
    }
    is_later
}

fn ended_at(steps: &[Step]) -> Option<i64> {
    let end = |step: &Step| Some(step.at?.saturating_add(step.duration_us.unwrap_or(0)));
    steps.iter().filter_map(end).max()
}
