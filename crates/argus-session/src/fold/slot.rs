//! Slots: values that several records may give, merged so that neither order nor repetition matters.

use crate::record::NaturalKeyHash;
use crate::{RecordId, Source};

/// How much a source's word counts for a field. The higher wins.
pub(crate) type Weight = u8;

/// The transcript: the richest source, and the model's own view.
pub(crate) const TRANSCRIPT: Weight = 40;
/// A hook: the client's own view, without limits on length.
pub(crate) const HOOK: Weight = 30;
/// A span.
pub(crate) const SPAN: Weight = 20;
/// A log record.
pub(crate) const LOG: Weight = 10;
/// A value that stands in for a better one, such as `mcp_tool` for a tool's name.
pub(crate) const STAND_IN: Weight = 1;

/// The place of a value among its rivals: weight, then a tie-breaker of the caller (such as a time, so that the latest
/// wins), then the record's natural key, so that any two values have an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    weight: Weight,
    tie: i64,
    natural_key: NaturalKeyHash,
}

impl Rank {
    pub(crate) fn new(weight: Weight, tie: i64, natural_key: NaturalKeyHash) -> Self {
        Self {
            weight,
            tie,
            natural_key,
        }
    }
}

/// A value offered to a slot.
#[derive(Debug, Clone)]
pub(crate) struct Offer<T> {
    pub(crate) weight: Weight,
    pub(crate) tie: i64,
    pub(crate) value: T,
}

/// An offer of `value` with `weight`.
pub(crate) fn offer<T>(weight: Weight, value: T) -> Option<Offer<T>> {
    Some(Offer {
        weight,
        tie: 0,
        value,
    })
}

/// An offer of which, among equal weights, the one with the highest `tie` wins.
pub(crate) fn offer_latest<T>(weight: Weight, tie: i64, value: T) -> Option<Offer<T>> {
    Some(Offer { weight, tie, value })
}

/// Keeps the offered value of the highest rank.
#[derive(Debug, Clone)]
pub(crate) struct Best<T>(Option<(Rank, T)>);

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Best<T> {
    pub(crate) fn take(&mut self, offered: Option<Offer<T>>, natural_key: NaturalKeyHash) {
        let Some(Offer { weight, tie, value }) = offered else {
            return;
        };
        let rank = Rank::new(weight, tie, natural_key);
        if self.0.as_ref().is_none_or(|(held, _)| rank > *held) {
            self.0 = Some((rank, value));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

/// The best value of several slots.
pub(crate) fn best_of<'a, T: 'a>(slots: impl Iterator<Item = &'a Best<T>>) -> Option<&'a T> {
    slots
        .filter_map(|slot| slot.0.as_ref())
        .max_by_key(|(rank, _)| *rank)
        .map(|(_, value)| value)
}

impl<T: Clone> Best<T> {
    pub(crate) fn value(&self) -> Option<T> {
        self.get().cloned()
    }
}

/// Who attests something: the sources, and the records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Witnesses {
    sources: u16,
    records: Vec<RecordId>,
}

impl Witnesses {
    pub(crate) fn add(&mut self, source: Source, record: RecordId) {
        self.sources |= 1 << source.number();
        if let Err(place) = self.records.binary_search(&record) {
            self.records.insert(place, record);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.sources |= other.sources;
        for record in &other.records {
            if let Err(place) = self.records.binary_search(record) {
                self.records.insert(place, *record);
            }
        }
    }

    pub(crate) fn has(&self, source: Source) -> bool {
        self.sources & (1 << source.number()) != 0
    }

    pub(crate) fn sources(&self) -> Vec<Source> {
        Source::ALL
            .into_iter()
            .filter(|source| self.has(*source))
            .collect()
    }

    pub(crate) fn records(&self) -> Vec<RecordId> {
        self.records.clone()
    }
}
