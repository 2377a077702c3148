//! Attribute values and lists of attributes.

use serde::de::{Error, MapAccess, SeqAccess};
use serde_json::{Map, Value, json};

use super::super::Reason;
use super::super::tally::Tally;
use super::super::value;
use super::reads::{Reads, element, key, value as next};
use super::scalar::Scalar;

/// The members of an `AnyValue`.
#[derive(Debug, Clone, Copy)]
enum Member {
    Text,
    Bool,
    Int,
    Double,
    Array,
    KeyValueList,
    Bytes,
}

impl Member {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "stringValue" => Self::Text,
            "boolValue" => Self::Bool,
            "intValue" => Self::Int,
            "doubleValue" => Self::Double,
            "arrayValue" => Self::Array,
            "kvlistValue" => Self::KeyValueList,
            "bytesValue" => Self::Bytes,
            _ => return None,
        })
    }
}

/// An `AnyValue`: null where it is unset. Nothing where it must not be kept.
pub(super) struct Any<'t> {
    pub(super) tally: &'t mut Tally,
}

impl<'de> Reads<'de> for Any<'_> {
    type Out = Option<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !matches!(scalar, Scalar::Null) {
            self.tally.refuse(Reason::Type("value"));
        }
        Ok(self.tally.count().then_some(Value::Null))
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        let mut any = Value::Null;
        let is_kept = self.tally.count();
        while let Some(member) = key(&mut object, Member::from_name)? {
            if !is_kept {
                object.next_value::<serde::de::IgnoredAny>()?;
                continue;
            }
            // Of several members the last wins, but null is "not set".
            if let Some(value) = next(
                &mut object,
                MemberValue {
                    member,
                    tally: self.tally,
                },
            )? {
                any = value;
            }
        }
        Ok(is_kept.then_some(any))
    }
}

struct MemberValue<'t> {
    member: Member,
    tally: &'t mut Tally,
}

impl<'de> Reads<'de> for MemberValue<'_> {
    type Out = Option<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if matches!(scalar, Scalar::Null) {
            return Ok(None);
        }
        let read = match self.member {
            Member::Text => scalar.text(Reason::Type("stringValue")),
            Member::Bool => scalar.boolean(Reason::Type("boolValue")),
            Member::Int => scalar
                .within::<i64>(Reason::Type("intValue"))
                .map(Value::from),
            Member::Double => scalar
                .double(Reason::Type("doubleValue"))
                .map(value::double),
            Member::Bytes => scalar.bytes(Reason::Type("bytesValue")),
            Member::Array => Err(Reason::Type("arrayValue")),
            Member::KeyValueList => Err(Reason::Type("kvlistValue")),
        };
        Ok(read.map_err(|reason| self.tally.refuse(reason)).ok())
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        let is_list = matches!(self.member, Member::Array | Member::KeyValueList);
        if !is_list || !self.tally.enter() {
            while object
                .next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?
                .is_some()
            {}
            return if is_list {
                Ok(None)
            } else {
                self.scalar(Scalar::Composite)
            };
        }
        let mut list = Value::Array(Vec::new());
        if let Member::KeyValueList = self.member {
            list = json!({"kvlist": {}});
        }
        while key(&mut object, |name| (name == "values").then_some(()))?.is_some() {
            match self.member {
                Member::Array => {
                    list = Value::Array(next(&mut object, Values { tally: self.tally })?);
                }
                _ => {
                    let attributes = Attributes {
                        tally: self.tally,
                        name: "values",
                    };
                    list = json!({"kvlist": next(&mut object, attributes)?.unwrap_or_default()});
                }
            }
        }
        self.tally.leave();
        Ok(Some(list))
    }
}

/// The elements of an array.
struct Values<'t> {
    tally: &'t mut Tally,
}

impl<'de> Reads<'de> for Values<'_> {
    type Out = Vec<Value>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !matches!(scalar, Scalar::Null) {
            self.tally.refuse(Reason::Type("values"));
        }
        Ok(Vec::new())
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = element(&mut list, Any { tally: self.tally })? {
            values.extend(value);
        }
        Ok(values)
    }
}

/// A list of `KeyValue`; nothing for null.
pub(super) struct Attributes<'t> {
    pub(super) tally: &'t mut Tally,
    pub(super) name: &'static str,
}

impl<'de> Reads<'de> for Attributes<'_> {
    type Out = Option<Map<String, Value>>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !matches!(scalar, Scalar::Null) {
            self.tally.refuse(Reason::Type(self.name));
        }
        Ok(None)
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        let mut attributes = value::Attributes::default();
        while let Some(attribute) = element(&mut list, KeyValue { tally: self.tally })? {
            if let Some((key, value)) = attribute {
                attributes.push(key, value, self.tally);
            }
        }
        Ok(Some(attributes.into_map()))
    }
}

/// One attribute; nothing for null.
struct KeyValue<'t> {
    tally: &'t mut Tally,
}

impl<'de> Reads<'de> for KeyValue<'_> {
    type Out = Option<(String, Value)>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        if !matches!(scalar, Scalar::Null) {
            self.tally.refuse(Reason::Type("attributes"));
        }
        Ok(None)
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        let (mut name, mut any) = (String::new(), Some(Value::Null));
        let is_key = |member: &str| match member {
            "key" => Some(true),
            "value" => Some(false),
            _ => None,
        };
        while let Some(is_key) = key(&mut object, is_key)? {
            if is_key {
                name = next(&mut object, KeyText { tally: self.tally })?;
            } else {
                any = next(&mut object, Any { tally: self.tally })?;
            }
        }
        Ok(any.map(|any| (name, any)))
    }
}

/// The key of an attribute.
struct KeyText<'t> {
    tally: &'t mut Tally,
}

impl Reads<'_> for KeyText<'_> {
    type Out = String;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E> {
        match scalar {
            Scalar::Text(text) => return Ok(text.to_owned()),
            Scalar::Null => {}
            _ => self.tally.refuse(Reason::Type("key")),
        }
        Ok(String::new())
    }
}
