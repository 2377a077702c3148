//! What a machine has, as its capture client says: MCP servers, plugins, the files of skills, what it lost.
//!
//! Such items name no session. They are kept under the id of their machine, beside the sessions: with a key of their own, folded
//! by the same rules, made anew and erased as one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::RecordId;
use crate::document::LossSeen;
use crate::record::NaturalKeyHash;
use crate::time::rfc3339_option;

/// How the id begins under which a machine's own items are kept. No session's id begins so: [`is_machine`] is asked of those.
const PREFIX: &str = "\u{1}device:";
/// Most servers, plugins and versions of skills of a machine that are shown; those whose names come first.
const THINGS_MAX: usize = 2_000;

/// The id under which the items of a machine are kept that name no session.
#[must_use]
pub fn id_of(device: &[u8; 16]) -> String {
    format!("{PREFIX}{}", hex::encode(device))
}

/// True of an id under which a machine's own items are kept.
#[must_use]
pub fn is_machine(id: &str) -> bool {
    id.starts_with(PREFIX)
}

/// The machine whose own items are kept under this id.
#[must_use]
pub fn device_of(id: &str) -> Option<[u8; 16]> {
    hex::decode(id.strip_prefix(PREFIX)?).ok()?.try_into().ok()
}

/// What is known of a machine, but for the files of skills: [`SkillFiles`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// What its owner calls it.
    #[serde(default)]
    pub name: Option<String>,
    /// MCP servers that were ever listed.
    pub servers: Vec<ListedServer>,
    /// Plugins that were ever installed.
    pub plugins: Vec<ListedPlugin>,
    /// What its client lost of no session that it could name.
    pub lost: Vec<LossSeen>,
    /// When it last said what it has.
    #[serde(with = "rfc3339_option", default)]
    pub listed_at: Option<i64>,
}

/// An MCP server that a machine has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListedServer {
    /// Its name.
    pub name: String,
    /// `local`, `project`, `user`, `plugin`, `managed`, `connector`.
    pub scope: String,
    /// The folder that it is for, of the scopes `local` and `project`.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub project: Option<String>,
    /// The plugin that brings it.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub plugin: Option<String>,
    /// `stdio`, `http`, `sse`, `ws`, `unknown`.
    pub transport: String,
    /// The command's name, or the address without user and query.
    pub origin: String,
    /// Whether it is switched on; null when the settings do not say.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub enabled: Option<bool>,
    /// Names of the variables that it is given; never their values.
    pub env_names: Vec<String>,
    /// Names of the headers that are sent; never their values.
    pub header_names: Vec<String>,
    /// When it was first listed.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub first_at: Option<i64>,
    /// When it was last listed.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub last_at: Option<i64>,
}

/// A plugin that a machine has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListedPlugin {
    /// Its name.
    pub id: String,
    /// Where it was installed from.
    pub marketplace: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Whether it is switched on; null when the settings do not say.
    pub enabled: Option<bool>,
    /// When it was first and last listed, in this version.
    #[serde(with = "rfc3339_option", default)]
    pub first_at: Option<i64>,
    /// See above.
    #[serde(with = "rfc3339_option", default)]
    pub last_at: Option<i64>,
}

/// A record that says which files a version of a skill consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillFiles {
    /// The skill's name.
    pub name: String,
    /// Hash of its folder, lower-case hex.
    pub hash: String,
    /// Declared version label.
    pub label: Option<String>,
    /// Hash of what stands behind the front matter of its `SKILL.md`.
    pub body_hash: Option<String>,
    /// Number of files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When it was said, microseconds UTC.
    pub at_us: Option<i64>,
    /// The record that says so: texts are there, under `/files/N/text`.
    pub record: RecordId,
}

/// What a record says of a machine.
#[derive(Debug)]
pub(crate) enum MachineFact {
    Inventory {
        at: Option<i64>,
        name: Option<String>,
        servers: Vec<ListedServer>,
        plugins: Vec<ListedPlugin>,
    },
    SkillFiles(SkillFiles),
    Lost(LossSeen),
}

/// When something was listed, and what the last list says of it.
#[derive(Debug)]
struct Listed<T> {
    first_at: Option<i64>,
    last: (Option<i64>, NaturalKeyHash),
    says: T,
}

type ServerKey = (
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
);
type PluginKey = (String, Option<String>, Option<String>);

