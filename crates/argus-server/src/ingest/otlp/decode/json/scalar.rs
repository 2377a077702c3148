//! Single JSON values as the field's kind wants them.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::super::Reason;
use super::super::schema::Kind;
use super::super::value;

/// A JSON value that is no list and no object.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Double(f64),
    Text(&'a str),
    /// A list or an object where none was wanted.
    Composite,
}

impl Scalar<'_> {
    /// The field's value; nothing where it is the default.
    pub(super) fn of_kind(self, kind: Kind, name: &'static str) -> Result<Option<Value>, Reason> {
        let wrong = Reason::Type(name);
        if matches!(self, Self::Null) {
            return Ok(None);
        }
        match kind {
            Kind::Text => match self {
                Self::Text(text) => Ok(value::text(text)),
                _ => Err(wrong),
            },
            Kind::Id(length) => match self {
                Self::Text(text) => {
                    let bytes = hex::decode(text).map_err(|_| Reason::Hex(name))?;
                    Ok(value::id(&bytes, length))
                }
                _ => Err(wrong),
            },
            Kind::Bool => match self {
                Self::Bool(flag) => Ok(flag.then_some(Value::Bool(true))),
                _ => Err(wrong),
            },
            Kind::Fixed64 => self.within::<u64>(wrong).map(value::unsigned),
            Kind::Fixed32 | Kind::Uint32 => self
                .within::<u32>(wrong)
                .map(|number| value::unsigned(number.into())),
            Kind::Enum | Kind::Sint32 => self
                .within::<i32>(wrong)
                .map(|number| value::signed(number.into())),
            Kind::IntSet => self
                .within::<i64>(wrong)
                .map(|number| Some(Value::from(number))),
            Kind::Double => self
                .double(wrong)
                .map(|number| (number != 0.0).then(|| value::double(number))),
            Kind::DoubleSet => self.double(wrong).map(|number| Some(value::double(number))),
            _ => Err(wrong),
        }
    }

    /// An element of a list of numbers.
    pub(super) fn element(self, kind: Kind, name: &'static str) -> Result<Value, Reason> {
        let wrong = Reason::Type(name);
        match kind {
            Kind::Doubles => self.double(wrong).map(value::double),
            _ => self.within::<u64>(wrong).map(Value::from),
        }
    }

    pub(super) fn text(self, wrong: Reason) -> Result<Value, Reason> {
        match self {
            Self::Text(text) => Ok(Value::from(text)),
            _ => Err(wrong),
        }
    }

    pub(super) fn boolean(self, wrong: Reason) -> Result<Value, Reason> {
        match self {
            Self::Bool(flag) => Ok(Value::Bool(flag)),
            _ => Err(wrong),
        }
    }

    /// Base64 of either alphabet, padded or not.
    pub(super) fn bytes(self, wrong: Reason) -> Result<Value, Reason> {
        const LENIENT: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let Self::Text(text) = self else {
            return Err(wrong);
        };
        let alphabet = if text.contains(['-', '_']) {
            &alphabet::URL_SAFE
        } else {
            &alphabet::STANDARD
        };
        let bytes = GeneralPurpose::new(alphabet, LENIENT)
            .decode(text)
            .map_err(|_| wrong)?;
        Ok(value::bytes(&bytes))
    }

    /// A whole number in a type's range: a number, or a string that holds one.
    pub(super) fn within<T: TryFrom<i128>>(self, wrong: Reason) -> Result<T, Reason> {
        self.integer()
            .and_then(|number| T::try_from(number).ok())
            .ok_or(wrong)
    }

    fn integer(self) -> Option<i128> {
        match self {
            Self::Unsigned(number) => Some(number.into()),
            Self::Signed(number) => Some(number.into()),
            Self::Double(number) => whole(number),
            Self::Text(text) => text.parse().ok().or_else(|| whole(text.parse().ok()?)),
            Self::Null | Self::Bool(_) | Self::Composite => None,
        }
    }

    /// A number, or a string that holds one, `NaN` or an infinity.
    pub(super) fn double(self, wrong: Reason) -> Result<f64, Reason> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "the field is a double: the nearest one is its value"
            )]
            Self::Unsigned(number) => Ok(number as f64),
            #[expect(clippy::cast_precision_loss, reason = "as above")]
            Self::Signed(number) => Ok(number as f64),
            Self::Double(number) => Ok(number),
            Self::Text("NaN") => Ok(f64::NAN),
            Self::Text("Infinity") => Ok(f64::INFINITY),
            Self::Text("-Infinity") => Ok(f64::NEG_INFINITY),
            Self::Text(text) => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or(wrong),
            Self::Null | Self::Bool(_) | Self::Composite => Err(wrong),
        }
    }
}

/// A double that is a whole number small enough to be exact.
fn whole(number: f64) -> Option<i128> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    (number.fract() == 0.0 && number.abs() <= EXACT_MAX).then_some(number as i128)
}
