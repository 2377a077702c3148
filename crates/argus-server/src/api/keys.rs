//! Keys: to deliver, to read, to fetch the capture plugin.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

use utoipa::ToSchema;

/// What a key is for.
#[derive(Debug, ToSchema)]
#[schema(as = KeyScope, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum KeyScopeName {
    /// To deliver.
    Ingest,
    /// To read.
    Read,
    /// To fetch the capture plugin of one project, as part of its address.
    Download,
}
