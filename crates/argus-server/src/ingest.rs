//! What comes in.

pub mod otlp;
