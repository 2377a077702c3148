//! What became of each turn's answer: judged by the turns around it, anew only near what changed.

use std::collections::BTreeSet;

use super::fact::{BlockKind, StepFact, StepKey};
use super::slot::Offer;
use super::state::{Fold, TurnKey};
use super::turn::TurnSummary;
use crate::Record;
use crate::acceptance::{Judged, Next, Said, Seen, judge};
use crate::document::{Outcome, PromptKind, Surface, as_text};

/// How many of the turns that follow are looked at: a change touches so many before it.
const LOOKED_AT: usize = 8;

/// What is kept of a step's text for judging: of prompts, and of what the main agent said.
pub(super) fn said(fact: &StepFact, record: &Record) -> Option<Offer<Box<Said>>> {
    let is_said = match fact.key {
        StepKey::Prompt(_) => true,
        StepKey::Block(_) => {
            fact.agent_id.is_none() && matches!(fact.block, Some((BlockKind::Text, _)))
        }
        StepKey::Response(_) | StepKey::LastMessage(_) | StepKey::Said(_) => {
            fact.agent_id.is_none()
        }
        _ => false,
    };
    let offered = fact.text.as_ref().filter(|_| is_said)?;
    let text_ref = offered.value.text_ref.as_ref()?;
    let text = as_text(record.body.pointer(&text_ref.pointer)?, text_ref.form);
    Some(Offer {
        weight: offered.weight,
        tie: offered.tie,
        value: Box::new(Said::of(&text)),
    })
}

/// What a turn is, seen from the one before it.
enum Act {
    Prompt,
    Command,
    /// Nobody's act: a report of a background task, a command of the client's own.
    None,
}

fn act(summary: &TurnSummary) -> Act {
    match summary.kind {
        PromptKind::Bash => Act::Command,
        PromptKind::TaskNotification | PromptKind::BuiltinCommand => Act::None,
        _ if summary.copied => Act::None,
        PromptKind::Typed
        | PromptKind::Queued
        | PromptKind::SlashCommand
        | PromptKind::Skill
        | PromptKind::McpPrompt
        | PromptKind::Unknown => Act::Prompt,
    }
}

impl Fold {
    /// Judges anew what changes at `moments` may touch; adds the turns whose word changed to `touched`.
    pub(super) fn judge_near(&mut self, moments: &BTreeSet<i64>, touched: &mut BTreeSet<TurnKey>) {
        let is_headless = self.head.surface.get() == Some(&Surface::Headless);
        let mut near: BTreeSet<TurnKey> = BTreeSet::new();
        if std::mem::replace(&mut self.judged_headless, is_headless) == is_headless {
            for moment in moments {
                // Those of the moment itself, and so many before it.
                let of_it = self
                    .starts
                    .range((*moment, TurnKey::None)..(moment.saturating_add(1), TurnKey::None));
                let before = self.starts.range(..(*moment, TurnKey::None)).rev();
                let keys = of_it.chain(before.take(LOOKED_AT));
                near.extend(keys.map(|(_, key)| key.clone()));
            }
        } else {
            near.extend(self.starts.iter().map(|(_, key)| key.clone()));
        }
        near.extend(touched.iter().cloned());
        for key in near {
            let word = self.judge_turn(&key);
            let held = self.judged.get(&key);
            if held == word.as_ref() {
                continue;
            }
            match word {
                Some(word) => self.judged.insert(key.clone(), word),
                None => self.judged.remove(&key),
            };
            if self.summaries.contains_key(&key) {
                touched.insert(key);
            }
        }
    }

    /// `None` of what is no turn of a person's.
    fn judge_turn(&self, key: &TurnKey) -> Option<Judged> {
        let summary = self.summaries.get(key)?;
        let start = summary.started_at?;
        if !matches!(act(summary), Act::Prompt) || *key == TurnKey::None {
            return None;
        }
        let after = (
            std::ops::Bound::Excluded((start, key.clone())),
            std::ops::Bound::Unbounded,
        );
        let ended_at = summary.ended_at.unwrap_or(start);
        let mut seen = Seen {
            prompt: summary.asked.as_deref(),
            answer: summary.answered.as_deref(),
            failed: matches!(
                summary.outcome,
                Outcome::Failed | Outcome::Refused | Outcome::Withdrawn
            ),
            interrupted: summary.outcome == Outcome::Interrupted && !summary.rejected_by_user,
            rejected_by_user: summary.rejected_by_user,
            approved_plan: summary.approved_plan,
            rewound: false,
            is_headless: self.head.surface.get() == Some(&Surface::Headless),
            next: Vec::new(),
        };
        let mut is_first = true;
        let mut between: Vec<&TurnKey> = Vec::new();
        for (at, next) in self.starts.range(after).take(LOOKED_AT) {
            let Some(follower) = self.summaries.get(next) else {
                continue;
            };
            let act = act(follower);
            if matches!(act, Act::Prompt) && std::mem::take(&mut is_first) {
                seen.rewound = self.left_behind(key, &between, follower);
            }
            between.push(next);
            // An act without words (nothing of it was captured) is an act all the same, and tells nothing.
            let said = follower.asked.as_deref();
            match (act, said) {
                (Act::Prompt, Some(said)) => {
                    seen.next
                        .push(Next::Prompt(said, at.saturating_sub(ended_at)));
                }
                (Act::Prompt, None) => break,
                (Act::Command, Some(said)) => seen.next.push(Next::Command(said)),
                (Act::Command | Act::None, _) => {}
            }
        }
        if summary.outcome == Outcome::Withdrawn {
            return Some(Judged::default());
        }
        Some(judge(&seen))
    }

    /// True when the next prompt follows, in the tree, another turn than this one and those between the two.
    fn left_behind(&self, key: &TurnKey, between: &[&TurnKey], follower: &TurnSummary) -> bool {
        if self.root_of(key).is_none() {
            return false;
        }
        let mut parent = follower.parent.as_ref();
        for _ in 0..=between.len() {
            match parent {
                None => return false,
                Some(above) if above == key => return false,
                Some(above) if between.contains(&above) => {
                    parent = self
                        .summaries
                        .get(above)
                        .and_then(|summary| summary.parent.as_ref());
                }
                Some(_) => return true,
            }
        }
        false
    }

    /// What became of the first turn's answer, of those that are the session's own.
    pub(super) fn first_turn(&self) -> Option<Judged> {
        self.starts
            .iter()
            .find_map(|(_, key)| self.judged.get(key))
            .cloned()
    }
}
