//! Capture envelopes: documented in `docs/envelope.md`.

mod decode;
pub(crate) mod http;

pub use decode::{
    DecodedEnvelopes, ENVELOPES_MAX, EnvelopesError, Form, Refused, VALUES_MAX, decode,
};
