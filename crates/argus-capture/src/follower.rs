//! The follower: one process a state folder that reads what grows, spools it, and ships it.

mod events;
mod folders;
mod read;
mod run;
mod say;
mod sent;
mod session;
mod talk;

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;

use crate::config;
use crate::error::CaptureError;
use crate::paths::StateFolder;
use crate::privacy::Privacy;
use crate::{event, platform};

pub(crate) use run::Follower;

/// Sees to it that a follower runs. What it is to do lies in the folder already.
pub(crate) fn wake(folder: &StateFolder, named: Option<&Path>) {
    // A lock that can be taken is one that no follower holds.
    match lock(folder) {
        Ok(Some(free)) => drop(free),
        Ok(None) | Err(_) => return,
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut words: Vec<&OsStr> = vec![OsStr::new("watch")];
    if let Some(named) = named {
        words.extend([OsStr::new("--config"), named.as_os_str()]);
    }
    // Without a follower everything waits for the next hook.
    let _ = platform::spawn_detached(&program, &words);
}

/// The right to be the follower; `None` when another is.
fn lock(folder: &StateFolder) -> io::Result<Option<File>> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.follower_lock())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Follows until there is nothing more to do. In the foreground it goes on for good.
///
/// # Errors
/// The configuration or the state folder cannot be used.
pub(crate) fn watch(named: Option<&Path>, is_foreground: bool) -> Result<(), CaptureError> {
    let config = config::find(named)?;
    let folder = StateFolder::open(&config.server_id())?;
    if is_foreground {
        config::remember(&config);
    }
    loop {
        let Some(held) = lock(&folder)? else {
            if is_foreground {
                return Err(CaptureError::user("another follower runs here")
                    .hint("`argus-capture status` says which"));
            }
            return Ok(());
        };
        let mut follower = Follower::open(&folder, &config, is_foreground)?;
        let successor = follower.follow();
        drop(follower);
        drop(held);
        if let Some(program) = successor {
            // Of another version: from here on it is the follower.
            let mut words = vec![OsStr::new("watch")];
            if let Some(named) = named {
                words.extend([OsStr::new("--config"), named.as_os_str()]);
            }
            let _ = platform::spawn_detached(&program, &words);
            return Ok(());
        }
        // A hook that came in between found the lock held: it is served here.
        let has_word = Privacy::read(&folder).is_ok_and(|privacy| !privacy.waiting().is_empty());
        if event::waiting(&folder).is_empty() && !has_word {
            return Ok(());
        }
    }
}
