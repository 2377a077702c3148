//! The server on a real socket: the checklist of OTLP 1.11 line by line (each test begins with the id of its line), keys,
//! bounds, bad input, envelopes, the local socket.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod api_inventory;
mod api_panels;
mod api_permissions;
mod api_queues;
mod api_redaction;
mod api_references;
mod api_reviews;
mod api_rubrics;
mod api_search;
mod api_sessions;
mod api_signing_in;
mod api_views;
mod bounds;
mod capture;
mod checklist_answers;
mod checklist_both;
mod checklist_grpc;
mod checklist_requests;
mod compliance;
mod device;
mod envelopes;
mod export;
mod health;
mod inference_hook;
mod keys;
mod local;
mod manners;
mod messy;
mod openapi;
mod pages;
mod plugin;
mod report;
mod shares;
mod shares_later;
mod stopping;
mod support;
mod tls;
