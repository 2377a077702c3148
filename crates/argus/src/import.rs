//! Import: files on the disk → items → the store.

mod batch;
mod cowork;
mod find;
mod lines;
mod recording;
mod transcript;

pub(crate) use batch::{Importing, Summary};
pub(crate) use find::{Found, find};
