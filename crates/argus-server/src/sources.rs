//! Sources that the server reads by itself.

pub mod compliance;
