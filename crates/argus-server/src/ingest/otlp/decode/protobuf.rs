//! OTLP in protobuf: the tables of [`super::schema`] read from the wire, item by item.
//!
//! Our own reader and not the generated messages: an empty list element is two bytes on the wire and some thirty in a
//! generated struct, before any limit could be asked; and a reader by table cannot know a field that the JSON reader
//! does not. Tests hold it against the generated messages.

use serde_json::{Map, Value, json};

use super::collect::{Collector, Group, Head, Scope};
use super::schema::{
    CHILDREN_NUMBER, DATA, DATA_POINTS, HEAD_NUMBER, Kind, LOG, METRIC, Message, RESOURCE,
    RESOURCES_NUMBER, SCHEMA_URL_NUMBER, SCOPE, SERIES, SPAN,
};
use super::tally::Tally;
use super::value::{self, Attributes, Slots};
use super::wire::{Fields, Wire, WireError, packed_fixed64, packed_varints};
use super::{DecodeError, Decoded, Signal};

/// Reads an export request.
pub(super) fn decode(signal: Signal, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let mut reader = Reader {
        signal,
        tally: Tally::default(),
        collector: Collector::new(signal),
    };
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        if number == RESOURCES_NUMBER {
            reader.resource(message_bytes(wire)?)?;
        }
    }
    Ok(reader.collector.finish())
}

impl From<WireError> for DecodeError {
    fn from(error: WireError) -> Self {
        Self::Protobuf(error)
    }
}

struct Reader {
    signal: Signal,
    tally: Tally,
    collector: Collector,
}

impl Reader {
    /// `ResourceLogs` and its like: a head and a schema URL, which may come after the scopes.
    fn resource(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let head = self.outer_head(RESOURCE, bytes)?;
        let mut scopes = Vec::new();
        let mut fields = Fields::new(bytes);
        while let Some((number, wire)) = fields.next()? {
            if number != CHILDREN_NUMBER {
                continue;
            }
            let scope = self.scope(message_bytes(wire)?)?;
            if !scope.groups.is_empty() {
                scopes.push(scope);
            }
        }
        self.collector.resource(&head, scopes)
    }

    fn scope(&mut self, bytes: &[u8]) -> Result<Scope, DecodeError> {
        let head = self.outer_head(SCOPE, bytes)?;
        let mut groups = Vec::new();
        let mut items = Vec::new();
        let mut fields = Fields::new(bytes);
        while let Some((number, wire)) = fields.next()? {
            if number != CHILDREN_NUMBER {
                continue;
            }
            let bytes = message_bytes(wire)?;
            match self.signal {
                Signal::Logs => items.push(self.item(LOG, bytes)?),
                Signal::Traces => items.push(self.item(SPAN, bytes)?),
                Signal::Metrics => groups.extend(self.metric(bytes)?),
            }
        }
        if !items.is_empty() {
            groups.push(Group {
                metric: None,
                items,
            });
        }
        Ok(Scope { head, groups })
    }

    fn metric(&mut self, bytes: &[u8]) -> Result<Option<Group>, DecodeError> {
        let mut head = self.head(METRIC, bytes)?;
        let mut group = None;
        let mut fields = Fields::new(bytes);
        while let Some((number, wire)) = fields.next()? {
            let Some(data) = DATA.iter().find(|data| data.number == number) else {
                continue;
            };
            let bytes = message_bytes(wire)?;
            let series = self.head(SERIES, bytes)?;
            let mut items = Vec::new();
            let mut points = Fields::new(bytes);
            while let Some((number, wire)) = points.next()? {
                if number == DATA_POINTS.0 {
                    items.push(self.item(data.point, message_bytes(wire)?)?);
                }
            }
            group = Some((data.name, series, items));
        }
        Ok(group
            .filter(|(.., items)| !items.is_empty())
            .map(|(name, series, items)| {
                head = super::metric_head(head, name, series);
                Group {
                    metric: Some(head),
                    items,
                }
            }))
    }

    fn item(&mut self, table: Message, bytes: &[u8]) -> Result<Head, DecodeError> {
        self.collector.count()?;
        self.head(table, bytes)
    }

