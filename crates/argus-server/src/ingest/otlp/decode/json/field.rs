//! Messages and their fields.

use serde::de::{Error, MapAccess, SeqAccess};
use serde_json::{Map, Value};

use super::super::Reason;
use super::super::schema::{Kind, Message};
use super::super::tally::Tally;
use super::super::value::{self, Slots};
use super::any::{Any, Attributes};
use super::reads::{Reads, element, key, value as next};
use super::scalar::Scalar;

/// The fields of one message while its members are read.
#[derive(Debug)]
pub(super) struct Fields {
    table: Message,
    slots: Slots,
}

impl Fields {
    pub(super) fn new(table: Message) -> Self {
        Self {
            table,
            slots: Slots::default(),
        }
    }

    /// Reads the value of the member at this place of the table.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        place: usize,
        object: &mut A,
        tally: &mut Tally,
    ) -> Result<(), A::Error> {
        let field = &self.table[place];
        let value = match field.kind {
            Kind::Value => next(object, Any { tally })?.filter(|value| !value.is_null()),
            Kind::Attributes => next(
                object,
                Attributes {
                    tally,
                    name: field.json,
                },
            )?
            .and_then(value::object),
            Kind::Message(table) => next(
                object,
                OneMessage {
                    table,
                    name: field.json,
                    tally,
                },
            )?
            .and_then(value::object),
            kind => next(
                object,
                Single {
                    kind,
                    name: field.json,
                    tally,
                },
            )?,
        };
        self.slots.set(place, value);
        Ok(())
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        self.slots.into_map(self.table)
    }
}

/// The place of a member in a message's table.
pub(super) fn place(table: Message, name: &str) -> Option<usize> {
    table.iter().position(|field| field.json == name)
}

/// An object read by its table; nothing for null and for what is no object, which is noted.
pub(super) struct OneMessage<'t> {
    pub(super) table: Message,
    pub(super) name: &'static str,
    pub(super) tally: &'t mut Tally,
}

impl<'de> Reads<'de> for OneMessage<'_> {
    type Out = Option<Map<String, Value>>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !matches!(scalar, Scalar::Null) {
            self.tally.refuse(Reason::Type(self.name));
        }
        Ok(None)
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        let mut fields = Fields::new(self.table);
        while let Some(place) = key(&mut object, |name| place(self.table, name))? {
            fields.read(place, &mut object, self.tally)?;
        }
        Ok(Some(fields.into_map()))
    }
}

/// A scalar field, or a list of numbers or messages.
struct Single<'t> {
    kind: Kind,
    name: &'static str,
    tally: &'t mut Tally,
}

impl<'de> Reads<'de> for Single<'_> {
    type Out = Option<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        Ok(scalar
            .of_kind(self.kind, self.name)
            .unwrap_or_else(|reason| {
                self.tally.refuse(reason);
                None
            }))
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let mut values = Vec::new();
        let Self { kind, name, tally } = self;
        match kind {
            Kind::Messages(table) => {
                while let Some(message) = element(&mut list, OneMessage { table, name, tally })? {
                    if tally.count() {
                        values.extend(message.map(Value::Object));
                    }
                }
            }
            Kind::Fixed64s | Kind::Uint64s | Kind::Doubles => {
                while let Some(number) = element(&mut list, Number { kind, name, tally })? {
                    values.extend(number);
                }
            }
            _ => return Single { kind, name, tally }.drain(list),
        }
        Ok(value::list(values))
    }
}

impl Single<'_> {
    fn drain<'de, A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Value>, A::Error> {
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        self.scalar(Scalar::Composite)
    }
}

/// An element of a list of numbers.
struct Number<'t> {
    kind: Kind,
    name: &'static str,
    tally: &'t mut Tally,
}

impl Reads<'_> for Number<'_> {
    type Out = Option<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !self.tally.count() {
            return Ok(None);
        }
        match scalar.element(self.kind, self.name) {
            Ok(number) => Ok(Some(number)),
            Err(reason) => {
                self.tally.refuse(reason);
                Ok(None)
            }
        }
    }
}

/// A text beside the items, such as a schema URL. What is no text says nothing.
pub(super) struct Text;

impl Reads<'_> for Text {
    type Out = Option<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        Ok(scalar.of_kind(Kind::Text, "").unwrap_or_default())
    }
}
