//! Steps that stand for themselves: tool calls, model requests, permissions, compactions, skills, notices.

mod skill;
mod tool;

use std::collections::BTreeMap;

use super::entity::Entity;
use super::fact::StepKey;
use crate::document::{ModelRequest, Prompt, Step, StepKind};

type Entities<'a> = BTreeMap<&'a StepKey, &'a Entity>;

/// The steps of a turn but for its prompt, texts and errors.
pub(super) fn read_all(entities: &Entities<'_>, prompt: &Prompt) -> Vec<Step> {
    let mut steps = Vec::new();
    let requests = requests_by_message(entities);
    for (key, entity) in entities {
        match key {
            StepKey::Request(id) => {
                let told = entity
                    .message_id
                    .clone()
                    .and_then(|message| entities.get(&StepKey::SaidRequest(message)));
                steps.extend(request(id, entity, told.copied()));
            }
            StepKey::SaidRequest(message) if !requests.contains_key(message.as_str()) => {
                steps.extend(request(message, entity, None));
            }
            StepKey::Notice(id) => steps.push(plain(StepKind::Notice, id, entity)),
            StepKey::QueuedPrompt(id) => {
                let mut step = plain(StepKind::Prompt, id, entity);
                step.name.get_or_insert_with(|| "queued".to_owned());
                steps.push(step);
            }
            StepKey::Tool(id) => steps.push(tool::call(id, entity)),
            StepKey::Permission(id) => steps.push(tool::permission(id, entity, entities)),
            StepKey::Prompt(_)
            | StepKey::Skill(_)
            | StepKey::Block(_)
            | StepKey::Said(_)
            | StepKey::SaidRequest(_)
            | StepKey::Response(_)
            | StepKey::Display(_)
            | StepKey::LastMessage(_)
            | StepKey::Error(_)
            | StepKey::Compaction(_)
            | StepKey::Signal(_) => {}
        }
    }
    skill::read_into(&mut steps, entities, prompt);
    steps
}

fn plain(kind: StepKind, id: &str, entity: &Entity) -> Step {
    Step {
        id: id.to_owned(),
        aliases: entity
            .aliases
            .iter()
            .filter(|alias| *alias != id)
            .cloned()
            .collect(),
        kind,
        agent_id: entity.agent_id.clone(),
        at: entity.at.value(),
        duration_us: entity.duration_us.value(),
        text: entity.text.get().map(|piece| piece.to_text()),
        name: entity.name.value(),
        request_id: entity.request_id.clone(),

        witnesses: entity.witnesses.sources(),
        records: entity.witnesses.records(),
        ..Step::default()
    }
}

/// The requests of which the API's message id is known: by that id.
pub(super) fn requests_by_message<'a>(entities: &Entities<'a>) -> BTreeMap<&'a str, &'a str> {
    entities
        .iter()
        .filter_map(|(key, entity)| match key {
            StepKey::Request(id) => Some((entity.message_id.as_deref()?, id.as_str())),
            _ => None,
        })
        .collect()
}

/// `told`: what a witness that knows only order tells of it.
fn request(id: &str, entity: &Entity, told: Option<&Entity>) -> Option<Step> {
    let slots = entity.request.as_ref()?;
    let cost_nanousd = slots.cost_nanousd.value();
    let mut step = plain(StepKind::ModelRequest, id, entity);
    if let Some(told) = told {
        let mut witnesses = entity.witnesses.clone();
        witnesses.merge(&told.witnesses);
        step.witnesses = witnesses.sources();
        step.records = witnesses.records();
    }
    step.model_request = Some(ModelRequest {
        model: slots.model.value(),
        request_id: entity.request_id.clone(),
        tokens: slots.tokens.value().unwrap_or_default(),
        cost_nanousd,
        cost_from: cost_nanousd.map(|_| "otel".to_owned()),
        ttft_us: slots.ttft_us.value(),
        query_source: slots.query_source.value(),
        stop_reason: slots.stop_reason.value(),
        attempts: slots.attempts.value(),
    });
    Some(step)
}
