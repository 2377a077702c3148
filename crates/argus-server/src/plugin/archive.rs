//! A plugin as a zip archive. The same plugin gives the same bytes: its hash stands in the marketplace.

use std::io::{Cursor, Write as _};

use bytes::Bytes;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Bundle;

/// Packs a plugin: its manifest is at `.claude-plugin/plugin.json`, without a folder around it.
///
/// # Errors
/// A plugin larger than the format's 4 GiB.
pub(super) fn archive(bundle: &Bundle) -> zip::result::ZipResult<Bytes> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, file) in bundle.files() {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            // The format's first day: when a file was made is no part of it.
            .last_modified_time(DateTime::default())
            .unix_permissions(if file.is_program { 0o755 } else { 0o644 });
        writer.start_file(path, options)?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner().into())
}
