//! What changed of a session, as rows.

use std::collections::{BTreeSet, HashMap};

use argus_session::filter::{Key, SessionKind};
use argus_session::fold::StepOrder;
use argus_session::machine::{self, Machine, SkillFiles};
use argus_session::{Fold, Random, Session, Step, Turn};
use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};

use crate::key_ring::IdHash;
use crate::sqlite::inventory::{self, SessionRows};
use crate::sqlite::names;
use crate::sqlite::projections::{self, HeldStep, SessionColumns, StepRow};
use crate::{StoreError, seal};

/// The changed rows of one session.
#[derive(Default)]
pub(crate) struct SessionUpdate {
    session: i64,
    pub(crate) hash: IdHash,
    columns: SessionColumns,
    doc: Vec<u8>,
    names: Vec<(i64, String)>,
    projects: Vec<String>,
    links: Vec<(String, String)>,
    turns: Vec<TurnUpdate>,
    has: SessionRows,
    /// Of a machine's own items: these rows and no others.
    machine: Option<MachineRows>,
}

impl SessionUpdate {
    /// The session's number, and the turns of it that changed.
    pub(super) fn touched(&self) -> (i64, BTreeSet<String>) {
        let turns = self.turns.iter().map(|turn| turn.id.clone());
        (self.session, turns.collect())
    }
}

/// The rows of a machine.
struct MachineRows {
    device: Vec<u8>,
    machine: Machine,
    doc: Vec<u8>,
    files: Vec<SkillFiles>,
}

/// The changed rows of one turn.
struct TurnUpdate {
    id: String,
    /// `None` when the turn is gone.
    row: Option<TurnRow>,
}

struct TurnRow {
    hash: i64,
    doc: Option<Vec<u8>>,
    steps: Vec<StepRow>,
    gone: Vec<HeldStep>,
}

/// Folds' changes as rows. Reads what is held, so that only what differs is sealed and written. A fold that was made anew
/// (`is_new`) does not know which turns an earlier one wrote: what is held of the session and is no turn of it is gone.
pub(super) fn of(
    reader: &Connection,
    session: i64,
    hash: IdHash,
    key: &[u8; 32],
    fold: &mut Fold,
    is_new: bool,
    random: &dyn Random,
) -> Result<SessionUpdate, StoreError> {
    if let Some(device) = machine::device_of(fold.session_id()) {
        let machine = fold.machine();
        return Ok(SessionUpdate {
            session,
            hash,
            machine: Some(MachineRows {
                device: device.to_vec(),
                doc: seal_doc(key, &machine, random),
                machine,
                files: fold.skill_files(),
            }),
            ..SessionUpdate::default()
        });
    }
    let mut changed = fold.take_changed_turns();
    if is_new {
        changed.extend(projections::turn_ids(reader, session)?);
    }
    let mut turns = Vec::with_capacity(changed.len());
    for id in changed {
        let row = match fold.turn(&id) {
            Some((turn, steps)) => Some(turn_row(reader, session, key, &turn, &steps, random)?),
            None => None,
        };
        turns.push(TurnUpdate { id, row });
    }
    let head = fold.session();
    Ok(SessionUpdate {
        session,
        hash,
        columns: columns(&head),
        doc: seal_doc(key, &head, random),
        names: names_of(&head, fold),
        projects: head.projects.clone(),
        links: head
            .links
            .iter()
            .filter_map(|link| Some((link.kind.clone(), link.session_id.clone()?)))
            .collect(),
        turns,
        has: has(head, fold),
        machine: None,
    })
}

fn has(head: Session, fold: &Fold) -> SessionRows {
    let (skills, servers) = (fold.skills_in_reach(), inventory::servers_of(&head));
    SessionRows {
        has: print_of(&(&skills, &servers)),
        skills,
        servers,
        coverage: head.coverage,
    }
}

fn turn_row(
    reader: &Connection,
    session: i64,
    key: &[u8; 32],
    turn: &Turn,
    steps: &[Step],
    random: &dyn Random,
) -> Result<TurnRow, StoreError> {
    let held = projections::held_turn(reader, session, &turn.id)?;
    let held_steps = match held {
        Some((n, _)) => projections::held_steps(reader, n)?,
        None => Vec::new(),
    };
    let held_by_id: HashMap<&str, &HeldStep> = held_steps
        .iter()
        .map(|step| (step.id.as_str(), step))
        .collect();
    let turn_hash = print_of(turn);
    let doc = held
        .is_none_or(|(_, hash)| hash != turn_hash)
        .then(|| seal_doc(key, turn, random));
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    for step in steps {
        let order = StepOrder::of(step);
        let hash = print_of(step);
        match held_by_id.get(step.id.as_str()) {
            Some(held) if held.hash == hash && held.order == order => {
                kept.insert(&step.id);
            }
            _ => rows.push(StepRow {
                order,
                id: step.id.clone(),
                aliases: step.aliases.clone(),
                kind: order.place,
                is_error: step.is_error,
                hash,
                doc: Some(seal_doc(key, step, random)),
            }),
        }
    }
    let gone = held_steps
        .iter()
        .filter(|held| !kept.contains(held.id.as_str()))
        .cloned()
        .collect();
    Ok(TurnRow {
        hash: turn_hash,
        doc,
        steps: rows,
        gone,
    })
}

