//! Checkpoints: the tree's size and root as text, in the form of C2SP `tlog-checkpoint`. Signing comes with evidence.

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::Hash;

/// A tree's size and root, under the log's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: one line, no plus sign.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

/// Why a text is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint: three lines (origin, size, root) are expected")]
pub struct CheckpointError;

impl Checkpoint {
    /// The body of the note.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            BASE64_STANDARD.encode(self.root)
        )
    }

    /// Reads the body of a note; lines after the third are extensions and are passed over.
    ///
    /// # Errors
    /// When a line is missing or is not what it should be.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let origin = lines
            .next()
            .filter(|line| !line.is_empty() && !line.contains(char::is_control))
            .ok_or(CheckpointError)?;
        let digits = lines.next().ok_or(CheckpointError)?;
        let size: u64 = digits.parse().map_err(|_| CheckpointError)?;
        let root = BASE64_STANDARD
            .decode(lines.next().ok_or(CheckpointError)?)
            .map_err(|_| CheckpointError)?;
        if size.to_string() != digits {
            return Err(CheckpointError);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root: root.try_into().map_err(|_| CheckpointError)?,
        })
    }
}
