//! The transcript's tree: which prompt each record follows from.
//!
//! Only user records carry a prompt id; every other one is joined to its prompt by its chain of parents. Records come in
//! any order, so a record waits for its parent, and what hangs below it is settled when the parent comes. Each record is
//! settled at most twice: provisionally by a prompt id, finally by the prompt record itself.

use std::collections::{HashMap, HashSet};

/// What a record is to the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// A prompt: everything below belongs to it.
    Root,
    /// Not a prompt, but it names a prompt id: good until a root is found above it.
    Anchor(String),
    /// Neither.
    Plain,
}

/// Where a record belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeHome {
    /// To the prompt with this id.
    Prompt(String),
    /// To the prompt record with this uuid.
    Root(String),
}

#[derive(Debug)]
struct Node {
    parent: Option<String>,
    /// Where a compaction cut the chain: what stood above. Says what came before, not where a record belongs.
    logical_parent: Option<String>,
    kind: NodeKind,
    home: Option<NodeHome>,
}

/// The tree, as far as its records have come.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: HashMap<String, Node>,
    children: HashMap<String, Vec<String>>,
    /// Records below a record by a compaction's link.
    logical_children: HashMap<String, Vec<String>>,
}

/// What a record's coming changed.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// Records whose home changed.
    pub(crate) nodes: Vec<String>,
    /// Prompts above which something changed: the turn that they follow may be another.
    pub(crate) roots_below: Vec<String>,
}

/// How far up the turn above is looked for: a turn's own records above its prompt are few (`/compact`: three).
const CLIMB_MAX: usize = 64;

impl Tree {
    /// Adds a record; says what that changed. A uuid that is known already is left as it is.
    pub(crate) fn add(
        &mut self,
        uuid: &str,
        parent: Option<&str>,
        logical_parent: Option<&str>,
        kind: NodeKind,
    ) -> Moved {
        if self.nodes.contains_key(uuid) {
            return Moved::default();
        }
        let node = Node {
            parent: parent.map(str::to_owned),
            logical_parent: logical_parent.map(str::to_owned),
            kind,
            home: None,
        };
        self.nodes.insert(uuid.to_owned(), node);
        for (links, above) in [
            (&mut self.children, parent),
            (&mut self.logical_children, logical_parent),
        ] {
            if let Some(above) = above {
                links
                    .entry(above.to_owned())
                    .or_default()
                    .push(uuid.to_owned());
            }
        }
        let nodes = self.settle(uuid);
        let roots_below = self.roots_below(uuid, &nodes);
        Moved { nodes, roots_below }
    }

    /// The prompts that are reached from these records downwards through records that say nothing of another turn.
    fn roots_below(&self, uuid: &str, moved: &[String]) -> Vec<String> {
        let mut roots = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut todo: Vec<&str> = std::iter::once(uuid)
            .chain(moved.iter().map(String::as_str))
            .collect();
        while let Some(above) = todo.pop() {
            let links = [self.children.get(above), self.logical_children.get(above)];
            for child in links.into_iter().flatten().flatten() {
                let Some(node) = self.nodes.get(child) else {
                    continue;
                };
                if node.kind == NodeKind::Root {
                    roots.push(child.clone());
                } else if !matches!(node.home, Some(NodeHome::Root(_))) && seen.insert(child) {
                    todo.push(child);
                }
            }
        }
        roots
    }

    /// Where the record belongs, as far as known.
    pub(crate) fn home(&self, uuid: &str) -> Option<&NodeHome> {
        self.nodes.get(uuid)?.home.as_ref()
    }

    /// The homes above `uuid`, nearest first, each once in a row.
    pub(crate) fn homes_above(&self, uuid: &str) -> Vec<NodeHome> {
        let mut homes: Vec<NodeHome> = Vec::new();
        let mut at = self.nodes.get(uuid).and_then(|node| node.parent.clone());
        for _ in 0..CLIMB_MAX {
            let Some(node) = at.as_ref().and_then(|uuid| self.nodes.get(uuid)) else {
                break;
            };
            if let Some(home) = &node.home
                && homes.last() != Some(home)
            {
                homes.push(home.clone());
            }
            if matches!(node.home, Some(NodeHome::Root(_))) {
                break;
            }
            at = node.parent.clone().or_else(|| node.logical_parent.clone());
        }
        homes
    }

    fn settle(&mut self, uuid: &str) -> Vec<String> {
        let mut changed = Vec::new();
        let mut todo = vec![uuid.to_owned()];
        while let Some(uuid) = todo.pop() {
            let Some(home) = self.home_by_rule(&uuid) else {
                continue;
            };
            let Some(node) = self.nodes.get_mut(&uuid) else {
                continue;
            };
            if node.home.as_ref() == Some(&home) {
                continue;
            }
            node.home = Some(home);
            if let Some(children) = self.children.get(&uuid) {
                todo.extend(children.iter().cloned());
            }
            changed.push(uuid);
        }
        changed
    }

    fn home_by_rule(&self, uuid: &str) -> Option<NodeHome> {
        let node = self.nodes.get(uuid)?;
        if node.kind == NodeKind::Root {
            return Some(NodeHome::Root(uuid.to_owned()));
        }
        let above = node
            .parent
            .as_ref()
            .and_then(|parent| self.nodes.get(parent))
            .and_then(|node| node.home.clone());
        match (above, &node.kind) {
            (Some(NodeHome::Root(root)), _) => Some(NodeHome::Root(root)),
            (_, NodeKind::Anchor(prompt)) => Some(NodeHome::Prompt(prompt.clone())),
            (above, _) => above,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RECORDS: [(&str, Option<&str>, Option<&str>); 6] = [
        ("a", None, Some("root")),
        ("b", Some("a"), None),
        ("c", Some("b"), Some("p")),
        ("d", Some("c"), None),
        ("e", Some("missing"), Some("q")),
        ("f", Some("e"), None),
    ];

    fn kind(name: Option<&str>) -> NodeKind {
        match name {
            Some("root") => NodeKind::Root,
            Some(prompt) => NodeKind::Anchor(prompt.to_owned()),
            None => NodeKind::Plain,
        }
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(order in Just(RECORDS.to_vec()).prop_shuffle()) {
            let mut tree = Tree::default();
            for (uuid, parent, name) in order {
                tree.add(uuid, parent, None, kind(name));
            }
            for uuid in ["a", "b", "c", "d"] {
                prop_assert_eq!(tree.home(uuid), Some(&NodeHome::Root("a".to_owned())));
            }
            for uuid in ["e", "f"] {
                prop_assert_eq!(tree.home(uuid), Some(&NodeHome::Prompt("q".to_owned())));
            }
        }
    }

    #[test]
    fn a_loop_of_parents_ends() {
        let mut tree = Tree::default();
        tree.add("a", Some("b"), None, NodeKind::Plain);
        tree.add("b", Some("a"), None, NodeKind::Anchor("p".to_owned()));
        assert_eq!(tree.home("a"), Some(&NodeHome::Prompt("p".to_owned())));
        assert!(tree.homes_above("a").len() <= CLIMB_MAX);
    }
}
