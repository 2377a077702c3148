//! The model's texts and thinking, as several witnesses know them.
//!
//! The transcript has every block; telemetry has one text a request, joined by request id; hooks have texts without any
//! id that the others know (`MessageDisplay`, `Stop`), joined by the text itself; so are those of witnesses that know only
//! order, where they have no uuid of the transcript's.

use std::collections::BTreeMap;

use super::Entities;
use crate::Source;
use crate::document::{Step, StepKind, Text};
use crate::fold::entity::Entity;
use crate::fold::fact::{BlockKind, Signals, StepKey};
use crate::fold::piece::{Piece, Print};
use crate::fold::slot::Witnesses;

/// A text step in the making.
struct Shown {
    id: String,
    aliases: Vec<String>,
    kind: StepKind,
    agent_id: Option<String>,
    at: Option<i64>,
    request_id: Option<String>,
    text: Option<Text>,
    print: Print,
    aborted: bool,
    /// Hooks' texts that were found to be this one: each shows one text once.
    displays: u32,
    last_messages: u32,
    witnesses: Witnesses,
}

/// Adds the text and thinking steps.
pub(super) fn read_into(steps: &mut Vec<Step>, entities: &Entities<'_>) {
    let mut shown: Vec<Shown> = Vec::new();
    blocks(&mut shown, entities);
    responses(&mut shown, entities);
    shown.sort_by(|a, b| (a.at.is_none(), a.at, &a.id).cmp(&(b.at.is_none(), b.at, &b.id)));
    displays(&mut shown, entities);
    last_messages(&mut shown, entities);
    said(&mut shown, entities);
    steps.extend(shown.into_iter().map(Shown::into_step));
}

impl Shown {
    fn into_step(mut self) -> Step {
        self.aliases.retain(|alias| *alias != self.id);
        self.aliases.sort_unstable();
        self.aliases.dedup();
        Step {
            id: self.id,
            aliases: self.aliases,
            kind: self.kind,
            agent_id: self.agent_id,
            at: self.at,
            text: self.text,
            request_id: self.request_id,
            witnesses: self.witnesses.sources(),
            records: self.witnesses.records(),
            ..Step::default()
        }
    }

    fn add(&mut self, entity: &Entity, alias: String) {
        self.witnesses.merge(&entity.witnesses);
        self.aliases.push(alias);
        self.aliases.extend(entity.aliases.iter().cloned());
    }
}

fn blocks(shown: &mut Vec<Shown>, entities: &Entities<'_>) {
    // Without a block index (clients before 2.1.330), blocks of a request are numbered by their order in time.
    let mut unnumbered: BTreeMap<&str, Vec<(Option<i64>, &str)>> = BTreeMap::new();
    for (key, entity) in entities {
        if let (StepKey::Block(uuid), Some((_, None)), Some(request)) =
            (key, &entity.block, &entity.request_id)
        {
            unnumbered
                .entry(request)
                .or_default()
                .push((entity.at.value(), uuid));
        }
    }
    for group in unnumbered.values_mut() {
        group.sort_unstable();
    }
    for (key, entity) in entities {
        let (StepKey::Block(uuid), Some((kind, index))) = (key, entity.block) else {
            continue;
        };
        let index = index.or_else(|| {
            let group = unnumbered.get(entity.request_id.as_deref()?)?;
            group
                .iter()
                .position(|(_, held)| held == uuid)
                .map(|place| place as u64)
        });
        let id = match (&entity.request_id, index) {
            (Some(request), Some(index)) => format!("{request}/{index}"),
            _ => uuid.clone(),
        };
        let piece = entity.text.get();
        shown.push(Shown {
            id,
            aliases: std::iter::once(uuid.clone())
                .chain(entity.aliases.iter().cloned())
                .collect(),
            kind: if kind == BlockKind::Thinking {
                StepKind::Thinking
            } else {
                StepKind::Text
            },
            agent_id: entity.agent_id.clone(),
            at: entity.at.value(),
            request_id: entity.request_id.clone(),
            text: piece.map(Piece::to_text),
            print: piece.map(|piece| piece.print).unwrap_or_default(),
            aborted: entity.signals.has(Signals::ABORTED),
            displays: 0,
            last_messages: 0,
            witnesses: entity.witnesses.clone(),
        });
    }
}

