//! Hook events: the JSON that Claude Code gives a hook, as items.

mod facts;

use serde_json::Value;

use crate::{Item, Meta, NaturalKey, Source};

pub(crate) use facts::facts;

/// The item of one hook call. `key` is the UUIDv7 that the capture client gave it; a hook's JSON has no time of its own,
/// so the item's time is the client's `meta.captured_at_us`.
#[must_use]
pub fn item(body: Value, key: &str, meta: Meta) -> Item {
    Item {
        source: Source::Hook,
        key: NaturalKey::given(key),
        session_id: body
            .get("session_id")
            .and_then(Value::as_str)
            .map(str::to_owned),
        at_us: meta.captured_at_us,
        body,
        meta,
    }
}
