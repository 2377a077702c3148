//! Several sessions that are a file each: one archive, written while it is sent.

use std::io::{self, Write};

use argus_export::{Export, ExportError, Which, file_name};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Writes the archive.
pub(super) fn write(
    export: &Export<'_>,
    which: &Which,
    noted: &mut dyn FnMut(&[String]) -> Result<(), ExportError>,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut archive = ZipWriter::new_stream(out);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    export.pages(which, &mut |ids| {
        noted(ids)?;
        for id in ids {
            archive
                .start_file(file_name(id, export.format), options)
                .map_err(io::Error::other)?;
            export.session(&mut archive, id)?;
        }
        Ok(())
    })?;
    archive.finish().map_err(io::Error::other)?;
    Ok(())
}
