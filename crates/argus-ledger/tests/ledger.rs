//! The tree's properties, and the frozen bytes of leaf v1.

use argus_ledger::{
    Checkpoint, Frontier, Hash, Leaf, LeafKind, commitment, consistency_proof, empty_root,
    inclusion_proof, leaf_hash, node_hash, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|index| leaf_hash(&index.to_be_bytes()))
        .collect()
}

/// The tree by its definition.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let mut left = 1;
            while left * 2 < many.len() {
                left *= 2;
            }
            node_hash(&root(&many[..left]), &root(&many[left..]))
        }
    }
}

fn frontier(leaves: &[Hash]) -> Frontier {
    leaves
        .iter()
        .fold(Frontier::default(), |mut frontier, leaf| {
            frontier.append(*leaf);
            frontier
        })
}

#[test]
fn the_frontier_has_the_root_of_the_definition() {
    let leaves = leaves(70);
    for size in 0..=leaves.len() {
        let frontier = frontier(&leaves[..size]);
        assert_eq!(frontier.root(), root(&leaves[..size]));
        assert_eq!(
            Frontier::from_bytes(&frontier.to_bytes()).unwrap(),
            frontier
        );
    }
    assert!(Frontier::from_bytes(&[0, 0, 0, 0, 0, 0, 0, 1]).is_err());
}

#[test]
fn the_roots_are_those_of_rfc_6962() {
    // The eight leaves and roots that certificate transparency's implementations test with.
    let data = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let leaves: Vec<Hash> = data
        .iter()
        .map(|leaf| leaf_hash(&hex::decode(leaf).unwrap()))
        .collect();
    assert_eq!(
        hex::encode(empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        hex::encode(frontier(&leaves[..1]).root()),
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    );
    assert_eq!(
        hex::encode(frontier(&leaves).root()),
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    );
}

#[test]
fn every_leaf_is_proved_in_every_tree_and_no_other_is() {
    let leaves = leaves(40);
    let leaf = |index: u64| leaves[usize::try_from(index).unwrap()];
    for size in 1..=40_u64 {
        let root = frontier(&leaves[..usize::try_from(size).unwrap()]).root();
        for index in 0..size {
            let proof = inclusion_proof(&leaf, index, size).unwrap();
            verify_inclusion(&leaf(index), index, size, &proof, &root).unwrap();
            assert!(verify_inclusion(&leaf((index + 1) % 40), index, size, &proof, &root).is_err());
        }
        assert!(inclusion_proof(&leaf, size, size).is_err());
    }
}

#[test]
fn every_tree_is_proved_to_begin_every_later_one() {
    let leaves = leaves(40);
    let leaf = |index: u64| leaves[usize::try_from(index).unwrap()];
    let root = |size: u64| frontier(&leaves[..usize::try_from(size).unwrap()]).root();
    for size in 1..=40 {
        for older in 1..=size {
            let proof = consistency_proof(&leaf, older, size).unwrap();
            verify_consistency(older, &root(older), size, &root(size), &proof).unwrap();
            let other = leaf_hash(b"other");
            assert!(verify_consistency(older, &other, size, &root(size), &proof).is_err());
            assert!(verify_consistency(older, &root(older), size, &other, &proof).is_err());
        }
    }
}

proptest! {
    #[test]
    fn a_flipped_bit_breaks_a_proof(size in 2_u64..50, pick in any::<u64>(), bit in 0_usize..256) {
        let leaves = leaves(50);
        let leaf = |index: u64| leaves[usize::try_from(index).unwrap()];
        let root = frontier(&leaves[..usize::try_from(size).unwrap()]).root();
        let index = pick % size;
        let mut proof = inclusion_proof(&leaf, index, size).unwrap();
        let place = usize::try_from(pick).unwrap() % proof.len();
        proof[place][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(&leaf(index), index, size, &proof, &root).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_a_leaf_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..130)) {
        if let Ok(leaf) = Leaf::decode(&bytes) {
            prop_assert_eq!(leaf.encode().to_vec(), bytes);
        }
    }
}

#[test]
fn leaf_v1_is_frozen() {
    let leaves = [
        Leaf {
            kind: LeafKind::Record,
            number: 2,
            natural_key: [0x11; 16],
            session: [0x22; 16],
            actor: [0x33; 16],
            at_us: Some(1_795_348_382_305_000),
            received_at_us: 1_795_348_383_000_000,
            rule_version: 1,
            commitment: commitment(&[0x44; 32], br#"{"type":"user"}"#),
        },
        Leaf {
            kind: LeafKind::Act,
            number: 4,
            natural_key: [0xaa; 16],
            session: [0; 16],
            actor: [0xbb; 16],
            at_us: None,
            received_at_us: 0,
            rule_version: 0,
            commitment: commitment(&[0; 32], b""),
        },
        Leaf {
            kind: LeafKind::Record,
            number: 9,
            natural_key: [0xff; 16],
            session: [0x01; 16],
            actor: [0x02; 16],
            at_us: Some(-1),
            received_at_us: i64::MAX,
            rule_version: u32::MAX,
            commitment: [0xcd; 32],
        },
    ];
    let frozen = include_str!("leaf_v1.txt");
    let made: String = leaves
        .iter()
        .map(|leaf| {
            format!(
                "{}\n{}\n",
                hex::encode(leaf.encode()),
                hex::encode(leaf.hash())
            )
        })
        .collect();
    assert_eq!(
        made, frozen,
        "leaf v1 is in every store: its bytes can never change"
    );
    for leaf in leaves {
        assert_eq!(Leaf::decode(&leaf.encode()).unwrap(), leaf);
    }
}

#[test]
fn a_checkpoint_is_its_text() {
    let checkpoint = Checkpoint {
        origin: "argus.example/default".to_owned(),
        size: 7,
        root: [9; 32],
    };
    assert_eq!(
        Checkpoint::parse(&checkpoint.to_text()).unwrap(),
        checkpoint
    );
    for bad in [
        "",
        "a\n1\n",
        "a\n01\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "a\n1\nAA==\n",
    ] {
        assert!(Checkpoint::parse(bad).is_err(), "{bad:?}");
    }
}
