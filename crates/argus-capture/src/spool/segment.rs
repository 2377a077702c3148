//! One file of the spool.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::platform;

/// The beginning of every segment: what it is, and the version of its form.
const MAGIC: &[u8; 8] = b"ARGSPL1\n";
/// Magic, then when it was begun (microseconds, little endian).
const HEADER_BYTES: u64 = 16;
const FRAME_HEADER_BYTES: u64 = 8;
/// Longest payload: twice the longest line that is read.
const PAYLOAD_BYTES_MAX: u32 = 160 * 1024 * 1024;

/// A segment that is written to.
#[derive(Debug)]
pub(super) struct Segment {
    file: File,
    bytes: u64,
}

impl Segment {
    pub(super) fn create(path: &Path, begun_us: i64) -> io::Result<Self> {
        let mut file = platform::create_private(path)?;
        file.write_all(MAGIC)?;
        file.write_all(&begun_us.to_le_bytes())?;
        Ok(Self {
            file,
            bytes: HEADER_BYTES,
        })
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes a frame that holds nothing, up to an offset: what stood there was sent.
    pub(super) fn fill_up_to(&mut self, offset: u64) -> io::Result<()> {
        let Some(length) = offset.checked_sub(HEADER_BYTES + FRAME_HEADER_BYTES) else {
            return Ok(());
        };
        let nothing = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        self.append(&[nothing])
    }

    /// Adds frames: they are on the disk when this returns.
    pub(super) fn append(&mut self, payloads: &[Vec<u8>]) -> io::Result<()> {
        let mut frames = Vec::new();
        for payload in payloads {
            let length = u32::try_from(payload.len())
                .ok()
                .filter(|length| *length <= PAYLOAD_BYTES_MAX)
                .ok_or_else(|| io::Error::other("an envelope that is too large"))?;
            frames.extend(length.to_le_bytes());
            frames.extend(crc32fast::hash(payload).to_le_bytes());
            frames.extend(payload);
        }
        self.file.write_all(&frames)?;
        self.file.sync_data()?;
        self.bytes += frames.len() as u64;
        Ok(())
    }
}

/// Reads a segment frame by frame.
#[derive(Debug)]
pub(super) struct Reader {
    file: BufReader<File>,
    offset: u64,
}

impl Reader {
    /// From an offset on; 0 is the first frame.
    pub(super) fn open(path: &Path, from: u64) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let offset = from.max(HEADER_BYTES);
        file.seek(SeekFrom::Start(offset))?;
        Ok(Self {
            file: BufReader::new(file),
            offset,
        })
    }

    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// The next payload; `None` at the end, and at what is no whole frame.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            match self.frame()? {
                Frame::Good(payload) if is_filler(&payload) => {}
                Frame::Good(payload) => return Ok(Some(payload)),
                Frame::End | Frame::CutOff | Frame::Damaged => return Ok(None),
            }
        }
    }

    fn frame(&mut self) -> io::Result<Frame> {
        let mut header = [0; FRAME_HEADER_BYTES as usize];
        let read = read_up_to(&mut self.file, &mut header)?;
        if read == 0 {
            return Ok(Frame::End);
        }
        if read < header.len() {
            return Ok(Frame::CutOff);
        }
        let [a, b, c, d, e, f, g, h] = header;
        let (length, crc) = (
            u32::from_le_bytes([a, b, c, d]),
            u32::from_le_bytes([e, f, g, h]),
        );
        if length > PAYLOAD_BYTES_MAX {
            return Ok(Frame::Damaged);
        }
        let mut payload = Vec::new();
        self.file
            .by_ref()
            .take(u64::from(length))
            .read_to_end(&mut payload)?;
        if payload.len() < length as usize {
            return Ok(Frame::CutOff);
        }
        if crc32fast::hash(&payload) != crc {
            return Ok(Frame::Damaged);
        }
        self.offset += FRAME_HEADER_BYTES + u64::from(length);
        Ok(Frame::Good(payload))
    }
}

