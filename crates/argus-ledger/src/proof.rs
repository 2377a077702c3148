//! Inclusion and consistency proofs: RFC 6962, sections 2.1.1 and 2.1.2; verified as in RFC 9162, section 2.1.

use crate::tree::{Hash, empty_root, node_hash};

/// Why a proof does not hold, or cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf or the older tree is not within the tree.
    #[error("{inner} is not within a tree of {size} leaves")]
    OutOfTree {
        /// Index of the leaf, or size of the older tree.
        inner: u64,
        /// Size of the tree.
        size: u64,
    },
    /// Too few or too many hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes do not give the root.
    #[error("the proof does not lead to the root")]
    Root,
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (63 - (size - 1).leading_zeros())
}

fn root_of(leaf: &dyn Fn(u64) -> Hash, from: u64, size: u64) -> Hash {
    match size {
        0 => empty_root(),
        1 => leaf(from),
        _ => {
            let left = split(size);
            node_hash(
                &root_of(leaf, from, left),
                &root_of(leaf, from + left, size - left),
            )
        }
    }
}

/// The subtrees whose roots are the proof that leaf `index` is in the tree of the first `size` leaves, in the proof's order:
/// each by its first leaf and its number of leaves. For who keeps roots of whole subtrees and need not look at every leaf.
///
/// # Errors
/// When the leaf is not within the tree.
pub fn inclusion_subtrees(index: u64, size: u64) -> Result<Vec<(u64, u64)>, ProofError> {
    if index >= size {
        return Err(ProofError::OutOfTree { inner: index, size });
    }
    let (mut from, mut index, mut size) = (0, index, size);
    let mut subtrees = Vec::new();
    while size > 1 {
        let left = split(size);
        if index < left {
            subtrees.push((from + left, size - left));
            size = left;
        } else {
            subtrees.push((from, left));
            from += left;
            index -= left;
            size -= left;
        }
    }
    subtrees.reverse();
    Ok(subtrees)
}

/// Where a subtree of `size` leaves, at least 2, is split: the number of leaves of its left half, a power of two.
#[must_use]
pub fn subtree_split(size: u64) -> u64 {
    split(size.max(2))
}

/// The proof that leaf `index` is in the tree of the first `size` leaves. `leaf` gives a leaf's hash by its index.
///
/// # Errors
/// When the leaf is not within the tree.
pub fn inclusion_proof(
    leaf: &dyn Fn(u64) -> Hash,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError> {
    let subtrees = inclusion_subtrees(index, size)?;
    Ok(subtrees
        .into_iter()
        .map(|(from, size)| root_of(leaf, from, size))
        .collect())
}

/// The proof that the tree of the first `older` leaves is the beginning of the tree of the first `size` leaves.
///
/// # Errors
/// When the older tree is empty or larger.
pub fn consistency_proof(
    leaf: &dyn Fn(u64) -> Hash,
    older: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError> {
    if older == 0 || older > size {
        return Err(ProofError::OutOfTree { inner: older, size });
    }
    let (mut from, mut older, mut size) = (0, older, size);
    let mut proof = Vec::new();
    let mut whole = true;
    while older < size {
        let left = split(size);
        if older <= left {
            proof.push(root_of(leaf, from + left, size - left));
            size = left;
        } else {
            proof.push(root_of(leaf, from, left));
            from += left;
            older -= left;
            size -= left;
            whole = false;
        }
    }
    if !whole {
        proof.push(root_of(leaf, from, size));
    }
    proof.reverse();
    Ok(proof)
}

/// Verifies that a leaf's hash is at `index` of the tree with `size` leaves and this `root`.
///
/// # Errors
/// When it is not, or the proof does not fit.
pub fn verify_inclusion(
    leaf_hash: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfTree { inner: index, size });
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf_hash);
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    match (last, hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// Verifies that the tree with `older` leaves and `older_root` is the beginning of the one with `size` leaves and `root`.
///
/// # Errors
/// When it is not, or the proof does not fit.
pub fn verify_consistency(
    older: u64,
    older_root: &Hash,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if older == 0 || older > size {
        return Err(ProofError::OutOfTree { inner: older, size });
    }
    if older == size {
        return match (proof.is_empty(), older_root == root) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::Root),
            (false, _) => Err(ProofError::Length),
        };
    }
    let mut hashes = proof.iter();
    let (mut place, mut last) = (older - 1, size - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    // Where the older tree is a whole subtree, its root is the first hash and is left out.
    let first = if place == 0 && older.is_power_of_two() {
        older_root
    } else {
        hashes.next().ok_or(ProofError::Length)?
    };
    let (mut older_hash, mut hash) = (*first, *first);
    for sibling in hashes {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if place & 1 == 1 || place == last {
            older_hash = node_hash(sibling, &older_hash);
            hash = node_hash(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    match (last, older_hash == *older_root && hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}
