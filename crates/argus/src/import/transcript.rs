//! A transcript file.

use std::path::Path;

use argus_session::source::transcript::TranscriptFile;

use super::batch::{Importing, file_name};
use super::lines;
use crate::error::CommandError;

pub(super) fn import(
    importing: &mut Importing<'_>,
    path: &Path,
    session_id: &str,
    agent_id: Option<&str>,
) -> Result<(), CommandError> {
    let mut file = TranscriptFile::new(session_id, agent_id, &file_name(path), importing.line_key);
    lines::import(importing, path, |line, offset| file.item(line, offset))
}