fn responses(shown: &mut Vec<Shown>, entities: &Entities<'_>) {
    for (key, entity) in entities {
        let StepKey::Response(request) = key else {
            continue;
        };
        let id = format!("{request}/text");
        let mut found = false;
        // Without a request's id (Cowork's first events), the text itself tells.
        if entity.request_id.is_none()
            && let Some(print) = entity.text.get().map(|piece| piece.print)
            && let Some(text) = shown.iter_mut().find(|text| {
                text.kind == StepKind::Text
                    && text.print == print
                    && !print.is_empty()
                    && !text.witnesses.has(Source::OtelLog)
            })
        {
            text.add(entity, id);
            continue;
        }
        for text in shown.iter_mut().filter(|text| {
            text.kind == StepKind::Text && text.request_id.as_deref() == Some(request.as_str())
        }) {
            // Its message uuid is that of the response's last transcript record: an alias of that one only.
            text.witnesses.merge(&entity.witnesses);
            if !found {
                text.aliases.push(id.clone());
            }
            found = true;
        }
        if !found {
            let piece = entity.text.get();
            shown.push(Shown {
                id,
                aliases: entity.aliases.iter().cloned().collect(),
                kind: StepKind::Text,
                agent_id: entity.agent_id.clone(),
                at: entity.at.value(),
                request_id: Some(request.clone()),
                text: piece.map(Piece::to_text),
                print: piece.map(|piece| piece.print).unwrap_or_default(),
                aborted: false,
                displays: 0,
                last_messages: 0,
                witnesses: entity.witnesses.clone(),
            });
        }
    }
}