/// What the records of a machine say.
#[derive(Debug, Default)]
pub(crate) struct MachineSlots {
    name: Option<(Option<i64>, NaturalKeyHash, String)>,
    servers: BTreeMap<ServerKey, Listed<ListedServer>>,
    plugins: BTreeMap<PluginKey, Listed<ListedPlugin>>,
    skills: BTreeMap<(String, String), (NaturalKeyHash, SkillFiles)>,
    lost: BTreeMap<String, LossSeen>,
    listed_at: Option<i64>,
}

impl MachineSlots {
    pub(crate) fn take(&mut self, fact: MachineFact, nk: NaturalKeyHash) {
        match fact {
            MachineFact::Inventory {
                at,
                name,
                servers,
                plugins,
            } => {
                self.listed_at = self.listed_at.max(at);
                self.name = self.name.take().max(name.map(|name| (at, nk, name)));
                for server in servers {
                    let key = (
                        server.name.clone(),
                        server.scope.clone(),
                        server.project.clone(),
                        server.plugin.clone(),
                        server.transport.clone(),
                        server.origin.clone(),
                    );
                    list(&mut self.servers, key, at, nk, server);
                }
                for plugin in plugins {
                    let key = (
                        plugin.id.clone(),
                        plugin.marketplace.clone(),
                        plugin.version.clone(),
                    );
                    list(&mut self.plugins, key, at, nk, plugin);
                }
            }
            MachineFact::SkillFiles(files) => {
                let key = (files.name.clone(), files.hash.clone());
                let held = self
                    .skills
                    .entry(key)
                    .or_insert_with(|| (nk, files.clone()));
                if nk < held.0 {
                    *held = (nk, files);
                }
                if self.skills.len() > THINGS_MAX {
                    self.skills.pop_last();
                }
            }
            MachineFact::Lost(loss) => crate::coverage::add_loss(&mut self.lost, loss),
        }
    }

    pub(crate) fn read(&self) -> Machine {
        Machine {
            name: self.name.as_ref().map(|(_, _, name)| name.clone()),
            servers: self
                .servers
                .values()
                .map(|listed| ListedServer {
                    first_at: listed.first_at,
                    last_at: listed.last.0,
                    ..listed.says.clone()
                })
                .collect(),
            plugins: self
                .plugins
                .values()
                .map(|listed| ListedPlugin {
                    first_at: listed.first_at,
                    last_at: listed.last.0,
                    ..listed.says.clone()
                })
                .collect(),
            lost: self.lost.values().cloned().collect(),
            listed_at: self.listed_at,
        }
    }

    pub(crate) fn skill_files(&self) -> Vec<SkillFiles> {
        self.skills
            .values()
            .map(|(_, files)| files.clone())
            .collect()
    }
}

/// Of several lists that have a thing, the last one's word counts.
fn list<K: Ord, T: Ord>(
    held: &mut BTreeMap<K, Listed<T>>,
    key: K,
    at: Option<i64>,
    nk: NaturalKeyHash,
    says: T,
) {
    match held.get_mut(&key) {
        None => {
            let listed = Listed {
                first_at: at,
                last: (at, nk),
                says,
            };
            held.insert(key, listed);
        }
        Some(listed) => {
            listed.first_at = match (listed.first_at, at) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            if ((at, nk), &says) > (listed.last, &listed.says) {
                listed.last = (at, nk);
                listed.says = says;
            }
        }
    }
    if held.len() > THINGS_MAX {
        held.pop_last();
    }
}

/// A version of a skill that a session had in reach, as its capture client says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillInReach {
    /// The skill's name.
    pub name: String,
    /// Hash of its folder, lower-case hex.
    pub hash: String,
    /// Declared version label.
    pub label: Option<String>,
    /// Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`, or not known.
    pub origin: Option<String>,
    /// The plugin that brings it.
    pub plugin: Option<String>,
    /// True when it ran.
    pub ran: bool,
    /// `stable`, `changed` or `unknown`: whether it was the same at its run as at the session's start.
    pub state: SkillState,
    /// When it was seen first and last, microseconds UTC.
    pub first_us: Option<i64>,
    /// See above.
    pub last_us: Option<i64>,
}

/// Whether a skill was the same at its run as at the session's start.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum SkillState {
    /// It was looked at again after it ran, and was the same.
    Stable,
    /// It was another.
    Changed,
    /// It was not looked at twice.
    #[default]
    Unknown,
}

impl SkillState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Stable, Self::Changed, Self::Unknown];

    /// The name used in the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Changed => "changed",
            Self::Unknown => "unknown",
        }
    }
}
