//! Lists: filters, sorts, cursors.

use argus_session::filter::Filter;
use argus_store::{ReadScope, SessionQuery, Sort};

use crate::support::{TestStore, conversation, new_store, put, recording, settle};

fn filled() -> TestStore {
    let test = new_store();
    for name in [
        "tools",
        "subagent",
        "failures",
        "interactive",
        "resumed",
        "slash",
    ] {
        put(&test.workspace, recording(name));
    }
    settle(&test.workspace);
    test
}

fn ids(test: &TestStore, filter: &str) -> Vec<String> {
    let query = SessionQuery {
        filter: Filter::parse(filter).unwrap(),
        limit: 100,
        ..SessionQuery::default()
    };
    test.workspace
        .sessions(&query)
        .unwrap()
        .items
        .into_iter()
        .map(|session| session.id[..8].to_owned())
        .collect()
}

#[test]
fn every_filter_finds_what_it_names() {
    let test = filled();
    let all = ids(&test, "");
    assert_eq!(all.len(), 12);
    assert_eq!(ids(&test, "tool:NoSuchTool"), ["f6a3c0cc"]);
    assert_eq!(ids(&test, "skill:release-notes"), ["4e9c345b", "da681b20"]);
    assert_eq!(ids(&test, "mcp:ledger tool:Edit"), ["da681b20"]);
    assert_eq!(ids(&test, "outcome:withdrawn"), ["f0d688c2"]);
    assert_eq!(ids(&test, "error:yes"), ["f0d688c2", "f6a3c0cc"]);
    assert_eq!(ids(&test, "error:yes -surface:terminal"), ["f6a3c0cc"]);
    assert_eq!(ids(&test, "id:da68"), ["da681b20"]);
    assert_eq!(ids(&test, "errors>5"), ["f6a3c0cc"]);
    assert_eq!(ids(&test, "surface:terminal turns>=2"), ["f0d688c2"]);
    assert_eq!(
        ids(&test, "from:2026-11-22T11:55:00Z"),
        ["52cbdcfd", "f0d688c2"]
    );
    assert_eq!(ids(&test, "to:2026-11-22T11:53:07Z"), ["da681b20"]);
    assert_eq!(ids(&test, "started<2026-11-22").len(), 0);
    assert_eq!(ids(&test, "project:demo").len(), 12);
    assert_eq!(ids(&test, "project:other").len(), 0);
    assert_eq!(
        ids(&test, "model:claude-opus-5-5 source:hook version:2.1.330").len(),
        12
    );
    // With or without `claude-`, as lists show it, and as far as it is typed.
    for (model, is_found) in [
        ("opus", true),
        ("opus-5-5", true),
        ("claude-op", true),
        ("pus", false),
    ] {
        let all = ids(&test, &format!("model:{model}")).len();
        let none = ids(&test, &format!("-model:{model}")).len();
        assert_eq!(
            all,
            ids(&test, "model:claude-opus-5-5").len() * usize::from(is_found),
            "{model}"
        );
        assert_eq!(all + none, ids(&test, "").len(), "{model}");
    }

    assert_eq!(ids(&test, "tool:Write,Edit").len(), 2);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let test = new_store();
    let items = (0..60)
        .flat_map(|n| conversation(&format!("s{n:02}"), "q", "a", n * 7))
        .collect();
    put(&test.workspace, items);
    settle(&test.workspace);
    for sort in [Sort::Started, Sort::Cost, Sort::Duration, Sort::Errors] {
        for filter in ["", "project:demo", "project:demo error:no", "turns>0"] {
            let mut query = SessionQuery {
                filter: Filter::parse(filter).unwrap(),
                sort,
                limit: 7,
                ..SessionQuery::default()
            };
            let mut seen = Vec::new();
            loop {
                let page = test.workspace.sessions(&query).unwrap();
                assert!(page.items.len() <= 7);
                seen.extend(page.items.into_iter().map(|session| session.id));
                match page.next {
                    Some(next) => query.cursor = Some(next),
                    None => break,
                }
            }
            let mut unique = seen.clone();
            unique.sort();
            unique.dedup();
            assert_eq!((seen.len(), unique.len()), (60, 60), "{sort:?} {filter}");
        }
    }
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let test = filled();
    let query = SessionQuery {
        limit: 1,
        ..SessionQuery::default()
    };
    let cursor = test.workspace.sessions(&query).unwrap().next;
    assert!(
        test.workspace
            .sessions(&SessionQuery {
                sort: Sort::Cost,
                cursor,
                scope: ReadScope::all(),
                ..query.clone()
            })
            .is_err()
    );
    assert!(
        test.workspace
            .sessions(&SessionQuery {
                cursor: Some("x".to_owned()),
                scope: ReadScope::all(),
                ..query
            })
            .is_err()
    );
}