    /// The head of a resource or scope: field 1 of the message around it, with the schema URL beside it.
    fn outer_head(&mut self, table: Message, bytes: &[u8]) -> Result<Head, DecodeError> {
        let mut head = Ok(Map::new());
        let mut schema_url = None;
        let mut fields = Fields::new(bytes);
        while let Some((number, wire)) = fields.next()? {
            match number {
                HEAD_NUMBER => head = self.head(table, message_bytes(wire)?)?,
                SCHEMA_URL_NUMBER => schema_url = value::text(utf8(wire)?),
                _ => {}
            }
        }
        if let (Ok(map), Some(url)) = (&mut head, schema_url) {
            map.insert("schema_url".to_owned(), url);
        }
        Ok(head)
    }

    fn head(&mut self, table: Message, bytes: &[u8]) -> Result<Head, DecodeError> {
        self.tally.begin();
        let map = message(table, bytes, &mut self.tally)?;
        if self.tally.is_over {
            return Err(DecodeError::TooManyValues);
        }
        Ok(self.tally.begin().map_or(Ok(map), Err))
    }
}

/// Reads one message by its table.
fn message(
    table: Message,
    bytes: &[u8],
    tally: &mut Tally,
) -> Result<Map<String, Value>, WireError> {
    let mut slots = Slots::default();
    let mut attributes = Attributes::default();
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        let Some(place) = table.iter().position(|field| field.number == number) else {
            continue;
        };
        match table[place].kind {
            Kind::Attributes => {
                let (key, value) = key_value(message_bytes(wire)?, tally)?;
                attributes.push(key, value, tally);
            }
            Kind::Messages(table) => {
                let bytes = message_bytes(wire)?;
                if tally.count() {
                    append(
                        slots.get_mut(place),
                        Value::Object(message(table, bytes, tally)?),
                    );
                }
            }
            Kind::Fixed64s => numbers(wire, slots.get_mut(place), false, Value::from, tally)?,
            Kind::Uint64s => numbers(wire, slots.get_mut(place), true, Value::from, tally)?,
            Kind::Doubles => {
                let double = |bits| value::double(f64::from_bits(bits));
                numbers(wire, slots.get_mut(place), false, double, tally)?;
            }
            kind => slots.set(place, single(kind, wire, tally)?),
        }
    }
    // No message has two lists of attributes.
    if let Some(place) = table
        .iter()
        .position(|field| matches!(field.kind, Kind::Attributes))
    {
        slots.set(place, value::object(attributes.into_map()));
    }
    Ok(slots.into_map(table))
}

/// Numbers of a repeated field: packed, or one of them.
fn numbers(
    wire: Wire<'_>,
    slot: &mut Option<Value>,
    as_varints: bool,
    to_value: impl Fn(u64) -> Value,
    tally: &mut Tally,
) -> Result<(), WireError> {
    let mut each = |number| {
        if tally.count() {
            append(slot, to_value(number));
        }
    };
    match wire {
        Wire::Bytes(bytes) if as_varints => packed_varints(bytes, each),
        Wire::Bytes(bytes) => packed_fixed64(bytes, each),
        Wire::Varint(number) if as_varints => {
            each(number);
            Ok(())
        }
        Wire::Fixed64(number) if !as_varints => {
            each(number);
            Ok(())
        }
        _ => Err("a list of numbers has the wrong wire type"),
    }
}

fn append(slot: &mut Option<Value>, value: Value) {
    match slot {
        Some(Value::Array(values)) => values.push(value),
        _ => *slot = Some(Value::Array(vec![value])),
    }
}

fn message_bytes(wire: Wire<'_>) -> Result<&[u8], WireError> {
    match wire {
        Wire::Bytes(bytes) => Ok(bytes),
        _ => Err("a message has the wrong wire type"),
    }
}

fn utf8(wire: Wire<'_>) -> Result<&str, WireError> {
    std::str::from_utf8(message_bytes(wire)?).map_err(|_| "a text is not UTF-8")
}

/// A 32-bit number is its varint's low bits: negative ones come as 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "protobuf truncates here by definition"
)]
const fn low_bits(number: u64) -> u32 {
    number as u32
}

