//! The versions of skills that a session had in reach, and which of them ran.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::REDACTED;
use super::state::Fold;
use crate::document::SkillUse;
use crate::machine::{SkillInReach, SkillState};
use crate::record::NaturalKeyHash;

/// Most versions that are kept of a session: those whose folders come first.
const VERSIONS_MAX: usize = 5_000;

/// A look at a skill's folder.
#[derive(Debug)]
pub(crate) struct SkillLook {
    pub(crate) name: String,
    pub(crate) label: Option<String>,
    pub(crate) hash: String,
    /// Its folder.
    pub(crate) path: String,
    /// `None` where the client does not know.
    pub(crate) origin: Option<String>,
    pub(crate) plugin: Option<String>,
    /// It ran, and was looked at after that; otherwise at the session's start.
    pub(crate) after_run: bool,
    pub(crate) state: SkillState,
    pub(crate) at: Option<i64>,
}

/// One version in one folder, as far as known.
#[derive(Debug, Default)]
struct VersionSlots {
    /// By how much the client knew of it: at the start it knows a skill's name as the session does, later its folder's.
    called: Option<(bool, NaturalKeyHash, String)>,
    label: Option<String>,
    origin: Option<String>,
    plugin: Option<String>,
    at_start: bool,
    after_run: bool,
    states: BTreeSet<SkillState>,
    first_us: Option<i64>,
    last_us: Option<i64>,
}

/// Every look, by folder and hash.
#[derive(Debug, Default)]
pub(super) struct SkillSlots(BTreeMap<(String, String), VersionSlots>);

impl SkillSlots {
    pub(super) fn take(&mut self, look: SkillLook, nk: NaturalKeyHash) {
        if look.name == REDACTED {
            return;
        }
        let slots = self.0.entry((look.path, look.hash)).or_default();
        // The lowest: known by its own name first.
        let called = (look.after_run, nk, look.name);
        super::entity::keep_lowest(&mut slots.called, Some(called));
        super::entity::keep_lowest(&mut slots.label, look.label);
        super::entity::keep_lowest(&mut slots.origin, look.origin);
        super::entity::keep_lowest(&mut slots.plugin, look.plugin);
        slots.at_start |= !look.after_run;
        slots.after_run |= look.after_run;
        if look.after_run {
            slots.states.insert(look.state);
        }
        super::entity::keep_lowest(&mut slots.first_us, look.at);
        slots.last_us = slots.last_us.max(look.at);
        if self.0.len() > VERSIONS_MAX {
            self.0.pop_last();
        }
    }

    /// What the folder is called: by a look at the session's start, whatever its version was then.
    fn names(&self) -> BTreeMap<&str, &str> {
        let mut names: BTreeMap<&str, &(bool, NaturalKeyHash, String)> = BTreeMap::new();
        for ((path, _), slots) in &self.0 {
            if let Some(called) = &slots.called {
                let held = names.entry(path).or_insert(called);
                *held = (*held).min(called);
            }
        }
        names
            .into_iter()
            .map(|(path, (_, _, name))| (path, name.as_str()))
            .collect()
    }

    /// The versions under their names; `used`: the names of skills that ran.
    pub(super) fn versions(&self, used: &BTreeSet<&str>) -> Vec<SkillInReach> {
        let names = self.names();
        let mut by_version: BTreeMap<(&str, &str), SkillInReach> = BTreeMap::new();
        let mut at_start: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut after_run: BTreeSet<&str> = BTreeSet::new();
        for ((path, hash), slots) in &self.0 {
            let name = names.get(path.as_str()).copied().unwrap_or_default();
            if slots.at_start {
                at_start.entry(name).or_default().insert(hash);
            }
            if slots.after_run {
                after_run.insert(name);
            }
            let version = by_version
                .entry((name, hash))
                .or_insert_with(|| SkillInReach {
                    name: name.to_owned(),
                    hash: hash.clone(),
                    label: None,
                    origin: None,
                    plugin: None,
                    ran: false,
                    state: SkillState::Unknown,
                    first_us: None,
                    last_us: None,
                });
            super::entity::keep_lowest(&mut version.label, slots.label.clone());
            super::entity::keep_lowest(&mut version.origin, slots.origin.clone());
            super::entity::keep_lowest(&mut version.plugin, slots.plugin.clone());
            version.ran |= slots.after_run;
            super::entity::keep_lowest(&mut version.first_us, slots.first_us);
            version.last_us = version.last_us.max(slots.last_us);
            if slots.after_run {
                // One look that found another is enough.
                version.state = match () {
                    () if version.state == SkillState::Changed
                        || slots.states.contains(&SkillState::Changed) =>
                    {
                        SkillState::Changed
                    }
                    () if slots.states.contains(&SkillState::Stable) => SkillState::Stable,
                    () => version.state,
                };
            }
        }
        let mut versions: Vec<SkillInReach> = by_version.into_values().collect();
        for version in &mut versions {
            let name = version.name.as_str();
            // Used and not looked at again: the only version that was there at the start.
            let is_the_one = !after_run.contains(name)
                && used.contains(name)
                && at_start.get(name).is_some_and(|hashes| hashes.len() == 1);
            version.ran |= is_the_one;
        }
        versions
    }
}

impl Fold {
    /// The versions of skills that the session had in reach, by name and hash.
    #[must_use]
    pub fn skills_in_reach(&self) -> Vec<SkillInReach> {
        let used: BTreeSet<&str> = self.used_skills().map(|(name, _)| name.as_str()).collect();
        self.head.skill_trees.versions(&used)
    }

    fn used_skills(&self) -> impl Iterator<Item = &(String, Option<String>)> {
        self.summaries.values().flat_map(|summary| &summary.skills)
    }

    pub(super) fn skills(&self) -> Vec<SkillUse> {
        let seen: BTreeSet<&(String, Option<String>)> = self.used_skills().collect();
        // A skill whose body was seen in one place and not in another is one skill.
        let with_hash: BTreeSet<&str> = seen
            .iter()
            .filter(|(_, hash)| hash.is_some())
            .map(|(name, _)| name.as_str())
            .collect();
        let versions = self.skills_in_reach();
        seen.into_iter()
            .filter(|(name, hash)| hash.is_some() || !with_hash.contains(name.as_str()))
            .map(|(name, body_hash)| {
                let mut ran = versions
                    .iter()
                    .filter(|version| version.ran && version.name == *name);
                // Where several ran, none is the one.
                match (ran.next(), ran.next()) {
                    (Some(version), None) => SkillUse {
                        name: name.clone(),
                        label: version.label.clone(),
                        hash: Some(version.hash.clone()),
                        hash_of: Some("tree".to_owned()),
                        state: Some(version.state),
                    },
                    (first, _) => SkillUse {
                        name: name.clone(),
                        label: None,
                        hash: body_hash.clone(),
                        hash_of: body_hash.as_ref().map(|_| "body".to_owned()),
                        state: first.map(|_| SkillState::Changed),
                    },
                }
            })
            .collect()
    }
}