#[test]
fn titles_are_filled_in_and_throw_away_ids_are_not_listed() {
    let test = filled();
    let page = test
        .workspace
        .sessions(&SessionQuery {
            limit: 100,
            ..SessionQuery::default()
        })
        .unwrap();
    assert!(page.items.iter().all(|session| {
        session
            .title
            .as_ref()
            .is_some_and(|title| title.text.is_some())
    }));
    assert!(page.items.iter().all(|session| !session.phantom));
    assert_eq!(test.workspace.sessions_by_prefix("da68").unwrap().len(), 1);
}

fn paged(test: &TestStore, filter: &str, sort: Sort, limit: usize) -> Vec<String> {
    let mut query = SessionQuery {
        filter: Filter::parse(filter).unwrap(),
        sort,
        limit,
        ..SessionQuery::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = test.workspace.sessions(&query).unwrap();
        seen.extend(page.items.into_iter().map(|session| session.id));
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return seen,
        }
    }
}

/// Terms of every kind: names that many have and that few have, prefixes, numbers, times.
const TERMS: [&str; 16] = [
    "tool:Bash",
    "tool:Edit,Write",
    "skill:release-notes",
    "mcp:ledger",
    "outcome:withdrawn",
    "error:yes",
    "surface:terminal",
    "kind:automated",
    "kind:single_turn",
    "first_turn:unknown",
    "id:da68",
    "turns>=2",
    "errors:0",
    "cost<0.05",
    "started>=2026-11-22T11:54:00Z",
    "after:2026-11-22T11:55:00Z",
];

/// What is asked for together is what each asks for; what is asked against is the rest; whatever way the list is made.
#[test]
fn terms_together_are_what_each_of_them_is() {
    let test = filled();
    let of = |filter: &str, sort, limit| {
        let found = paged(&test, filter, sort, limit);
        let set: std::collections::BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(found.len(), set.len(), "{filter}: one came twice");
        set
    };
    let all = of("", Sort::Started, 100);
    for (place, term) in TERMS.iter().enumerate() {
        let with = of(term, Sort::Started, 100);
        let without = of(&format!("-{term}"), Sort::Started, 100);
        assert!(with.is_disjoint(&without), "{term}");
        assert_eq!(&with | &without, all, "{term}");
        for other in &TERMS[place + 1..] {
            let both = &with & &of(other, Sort::Started, 100);
            let but = &with - &of(other, Sort::Started, 100);
            for (sort, limit) in [(Sort::Started, 1), (Sort::Cost, 100), (Sort::Errors, 3)] {
                {
                    let filter = format!("{term} {other}");
                    assert_eq!(of(&filter, sort, limit), both, "{filter} {sort:?}");
                    let filter = format!("{term} -{other}");
                    assert_eq!(of(&filter, sort, limit), but, "{filter} {sort:?}");
                }
            }
        }
    }
}

#[test]
fn a_list_says_how_many_it_leaves_out() {
    let test = filled();
    let folded = |filter: &str, scope: ReadScope| {
        let query = SessionQuery {
            filter: Filter::parse(filter).unwrap(),
            fold: argus_store::kinds_of("automated,single_turn").unwrap(),
            limit: 100,
            scope,
            ..SessionQuery::default()
        };
        let page = test.workspace.sessions(&query).unwrap();
        (page.items.len(), page.folded.unwrap())
    };
    let shown = paged(&test, "-kind:automated,single_turn", Sort::Started, 100).len();
    let (items, left) = folded("", ReadScope::all());
    assert_eq!(
        (items, left.sessions, left.more),
        (shown, 12 - shown as u64, false)
    );
    assert_eq!(folded("mcp:nowhere", ReadScope::all()).1.sessions, 0);
    // A reader is told of those only that they may read.
    let bounded = |project: &str| ReadScope {
        projects: Some(vec![project.to_owned()]),
        own_of: None,
    };
    assert_eq!(folded("", bounded("demo")).1.sessions, left.sessions);
    assert_eq!(folded("", bounded("other")).1.sessions, 0);
    assert!(argus_store::kinds_of("nightly").is_err());
}
