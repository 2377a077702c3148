//! The command line as its users meet it: the program, a data folder, what it prints and how it ends.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod accounts;
mod beside_server;
mod capture_policy;
mod encodings;
mod errors;
mod exporting;
mod help;
mod hostile_text;
mod importing;
mod plugin;
mod reading;
mod redacting;
mod support;
