//! Import: files on the disk → items → the store.

mod batch;
mod find;
mod recording;
mod transcript;

pub(crate) use batch::{Importing, Summary};
pub(crate) use find::{Found, find};
