//! What statistics count.

use argus_store::{ReadScope, Rule, TrustQuery};

use super::{complete, next, open_settings, person, with_sessions};

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
