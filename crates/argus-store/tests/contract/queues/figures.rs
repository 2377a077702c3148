//! What statistics count.

use argus_store::{ReadScope, Rule, TrustQuery};

use super::{add, complete, judge, next, open_settings, person, settings, with_sessions};

#[test]
fn what_two_queues_drew_counts_once_and_what_was_not_blind_says_nothing_of_agreement() {
    let ids: Vec<String> = (0..40).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    let mut set = open_settings();
    set.rules = vec![Rule::Random {
        percent: 10.0,
        seed: "seed-1".to_owned(),
    }];
    for _ in 0..2 {
        let queue = workspace.create_queue(&set, &owner).unwrap();
        workspace
            .fill_queue(&queue, &owner, &ReadScope::all())
            .unwrap();
        let item = next(workspace, &queue, "ada").unwrap();
        complete(workspace, "ada", &item, "good").unwrap();
    }
    let [stratum] = workspace
        .sampled(&TrustQuery::default())
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(
        (stratum.population, stratum.drawn, stratum.found.len()),
        (40, 4, 1),
        "the same seed drew the same sessions"
    );
    assert_eq!(stratum.found[0].len(), 1, "one person, once");
    let judged = workspace.judged_items(&TrustQuery::default()).unwrap();
    assert!(judged.items.is_empty() && !judged.is_capped);
}

#[test]
fn a_verdict_counts_once_and_where_verdicts_were_asked_for() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let rubric = workspace
        .rubric("compliance", None, &ReadScope::all())
        .unwrap()
        .unwrap();
    let mut by_score = settings(2);
    by_score.rubric = Some("compliance".to_owned());
    let mut queues = Vec::new();
    for set in [&settings(2), &settings(2), &by_score] {
        let queue = workspace.create_queue(set, &owner).unwrap();
        add(workspace, &queue, &["s1"]);
        queues.push(queue);
    }
    for who in ["ada", "bo"] {
        for queue in &queues[..2] {
            let item = next(workspace, queue, who).unwrap();
            // Said once: what stands is enough for the second queue.
            if queue == &queues[0] {
                judge(workspace, who, "s1", "good");
            }
            workspace
                .complete_item(&item.id, &person(who), &ReadScope::all())
                .unwrap();
        }
        let item = next(workspace, &queues[2], who).unwrap();
        let score = argus_store::NewScore {
            session_id: "s1".to_owned(),
            turn: None,
            rubric: "compliance".to_owned(),
            version: 1,
            answers: crate::rubrics::best(&rubric.definition),
            comment: None,
            queue_item: Some(item.id.clone()),
        };
        workspace
            .give_score(score, &person(who), &ReadScope::all())
            .unwrap();
        workspace
            .complete_item(&item.id, &person(who), &ReadScope::all())
            .unwrap();
    }
    let judged = |queue: Option<&String>| {
        let query = TrustQuery {
            queue: queue.cloned(),
            ..TrustQuery::default()
        };
        let items = workspace.judged_items(&query).unwrap().items;
        items
            .iter()
            .map(|item| item.judgements.len())
            .sum::<usize>()
    };
    assert_eq!(judged(None), 2);
    assert_eq!((judged(Some(&queues[1])), judged(Some(&queues[2]))), (2, 0));
}
