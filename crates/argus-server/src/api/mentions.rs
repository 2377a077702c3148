//! Comments that mention the reader.

pub(crate) mod list;
pub(crate) mod read;