const fn zigzag(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

fn single(kind: Kind, wire: Wire<'_>, tally: &mut Tally) -> Result<Option<Value>, WireError> {
    Ok(match (kind, wire) {
        (Kind::Text, wire) => value::text(utf8(wire)?),
        (Kind::Id(length), Wire::Bytes(bytes)) => value::id(bytes, length),
        (Kind::Bool, Wire::Varint(number)) => (number != 0).then_some(Value::Bool(true)),
        (Kind::Fixed64, Wire::Fixed64(number)) => value::unsigned(number),
        (Kind::Fixed32, Wire::Fixed32(number)) => value::unsigned(number.into()),
        (Kind::Uint32, Wire::Varint(number)) => value::unsigned(low_bits(number).into()),
        (Kind::Enum, Wire::Varint(number)) => value::signed(low_bits(number).cast_signed().into()),
        (Kind::Sint32, Wire::Varint(number)) => value::signed(zigzag(low_bits(number)).into()),
        (Kind::Double, Wire::Fixed64(bits)) => {
            let number = f64::from_bits(bits);
            (number != 0.0).then(|| value::double(number))
        }
        (Kind::DoubleSet, Wire::Fixed64(bits)) => Some(value::double(f64::from_bits(bits))),
        (Kind::IntSet, Wire::Fixed64(bits)) => Some(Value::from(bits.cast_signed())),
        (Kind::Value, Wire::Bytes(bytes)) => {
            Some(any(bytes, tally)?).filter(|value| !value.is_null())
        }
        (Kind::Message(table), Wire::Bytes(bytes)) => value::object(message(table, bytes, tally)?),
        _ => return Err("a field has the wrong wire type"),
    })
}

/// An `AnyValue`. Of several members the last wins; members that this version does not know leave it unset.
fn any(bytes: &[u8], tally: &mut Tally) -> Result<Value, WireError> {
    let mut value = Value::Null;
    if !tally.count() {
        return Ok(value);
    }
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        value = match (number, wire) {
            (1, wire) => Value::from(utf8(wire)?),
            (2, Wire::Varint(number)) => Value::Bool(number != 0),
            (3, Wire::Varint(number)) => Value::from(number.cast_signed()),
            (4, Wire::Fixed64(bits)) => value::double(f64::from_bits(bits)),
            (5, Wire::Bytes(bytes)) => nested(bytes, tally, array)?,
            (6, Wire::Bytes(bytes)) => nested(bytes, tally, key_value_list)?,
            (7, Wire::Bytes(bytes)) => value::bytes(bytes),
            (2..=7, _) => return Err("an attribute value has the wrong wire type"),
            _ => continue,
        };
    }
    Ok(value)
}

fn nested(
    bytes: &[u8],
    tally: &mut Tally,
    read: fn(&[u8], &mut Tally) -> Result<Value, WireError>,
) -> Result<Value, WireError> {
    if !tally.enter() {
        return Ok(Value::Null);
    }
    let value = read(bytes, tally);
    tally.leave();
    value
}

fn array(bytes: &[u8], tally: &mut Tally) -> Result<Value, WireError> {
    let mut values = Vec::new();
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        if number == 1 {
            let value = any(message_bytes(wire)?, tally)?;
            if tally.bad.is_none() && !tally.is_over {
                values.push(value);
            }
        }
    }
    Ok(Value::Array(values))
}

fn key_value_list(bytes: &[u8], tally: &mut Tally) -> Result<Value, WireError> {
    let mut attributes = Attributes::default();
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        if number == 1 {
            let (key, value) = key_value(message_bytes(wire)?, tally)?;
            attributes.push(key, value, tally);
        }
    }
    Ok(json!({"kvlist": attributes.into_map()}))
}

fn key_value(bytes: &[u8], tally: &mut Tally) -> Result<(String, Value), WireError> {
    let (mut key, mut value) = ("", Value::Null);
    let mut fields = Fields::new(bytes);
    while let Some((number, wire)) = fields.next()? {
        match number {
            1 => key = utf8(wire)?,
            2 => value = any(message_bytes(wire)?, tally)?,
            _ => {}
        }
    }
    Ok((key.to_owned(), value))
}
