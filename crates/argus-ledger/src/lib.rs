//! The ledger's words: leaves, the Merkle tree over them, proofs.
//!
//! A leaf holds no content, no plain hash of content and no direct identifier, so that what it stands for can be erased
//! and the tree still verifies. The tree is that of RFC 6962, section 2.1, so that its proofs are those that the tools of
//! transparency logs know.
//!
//! Pure: no I/O, no clock, no randomness.
#![forbid(unsafe_code)]

mod checkpoint;
mod leaf;
mod proof;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use leaf::{Commitment, Leaf, LeafError, LeafKind, commitment};
pub use proof::{
    ProofError, consistency_proof, inclusion_proof, inclusion_subtrees, subtree_split,
    verify_consistency, verify_inclusion,
};
pub use tree::{Frontier, FrontierError, Hash, empty_root, leaf_hash, node_hash};
