//! A session as it was when one of its records was the newest: folded anew from what was there, so that it is what a reader saw then,
//! whichever source tells the same better since.

use std::collections::BTreeMap;

use argus_session::document::Resolve;
use argus_session::fold::finish;
use argus_session::{Fold, RecordId, Session, Step, Turn};

use super::WorkspaceBodies;
use super::body::open_record;
use crate::StoreError;
use crate::projection::delivery_table;
use crate::sqlite::records::{self, HeldThen};
use crate::workspace::Workspace;

/// A session as it was.
#[derive(Debug)]
pub struct SessionThen {
    fold: Fold,
    /// Its head, its title filled in.
    pub head: Session,
    /// Its turns with their place and branch, without steps and texts.
    pub turns: Vec<Turn>,
}

impl SessionThen {
    /// The steps of a turn, in order, texts left as references.
    #[must_use]
    pub fn steps(&self, turn_id: &str) -> Vec<Step> {
        let found = self.fold.turn(turn_id);
        found.map(|(_, steps)| steps).unwrap_or_default()
    }
}

impl Workspace {
    /// A session as it was when `newest` was the newest of its records; `None` when there is none. What a rescan put in the place of a
    /// record that was there is read in its stead. Cost: that of reading all that was there.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn session_then(
        &self,
        session_id: &str,
        newest: RecordId,
    ) -> Result<Option<SessionThen>, StoreError> {
        let Some((n, _)) = self.session_row(session_id)? else {
            return Ok(None);
        };
        let inner = self.inner();
        let mut fold = Fold::new(session_id);
        self.read(|connection| {
            let deliveries = delivery_table(connection)?;
            for record in were_there(records::held_then(connection, n, newest)?) {
                let Some(row) = records::one(connection, record)? else {
                    continue;
                };
                let taken = open_record(connection, &inner.keys, &inner.blobs, &deliveries, &row)?;
                if let Some(taken) = taken {
                    fold.apply(&taken.record);
                }
            }
            Ok(())
        })?;
        let mut turns: Vec<Turn> = fold
            .take_changed_turns()
            .iter()
            .filter_map(|id| fold.turn(id))
            .map(|(turn, _)| turn)
            .collect();
        finish(&mut turns);
        let head = self.with_title(fold.session());
        Ok(Some(SessionThen { fold, head, turns }))
    }

    /// Fills in a step's texts, cut at `text_bytes_max`.
    #[must_use]
    pub fn with_step_texts(&self, mut step: Step, text_bytes_max: usize) -> Step {
        step.resolve(&WorkspaceBodies(self), text_bytes_max);
        step
    }
}

/// Of each record the content that counted among those that were there. Where one that came since was looked at by newer rules than
/// it, none: what they found must not be read from the older content.
fn were_there(held: Vec<HeldThen>) -> Vec<RecordId> {
    let mut by_key = BTreeMap::<_, Vec<HeldThen>>::new();
    for one in held {
        by_key.entry(one.natural_key).or_default().push(one);
    }
    by_key
        .into_values()
        .filter_map(|contents| {
            let rank = |one: &HeldThen| one.held.rank();
            let mut best: Option<&HeldThen> = None;
            for one in contents.iter().filter(|one| one.was_there) {
                if best.is_none_or(|best| rank(one).beats(&rank(best))) {
                    best = Some(one);
                }
            }
            let best = best?;
            let is_outdated = contents
                .iter()
                .any(|one| one.held.rule_version > best.checked_version);
            (!is_outdated).then_some(best.id)
        })
        .collect()
}
