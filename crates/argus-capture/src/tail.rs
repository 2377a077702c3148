//! Reads a transcript as it grows: whole lines, from where the last reading ended, from the start when it is another file now.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use argus_session::Item;
use argus_session::source::cowork::AuditFile;
use argus_session::source::transcript::{LineError, TranscriptFile};
use sha2::{Digest, Sha256};

use crate::cursor::Cursor;
use crate::platform;

/// Longest line that is read: a 400 kB tool output is there twice, and an image is larger.
pub(crate) const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// So much before a cursor is compared: a file that was written anew differs there.
const TAIL_BYTES: u64 = 1024;

/// What the lines of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A transcript, of a sub-agent where one is named.
    Transcript { agent_id: Option<String> },
    /// What the Cowork app writes beside it.
    Audit,
}

/// Reads lines, from a file's start, in order.
#[derive(Debug)]
enum Lines {
    Transcript(TranscriptFile),
    Audit(AuditFile),
}

impl Lines {
    fn new(path: &Path, kind: &Kind, session_id: &str, line_key: [u8; 32]) -> Self {
        match kind {
            Kind::Transcript { agent_id } => Self::Transcript(TranscriptFile::new(
                session_id,
                agent_id.as_deref(),
                &name_of(path),
                line_key,
            )),
            Kind::Audit => {
                let folder = path.parent().map(name_of).unwrap_or_default();
                let file_id = format!("{folder}/{}", name_of(path));
                Self::Audit(AuditFile::new(session_id, &file_id, line_key))
            }
        }
    }

    fn item(&mut self, line: &[u8], offset: u64) -> Result<Item, LineError> {
        match self {
            Self::Transcript(file) => file.item(line, offset),
            Self::Audit(file) => file.item(line, offset),
        }
    }

    fn pass(&mut self, line: &[u8]) {
        match self {
            Self::Transcript(file) => file.pass(line),
            Self::Audit(file) => file.pass(line),
        }
    }
}

/// A file of lines that is followed.
#[derive(Debug)]
pub(crate) struct Tail {
    path: PathBuf,
    session_id: String,
    kind: Kind,
    line_key: [u8; 32],
    lines: Lines,
    cursor: Cursor,
    is_read: bool,
}

/// What one reading gave.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) items: Vec<Item>,
    /// Lines that are no JSON, or too long: how many, and how many bytes.
    pub(crate) unreadable: u64,
    pub(crate) unreadable_bytes: u64,
    /// There is more to be read at once.
    pub(crate) has_more: bool,
}

impl Tail {
    /// A file from where `cursor` stands. `line_key` is the workspace's key for lines without a `uuid`.
    pub(crate) fn new(
        path: PathBuf,
        session_id: &str,
        kind: Kind,
        line_key: [u8; 32],
        cursor: Cursor,
    ) -> Self {
        Self {
            lines: Lines::new(&path, &kind, session_id, line_key),
            path,
            session_id: session_id.to_owned(),
            kind,
            line_key,
            cursor,
            is_read: false,
        }
    }

    /// Where it was read up to.
    pub(crate) const fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Reads what is new, up to so many bytes. `is_over` says that nobody writes to it any more: then a last line without
    /// its end counts too.
    ///
    /// # Errors
    /// The disk's. A file that is not there is no error: it has nothing new.
    pub(crate) fn read(&mut self, bytes_max: u64, is_over: bool) -> io::Result<Read> {
        let mut out = Read::default();
        let meta = match fs::metadata(&self.path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(out),
            Err(error) => return Err(error),
        };
        let number = platform::file_number(&meta);
        if self.is_read && number == self.cursor.file_number && meta.len() == self.cursor.offset {
            return Ok(out);
        }
        let mut file = File::open(&self.path)?;
        if !self.is_read
            || number != self.cursor.file_number
            || meta.len() < self.cursor.offset
            || !self.is_same(&mut file)?
        {
            self.begin(&mut file, number)?;
        }
        file.seek(SeekFrom::Start(self.cursor.offset))?;
        let mut reader = BufReader::with_capacity(64 * 1024, file);
        let mut line = Vec::new();
        let mut taken = 0;
        while taken < bytes_max {
            line.clear();
            let read = reader
                .by_ref()
                .take(LINE_BYTES_MAX)
                .read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                break;
            }
            let is_whole = line.ends_with(b"\n");
            let offset = self.cursor.offset;
            let read = if !is_whole && read == LINE_BYTES_MAX {
                let Some(rest) = skip_line(&mut reader)? else {
                    // It goes on being written.
                    break;
                };
                out.unreadable += 1;
                out.unreadable_bytes += read + rest;
                read + rest
            } else {
                // Without its end it may be half of a number, or half of a line that is JSON by chance.
                if !is_whole && !is_over {
                    break;
                }
                match self.lines.item(&line, offset) {
                    Ok(item) => out.items.push(item),
                    Err(LineError::Empty) => {}
                    Err(LineError::NotJson) if !is_whole => break,
                    Err(LineError::NotJson) => {
                        out.unreadable += 1;
                        out.unreadable_bytes += read;
                    }
                }
                read
            };
            self.cursor.offset += read;
            taken += read;
        }
        out.has_more = taken >= bytes_max;
        if taken > 0 {
            self.cursor.tail = tail_hash(&mut reader.into_inner(), self.cursor.offset)?;
        }
        Ok(out)
    }

    /// True when what stands before the cursor is what stood there.
    fn is_same(&self, file: &mut File) -> io::Result<bool> {
        Ok(tail_hash(file, self.cursor.offset)? == self.cursor.tail)
    }

    /// Goes to the cursor, or to the start when the file is another: the lines before are counted again, as keys of lines
    /// without a `uuid` need it.
    fn begin(&mut self, file: &mut File, number: u64) -> io::Result<()> {
        let length = file.metadata()?.len();
        let is_same = (self.cursor.file_number == number || self.cursor.file_number == 0)
            && length >= self.cursor.offset
            && self.is_same(file)?;
        let offset = if is_same { self.cursor.offset } else { 0 };
        self.lines = Lines::new(&self.path, &self.kind, &self.session_id, self.line_key);
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(64 * 1024, file.take(offset));
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            self.lines.pass(&line);
            line.clear();
        }
        self.cursor.offset = offset;
        self.cursor.file_number = number;
        self.is_read = true;
        let file = reader.into_inner().into_inner();
        self.cursor.tail = tail_hash(file, offset)?;
        Ok(())
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A hash of what stands right before an offset; nothing for the start.
fn tail_hash(file: &mut File, offset: u64) -> io::Result<String> {
    if offset == 0 {
        return Ok(String::new());
    }
    let length = offset.min(TAIL_BYTES);
    file.seek(SeekFrom::Start(offset - length))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(hex::encode(&Sha256::digest(&bytes)[..8]))
}

