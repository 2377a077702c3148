//! What one request and one item may hold, counted while they are read.

use super::Reason;

/// Most items in one request. More: smaller batches, please; each item costs many times its encoded size in memory.
pub const ITEMS_MAX: usize = 100_000;
/// Most values (attributes, array elements, bucket counts) in one request.
pub const REQUEST_VALUES_MAX: usize = 1_000_000;
/// Most bytes, over all items of a request, of what items share: each has a copy of its resource, scope and metric, so
/// that a resource sent once would be multiplied by as many empty items as two bytes each can make.
pub const SHARED_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most values in one item.
pub const ITEM_VALUES_MAX: usize = 100_000;
/// Most attributes in one list.
pub const ATTRIBUTES_MAX: usize = 1_024;
/// How deep arrays and key-value lists may nest. Four JSON levels each: with the envelopes around them below the 128
/// levels that the JSON reader takes, so that both encodings have one limit.
pub const VALUE_NESTING_MAX: u32 = 24;

/// Counts values and notes the first thing that is wrong with the item being read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Why the item is refused, if it is.
    pub(super) bad: Option<Reason>,
    /// True when the request as a whole holds too much.
    pub(super) is_over: bool,
    item_values: usize,
    request_values: usize,
    depth: u32,
}

impl Tally {
    /// Begins an item (or a resource, scope or metric): gives what was wrong with the last one.
    pub(super) fn begin(&mut self) -> Option<Reason> {
        self.item_values = 0;
        self.depth = 0;
        self.bad.take()
    }

    /// Notes what is wrong with the item. The first reason stays.
    pub(super) fn refuse(&mut self, reason: Reason) {
        self.bad.get_or_insert(reason);
    }

    /// Counts one value. False: it is not to be kept, the item (or the request) has too many.
    pub(super) fn count(&mut self) -> bool {
        self.item_values += 1;
        self.request_values += 1;
        if self.item_values > ITEM_VALUES_MAX {
            self.refuse(Reason::TooManyValues);
        }
        if self.request_values > REQUEST_VALUES_MAX {
            self.is_over = true;
        }
        self.bad.is_none() && !self.is_over
    }

    /// Goes one array or key-value list deeper. False: too deep.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth == VALUE_NESTING_MAX {
            self.refuse(Reason::TooDeep);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Comes back from a level that was entered.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
