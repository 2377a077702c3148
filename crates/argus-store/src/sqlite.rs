//! SQLite: connections, schemas, migrations. The only part of the store that names a database.

pub(crate) mod bits;
pub(crate) mod connection;
pub(crate) mod inventory;
pub(crate) mod migrate;
pub(crate) mod names;
pub(crate) mod projections;
pub(crate) mod records;
pub(crate) mod tree;
