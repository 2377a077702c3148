//! Failures that are not a tool's, and compactions: the transcript knows each by its record; hooks and telemetry know
//! only the prompt. Theirs is the last one of the transcript in the turn, by the same agent.

use super::Entities;
use crate::document::{Step, StepKind};
use crate::fold::entity::Entity;
use crate::fold::fact::{Signals, StepKey};
use crate::fold::piece::{Piece, Print};
use crate::fold::slot::{Witnesses, best_of};

/// What one kind of place saw, with its id.
type Part<'a> = (&'a str, &'a Entity);

fn of_kind<'a>(
    entities: &'a Entities<'_>,
    kind: StepKind,
) -> impl Iterator<Item = (&'a str, &'a Entity)> {
    entities
        .iter()
        .filter_map(move |(key, entity)| match (key, kind) {
            (StepKey::Error(id), StepKind::Error)
            | (StepKey::Compaction(id), StepKind::Compaction) => Some((id.as_str(), *entity)),
            _ => None,
        })
}

/// Fingerprints of the errors' texts: the hooks show them as the assistant's.
pub(super) fn error_prints(entities: &Entities<'_>) -> Vec<Print> {
    of_kind(entities, StepKind::Error)
        .filter_map(|(_, entity)| entity.text.get())
        .map(|piece| piece.print)
        .collect()
}

/// Adds the error and compaction steps.
pub(super) fn read_into(steps: &mut Vec<Step>, entities: &Entities<'_>) {
    for kind in [StepKind::Error, StepKind::Compaction] {
        let mut groups: Vec<(Option<&str>, Vec<Part<'_>>)> = Vec::new();
        for (id, entity) in of_kind(entities, kind) {
            let agent = entity.agent_id.as_deref();
            match groups.iter_mut().find(|(held, _)| *held == agent) {
                Some((_, group)) => group.push((id, entity)),
                None => groups.push((agent, vec![(id, entity)])),
            }
        }
        for (agent, mut group) in groups {
            group.sort_by_key(|(id, entity)| {
                (entity.places.nodes.is_empty(), entity.at.value(), *id)
            });
            let own = group
                .iter()
                .filter(|(_, entity)| !entity.places.nodes.is_empty())
                .count();
            let split = own.saturating_sub(1);
            for single in &group[..split] {
                steps.push(step(kind, agent, std::slice::from_ref(single), entities));
            }
            steps.push(step(kind, agent, &group[split..], entities));
        }
    }
}

fn step(kind: StepKind, agent: Option<&str>, parts: &[Part<'_>], entities: &Entities<'_>) -> Step {
    let mut witnesses = Witnesses::default();
    let mut aliases: Vec<String> = Vec::new();
    for (id, entity) in parts {
        witnesses.merge(&entity.witnesses);
        aliases.push((*id).to_owned());
        aliases.extend(entity.aliases.iter().cloned());
    }
    let text = best_of(parts.iter().map(|(_, entity)| &entity.text));
    for (key, entity) in entities.iter().filter(|_| kind == StepKind::Error) {
        let print = entity
            .stream
            .values()
            .fold(Print::default(), |print, piece| print.join(piece.print));
        if matches!(key, StepKey::Display(_)) && text.is_some_and(|text| text.print == print) {
            witnesses.merge(&entity.witnesses);
        }
    }
    let id = aliases.remove(0);
    aliases.retain(|alias| *alias != id);
    aliases.sort_unstable();
    aliases.dedup();
    Step {
        id,
        aliases,
        kind,
        agent_id: agent.map(str::to_owned),
        at: best_of(parts.iter().map(|(_, entity)| &entity.at)).copied(),
        duration_us: best_of(parts.iter().map(|(_, entity)| &entity.duration_us)).copied(),
        text: text.map(Piece::to_text),
        name: best_of(parts.iter().map(|(_, entity)| &entity.name)).cloned(),
        request_id: parts
            .iter()
            .find_map(|(_, entity)| entity.request_id.clone()),
        is_error: kind == StepKind::Error
            || parts
                .iter()
                .any(|(_, entity)| entity.signals.has(Signals::FAILED)),
        witnesses: witnesses.sources(),
        records: witnesses.records(),
        ..Step::default()
    }
}