fn displays(shown: &mut Vec<Shown>, entities: &Entities<'_>) {
    let mut all: Vec<(&String, &Entity)> = entities
        .iter()
        .filter_map(|(key, entity)| match key {
            StepKey::Display(id) => Some((id, *entity)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(id, entity)| (entity.at.value(), id.as_str()));
    let errors: Vec<Print> = super::prompt_level::error_prints(entities);
    for (message_id, entity) in all {
        let print = entity
            .stream
            .values()
            .fold(Print::default(), |print, piece| print.join(piece.print));
        if errors.contains(&print) {
            continue;
        }
        let unfinished = !entity.signals.has(Signals::DISPLAY_FINAL);
        let found = shown.iter_mut().find(|text| {
            text.kind == StepKind::Text
                && text.agent_id.is_none()
                && text.displays == 0
                && (text.print == print && !print.is_empty() || unfinished && text.aborted)
        });
        let alias = format!("message:{message_id}");
        match found {
            Some(text) => {
                text.displays += 1;
                text.add(entity, alias);
            }
            None => shown.push(hook_only(alias, entity, streamed(entity), print, 1)),
        }
    }
}

fn streamed(entity: &Entity) -> Text {
    let mut text = Text::default();
    for piece in entity.stream.values() {
        text.text_bytes += piece.bytes;
        text.text_ref.extend(piece.text_ref.clone());
    }
    text
}

fn last_messages(shown: &mut Vec<Shown>, entities: &Entities<'_>) {
    let mut all: Vec<(&str, &Entity, &Piece)> = entities
        .iter()
        .filter_map(|(key, entity)| match key {
            StepKey::LastMessage(id) => Some((id.as_str(), *entity, entity.text.get()?)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(id, entity, _)| (entity.at.value(), *id));
    // The last first: each is looked for from the end.
    for (id, entity, piece) in all.into_iter().rev() {
        let found = shown.iter_mut().rev().find(|text| {
            text.kind == StepKind::Text
                && text.agent_id == entity.agent_id
                && text.last_messages == 0
                && text.print == piece.print
        });
        let alias = format!("last:{id}");
        match found {
            Some(text) => {
                text.last_messages += 1;
                text.add(entity, alias);
            }
            // Telemetry without content knows that there was a text; this is its content.
            None => match shown.iter_mut().rev().find(|text| {
                text.kind == StepKind::Text
                    && text.agent_id == entity.agent_id
                    && text
                        .text
                        .as_ref()
                        .is_none_or(|text| text.text_ref.is_empty())
            }) {
                Some(text) => {
                    text.text = Some(piece.to_text());
                    text.print = piece.print;
                    text.add(entity, alias);
                }
                None => shown.push(hook_only(alias, entity, piece.to_text(), piece.print, 0)),
            },
        }
    }
}

/// The texts of witnesses that know only order.
fn said(shown: &mut Vec<Shown>, entities: &Entities<'_>) {
    let mut all: Vec<(&str, &Entity, BlockKind)> = entities
        .iter()
        .filter_map(|(key, entity)| match (key, entity.block) {
            (StepKey::Said(id), Some((kind, _))) => Some((id.as_str(), *entity, kind)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(id, entity, _)| (entity.places.lines.values().next(), *id));
    let requests = super::super::step::requests_by_message(entities);
    for (id, entity, kind) in all {
        let kind = match kind {
            BlockKind::Text => StepKind::Text,
            BlockKind::Thinking => StepKind::Thinking,
        };
        let told_by: Vec<Source> = entity.places.lines.keys().copied().collect();
        let piece = entity.text.get();
        let print = piece.map(|piece| piece.print).unwrap_or_default();
        let is_free = |text: &Shown| {
            text.kind == kind
                && text.agent_id.is_none()
                && !told_by.iter().any(|source| text.witnesses.has(*source))
        };
        let by_uuid = |text: &Shown| {
            is_free(text)
                && entity
                    .aliases
                    .iter()
                    .any(|uuid| text.aliases.contains(uuid))
        };
        let by_text = |text: &Shown| is_free(text) && text.print == print && !print.is_empty();
        // Telemetry without content knows that there was a text; this is its content.
        let unknown = |text: &Shown| {
            let text_ref = text.text.as_ref().map(|text| text.text_ref.is_empty());
            is_free(text) && text_ref.unwrap_or(true)
        };
        let found = shown
            .iter()
            .position(by_uuid)
            .or_else(|| shown.iter().position(by_text))
            .or_else(|| shown.iter().position(unknown));
        let alias = format!("said:{id}");
        if let Some(text) = found.and_then(|place| shown.get_mut(place)) {
            if text
                .text
                .as_ref()
                .is_none_or(|text| text.text_ref.is_empty())
                && let Some(piece) = piece
            {
                text.text = Some(piece.to_text());
                text.print = piece.print;
            }
            text.add(entity, alias);
            continue;
        }
        let text = piece.map(Piece::to_text).unwrap_or_default();
        let mut new = hook_only(alias, entity, text, print, 0);
        new.kind = kind;
        new.aliases = entity.aliases.iter().cloned().collect();
        new.request_id = entity.request_id.as_ref().map(|message| {
            let known = requests.get(message.as_str()).copied();
            known.unwrap_or(message.as_str()).to_owned()
        });
        shown.push(new);
    }
}

fn hook_only(id: String, entity: &Entity, text: Text, print: Print, displays: u32) -> Shown {
    Shown {
        id,
        aliases: Vec::new(),
        kind: StepKind::Text,
        agent_id: entity.agent_id.clone(),
        at: entity.at.value(),
        request_id: None,
        text: Some(text),
        print,
        aborted: entity.signals.has(Signals::ABORTED),
        displays,
        last_messages: 0,
        witnesses: entity.witnesses.clone(),
    }
}
