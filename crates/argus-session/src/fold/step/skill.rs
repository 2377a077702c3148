//! Skills that fired: typed ones as steps of their own, the model's as part of their `Skill` call.

use super::Entities;
use crate::document::{Prompt, PromptKind, Skill, Step, StepKind};
use crate::fold::entity::{Entity, SkillSlots};
use crate::fold::fact::StepKey;
use crate::fold::slot::{Witnesses, best_of};

/// How the client names a skill that the person typed.
const TYPED: &str = "user-slash";

/// Completes the `Skill` calls and adds the steps of typed skills.
pub(super) fn read_into(steps: &mut Vec<Step>, entities: &Entities<'_>, prompt: &Prompt) {
    let mut activations: Vec<&Entity> = entities
        .iter()
        .filter(|(key, entity)| matches!(key, StepKey::Skill(_)) && entity.skill.is_some())
        .map(|(_, entity)| *entity)
        .collect();
    activations.sort_by_key(|entity| entity.at.value());

    for step in steps
        .iter_mut()
        .filter(|step| step.tool.as_ref().and_then(|tool| tool.name.as_deref()) == Some("Skill"))
    {
        let slots = entities
            .get(&StepKey::Tool(step.id.clone()))
            .and_then(|entity| entity.skill.as_deref());
        let name = slots.and_then(|slots| slots.name.value());
        let found = activations.iter().position(|entity| {
            let slots = entity.skill.as_deref();
            let theirs = slots.and_then(|slots| slots.name.value());
            slots.and_then(|slots| slots.trigger.value()).as_deref() != Some(TYPED)
                && (name.is_none() || theirs == name || theirs.as_deref() == Some("custom_skill"))
        });
        let activation = found.map(|place| activations.remove(place));
        let theirs = activation.and_then(|entity| entity.skill.as_deref());
        let Some(name) = name.or_else(|| theirs.and_then(|slots| slots.name.value())) else {
            continue;
        };
        step.skill = Some(skill(name, slots.into_iter().chain(theirs)));
    }

    if prompt.kind == PromptKind::McpPrompt {
        steps.extend(entities.iter().filter_map(|(key, entity)| match key {
            StepKey::Skill(id) if entity.text.get().is_some() => Some(expansion(id, entity)),
            _ => None,
        }));
        return;
    }
    if !matches!(prompt.kind, PromptKind::Skill | PromptKind::SlashCommand) {
        return;
    }
    let mut witnesses = Witnesses::default();
    for entity in &activations {
        witnesses.merge(&entity.witnesses);
    }
    let slots = || {
        activations
            .iter()
            .filter_map(|entity| entity.skill.as_deref())
    };
    let command = prompt
        .command
        .as_deref()
        .map(|command| command.trim_start_matches('/').to_owned());
    let Some(name) = best_of(slots().map(|slots| &slots.name))
        .cloned()
        .or(command)
    else {
        return;
    };
    if activations.is_empty() {
        return;
    }
    let mut skill = skill(name.clone(), slots());
    skill.trigger.get_or_insert_with(|| TYPED.to_owned());
    steps.push(Step {
        id: format!("skill:{name}"),
        kind: StepKind::Skill,
        at: activations
            .iter()
            .filter_map(|entity| entity.at.value())
            .min(),
        text: activations
            .iter()
            .find_map(|entity| entity.text.get())
            .map(|piece| piece.to_text()),
        skill: Some(skill),
        witnesses: witnesses.sources(),
        records: witnesses.records(),
        ..Step::default()
    });
}

/// What an MCP prompt became: what the model was asked.
fn expansion(id: &str, entity: &Entity) -> Step {
    let mut step = super::plain(StepKind::Prompt, id.trim_start_matches("body:"), entity);
    step.name = Some("mcp_prompt".to_owned());
    step
}

fn skill<'a>(name: String, slots: impl Iterator<Item = &'a SkillSlots> + Clone) -> Skill {
    let hash = best_of(slots.clone().map(|slots| &slots.body_hash)).cloned();
    Skill {
        name,
        label: None,
        hash_of: hash.as_ref().map(|_| "body".to_owned()),
        hash,
        trigger: best_of(slots.map(|slots| &slots.trigger)).cloned(),
    }
}
