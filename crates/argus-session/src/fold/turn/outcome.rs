//! How a turn ended.

use std::collections::BTreeSet;

use crate::document::{Outcome, Prompt, PromptKind, Step, StepKind};
use crate::fold::fact::Signals;

/// The outcome, from what the sources said. `auxiliary`: the requests beside the conversation; `over`: a later turn began
/// or the session ended.
pub(super) fn of(
    prompt: &Prompt,
    signals: Signals,
    steps: &[Step],
    auxiliary: &BTreeSet<&str>,
    over: bool,
) -> Outcome {
    if prompt.kind == PromptKind::BuiltinCommand {
        return Outcome::Answered;
    }
    if signals.has(Signals::REFUSED) {
        return Outcome::Refused;
    }
    if signals.has(Signals::INTERRUPTED) {
        return Outcome::Interrupted;
    }
    if signals.has(Signals::FAILED) {
        return Outcome::Failed;
    }
    if signals.has(Signals::STOPPED | Signals::ENDED_TURN) {
        return Outcome::Answered;
    }
    let asked: Vec<&Step> = steps
        .iter()
        .filter(|step| {
            step.kind == StepKind::ModelRequest
                && step.agent_id.is_none()
                && !auxiliary.contains(step.id.as_str())
        })
        .collect();
    if signals.has(Signals::USER_REJECTED) && !goes_on_after_rejection(steps, &asked) {
        return Outcome::Interrupted;
    }
    let began = steps
        .iter()
        .any(|step| step.kind != StepKind::Prompt && step.kind != StepKind::Notice);
    if began && last_request_answered(steps, &asked) {
        return Outcome::Answered;
    }
    if !over {
        return Outcome::Open;
    }
    let seen_by_client = steps.iter().any(|step| {
        step.witnesses.contains(&crate::Source::Transcript)
            || step.witnesses.contains(&crate::Source::Hook)
    });
    match (began, seen_by_client) {
        (false, true) => Outcome::Withdrawn,
        (true, true) if signals.has(Signals::ABORTED) => Outcome::Interrupted,
        _ => Outcome::Unknown,
    }
}

/// A person's no in the dialog ends the turn, unless the model was told and asked again.
fn goes_on_after_rejection(steps: &[Step], asked: &[&Step]) -> bool {
    let rejected_at = steps
        .iter()
        .filter(|step| {
            step.tool
                .as_ref()
                .and_then(|tool| tool.decision_source.as_deref())
                .is_some_and(|by| by.starts_with("user_"))
                && step.is_error
        })
        .filter_map(|step| step.at)
        .max();
    asked.iter().any(|request| request.at > rejected_at)
}

/// Telemetry alone does not say why an answer ended: the last request of the main agent answered the turn when it gave
/// a text and no tool call came out of it.
fn last_request_answered(steps: &[Step], asked: &[&Step]) -> bool {
    let Some(request_id) = asked.last().and_then(|step| step.request_id.as_ref()) else {
        return false;
    };
    let of_it = |kind: StepKind| {
        steps
            .iter()
            .any(|step| step.kind == kind && step.request_id.as_ref() == Some(request_id))
    };
    of_it(StepKind::Text) && !of_it(StepKind::ToolCall)
}
