//! What witnesses tell that know the order of messages and not the client's ids: a prompt, and what follows it until the
//! next. Such a stretch is to the turns what a trace is ([`super::traces`]): a step of it that someone else places tells
//! where the whole of it belongs; a stretch of which nobody else knows anything is a turn of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entity::Places;
use super::fact::{Line, Place, StepFact, StepKey};
use super::piece::Print;
use super::state::Home;
use crate::Source;

/// How far apart two clocks of one machine may see one prompt: the client writes it down when its turn comes.
const SAME_PROMPT_US_MAX: i64 = 60_000_000;

/// The lines of all witnesses.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// What was said, with the fingerprint of each prompt.
    told: BTreeMap<Line, Option<Print>>,
    /// The prompts at which a stretch begins.
    starts: BTreeSet<Line>,
    steps: BTreeMap<Line, Vec<StepKey>>,
    /// The prompts that others know, by their text.
    known: HashMap<Print, Equal>,
}

/// Prompts of one text.
#[derive(Debug, Default)]
struct Equal {
    homes: BTreeSet<(i64, Home)>,
    /// The prompts of witnesses that have this text.
    told: BTreeSet<StepKey>,
}

impl Lines {
    /// Adds a line; gives the steps that may belong elsewhere now.
    pub(super) fn add(&mut self, line: &Line, prompt: Option<Print>) -> Vec<StepKey> {
        match self.told.get(line) {
            // A message of several parts: that one of them is a prompt is what counts.
            Some(held) if held.is_some() || prompt.is_none() => return Vec::new(),
            _ => {}
        }
        self.told.insert(line.clone(), prompt);
        let next = self.after(line);
        let mut moved = self.restart(line);
        if let Some(next) = next {
            moved.extend(self.restart(&next));
        }
        moved
    }

    /// Notes that a step is told of in a line; `equal` of a prompt.
    pub(super) fn add_step(&mut self, line: &Line, equal: Option<Print>, key: &StepKey) {
        let keys = self.steps.entry(line.clone()).or_default();
        if !keys.contains(key) {
            keys.push(key.clone());
        }
        if let Some(print) = equal.filter(|print| !print.is_empty()) {
            let known = self.known.entry(print).or_default();
            known.told.insert(key.clone());
        }
    }

    /// Notes a prompt that someone tells who knows where it belongs; gives the witnesses' prompts that may be the same.
    pub(super) fn known_prompt(&mut self, fact: &StepFact) -> Vec<StepKey> {
        let home = match (&fact.key, &fact.place) {
            (StepKey::Prompt(_), Place::Node(uuid)) => Home::Root(uuid.clone()),
            (StepKey::Prompt(_), Place::Prompt(id)) => Home::Prompt(id.clone()),
            _ => return Vec::new(),
        };
        let print = fact.text.as_ref().map(|offer| offer.value.print);
        let (Some(print), Some(at)) = (print.filter(|print| !print.is_empty()), &fact.at) else {
            return Vec::new();
        };
        let known = self.known.entry(print).or_default();
        if known.homes.insert((at.value, home)) {
            known.told.iter().cloned().collect()
        } else {
            Vec::new()
        }
    }

    /// Where the prompt of the same text belongs that others saw at the same time.
    pub(super) fn equal_prompt(&self, places: &Places) -> Option<&Home> {
        let homes = &self.known.get(places.equal.as_ref()?)?.homes;
        let line = places.lines.values().next()?;
        let later = line.at.saturating_add(1);
        let last = homes.range(..(later, Home::Session)).next_back();
        let next = homes.range((later, Home::Session)..).next();
        let apart = |held: &&(i64, Home)| held.0.saturating_sub(line.at).saturating_abs();
        // What an inference hook gives is stamped with the call in which it came first, which may be long after.
        let is_in_reach = |held: &&(i64, Home)| {
            line.witness == Source::InferenceHook && held.0 <= line.at
                || apart(held) <= SAME_PROMPT_US_MAX
        };
        [last, next]
            .into_iter()
            .flatten()
            .filter(is_in_reach)
            .min_by_key(apart)
            .map(|(_, home)| home)
    }

    /// The name of the stretch that a line is in.
    pub(super) fn stretch(&self, line: &Line) -> Option<String> {
        let start = self.starts.range(..=line).next_back()?;
        (start.witness == line.witness).then(|| format!("{}:{}", start.witness, start.id))
    }

    fn after(&self, line: &Line) -> Option<Line> {
        use std::ops::Bound::{Excluded, Unbounded};
        let mut later = self.told.range((Excluded(line), Unbounded));
        later.next().map(|(line, _)| line.clone())
    }

    /// Cowork writes each prompt twice: the second begins nothing.
    fn is_start(&self, line: &Line) -> bool {
        let Some(Some(print)) = self.told.get(line) else {
            return false;
        };
        let before = self.told.range(..line).next_back();
        let is_same = |(held, said): (&Line, &Option<Print>)| {
            held.witness == line.witness && said.as_ref() == Some(print) && !print.is_empty()
        };
        !before.is_some_and(is_same)
    }

    /// Decides anew whether a stretch begins at a line; gives the steps of the stretch when that changed.
    fn restart(&mut self, line: &Line) -> Vec<StepKey> {
        use std::ops::Bound::{Excluded, Unbounded};
        let is_start = self.is_start(line);
        if is_start == self.starts.contains(line) {
            return Vec::new();
        }
        if is_start {
            self.starts.insert(line.clone());
        } else {
            self.starts.remove(line);
        }
        let end = self
            .starts
            .range((Excluded(line), Unbounded))
            .next()
            .cloned();
        self.steps
            .range(line..)
            .take_while(|(at, _)| at.witness == line.witness)
            .take_while(|(at, _)| end.as_ref().is_none_or(|end| *at < end))
            .flat_map(|(_, keys)| keys.iter().cloned())
            .collect()
    }
}
