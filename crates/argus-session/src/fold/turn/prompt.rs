//! The turn's prompt: what was asked, and of what kind it is.

use super::Entities;
use crate::document::{Prompt, PromptKind, Step, StepKind};
use crate::fold::entity::Entity;
use crate::fold::fact::{Signals, StepKey};
use crate::fold::slot::{Witnesses, best_of};

fn prompts<'a>(entities: &'a Entities<'_>) -> impl Iterator<Item = &'a Entity> {
    entities
        .iter()
        .filter(|(key, _)| matches!(key, StepKey::Prompt(_)))
        .map(|(_, entity)| *entity)
}

/// When it was asked: the earliest that anyone saw of it. The transcript's record is written when a command has been
/// expanded, a hook arrives when it has begun.
pub(super) fn started_at(entities: &Entities<'_>) -> Option<i64> {
    prompts(entities)
        .filter_map(|entity| entity.at.value())
        .min()
}

/// The prompt, and its step where a source saw one.
pub(super) fn read(
    turn_id: &str,
    entities: &Entities<'_>,
    signals: Signals,
) -> (Prompt, Option<Step>) {
    let text = best_of(prompts(entities).map(|entity| &entity.text)).map(|piece| piece.to_text());
    let command = best_of(prompts(entities).map(|entity| &entity.name)).cloned();
    let is_report = best_of(prompts(entities).map(|entity| &entity.is_report)).copied();
    let kind = if is_report == Some(true) {
        PromptKind::TaskNotification
    } else {
        kind(signals, command.as_deref())
    };
    let prompt = Prompt {
        text: text.clone(),
        kind,
        command,
    };

    let mut witnesses = Witnesses::default();
    let mut aliases: Vec<String> = Vec::new();
    for entity in prompts(entities) {
        witnesses.merge(&entity.witnesses);
        aliases.extend(entity.aliases.iter().cloned());
    }
    if witnesses.records().is_empty() {
        return (prompt, None);
    }
    aliases.sort_unstable();
    aliases.dedup();
    let derived = format!("prompt:{turn_id}");
    let id = if aliases.is_empty() {
        derived.clone()
    } else {
        aliases.remove(0)
    };
    if id != derived {
        aliases.push(derived);
    }
    let step = Step {
        id,
        aliases,
        kind: StepKind::Prompt,
        at: started_at(entities),
        text,
        witnesses: witnesses.sources(),
        records: witnesses.records(),
        ..Step::default()
    };
    (prompt, Some(step))
}

fn kind(signals: Signals, command: Option<&str>) -> PromptKind {
    let is_mcp = command.is_some_and(|name| name.trim_start_matches('/').starts_with("mcp__"));
    let rules = [
        (signals.has(Signals::BASH), PromptKind::Bash),
        (signals.has(Signals::SKILL_BODY), PromptKind::Skill),
        (
            signals.has(Signals::EXPANDED_MCP | Signals::OTEL_MCP) || is_mcp,
            PromptKind::McpPrompt,
        ),
        (
            signals.has(Signals::BUILTIN_TAGS | Signals::COMPACT_COMMAND),
            PromptKind::BuiltinCommand,
        ),
        (
            signals.has(
                Signals::EXPANDED_COMMAND
                    | Signals::CUSTOM_TAGS
                    | Signals::OTEL_CUSTOM
                    | Signals::SKILL_ACTIVATED,
            ),
            PromptKind::SlashCommand,
        ),
        (
            signals.has(Signals::OTEL_BUILTIN) && !signals.has(Signals::SUBMITTED),
            PromptKind::BuiltinCommand,
        ),
        (signals.has(Signals::QUEUED), PromptKind::Queued),
        (
            signals.has(Signals::TYPED | Signals::SUBMITTED),
            PromptKind::Typed,
        ),
    ];
    rules
        .into_iter()
        .find(|(holds, _)| *holds)
        .map_or(PromptKind::Unknown, |(_, kind)| kind)
}
