//! What waits for the server: redacted envelopes in segments on the disk, in order, each synced before the file that it came
//! from counts as read.
//!
//! A segment is a header and frames: length and CRC-32 of the payload (little endian, 4 bytes each), then the payload, one
//! envelope as JSON. An unfinished frame at the end of the last segment is one whose writing was cut off: nothing counts as
//! read for it, and it is cut away. Anything else that does not fit is damage: the segment is set aside.

mod segment;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::lost::{Losses, Reason};
use crate::{platform, store_file};
use segment::{Frames, Segment};

/// A segment is closed at this size.
const SEGMENT_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// And at this age, microseconds: what waits too long goes by segments.
const SEGMENT_AGE_MAX_US: i64 = 3600 * 1_000_000;
/// Where damaged segments go.
const ASIDE: &str = "damaged";

/// The bounds of a spool.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Most bytes that wait.
    pub(crate) bytes_max: u64,
    /// Longest time that they wait, microseconds.
    pub(crate) age_max_us: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 512 * 1024 * 1024,
            age_max_us: 7 * 24 * 3600 * 1_000_000,
        }
    }
}

/// A place in the spool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Position {
    segment: u64,
    offset: u64,
}

/// Envelopes to be sent, and where the next ones begin.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) envelopes: Vec<Vec<u8>>,
    pub(crate) end: Position,
}

/// A spool. One process at a time has it open.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: PathBuf,
    limits: Limits,
    segments: BTreeMap<u64, SegmentInfo>,
    writing: Option<(u64, Segment)>,
    sent: Position,
    next: u64,
    was_cut: bool,
}

#[derive(Debug, Clone, Copy)]
struct SegmentInfo {
    bytes: u64,
    frames: u64,
    begun_us: i64,
}

