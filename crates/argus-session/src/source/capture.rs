//! What the capture client itself says. The body's `type` tells which.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Record;
use crate::coverage::CoverageFact;
use crate::document::LossSeen;
use crate::fold::fact::{Fact, SessionFact};
use crate::fold::skills::SkillLook;
use crate::machine::{ListedPlugin, ListedServer, MachineFact, SkillFiles, SkillState, is_machine};
use crate::source::value::{boolean, count, string, text};
use crate::time::parse_rfc3339_us;

/// Most sources that one `lost` item names.
const SOURCES_MAX: usize = 32;
/// Longest name or label that is read: longer ones are none.
const WORD_BYTES_MAX: usize = 128;

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let kind = text(&record.body, "/type").unwrap_or("unknown");
    let fact = if is_machine(&record.session_id) {
        of_machine(kind, record).map(|fact| Fact::Machine(Box::new(fact)))
    } else {
        of_session(kind, record)
    };
    facts.push(fact.unwrap_or_else(|| Fact::Count(format!("capture.{kind}"))));
}

fn of_session(kind: &str, record: &Record) -> Option<Fact> {
    let body = &record.body;
    Some(match kind {
        "skill_tree" => Fact::Session(SessionFact::SkillTree(Box::new(look(record)?))),
        "capture_state" => Fact::Coverage(CoverageFact::Captured {
            version: word(body, "/client/version"),
        }),
        "lost" => Fact::Coverage(CoverageFact::Lost(lost(body))),
        _ => return None,
    })
}

fn of_machine(kind: &str, record: &Record) -> Option<MachineFact> {
    let body = &record.body;
    Some(match kind {
        "inventory" => MachineFact::Inventory {
            at: record.at_us,
            name: word(body, "/device/name"),
            servers: list(body, "mcp_servers").filter_map(server).collect(),
            plugins: list(body, "plugins").filter_map(plugin).collect(),
        },
        "skill_files" => MachineFact::SkillFiles(skill_files(record)?),
        "lost" => MachineFact::Lost(lost(body)),
        _ => return None,
    })
}

/// A short text of the client's own.
fn word(body: &Value, pointer: &str) -> Option<String> {
    string(body, pointer).filter(|word| word.len() <= WORD_BYTES_MAX)
}

/// SHA-256 in lower-case hex.
fn hash(body: &Value, pointer: &str) -> Option<String> {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    string(body, pointer).filter(|hash| hash.len() == 64 && hash.bytes().all(is_hex))
}

fn list<'a>(body: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    body.get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn look(record: &Record) -> Option<SkillLook> {
    let body = &record.body;
    Some(SkillLook {
        name: word(body, "/name")?,
        label: word(body, "/label"),
        hash: hash(body, "/hash")?,
        path: string(body, "/path").unwrap_or_default(),
        origin: word(body, "/origin").filter(|origin| origin != "unknown"),
        plugin: word(body, "/plugin"),
        after_run: text(body, "/at") == Some("stop"),
        state: match text(body, "/state") {
            Some("stable") => SkillState::Stable,
            Some("changed") => SkillState::Changed,
            _ => SkillState::Unknown,
        },
        at: record.at_us,
    })
}

/// The hash of the folder that consists of the files as listed: SHA-256 over path, NUL, size, NUL, SHA-256 in hex, LF of each.
fn tree_hash(body: &Value) -> Option<String> {
    let mut tree = Sha256::new();
    for file in list(body, "files") {
        let path = text(file, "/path")?;
        let size = count(file, "/size")?;
        let content = hash(file, "/sha256")?;
        tree.update(format!("{path}\0{size}\0{content}\n"));
    }
    Some(hex::encode(tree.finalize()))
}

/// `None` also when the files are not those of the version that they are said to be: it would stand for what another machine has.
fn skill_files(record: &Record) -> Option<SkillFiles> {
    let body = &record.body;
    if tree_hash(body)? != hash(body, "/hash")? {
        return None;
    }
    let sizes = || list(body, "files").map(|file| count(file, "/size").unwrap_or(0));
    Some(SkillFiles {
        name: word(body, "/name")?,
        hash: hash(body, "/hash")?,
        label: word(body, "/label"),
        body_hash: hash(body, "/body_hash"),
        files: sizes().count() as u64,
        bytes: sizes().fold(0, u64::saturating_add),
        at_us: record.at_us,
        record: record.id,
    })
}

fn server(listed: &Value) -> Option<ListedServer> {
    let words = |name: &str| {
        list(listed, name)
            .filter_map(|word| Some(word.as_str()?.to_owned()))
            .collect()
    };
    Some(ListedServer {
        name: word(listed, "/name")?,
        scope: word(listed, "/scope").unwrap_or_else(|| "unknown".to_owned()),
        project: string(listed, "/project"),
        plugin: word(listed, "/plugin"),
        transport: word(listed, "/transport").unwrap_or_else(|| "unknown".to_owned()),
        origin: string(listed, "/origin").unwrap_or_default(),
        enabled: boolean(listed, "/enabled"),
        env_names: words("env_names"),
        header_names: words("header_names"),
        first_at: None,
        last_at: None,
    })
}

fn plugin(listed: &Value) -> Option<ListedPlugin> {
    Some(ListedPlugin {
        id: word(listed, "/id")?,
        marketplace: word(listed, "/marketplace"),
        version: word(listed, "/version"),
        enabled: boolean(listed, "/enabled"),
        first_at: None,
        last_at: None,
    })
}

/// What a `lost` item says.
fn lost(body: &Value) -> LossSeen {
    let time = |pointer| text(body, pointer).and_then(parse_rfc3339_us);
    let by_source = body.get("by_source").and_then(Value::as_object);
    LossSeen {
        reason: word(body, "/reason").unwrap_or_else(|| "unknown".to_owned()),
        count: count(body, "/count").unwrap_or(0),
        bytes: count(body, "/bytes").unwrap_or(0),
        by_source: by_source
            .into_iter()
            .flatten()
            .take(SOURCES_MAX)
            .filter_map(|(source, count)| Some((source.clone(), count.as_u64()?)))
            .collect(),
        from: time("/from"),
        to: time("/to"),
    }
}