/// Reads past the rest of a line without keeping it; `None` when it has no end yet.
fn skip_line(reader: &mut impl io::BufRead) -> io::Result<Option<u64>> {
    let mut skipped = 0;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(None);
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(chunk.len(), |place| place + 1);
        reader.consume(length);
        skipped += length as u64;
        if end.is_some() {
            return Ok(Some(skipped));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn line(uuid: &str) -> String {
        format!("{{\"type\":\"user\",\"uuid\":\"{uuid}\",\"sessionId\":\"s\"}}\n")
    }

    fn tail(path: &Path, cursor: Cursor) -> Tail {
        Tail::new(
            path.to_owned(),
            "s",
            Kind::Transcript { agent_id: None },
            [7; 32],
            cursor,
        )
    }

    fn uuids(read: &Read) -> Vec<String> {
        read.items
            .iter()
            .map(|item| item.body["uuid"].as_str().unwrap_or("none").to_owned())
            .collect()
    }

    #[test]
    fn lines_are_read_once_and_halves_when_they_are_whole() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("s.jsonl");
        let mut tail = tail(&path, Cursor::default());
        assert!(
            tail.read(u64::MAX, false).unwrap().items.is_empty(),
            "not there yet"
        );
        let mut file = File::create(&path).unwrap();
        file.write_all(line("a").as_bytes()).unwrap();
        let half = line("b");
        file.write_all(&half.as_bytes()[..20]).unwrap();
        assert_eq!(uuids(&tail.read(u64::MAX, false).unwrap()), ["a"]);
        assert!(tail.read(u64::MAX, false).unwrap().items.is_empty());
        file.write_all(&half.as_bytes()[20..half.len() - 1])
            .unwrap();
        assert!(
            tail.read(u64::MAX, false).unwrap().items.is_empty(),
            "no end yet"
        );
        assert_eq!(
            uuids(&tail.read(u64::MAX, true).unwrap()),
            ["b"],
            "nobody writes to it any more"
        );
    }

    #[test]
    fn a_new_start_goes_on_where_it_was_and_counts_lines_as_before() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("s.jsonl");
        let without = "{\"type\":\"mode\",\"mode\":\"normal\",\"sessionId\":\"s\"}\n";
        fs::write(&path, without.repeat(3)).unwrap();
        let mut whole = tail(&path, Cursor::default());
        let keys: Vec<_> = whole
            .read(u64::MAX, false)
            .unwrap()
            .items
            .into_iter()
            .map(|item| item.key)
            .collect();
        let mut parts = Vec::new();
        let mut cursor = Cursor::default();
        for _ in 0..3 {
            let mut part = tail(&path, cursor.clone());
            parts.extend(
                part.read(1, false)
                    .unwrap()
                    .items
                    .into_iter()
                    .map(|item| item.key),
            );
            cursor = part.cursor().clone();
        }
        assert_eq!(keys, parts);
        assert_eq!(
            keys.iter().collect::<std::collections::BTreeSet<_>>().len(),
            3
        );
    }

    #[test]
    fn a_file_that_was_written_anew_is_read_from_its_start() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("s.jsonl");
        fs::write(&path, [line("a"), line("b"), line("c")].concat()).unwrap();
        let mut tail = tail(&path, Cursor::default());
        assert_eq!(tail.read(u64::MAX, false).unwrap().items.len(), 3);
        // Cut short in place.
        fs::write(&path, line("b")).unwrap();
        assert_eq!(uuids(&tail.read(u64::MAX, false).unwrap()), ["b"]);
        // Another file under its name, longer than the old one.
        let other = root.path().join("other");
        fs::write(&other, [line("x"), line("y")].concat()).unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(uuids(&tail.read(u64::MAX, false).unwrap()), ["x", "y"]);
        // Written anew in place, longer: what stands before the cursor is another.
        fs::write(&path, [line("1"), line("2"), line("3")].concat()).unwrap();
        assert_eq!(uuids(&tail.read(u64::MAX, false).unwrap()), ["1", "2", "3"]);
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("s.jsonl");
        fs::write(&path, [&line("a"), "no json\n", "\n", &line("b")].concat()).unwrap();
        let read = tail(&path, Cursor::default())
            .read(u64::MAX, false)
            .unwrap();
        assert_eq!(uuids(&read), ["a", "b"]);
        assert_eq!((read.unreadable, read.unreadable_bytes), (1, 8));
    }
}
