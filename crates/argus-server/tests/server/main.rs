//! The server on a real socket: the checklist of OTLP 1.11 line by line (each test begins with the id of its line), keys,
//! bounds, bad input, envelopes, the local socket.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod bounds;
mod checklist_answers;
mod checklist_both;
mod checklist_grpc;
mod checklist_requests;
mod envelopes;
mod health;
mod keys;
mod local;
mod manners;
mod messy;
mod stopping;
mod support;
