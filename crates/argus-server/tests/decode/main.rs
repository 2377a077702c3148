//! The decoders: forms, agreement of the encodings, hostile input. Pure, no server.

#![expect(clippy::unwrap_used, reason = "tests")]

mod agreement;
mod arbitrary;
mod forms;
mod hostile;
mod recorded;
