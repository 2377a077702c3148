//! Telemetry without ids: Cowork's events may have neither tool use ids nor request ids. What they tell of is then one of the
//! calls and requests of the turn that other sources know and telemetry does not: of a tool's, in their order; of requests,
//! one with as many tokens.

use crate::Source;
use crate::document::{ModelRequest, Step, StepKind};

/// Joins the steps that only telemetry without ids has to those that others have.
pub(super) fn join(steps: &mut Vec<Step>) {
    if !steps.iter().any(is_unnamed) {
        return;
    }
    let mut unnamed: Vec<Step> = Vec::new();
    steps.retain(|step| {
        let is_unnamed = is_unnamed(step);
        if is_unnamed {
            unnamed.push(step.clone());
        }
        !is_unnamed
    });
    unnamed.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    steps.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    for lone in unnamed {
        match steps.iter_mut().find(|step| is_same(step, &lone)) {
            Some(step) => take(step, lone),
            None => steps.push(lone),
        }
    }
}

fn is_unnamed(step: &Step) -> bool {
    step.id.starts_with("derived:")
        && matches!(step.kind, StepKind::ToolCall | StepKind::ModelRequest)
        && step.witnesses == [Source::OtelLog]
}

fn is_same(step: &Step, lone: &Step) -> bool {
    if step.kind != lone.kind || step.witnesses.contains(&Source::OtelLog) {
        return false;
    }
    if let (Some(tool), Some(other)) = (&step.tool, &lone.tool) {
        return tool.name.is_some() && tool.name == other.name;
    }
    let (Some(request), Some(other)) = (&step.model_request, &lone.model_request) else {
        return false;
    };
    let tokens =
        |request: &ModelRequest| (request.tokens.input_tokens, request.tokens.output_tokens);
    tokens(other).1.is_some()
        && tokens(request) == tokens(other)
        && (request.model.is_none() || other.model.is_none() || request.model == other.model)
}

fn take(step: &mut Step, lone: Step) {
    step.aliases.push(lone.id);
    step.aliases.extend(lone.aliases);
    step.duration_us = lone.duration_us.or(step.duration_us);
    step.is_error |= lone.is_error;
    step.witnesses.extend(lone.witnesses);
    step.witnesses.sort_unstable();
    step.records.extend(lone.records);
    step.records.sort_unstable();
    if let (Some(tool), Some(other)) = (&mut step.tool, lone.tool) {
        tool.input = tool.input.take().or(other.input);
        tool.output = tool.output.take().or(other.output);
        tool.is_error = tool.is_error.or(other.is_error);
        tool.error = tool.error.take().or(other.error);
        tool.decision = tool.decision.or(other.decision);
        tool.decision_source = tool.decision_source.take().or(other.decision_source);
    }
    if let (Some(request), Some(other)) = (&mut step.model_request, lone.model_request) {
        request.model = other.model.or(request.model.take());
        request.tokens = other.tokens;
        request.cost_nanousd = other.cost_nanousd.or(request.cost_nanousd);
        request.cost_from = other.cost_from.or(request.cost_from.take());
        request.ttft_us = request.ttft_us.or(other.ttft_us);
        request.query_source = request.query_source.take().or(other.query_source);
    }
}
