//! Sessions that follow from each other, and ids that are no sessions.

use crate::support::{Sources, document, fold, records};

#[test]
fn resume_and_continue_stay_one_session() {
    let document = document("resumed", "30c2fd6e", Sources::ALL);
    let prompts: Vec<_> = document
        .turns
        .iter()
        .map(|turn| turn.prompt.text.clone().unwrap().text.unwrap())
        .collect();
    assert_eq!(prompts.len(), 5);
    assert!(prompts[1].starts_with("Second") && prompts[4].starts_with("Sixth"));
    assert_eq!(document.session.totals.cost.cost_nanousd, Some(8_820_000));
    assert_eq!(document.session.totals.unattributed_nanousd, Some(0));
    assert!(document.session.links.is_empty());
}

#[test]
fn a_fork_is_linked_and_what_it_copied_counts_nowhere() {
    for sources in [Sources::ALL, Sources::TRANSCRIPT] {
        let document = document("resumed", "0cb74d95", sources);
        let copied: Vec<bool> = document.turns.iter().map(|turn| turn.copied).collect();
        assert_eq!(copied, [true, true, true, false]);
        assert_eq!(document.turns[3].id, "d96d2f93-1ff1-4642-899a-5700e5396c19");
        assert_eq!(document.session.totals.turns, 1);
        assert_eq!(document.session.totals.tool_calls, 0);
        let link = document
            .session
            .links
            .iter()
            .find(|link| link.session_id.is_some())
            .unwrap();
        assert_eq!(
            (link.kind.as_str(), link.session_id.as_deref()),
            ("fork", Some("30c2fd6e-21c1-5c09-a8ee-702db52cecba"))
        );
    }
    let all = document("resumed", "0cb74d95", Sources::ALL);
    assert_eq!(all.session.totals.cost.cost_nanousd, Some(1_240_000));
    assert_eq!(
        all.session.totals.unattributed_nanousd,
        Some(0),
        "the running total of the transcript goes on from the old session's"
    );
}

#[test]
fn the_session_after_clear_names_the_one_before() {
    let document = document("interactive", "52cbdcfd", Sources::ALL);
    let link = document
        .session
        .links
        .iter()
        .find(|link| link.session_id.is_some())
        .unwrap();
    assert_eq!(
        (link.kind.as_str(), link.session_id.as_deref()),
        ("clear", Some("f0d688c2-ae95-5137-ac24-bf54d3478a57"))
    );
    assert_eq!(document.session.totals.turns, 1);
}

#[test]
fn a_throw_away_id_of_a_resume_is_no_session() {
    let sessions = records("resumed", Sources::ALL);
    assert_eq!(sessions.len(), 3);
    for (id, records) in sessions {
        let document = fold(&id, &records);
        let is_throw_away = !id.starts_with("30c2fd6e") && !id.starts_with("0cb74d95");
        assert_eq!(document.session.phantom, is_throw_away, "{id}");
        assert!(!is_throw_away || document.turns.is_empty());
    }
}

#[test]
fn seen_in_two_projects_is_one_session_with_a_notice() {
    let (id, mut records) = records("simple", Sources::ALL).pop_first().unwrap();
    for (place, record) in records.iter_mut().enumerate() {
        record.projects = vec![if place % 2 == 0 { "north" } else { "south" }.to_owned()];
    }
    let document = fold(&id, &records);
    assert_eq!(document.session.projects, ["north", "south"]);
    assert_eq!(document.session.notices, ["seen_in_several_projects"]);
}

#[test]
fn unassigned_is_no_second_project() {
    let (id, mut records) = records("simple", Sources::ALL).pop_first().unwrap();
    for (place, record) in records.iter_mut().enumerate() {
        record.projects = vec![
            if place % 2 == 0 {
                "north"
            } else {
                "unassigned"
            }
            .to_owned(),
        ];
    }
    let document = fold(&id, &records);
    assert_eq!(document.session.projects, ["north"]);
    assert!(document.session.notices.is_empty());
}

#[test]
fn of_a_list_of_projects_the_working_folder_picks_one() {
    let (id, mut records) = records("simple", Sources::TRANSCRIPT).pop_first().unwrap();
    for record in &mut records {
        record.projects = vec!["elsewhere".to_owned(), "project".to_owned()];
    }
    assert_eq!(fold(&id, &records).session.projects, ["project"]);
    for record in &mut records {
        record.projects = vec!["elsewhere".to_owned(), "nowhere".to_owned()];
    }
    assert_eq!(fold(&id, &records).session.projects, ["unassigned"]);
}
