//! From what the readers found to items: one canonical body each.

use argus_session::{Item, source::otel};
use serde_json::{Map, Value};

use super::tally::{ITEMS_MAX, SHARED_BYTES_MAX};
use super::{DecodeError, Decoded, Reason, Rejected, Signal};

/// A resource, scope, metric or item as read: its object, or why everything below it is refused.
pub(super) type Head = Result<Map<String, Value>, Reason>;

/// The items of one scope.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) head: Head,
    pub(super) groups: Vec<Group>,
}

/// Items that share a metric; or all of a scope's log records or spans.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) metric: Option<Head>,
    pub(super) items: Vec<Head>,
}

/// Gathers the items of a request.
#[derive(Debug)]
pub(super) struct Collector {
    signal: Signal,
    read: usize,
    shared_bytes: usize,
    out: Decoded,
}

impl Collector {
    pub(super) fn new(signal: Signal) -> Self {
        Self {
            signal,
            read: 0,
            shared_bytes: 0,
            out: Decoded::default(),
        }
    }

    /// Counts an item as soon as it is read, before it is kept anywhere.
    ///
    /// # Errors
    /// When the request has too many.
    pub(super) fn count(&mut self) -> Result<(), DecodeError> {
        self.read += 1;
        if self.read > ITEMS_MAX {
            Err(DecodeError::TooManyItems)
        } else {
            Ok(())
        }
    }

    /// Takes everything of one resource.
    ///
    /// # Errors
    /// When what the items share would take too much room in each of them.
    pub(super) fn resource(
        &mut self,
        resource: &Head,
        scopes: Vec<Scope>,
    ) -> Result<(), DecodeError> {
        let resource_bytes = weight_of(resource);
        for scope in scopes {
            let scope_bytes = resource_bytes + weight_of(&scope.head);
            for group in scope.groups {
                let bytes = scope_bytes + group.metric.as_ref().map_or(0, weight_of);
                self.shared_bytes = self
                    .shared_bytes
                    .saturating_add(bytes.saturating_mul(group.items.len()));
                if self.shared_bytes > SHARED_BYTES_MAX {
                    return Err(DecodeError::TooMuchShared);
                }
                for item in group.items {
                    let body = self.body(resource, &scope.head, group.metric.as_ref(), item);
                    self.push(body);
                }
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Decoded {
        self.out
    }

    fn push(&mut self, body: Result<Value, Reason>) {
        match body {
            Ok(body) => self.out.items.push(item(body)),
            Err(reason) => {
                let index = self.out.items.len() + self.out.rejected.len();
                self.out.rejected.push(Rejected { index, reason });
            }
        }
    }

    fn body(
        &self,
        resource: &Head,
        scope: &Head,
        metric: Option<&Head>,
        item: Head,
    ) -> Result<Value, Reason> {
        let item = item?;
        if self.signal == Signal::Traces {
            for (id, reason) in [
                ("trace_id", Reason::NoTraceId),
                ("span_id", Reason::NoSpanId),
            ] {
                if !item.contains_key(id) {
                    return Err(reason);
                }
            }
        }
        let mut body = Map::with_capacity(4);
        for (name, head) in [
            ("resource", Some(resource)),
            ("scope", Some(scope)),
            ("metric", metric),
        ] {
            let Some(head) = head else { continue };
            let head = head.as_ref().map_err(|reason| *reason)?;
            if !head.is_empty() {
                body.insert(name.to_owned(), Value::Object(head.clone()));
            }
        }
        body.insert(self.signal.member().to_owned(), Value::Object(item));
        Ok(Value::Object(body))
    }
}

fn item(body: Value) -> Item {
    otel::item(body)
}

fn weight_of(head: &Head) -> usize {
    head.as_ref().map_or(0, |map| {
        map.iter()
            .map(|(name, value)| name.len() + weight(value))
            .sum()
    })
}

/// About the bytes that a value takes in memory.
fn weight(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(values) => values.iter().map(weight).sum(),
            Value::Object(map) => map
                .iter()
                .map(|(name, value)| name.len() + size_of::<String>() + weight(value))
                .sum(),
            _ => 0,
        }
}
