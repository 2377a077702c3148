//! What comes in: OTLP over HTTP and gRPC, capture envelopes. All doors decode into items and hand them to
//! [`accept::take`].

pub(crate) mod accept;
pub mod envelopes;
pub(crate) mod inference_hook;
pub(crate) mod known;
pub mod otlp;
