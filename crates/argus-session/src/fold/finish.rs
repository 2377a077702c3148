//! What only the whole set of turns can tell: their order and their branches.

use std::collections::{HashMap, HashSet};

use crate::document::{Branch, Outcome, Turn};

/// Puts turns in order and gives each its `index` and `branch`.
///
/// A turn is left behind when the transcript gives it a place in the tree and that place is not on the path from the
/// newest turn to the first. A withdrawn prompt is a leaf by nature and counts as no branch.
pub fn finish(turns: &mut [Turn]) {
    turns.sort_by(|a, b| {
        (a.started_at.is_none(), a.started_at, &a.id).cmp(&(
            b.started_at.is_none(),
            b.started_at,
            &b.id,
        ))
    });
    let parents: HashMap<&str, &str> = turns
        .iter()
        .filter_map(|turn| Some((turn.id.as_str(), turn.parent.as_deref()?)))
        .collect();
    let newest = turns
        .iter()
        .rev()
        .find(|turn| turn.parent.is_some() && turn.outcome != Outcome::Withdrawn);
    let mut path: HashSet<String> = HashSet::new();
    let mut at = newest.map(|turn| turn.id.as_str());
    while let Some(id) = at {
        if !path.insert(id.to_owned()) {
            break;
        }
        at = parents.get(id).copied();
    }
    for (index, turn) in turns.iter_mut().enumerate() {
        turn.index = u32::try_from(index).unwrap_or(u32::MAX);
        let left_behind = turn.parent.is_some()
            && turn.outcome != Outcome::Withdrawn
            && !path.is_empty()
            && !path.contains(&turn.id);
        turn.branch = if left_behind {
            Branch::Abandoned
        } else {
            Branch::Main
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(id: &str, at: i64, parent: Option<&str>) -> Turn {
        Turn {
            id: id.to_owned(),
            started_at: Some(at),
            parent: parent.map(str::to_owned),
            ..Turn::default()
        }
    }

    #[test]
    fn a_rewind_leaves_a_branch_behind() {
        let mut turns = vec![
            turn("d", 4, Some("a")),
            turn("a", 1, None),
            turn("b", 2, Some("a")),
            turn("c", 3, Some("b")),
        ];
        finish(&mut turns);
        let seen: Vec<_> = turns
            .iter()
            .map(|t| (t.id.as_str(), t.index, t.branch))
            .collect();
        assert_eq!(
            seen,
            [
                ("a", 0, Branch::Main),
                ("b", 1, Branch::Abandoned),
                ("c", 2, Branch::Abandoned),
                ("d", 3, Branch::Main)
            ]
        );
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let mut turns = vec![turn("a", 1, Some("b")), turn("b", 2, Some("a"))];
        finish(&mut turns);
        assert_eq!(turns.len(), 2);
    }
}
