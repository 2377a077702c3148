//! Sessions out as files: JSON lines, CSV, Markdown and a self-contained HTML replay; what share links show.
//!
//! Everything is written piece by piece to a [`std::io::Write`]: a session's steps are read in pages, so that the memory that
//! an export takes does not grow with what it exports. What is written is what a [`View`] lets through: the turns that are in
//! it, with or without what tools gave back and what the model thought, and with more masked than was redacted when the
//! session was stored. All captured text goes through [`clean::visible`], and through one escape for each format.
//!
//! Knows no network, no clock, no randomness and no terminal; reads a workspace by its public interface only.

pub mod clean;
pub mod csv;
mod error;
mod fields;
pub mod figures;
pub mod html;
mod jsonl;
pub mod markdown;
mod mask;
mod reader;
pub mod report;
mod run;
mod said;
mod tables;
mod task_notification;
mod view;

pub use error::ExportError;
pub use mask::{MASK_CHARACTERS_MAX, MASKED, MASKS_MAX, MaskError, Masks};
pub use reader::{SessionReader, Shown};
pub use run::{
    Export, Format, Progress, ReadSaid, Said, SaidScore, SaidVerdict, Table, Which, file_name,
};
pub use said::{AccountName, read_said};
pub use view::View;
