//! The Merkle tree of RFC 6962, section 2.1.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// The root of a tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The hash of a leaf's bytes.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The hash of a node over its two children.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// Why bytes are no frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tree's frontier is damaged: {bytes} bytes do not fit a tree of {size} leaves")]
pub struct FrontierError {
    size: u64,
    bytes: usize,
}

/// What is needed to append a leaf and to know the root: the roots of the whole subtrees, largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf by its hash.
    pub fn append(&mut self, leaf_hash: Hash) {
        let mut hash = leaf_hash;
        // Each trailing one of the size is a whole subtree of that height, which the new leaf completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut subtrees = self.subtrees.iter().rev();
        let Some(last) = subtrees.next() else {
            return empty_root();
        };
        subtrees.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The frontier as bytes: size (8, big-endian), then the subtrees' roots.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.subtrees.iter().flatten());
        bytes
    }

    /// Reads [`Frontier::to_bytes`].
    ///
    /// # Errors
    /// When the number of subtrees does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let damaged = |size| FrontierError {
            size,
            bytes: bytes.len(),
        };
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| damaged(0))?;
        let size = u64::from_be_bytes(*size);
        let (subtrees, tail) = rest.as_chunks::<32>();
        if !tail.is_empty() || subtrees.len() != size.count_ones() as usize {
            return Err(damaged(size));
        }
        Ok(Self {
            size,
            subtrees: subtrees.to_vec(),
        })
    }
}
