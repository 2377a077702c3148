//! A session as it was: what is read of it later is what was there then, whichever source has told the same better since.

use argus_session::Turn;
use argus_store::{ReadScope, SessionQuery, Workspace};

use crate::support::{new_store, put, recording, settle};

/// A state of a session that somebody looked at.
struct Looked {
    session: String,
    record: u64,
    title: Option<String>,
    turns: Vec<Turn>,
}

fn look(workspace: &Workspace) -> Vec<Looked> {
    let query = SessionQuery {
        limit: 100,
        ..SessionQuery::default()
    };
    let sessions = workspace.sessions(&query).unwrap().items;
    sessions
        .into_iter()
        .map(|session| {
            let version = workspace.session_version(&session.id, &ReadScope::all());
            let document = workspace
                .document(&session.id, usize::MAX)
                .unwrap()
                .unwrap();
            Looked {
                session: session.id,
                record: version.unwrap().unwrap().record,
                title: document.session.title.and_then(|title| title.text),
                turns: document.turns,
            }
        })
        .collect()
}

/// The same, read now.
fn read_then(workspace: &Workspace, looked: &Looked) -> (Option<String>, Vec<Turn>) {
    let then = workspace.session_then(&looked.session, looked.record);
    let then = then.unwrap().unwrap();
    let turns = then.turns.iter().map(|turn| {
        let steps = then.steps(&turn.id).into_iter();
        Turn {
            steps: steps
                .map(|step| workspace.with_step_texts(step, usize::MAX))
                .collect(),
            ..workspace.with_texts(turn.clone(), usize::MAX)
        }
    });
    let turns = turns.collect();
    (then.head.title.and_then(|title| title.text), turns)
}

#[test]
fn every_state_that_a_session_had_can_be_read_again() {
    for name in [
        "tools",
        "interactive",
        "resumed",
        "subagent",
        "slash",
        "failures",
    ] {
        // Hooks tell first, the transcript after them: what is shown comes from another record then.
        let items: Vec<_> = recording(name).into_iter().rev().collect();
        let test = new_store();
        let workspace = &test.workspace;
        let mut looked = Vec::new();
        for slice in items.chunks(items.len().div_ceil(6)) {
            put(workspace, slice.to_vec());
            settle(workspace);
            looked.extend(look(workspace));
        }
        assert!(looked.len() > 5, "{name}: {}", looked.len());
        let mut differ = 0;
        let last = look(workspace);
        for was in &looked {
            let (title, turns) = read_then(workspace, was);
            assert_eq!(title, was.title, "{name}");
            assert_eq!(
                turns, was.turns,
                "{name}: {} at {}",
                was.session, was.record
            );
            differ += usize::from(last.iter().all(|now| now.turns != was.turns));
        }
        assert!(differ > 0, "{name}: something came later");
    }
}
