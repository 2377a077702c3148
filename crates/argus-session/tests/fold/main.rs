//! The fold on recordings of the real client, and its properties.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail anywhere, its helpers too"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "json!(…) reads best as an argument"
)]

mod acceptance;
mod agents;
mod agreement;
mod anthropic;
mod auxiliary;
mod conversations;
mod coverage;
mod cowork;
mod machines;
mod made;
mod outcomes;
mod permissions;
mod prompts;
mod properties;
mod recorded;
mod subsets;
mod support;
