//! Projections: what is read is what the records say, however they came.

use argus_session::Item;
use argus_store::{Actor, StepRange, Store};

use crate::support::{conversation, dump, files_with, new_store, options, put, recording, settle};

const RECORDINGS: [&str; 5] = ["tools", "subagent", "interactive", "resumed", "slash"];

fn shuffled(mut items: Vec<Item>, seed: u64) -> Vec<Item> {
    let mut state = seed;
    for place in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(
            place,
            usize::try_from((state >> 33) % (place as u64 + 1)).unwrap(),
        );
    }
    items
}

/// A dump without the records' numbers, which tell the order in which they came.
fn without_record_numbers(dump: &str) -> Vec<serde_json::Value> {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(members) => {
                members.retain(|name, _| name != "records" && !name.ends_with("_ref"));
                members.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    dump.lines()
        .map(|line| {
            let mut value = serde_json::from_str(line).unwrap();
            strip(&mut value);
            value
        })
        .collect()
}

#[test]
fn the_order_and_the_batches_in_which_records_came_do_not_matter() {
    let items: Vec<Item> = RECORDINGS.iter().flat_map(|name| recording(name)).collect();
    let mut expected = None;
    for (seed, batch) in [(0_u64, 100_000_usize), (7, 1_000), (8, 150)] {
        let test = new_store();
        let items = if seed == 0 {
            items.clone()
        } else {
            shuffled(items.clone(), seed)
        };
        for batch in items.chunks(batch) {
            put(&test.workspace, batch.to_vec());
        }
        let dump = without_record_numbers(&dump(&test.workspace));
        let expected = expected.get_or_insert_with(|| dump.clone());
        for (made, expected) in dump.iter().zip(expected.iter()) {
            for (a, b) in serde_json::to_string_pretty(made)
                .unwrap()
                .lines()
                .zip(serde_json::to_string_pretty(expected).unwrap().lines())
            {
                assert_eq!(a, b, "seed {seed}: {} differs", made["document"]["id"]);
            }
        }
        assert_eq!(dump.len(), expected.len());
    }
}

#[test]
fn a_rebuild_changes_nothing() {
    let test = new_store();
    for name in RECORDINGS {
        put(&test.workspace, recording(name));
    }
    let before = dump(&test.workspace);
    let report = test.workspace.rebuild(&Actor::system()).unwrap();
    assert!(report.sessions >= 9);
    assert!(
        dump(&test.workspace) == before,
        "a rebuild gives another dump"
    );
    assert!(test.workspace.check_ledger().unwrap());
}

#[test]
fn what_was_not_projected_when_the_store_closed_is_projected_when_it_opens() {
    let test = new_store();
    put(&test.workspace, recording("tools"));
    let expected = dump(&test.workspace);
    let folder = test.folder;
    drop((test.workspace, test.store));
    let other = tempfile::tempdir().unwrap();
    let store = Store::open(other.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    put(&workspace, recording("tools"));
    // Closed at once, projected or not.
    drop((workspace, store));
    let store = Store::open(other.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert!(dump(&workspace) == expected);
    drop(folder);
}

#[test]
fn a_step_is_found_by_every_id_it_had() {
    let test = new_store();
    put(&test.workspace, recording("tools"));
    settle(&test.workspace);
    let session = "da681b20-e8a1-5241-ad72-224aea70c94f";
    let document = test
        .workspace
        .document(session, usize::MAX)
        .unwrap()
        .unwrap();
    for step in &document.turns[0].steps {
        for id in std::iter::once(&step.id).chain(&step.aliases) {
            let (turn, found) = test.workspace.step(session, id).unwrap().unwrap();
            assert_eq!(
                (turn.as_str(), &found),
                (document.turns[0].id.as_str(), step)
            );
        }
    }
}

#[test]
fn steps_come_in_ranges_and_long_texts_are_cut() {
    let test = new_store();
    put(&test.workspace, recording("tools"));
    settle(&test.workspace);
    let session = "da681b20-e8a1-5241-ad72-224aea70c94f";
    let turn = &test.workspace.turns(session).unwrap()[0];
    let all = test
        .workspace
        .steps(session, &turn.id, StepRange::all(10))
        .unwrap();
    assert_eq!(all.len() as u64, turn.step_count);
    let some = test
        .workspace
        .steps(
            session,
            &turn.id,
            StepRange {
                offset: 2,
                limit: 3,
                text_bytes_max: 10,
            },
        )
        .unwrap();
    assert_eq!(some, all[2..5]);
    let text = all[0].text.as_ref().unwrap();
    assert_eq!(
        (text.text.as_deref(), text.text_bytes),
        (Some("Please pre"), 92)
    );
}

#[test]
fn a_fork_and_a_clear_are_one_conversation_with_what_they_came_from() {
    let test = new_store();
    put(&test.workspace, recording("resumed"));
    put(&test.workspace, recording("interactive"));
    settle(&test.workspace);
    let conversation = |id: &str| test.workspace.session(id).unwrap().unwrap().conversation;
    assert_eq!(
        conversation("0cb74d95-38c1-4702-9712-60358554ecb7"),
        "30c2fd6e-21c1-5c09-a8ee-702db52cecba"
    );
    assert_eq!(
        conversation("30c2fd6e-21c1-5c09-a8ee-702db52cecba"),
        "30c2fd6e-21c1-5c09-a8ee-702db52cecba"
    );
    assert_eq!(
        conversation("52cbdcfd-f830-4fab-9957-61f9e5a0adcd"),
        "f0d688c2-ae95-5137-ac24-bf54d3478a57"
    );
}

#[test]
fn captured_text_stands_in_no_file_in_the_clear() {
    let test = new_store();
    put(
        &test.workspace,
        conversation(
            "s1",
            "the canary of the prompt",
            "the canary of the answer",
            0,
        ),
    );
    settle(&test.workspace);
    for canary in ["the canary of the prompt", "the canary of the answer"] {
        assert_eq!(
            files_with(test.folder.path(), canary),
            Vec::<std::path::PathBuf>::new()
        );
    }
}

/// Columns that may hold text: ids, names, and what the store itself writes. A new one has to be thought about.
#[test]
fn the_text_columns_are_those_that_were_allowed() {
    let test = new_store();
    let path = crate::support::files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT' ORDER BY 1")
        .unwrap();
    let columns: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let allowed = [
        "api_keys.device_id",
        "api_keys.device_name",
        "api_keys.id",
        "api_keys.prefix",
        "api_keys.projects",
        "api_keys.scope",
        "api_keys.user",
        "bodies.blob",
        "deliveries.key_id",
        "deliveries.projects",
        "deliveries.user",
        "devices.arch",
        "devices.client_version",
        "devices.id",
        "devices.key_id",
        "devices.name",
        "devices.os",
        "devices.person",
        "gold.author",
        "gold.rubric",
        "gold.turn",
        "gold.verdict",
        "invitations.email",
        "invitations.id",
        "invitations.invited_by",
        "invitations.projects",
        "invitations.role",
        "members.account",
        "members.projects",
        "members.role",
        "mentions.account",
        "meta.name",
        "queue_assignments.account",
        "queue_assignments.verdict",
        "queue_items.queue",
        "queue_items.turn",
        "queue_samples.project",
        "queue_samples.queue",
        "queue_samples.seed",
        "queues.id",
        "redactions.kind",
        "reviewers.author",
        "reviewers.email",
        "reviewers.name",
        "reviewers.name_lower",
        "reviews.author",
        "reviews.queue_item",
        "reviews.turn",
        "reviews.word",
        "rollup_days.project",
        "rubric_precedents.author",
        "rubric_precedents.rubric",
        "rubric_precedents.turn",
        "rubric_versions.rubric",
        "rubrics.id",
        "saved_views.account",
        "saved_views.id",
        "session_bits.name",
        "session_links.kind",
        "session_links.older",
        "session_names.name",
        "session_processes.version",
        "session_servers.name",
        "session_servers.scope",
        "session_servers.transport",
        "session_skills.label",
        "session_skills.name",
        "session_skills.origin",
        "session_skills.plugin",
        "sessions_known.id",
        "share_openings.share",
        "shares.author",
        "shares.id",
        "skill_files.label",
        "skill_files.name",
        "step_ids.id",
        "step_ids.step",
        "steps.id",
        "tombstones.actor_id",
        "tombstones.actor_kind",
        "tombstones.kind",
        "tombstones.person",
        "tombstones.policy",
        "tombstones.projects",
        "turns.id",
    ];
    assert_eq!(columns, allowed);
}

/// Whatever was projected before the process ended: a turn that moves is not left behind.
#[test]
fn a_store_that_was_closed_between_any_two_batches_holds_the_same() {
    for name in ["tools", "resumed"] {
        let items = recording(name);
        let whole = new_store();
        put(&whole.workspace, items.clone());
        let expected = without_record_numbers(&dump(&whole.workspace));
        for seed in [3_u64, 4] {
            let folder = tempfile::tempdir().unwrap();
            for batch in shuffled(items.clone(), seed).chunks(items.len() / 6 + 1) {
                let store = Store::open(folder.path(), options()).unwrap();
                let workspace = store.workspace("default").unwrap().unwrap();
                put(&workspace, batch.to_vec());
                crate::support::settle(&workspace);
            }
            let store = Store::open(folder.path(), options()).unwrap();
            let workspace = store.workspace("default").unwrap().unwrap();
            let seen = without_record_numbers(&dump(&workspace));
            assert!(seen == expected, "{name}, seed {seed}");
        }
    }
}
