//! A file of JSON lines, line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use argus_session::Item;
use argus_session::source::transcript::LineError;

use super::batch::Importing;
use crate::error::CommandError;

/// Longest line that is read: a 400 kB tool output is there twice, and an image is larger. Longer lines are passed over.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Puts the item of each line on its way. `item` is given a line and where it starts.
pub(super) fn import(
    importing: &mut Importing<'_>,
    path: &Path,
    mut item: impl FnMut(&[u8], u64) -> Result<Item, LineError>,
) -> Result<(), CommandError> {
    let mut reader = BufReader::new(File::open(path)?);
    let mut offset = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(());
        }
        let is_whole = line.ends_with(b"\n");
        if !is_whole && read == LINE_BYTES_MAX {
            let rest = skip_line(&mut reader)?;
            importing.skip("a line longer than 64 MiB");
            importing.progress.inc(read + rest);
            offset += read + rest;
            continue;
        }
        match item(&line, offset) {
            Ok(item) => importing.put(item, read)?,
            Err(LineError::Empty) => {}
            // The client may be writing it just now: the next import has it.
            Err(LineError::NotJson) if !is_whole => {
                importing.skip("a last line that is not finished");
            }
            Err(LineError::NotJson) => importing.skip("a line that is no JSON object"),
        }
        offset += read;
    }
}

/// Reads past the rest of a line without keeping it.
fn skip_line(reader: &mut impl BufRead) -> Result<u64, CommandError> {
    let mut skipped = 0;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(skipped);
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(chunk.len(), |place| place + 1);
        reader.consume(length);
        skipped += length as u64;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}
