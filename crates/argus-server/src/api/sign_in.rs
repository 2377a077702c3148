//! Signing in with address and password.

pub(crate) mod get;
pub(crate) mod post;
