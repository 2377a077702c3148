//! The files of a Cowork session that are its own: metadata and audit log. Its transcript is one like others.

use std::fs;
use std::path::Path;

use argus_session::source::cowork::{AuditFile, cli_session_id, metadata_item};

use super::batch::{Importing, file_name};
use super::lines;
use crate::error::CommandError;

pub(super) fn metadata(importing: &mut Importing<'_>, path: &Path) -> Result<(), CommandError> {
    if let Some(content) = importing.whole(path)? {
        match metadata_item(&content, &file_name(path), &importing.line_key) {
            Ok(item) => importing.put(item, content.len() as u64)?,
            Err(error) => importing.skip(&format!("metadata of Cowork: {error}")),
        }
    }
    Ok(())
}

pub(super) fn audit(importing: &mut Importing<'_>, path: &Path) -> Result<(), CommandError> {
    let folder = path.parent().unwrap_or(path);
    // The metadata lies beside the folder, under its name.
    let session_id = fs::read(folder.with_extension("json"))
        .ok()
        .and_then(|content| cli_session_id(&content));
    let Some(session_id) = session_id else {
        importing.skip("an audit log of Cowork without the session's metadata beside its folder");
        return Ok(());
    };
    let file_id = format!("{}/{}", file_name(folder), file_name(path));
    let mut file = AuditFile::new(&session_id, &file_id, importing.line_key);
    lines::import(importing, path, |line, offset| file.item(line, offset))
}
