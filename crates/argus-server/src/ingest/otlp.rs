//! OTLP.

mod decode;

pub use decode::{
    ATTRIBUTES_MAX, DecodeError, Decoded, Encoding, ITEM_VALUES_MAX, ITEMS_MAX, REQUEST_VALUES_MAX, Reason, Rejected,
    Signal, VALUE_NESTING_MAX, decode, without_lone_surrogates,
};
