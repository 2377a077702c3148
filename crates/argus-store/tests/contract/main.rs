//! What every engine of the store promises.
#![expect(
    clippy::unwrap_used,
    reason = "a test may fail anywhere, its helpers too"
)]

mod damage;
mod durable;
mod enrolment;
mod erase;
mod format;
mod inventory;
mod lists;
mod opt_out;
mod people;
mod projected;
mod proofs;
mod queues;
mod records;
mod redaction;
mod rescan;
mod reviews;
mod rubrics;
mod saved_views;
mod search;
mod set_up;
mod shares;
mod sources;
mod support;
mod then;