/// What stands in the place of frames that were forgotten: no envelope begins so.
fn is_filler(payload: &[u8]) -> bool {
    payload.first().is_none_or(|byte| *byte == 0)
}

enum Frame {
    Good(Vec<u8>),
    End,
    CutOff,
    Damaged,
}

/// What a segment holds.
#[derive(Debug, Default)]
pub(super) struct Frames {
    pub(super) count: u64,
    pub(super) good_bytes: u64,
    pub(super) begun_us: i64,
    /// Its end is missing.
    pub(super) is_cut_off: bool,
    /// Something in it is not what was written.
    pub(super) is_damaged: bool,
    /// Of a damaged one: what stands before the damage, and how much does behind it, as far as that can be told.
    pub(super) kept: Vec<Vec<u8>>,
    pub(super) lost: u64,
    pub(super) lost_bytes: u64,
}

impl Frames {
    /// Goes over a segment.
    pub(super) fn check(path: &Path) -> io::Result<Self> {
        let length = fs::metadata(path)?.len();
        let mut frames = Self::default();
        let mut header = [0; HEADER_BYTES as usize];
        let read = read_up_to(&mut File::open(path)?, &mut header)?;
        if read < header.len() {
            frames.is_cut_off = true;
            return Ok(frames);
        }
        if !header.starts_with(MAGIC) {
            frames.is_damaged = true;
            frames.lost = 1;
            frames.lost_bytes = length;
            return Ok(frames);
        }
        let mut begun = [0; 8];
        begun.copy_from_slice(&header[8..]);
        frames.begun_us = i64::from_le_bytes(begun);
        let mut reader = Reader::open(path, 0)?;
        loop {
            frames.good_bytes = reader.offset();
            match reader.frame()? {
                Frame::Good(payload) => frames.count += u64::from(!is_filler(&payload)),
                Frame::End => return Ok(frames),
                Frame::CutOff => {
                    frames.is_cut_off = true;
                    return Ok(frames);
                }
                Frame::Damaged => {
                    frames.is_damaged = true;
                    frames.kept = Self::read(path, 0)?;
                    frames.lost_bytes = length - frames.good_bytes;
                    frames.lost = behind_damage(path, frames.good_bytes)?;
                    return Ok(frames);
                }
            }
        }
    }

    /// The whole frames from an offset on.
    pub(super) fn read(path: &Path, from: u64) -> io::Result<Vec<Vec<u8>>> {
        let mut reader = Reader::open(path, from)?;
        let mut payloads = Vec::new();
        while let Some(payload) = reader.next()? {
            payloads.push(payload);
        }
        Ok(payloads)
    }
}

/// How many frames stand from a damaged one on, as far as their lengths lead: one at least.
fn behind_damage(path: &Path, from: u64) -> io::Result<u64> {
    let length = fs::metadata(path)?.len();
    let mut file = File::open(path)?;
    let (mut at, mut count) = (from, 0);
    while at + FRAME_HEADER_BYTES <= length {
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0; 4];
        file.read_exact(&mut header)?;
        let payload = u32::from_le_bytes(header);
        count += 1;
        if payload > PAYLOAD_BYTES_MAX {
            break;
        }
        at += FRAME_HEADER_BYTES + u64::from(payload);
    }
    Ok(count.max(1))
}

/// Cuts a segment behind its last whole frame.
pub(super) fn cut(path: &Path, bytes: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    if bytes < HEADER_BYTES {
        drop(file);
        return Segment::create(path, 0).map(drop);
    }
    file.set_len(bytes)?;
    file.sync_all()
}

/// Writes zeros over a file: what stood in it was erased.
pub(super) fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeros = [0; 64 * 1024];
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
        file.write_all(&zeros[..now])?;
        left -= now as u64;
    }
    file.sync_all()
}

fn read_up_to(from: &mut impl io::Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < bytes.len() {
        match from.read(&mut bytes[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}
