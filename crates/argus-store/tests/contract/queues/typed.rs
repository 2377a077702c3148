//! What people type about items is redacted.

use argus_store::{NewGold, QueueSettings, ReadScope, Reason};

use super::{items, next, owner_view, person, settings, with_sessions};
use crate::support::files_with;

#[test]
fn what_is_typed_about_items_and_references_is_redacted() {
    const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let (owner, scope) = (person("owner"), ReadScope::all());
    let text = format!("it says {KEY} there");
    let gold = NewGold {
        session_id: "s1".to_owned(),
        turn: None,
        rubric: None,
        answers: Vec::new(),
        verdict: Some("good".to_owned()),
        note: Some(text.clone()),
        is_removed: false,
    };
    workspace.set_gold(gold, &owner, &scope).unwrap();
    let open = QueueSettings {
        is_blind: false,
        ..settings(2)
    };
    let queue = workspace.create_queue(&open, &owner).unwrap();
    workspace
        .add_to_queue(&queue, &["s1".to_owned()], None, &text, &owner, &scope)
        .unwrap();
    let item = next(workspace, &queue, "ada").unwrap();
    workspace
        .skip_item(&item.id, &text, &person("ada"), &scope)
        .unwrap();
    let precedent = argus_store::NewPrecedent {
        text,
        session: Some("s1".to_owned()),
        turn: None,
    };
    workspace
        .add_precedent("compliance", precedent, &owner, &scope)
        .unwrap();

    let mut read = vec![workspace.gold(&scope).unwrap()[0].note.clone().unwrap()];
    let rubric = workspace.rubric("compliance", None, &scope).unwrap();
    read.push(rubric.unwrap().precedents[0].text.clone());
    let [shown] = items(workspace, &queue, &owner_view()).try_into().unwrap();
    let Some(Reason::Hand { text }) = shown.reason else {
        panic!("{:?}", shown.reason)
    };
    read.push(text);
    read.extend(shown.parts.into_iter().filter_map(|part| part.skip_reason));
    assert_eq!(read.len(), 4, "{read:?}");
    for text in read {
        assert!(!text.contains(KEY), "{text}");
        assert!(
            text.starts_with("it says ") && text.ends_with(" there"),
            "{text}"
        );
    }
    assert_eq!(
        files_with(test.folder.path(), KEY),
        Vec::<std::path::PathBuf>::new()
    );
}
