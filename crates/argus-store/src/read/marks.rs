//! Walks over all steps of a session, in the order of its one list: for its timeline, what it used, what it changed.

use argus_session::Step;
use argus_session::document::{Branch, Decision, Payload, Resolve};
use argus_session::file_changes::{EDITING_TOOLS, EditCall, Fate, FileWalk};
use argus_session::timeline::SessionMarks;
use rusqlite::params;

use super::session::open_doc;
use super::{Outline, WorkspaceBodies};
use crate::StoreError;
use crate::limits::{CHANGES_READ_BYTES_MAX, EDIT_PAYLOAD_BYTES_MAX};
use crate::workspace::Workspace;

impl Workspace {
    /// Every turn and step of a session, as much as a timeline needs. Looks at every step.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn session_marks(
        &self,
        session_id: &str,
        outline: &Outline,
    ) -> Result<SessionMarks, StoreError> {
        let turns = outline
            .turns
            .iter()
            .zip(outline.first_steps.iter().copied());
        let mut marks = SessionMarks::of_turns(turns);
        self.each_step(session_id, outline, &|_| true, &mut |turn, _, step| {
            marks.take(u32::try_from(turn).unwrap_or(u32::MAX), step);
            Ok(())
        })?;
        marks.finish();
        Ok(marks)
    }

    /// Walks through the editing calls of a session, of which `marks` are: those that `wanted` wants, by the place of their step. What
    /// a fork copied is another session's. Payloads are read up to a limit; beyond it the calls are taken without them.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn file_walk(
        &self,
        session_id: &str,
        outline: &Outline,
        marks: &SessionMarks,
        wanted: &dyn Fn(u64) -> bool,
    ) -> Result<FileWalk, StoreError> {
        let is_editing: Vec<bool> = marks
            .names
            .iter()
            .map(|name| EDITING_TOOLS.contains(&name.as_str()))
            .collect();
        let edits = |place: u64| {
            let step = usize::try_from(place)
                .ok()
                .and_then(|at| marks.steps.get(at));
            let tool = step.and_then(|step| step.tool);
            let is_edit = tool.and_then(|tool| is_editing.get(usize::try_from(tool).ok()?));
            is_edit == Some(&true) && wanted(place)
        };
        let bodies = WorkspaceBodies(self);
        let mut walk = FileWalk::default();
        let mut room = CHANGES_READ_BYTES_MAX;
        self.each_step(session_id, outline, &edits, &mut |turn, place, step| {
            let row = &outline.turns[turn];
            if row.copied {
                return Ok(());
            }
            let Some(mut tool) = step.tool else {
                return Ok(());
            };
            let fate = match () {
                () if tool.is_error == Some(true) || tool.decision == Some(Decision::Reject) => {
                    Fate::NotApplied
                }
                // No source told that it ended.
                () if tool.is_error.is_none() && tool.output.is_none() && tool.result.is_none() => {
                    Fate::NotApplied
                }
                () if row.branch == Branch::Abandoned => Fate::Abandoned,
                () => Fate::Applied,
            };
            if fate != Fate::NotApplied {
                for payload in [&mut tool.input, &mut tool.result].into_iter().flatten() {
                    resolve_within(payload, &bodies, &mut room);
                }
            }
            let json = |payload: &Option<Payload>| payload.as_ref().and_then(|of| of.json.clone());
            let (input, result) = (json(&tool.input), json(&tool.result));
            walk.take(EditCall {
                tool: tool.name.as_deref().unwrap_or_default(),
                turn: u32::try_from(turn).unwrap_or(u32::MAX),
                step: place,
                agent: step.agent_id.as_deref(),
                at_us: step.at,
                input: input.as_ref(),
                result: result.as_ref(),
                fate,
            });
            Ok(())
        })?;
        Ok(walk)
    }

    /// Calls `each` with the turn's place, the step's place and the step, texts left to their references, for the places that `wanted`
    /// wants; the others are not opened.
    fn each_step(
        &self,
        session_id: &str,
        outline: &Outline,
        wanted: &dyn Fn(u64) -> bool,
        each: &mut dyn FnMut(usize, u64, Step) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some((n, key)) = self.session_row(session_id)? else {
            return Ok(());
        };
        for (turn, row) in outline.turns.iter().enumerate() {
            let first = outline.first_steps[turn];
            // A turn at a time: what is done with the steps reads bodies, by connections of its own.
            let steps = self.read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT s.doc FROM steps s WHERE s.turn = (SELECT n FROM turns WHERE session = ?1 AND id = ?2)
                     ORDER BY s.grp, s.at_us, s.place, s.id",
                )?;
                let mut rows = statement.query(params![n, row.id])?;
                let mut steps = Vec::new();
                let mut place = first;
                // What came since the outline was made has no place in it.
                let end = first + row.step_count;
                while let Some(row) = rows.next()?.filter(|_| place < end) {
                    if wanted(place) {
                        let doc = row.get_ref(0)?.as_blob().unwrap_or_default();
                        steps.push((place, open_doc::<Step>(&key, doc)?));
                    }
                    place += 1;
                }
                Ok(steps)
            })?;
            for (place, step) in steps {
                each(turn, place, step)?;
            }
        }
        Ok(())
    }
}

fn resolve_within(payload: &mut Payload, bodies: &WorkspaceBodies<'_>, room: &mut usize) {
    let bytes = usize::try_from(payload.bytes).unwrap_or(usize::MAX);
    if bytes <= EDIT_PAYLOAD_BYTES_MAX && bytes <= *room {
        *room -= bytes;
        payload.resolve(bodies, EDIT_PAYLOAD_BYTES_MAX);
    }
}