impl Spool {
    /// Opens a spool, and says what of it was damaged.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn open(
        folder: &Path,
        limits: Limits,
        now_us: i64,
        losses: &mut Losses,
    ) -> io::Result<Self> {
        platform::create_private_folder(folder)?;
        let mut numbers: Vec<u64> = fs::read_dir(folder)?
            .filter_map(|entry| segment_number(&entry.ok()?.path()))
            .collect();
        numbers.sort_unstable();
        let sent: Position = store_file::read(&folder.join("sent.json")).unwrap_or_default();
        let mut spool = Self {
            folder: folder.to_owned(),
            limits,
            segments: BTreeMap::new(),
            writing: None,
            sent,
            next: numbers
                .last()
                .map_or(0, |last| last + 1)
                .max(sent.segment + 1),
            was_cut: false,
        };
        spool.sweep()?;
        let last = numbers.last().copied();
        for number in numbers {
            let path = spool.path(number);
            if number < sent.segment {
                fs::remove_file(path)?;
                continue;
            }
            let frames = Frames::check(&path)?;
            if frames.is_damaged {
                spool.set_aside(number, &frames, now_us, losses)?;
                continue;
            }
            if frames.is_cut_off {
                // Nothing counts as read for what was not written whole. Of an older segment that is not as sure: all is read
                // again, and the server knows what it has.
                spool.was_cut |= Some(number) != last;
                segment::cut(&path, frames.good_bytes)?;
            }
            let begun_us = if frames.begun_us == 0 {
                now_us
            } else {
                frames.begun_us
            };
            let info = SegmentInfo {
                bytes: frames.good_bytes,
                frames: frames.count,
                begun_us,
            };
            spool.segments.insert(number, info);
        }
        spool.remove_sent()?;
        Ok(spool)
    }

    /// True when the end of an older segment was missing.
    pub(crate) const fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// What a rewriting that was cut off left: the old segment's bytes are to be gone, a new one that was not finished too.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_left = path
                .extension()
                .is_some_and(|extension| extension == "old" || extension == "new");
            if is_left {
                segment::overwrite(&path)?;
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Bytes that wait.
    pub(crate) fn bytes(&self) -> u64 {
        let all: u64 = self.segments.values().map(|info| info.bytes).sum();
        let sent = if self.segments.contains_key(&self.sent.segment) {
            self.sent.offset
        } else {
            0
        };
        all.saturating_sub(sent)
    }

    /// True when nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.next_batch(1, 1)
            .is_ok_and(|batch| batch.envelopes.is_empty())
    }

    /// Envelopes that wait: what was sent of the first segment is not known apart, so at most so many.
    pub(crate) fn count(&self) -> u64 {
        let mut count = 0;
        for (number, info) in &self.segments {
            if *number == self.sent.segment && self.sent.offset > 0 {
                count += Frames::read(&self.path(*number), self.sent.offset)
                    .map_or(0, |frames| frames.len() as u64);
            } else {
                count += info.frames;
            }
        }
        count
    }

    /// True when more would be above the bound: whoever reads files stops, and they wait where they are.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes() >= self.limits.bytes_max
    }

    /// Adds envelopes: they are on the disk when this returns.
    ///
    /// # Errors
    /// The disk's: then none of them counts as spooled.
    pub(crate) fn append(&mut self, envelopes: &[Vec<u8>], now_us: i64) -> io::Result<()> {
        if envelopes.is_empty() {
            return Ok(());
        }
        let result = self.write(envelopes, now_us);
        if result.is_err()
            && let Some((number, writing)) = self.writing.take()
        {
            // What was written of them is no frame, or one that nobody counts: away with it, where the disk lets us.
            let good = self.segments.get(&number).map_or(0, |info| info.bytes);
            drop(writing);
            let _ = segment::cut(&self.path(number), good);
        }
        result
    }

    fn write(&mut self, envelopes: &[Vec<u8>], now_us: i64) -> io::Result<()> {
        if self.writing.as_ref().is_none_or(|(number, writing)| {
            let begun_us = self
                .segments
                .get(number)
                .map_or(now_us, |info| info.begun_us);
            writing.bytes() >= SEGMENT_BYTES_MAX || now_us - begun_us >= SEGMENT_AGE_MAX_US
        }) {
            let number = self.next;
            let writing = Segment::create(&self.path(number), now_us)?;
            platform::sync_folder(&self.folder)?;
            self.next += 1;
            self.segments.insert(
                number,
                SegmentInfo {
                    bytes: writing.bytes(),
                    frames: 0,
                    begun_us: now_us,
                },
            );
            self.writing = Some((number, writing));
        }
        let Some((number, writing)) = &mut self.writing else {
            return Err(io::Error::other("no segment is open"));
        };
        writing.append(envelopes)?;
        if let Some(info) = self.segments.get_mut(number) {
            info.bytes = writing.bytes();
            info.frames += envelopes.len() as u64;
        }
        Ok(())
    }

    /// The envelopes that are to be sent next: at most so many, and so many bytes, but one at least.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn next_batch(&self, count_max: usize, bytes_max: usize) -> io::Result<Batch> {
        let mut batch = Batch {
            envelopes: Vec::new(),
            end: self.sent,
        };
        let mut bytes = 0;
        for number in self.segments.keys().filter(|n| **n >= self.sent.segment) {
            let from = if *number == self.sent.segment {
                self.sent.offset
            } else {
                0
            };
            let mut reader = segment::Reader::open(&self.path(*number), from)?;
            while let Some(payload) = reader.next()? {
                if batch.envelopes.len() >= count_max
                    || !batch.envelopes.is_empty() && bytes + payload.len() > bytes_max
                {
                    return Ok(batch);
                }
                bytes += payload.len();
                batch.envelopes.push(payload);
                batch.end = Position {
                    segment: *number,
                    offset: reader.offset(),
                };
            }
        }
        Ok(batch)
    }

    /// Forgets a batch that the server has.
    ///
    /// # Errors
    /// The disk's: then it is sent again, and the server says that it knows it.
    pub(crate) fn acknowledge(&mut self, batch: &Batch) -> io::Result<()> {
        self.sent = batch.end;
        store_file::write(&self.folder.join("sent.json"), &self.sent)?;
        self.remove_sent()
    }

    fn remove_sent(&mut self) -> io::Result<()> {
        let done: Vec<u64> = self
            .segments
            .iter()
            .filter(|(number, info)| {
                **number < self.sent.segment
                    || **number == self.sent.segment && self.sent.offset >= info.bytes
            })
            .map(|(number, _)| *number)
            .collect();
        for number in done {
            if self
                .writing
                .as_ref()
                .is_some_and(|(held, _)| *held == number)
            {
                self.writing = None;
            }
            fs::remove_file(self.path(number))?;
            self.segments.remove(&number);
        }
        Ok(())
    }

    /// Forgets everything of some sessions: they were made private, or erased. Says how many envelopes went.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn forget(&mut self, is_gone: &dyn Fn(&str) -> bool) -> io::Result<u64> {
        self.writing = None;
        let mut gone = 0;
        for number in self.segments.keys().copied().collect::<Vec<_>>() {
            let from = if number == self.sent.segment {
                self.sent.offset
            } else {
                0
            };
            let path = self.path(number);
            let is_out = |payload: &Vec<u8>| session_of(payload).is_some_and(|id| is_gone(&id));
            // What was sent of a segment stands in it until all of it was.
            if !Frames::read(&path, 0)?.iter().any(is_out) {
                continue;
            }
            let (out, kept): (Vec<Vec<u8>>, Vec<Vec<u8>>) =
                Frames::read(&path, from)?.into_iter().partition(is_out);
            gone += out.len() as u64;
            let info = self.segments[&number];
            let unfinished = self.folder.join(format!(".{number:020}.new"));
            let mut anew = Segment::create(&unfinished, info.begun_us)?;
            // Places in it stay what they are, whenever this is cut off.
            anew.fill_up_to(from)?;
            anew.append(&kept)?;
            // The new one takes the old one's place at once; then the old one's bytes go, so that they do not come back from
            // the disk as they were. Cut off anywhere, nothing is lost, and the next start does the rest.
            let old = self.folder.join(format!(".{number:020}.old"));
            fs::hard_link(&path, &old)?;
            fs::rename(&unfinished, &path)?;
            platform::sync_folder(&self.folder)?;
            segment::overwrite(&old)?;
            fs::remove_file(&old)?;
            self.segments.insert(
                number,
                SegmentInfo {
                    bytes: anew.bytes(),
                    frames: kept.len() as u64,
                    begun_us: info.begun_us,
                },
            );
        }
        Ok(gone)
    }

    /// Keeps the bounds: what has waited too long goes, oldest first, and is counted; so does what is above the size, should
    /// something have been added all the same.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn enforce(&mut self, now_us: i64, losses: &mut Losses) -> io::Result<()> {
        loop {
            let Some((number, info)) = self.segments.iter().next().map(|(n, info)| (*n, *info))
            else {
                return Ok(());
            };
            let reason = if now_us - info.begun_us > self.limits.age_max_us {
                Reason::TooOld
            } else if self.bytes() > self.limits.bytes_max + SEGMENT_BYTES_MAX {
                Reason::SpoolFull
            } else {
                return Ok(());
            };
            let from = if number == self.sent.segment {
                self.sent.offset
            } else {
                0
            };
            for payload in Frames::read(&self.path(number), from)? {
                losses.add(reason, &payload, now_us);
            }
            if self
                .writing
                .as_ref()
                .is_some_and(|(held, _)| *held == number)
            {
                self.writing = None;
            }
            fs::remove_file(self.path(number))?;
            self.segments.remove(&number);
        }
    }

    fn set_aside(
        &mut self,
        number: u64,
        frames: &Frames,
        now_us: i64,
        losses: &mut Losses,
    ) -> io::Result<()> {
        let aside = self.folder.join(ASIDE);
        platform::create_private_folder(&aside)?;
        let path = self.path(number);
        fs::rename(&path, aside.join(format!("{number:020}.segment")))?;
        losses.damaged(frames.lost, frames.lost_bytes, now_us);
        if frames.kept.is_empty() {
            return Ok(());
        }
        // What stands before the damage is whole.
        let mut anew = Segment::create(&path, frames.begun_us)?;
        anew.append(&frames.kept)?;
        self.segments.insert(
            number,
            SegmentInfo {
                bytes: anew.bytes(),
                frames: frames.kept.len() as u64,
                begun_us: frames.begun_us,
            },
        );
        Ok(())
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:020}.segment"))
    }
}

fn segment_number(path: &Path) -> Option<u64> {
    if path.extension()? != "segment" {
        return None;
    }
    path.file_stem()?.to_str()?.parse().ok()
}

/// The session of an envelope.
pub(crate) fn session_of(payload: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        session_id: Option<String>,
    }
    serde_json::from_slice::<Named>(payload).ok()?.session_id
}

#[cfg(test)]
mod tests;