/// A fingerprint by which an unchanged document is known.
fn print_of<T: serde::Serialize>(document: &T) -> i64 {
    let digest = Sha256::digest(serde_json::to_vec(document).unwrap_or_default());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(bytes)
}

/// What documents are bound to.
pub(crate) const DOC: &[u8] = b"doc";

fn seal_doc<T: serde::Serialize>(key: &[u8; 32], document: &T, random: &dyn Random) -> Vec<u8> {
    seal::seal(
        key,
        DOC,
        &[0; 32],
        &serde_json::to_vec(document).unwrap_or_default(),
        random,
    )
}

fn columns(head: &Session) -> SessionColumns {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let started_at_us = head.started_at.unwrap_or(0);
    SessionColumns {
        listed: !head.phantom,
        started_at_us,
        ended_at_us: head.ended_at.unwrap_or(started_at_us),
        cost_nanousd: head.totals.cost.cost_nanousd.unwrap_or(0),
        turns: count(head.totals.turns),
        steps: count(head.totals.steps),
        tool_calls: count(head.totals.tool_calls),
        errors: count(head.totals.errors),
    }
}

fn names_of(head: &Session, fold: &Fold) -> Vec<(i64, String)> {
    let mut names: Vec<(Key, String)> = Vec::new();
    let mut add = |key: Key, values: &mut dyn Iterator<Item = String>| {
        names.extend(values.map(|value| (key, value)));
    };
    add(
        Key::User,
        &mut head.user.email.iter().chain(&head.user.id).cloned(),
    );
    add(Key::Project, &mut head.projects.iter().cloned());
    add(Key::Model, &mut head.models.iter().cloned());
    add(
        Key::Skill,
        &mut head.skills.iter().map(|skill| skill.name.clone()),
    );
    add(
        Key::SkillVersion,
        &mut fold
            .skills_in_reach()
            .into_iter()
            .filter(|version| version.ran)
            .map(|version| format!("{}@{}", version.name, version.hash)),
    );
    add(
        Key::FirstTurn,
        &mut head
            .first_turn
            .iter()
            .map(|judged| judged.acceptance.as_str().to_owned()),
    );
    add(
        Key::Kind,
        &mut SessionKind::of(head)
            .into_iter()
            .map(|kind| kind.as_str().to_owned()),
    );
    add(Key::Tool, &mut fold.tool_names().into_iter());
    add(
        Key::Mcp,
        &mut head.mcp_servers.iter().map(|server| server.name.clone()),
    );
    add(
        Key::Outcome,
        &mut fold
            .outcomes()
            .into_iter()
            .map(|outcome| outcome.as_str().to_owned()),
    );
    add(
        Key::Error,
        &mut std::iter::once(if head.totals.errors > 0 { "yes" } else { "no" }.to_owned()),
    );
    add(
        Key::Source,
        &mut head.sources.iter().map(|source| source.as_str().to_owned()),
    );
    add(
        Key::Surface,
        &mut std::iter::once(head.client.surface.as_str().to_owned()),
    );
    add(Key::Version, &mut head.client.version.iter().cloned());
    add(
        Key::Coverage,
        &mut std::iter::once(head.coverage.grade.as_str().to_owned()),
    );
    let mut numbered: Vec<(i64, String)> = names
        .into_iter()
        .filter_map(|(key, name)| Some((names::number(key)?, name)))
        .collect();
    numbered.extend(
        fold.credentials()
            .iter()
            .map(|user| (names::CREDENTIAL, user.clone())),
    );
    numbered.sort_unstable();
    numbered.dedup();
    numbered
}

/// Writes what changed.
pub(super) fn write(
    transaction: &Transaction<'_>,
    update: &SessionUpdate,
) -> Result<(), StoreError> {
    let session = update.session;
    if let Some(of) = &update.machine {
        return inventory::put_machine(
            transaction,
            session,
            &of.device,
            &of.machine,
            &of.doc,
            &of.files,
        );
    }
    for turn in &update.turns {
        let held = projections::held_turn(transaction, session, &turn.id)?;
        let Some(row) = &turn.row else {
            if let Some((n, _)) = held {
                projections::remove_turn(transaction, n)?;
            }
            continue;
        };
        let n =
            projections::put_turn(transaction, session, &turn.id, row.hash, row.doc.as_deref())?;
        for gone in &row.gone {
            projections::remove_step(transaction, n, gone)?;
        }
        for step in &row.steps {
            if let Some(doc) = &step.doc {
                projections::put_step(transaction, session, n, step, doc)?;
            }
        }
    }
    let before = projections::session_columns(transaction, session)?;
    let project = names::number(Key::Project).unwrap_or(0);
    let projects_before = projections::names(transaction, session, project)?;
    if before != Some(update.columns) || projects_before != update.projects {
        projections::roll_up(
            transaction,
            before
                .as_ref()
                .map(|columns| (columns, projects_before.as_slice())),
            Some((&update.columns, update.projects.as_slice())),
        )?;
    }
    projections::put_session(transaction, session, &update.columns, &update.doc)?;
    projections::put_names(
        transaction,
        session,
        update.columns.started_at_us,
        &update.names,
    )?;
    projections::put_links(transaction, session, &update.links)?;
    inventory::put_session(transaction, session, &update.has)
}
