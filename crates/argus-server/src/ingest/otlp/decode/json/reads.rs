//! Reading on past what is wrong: every reader says what a scalar, a list and an object mean to it, and what it does not
//! expect is read to its end and given to it as [`Scalar::Composite`].

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::scalar::Scalar;

/// Something that reads one JSON value of any type.
pub(super) trait Reads<'de>: Sized {
    type Out;

    /// Null, a boolean, a number or a text; or a list or an object that was not wanted.
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Out, E>;

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Out, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.scalar(Scalar::Composite)
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Out, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.scalar(Scalar::Composite)
    }
}

/// Makes serde call a [`Reads`].
pub(super) struct Lenient<R>(pub(super) R);

impl<'de, R: Reads<'de>> DeserializeSeed<'de> for Lenient<R> {
    type Value = R::Out;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<R::Out, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, R: Reads<'de>> Visitor<'de> for Lenient<R> {
    type Value = R::Out;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Bool(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Unsigned(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Signed(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Double(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<R::Out, E> {
        self.0.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<R::Out, A::Error> {
        self.0.list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<R::Out, A::Error> {
        self.0.object(object)
    }
}

/// The next value of an object.
pub(super) fn value<'de, A: MapAccess<'de>, R: Reads<'de>>(
    object: &mut A,
    reads: R,
) -> Result<R::Out, A::Error> {
    object.next_value_seed(Lenient(reads))
}

/// The next element of a list.
pub(super) fn element<'de, A: SeqAccess<'de>, R: Reads<'de>>(
    list: &mut A,
    reads: R,
) -> Result<Option<R::Out>, A::Error> {
    list.next_element_seed(Lenient(reads))
}

/// The name of an object's next member as `find` knows it, skipping members that it does not know; nothing at the end.
pub(super) fn key<'de, A: MapAccess<'de>, T>(
    object: &mut A,
    find: impl Fn(&str) -> Option<T> + Copy,
) -> Result<Option<T>, A::Error> {
    while let Some(found) = object.next_key_seed(Name(find))? {
        if found.is_some() {
            return Ok(found);
        }
        object.next_value::<IgnoredAny>()?;
    }
    Ok(None)
}

struct Name<F>(F);

impl<'de, T, F: Fn(&str) -> Option<T>> DeserializeSeed<'de> for Name<F> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Option<T>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Name<F> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<T>, E> {
        Ok((self.0)(name))
    }
}
