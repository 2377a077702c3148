//! What was lost, counted until the server can be told.

use std::collections::BTreeMap;
use std::io;

use argus_session::time::rfc3339;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::paths::StateFolder;
use crate::store_file;

/// Why something was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    /// More waited than may.
    SpoolFull,
    /// It waited longer than it may.
    TooOld,
    /// A segment of the spool was damaged.
    CorruptSegment,
    /// The server reads no such envelope.
    Refused,
    /// A line was too long, or no JSON.
    Unreadable,
}

/// What was lost for one reason, of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Loss {
    pub(crate) reason: Reason,
    #[serde(default)]
    pub(crate) session_id: Option<String>,
    pub(crate) count: u64,
    pub(crate) bytes: u64,
    pub(crate) by_source: BTreeMap<String, u64>,
    pub(crate) from_us: i64,
    pub(crate) to_us: i64,
}

/// Something that is lost.
#[derive(Debug)]
pub(crate) struct Lost {
    pub(crate) reason: Reason,
    pub(crate) session_id: Option<String>,
    /// Name of the source.
    pub(crate) source: String,
    pub(crate) count: u64,
    pub(crate) bytes: u64,
}

/// Everything that was lost and not yet said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Losses {
    pub(crate) losses: Vec<Loss>,
    /// All that was ever lost here.
    #[serde(default)]
    pub(crate) count_ever: u64,
}

impl Losses {
    pub(crate) fn read(folder: &StateFolder) -> Self {
        store_file::read(&folder.lost()).unwrap_or_default()
    }

    pub(crate) fn write(&self, folder: &StateFolder) -> io::Result<()> {
        store_file::write_synced(&folder.lost(), self)
    }

    /// An envelope was lost.
    pub(crate) fn add(&mut self, reason: Reason, payload: &[u8], now_us: i64) {
        #[derive(Deserialize)]
        struct Named {
            source: Option<String>,
            session_id: Option<String>,
        }
        let named: Option<Named> = serde_json::from_slice(payload).ok();
        let (source, session_id) =
            named.map_or((None, None), |named| (named.source, named.session_id));
        let lost = Lost {
            reason,
            session_id,
            source: source.unwrap_or_else(|| "unknown".to_owned()),
            count: 1,
            bytes: payload.len() as u64,
        };
        self.note(lost, now_us);
    }

    /// So much of a damaged segment was lost.
    pub(crate) fn damaged(&mut self, count: u64, bytes: u64, now_us: i64) {
        let lost = Lost {
            reason: Reason::CorruptSegment,
            session_id: None,
            source: "unknown".to_owned(),
            count,
            bytes,
        };
        self.note(lost, now_us);
    }

    /// Something is lost.
    pub(crate) fn note(&mut self, lost: Lost, now_us: i64) {
        let Lost {
            reason,
            session_id,
            source,
            count,
            bytes,
        } = lost;
        self.count_ever += count;
        let held = self
            .losses
            .iter_mut()
            .position(|loss| loss.reason == reason && loss.session_id == session_id);
        let place = held.unwrap_or_else(|| {
            self.losses.push(Loss {
                reason,
                session_id,
                count: 0,
                bytes: 0,
                by_source: BTreeMap::new(),
                from_us: now_us,
                to_us: now_us,
            });
            self.losses.len() - 1
        });
        let loss = &mut self.losses[place];
        loss.count += count;
        loss.bytes += bytes;
        *loss.by_source.entry(source).or_default() += count;
        loss.from_us = loss.from_us.min(now_us);
        loss.to_us = loss.to_us.max(now_us);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

impl Loss {
    /// The `lost` item's body.
    pub(crate) fn body(&self) -> Value {
        json!({
            "type": "lost", "reason": self.reason, "count": self.count, "bytes": self.bytes,
            "by_source": self.by_source, "from": rfc3339(self.from_us), "to": rfc3339(self.to_us),
            "session_id": self.session_id,
        })
    }
}
