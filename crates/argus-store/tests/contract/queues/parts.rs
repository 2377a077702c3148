//! Who has an item, and until when.

use argus_store::{QueuePart, QueueViewer, ReadScope, StoreError};

use super::{add, complete, next, person, settings, viewer, with_sessions};
use crate::support::files_with;

#[test]
fn an_item_is_reserved_skipped_released_and_given_away() {
    let test = with_sessions(&["s1", "s2"]);
    let workspace = &test.workspace;
    let mut set = settings(1);
    set.reservation_minutes = 1;
    let queue = workspace.create_queue(&set, &person("owner")).unwrap();
    add(workspace, &queue, &["s1", "s2"]);
    let of_ada = next(workspace, &queue, "ada").unwrap();
    let of_bo = next(workspace, &queue, "bo").unwrap();
    assert_eq!(
        (of_ada.session_id.as_str(), of_bo.session_id.as_str()),
        ("s1", "s2")
    );
    assert_eq!(
        next(workspace, &queue, "ada").unwrap().id,
        of_ada.id,
        "what is theirs comes first"
    );
    assert_eq!(next(workspace, &queue, "cy"), None);
    // The clock moves a second at every look: a minute passes.
    for _ in 0..60 {
        let _ = workspace.queue(&queue, &viewer("cy", false)).unwrap();
    }
    let of_cy = next(workspace, &queue, "cy").unwrap();
    assert_eq!(of_cy.id, of_ada.id, "the reservation is over");
    assert!(matches!(
        complete(workspace, "ada", &of_ada, "good"),
        Err(StoreError::Conflict(_))
    ));

    let scope = ReadScope::all();
    workspace
        .skip_item(&of_cy.id, "canary-of-a-skip", &person("cy"), &scope)
        .unwrap();
    let after = next(workspace, &queue, "cy").unwrap();
    assert_eq!(after.id, of_bo.id, "what was skipped does not come again");
    workspace
        .release_item(&after.id, &person("cy"), &scope)
        .unwrap();
    assert!(matches!(
        workspace.release_item(&after.id, &person("cy"), &scope),
        Err(StoreError::Conflict(_))
    ));
    let give = |item: &str, to: &str, by: &QueueViewer| {
        let actor = person(by.account.as_deref().unwrap());
        workspace.reassign_item(item, to, &scope, by, &actor)
    };
    let not_theirs = give(&after.id, "di", &viewer("cy", false));
    assert!(matches!(not_theirs, Err(StoreError::Conflict(_))));
    give(&after.id, "di", &viewer("owner", true)).unwrap();
    assert!(matches!(
        give(&of_cy.id, "cy", &viewer("owner", true)),
        Err(StoreError::Conflict(_))
    ));
    let [theirs] = workspace
        .my_queues(&viewer("di", false))
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!((theirs.items.len(), theirs.mine.open), (1, 1));
    assert_eq!(theirs.items[0].mine, Some(QueuePart::Assigned));
    let blind_to = ReadScope {
        projects: Some(vec!["elsewhere".to_owned()]),
        own_of: None,
    };
    let owner = viewer("owner", true);
    let unreadable = workspace.reassign_item(&of_cy.id, "eve", &blind_to, &owner, &person("owner"));
    assert!(matches!(unreadable, Err(StoreError::Invalid(_))));
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-skip"),
        Vec::<std::path::PathBuf>::new()
    );
    // Whoever may not read a session neither gets its item nor sees it counted.
    let elsewhere = QueueViewer {
        scope: blind_to,
        ..viewer("eve", false)
    };
    assert!(matches!(
        workspace.next_item(&queue, &elsewhere, &person("eve")),
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(workspace.queue(&queue, &elsewhere).unwrap(), None);
    assert!(workspace.queues(&elsewhere).unwrap().is_empty());
    assert!(workspace.my_queues(&elsewhere).unwrap().is_empty());
}
