//! The machine that the cases are run on.

pub(crate) use argus_e2e::{Machine, Programs, files_with, pause, said};
