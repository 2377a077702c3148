//! What differs between operating systems, kept small. Linux on x64 is what is built and tested; the rest is written from the
//! systems' documentation.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The name of the operating system, as `std` names it.
pub(crate) const OS: &str = std::env::consts::OS;
/// The processor, as `std` names it.
pub(crate) const ARCH: &str = std::env::consts::ARCH;

/// The machine's name, as a person knows it.
pub(crate) fn host_name() -> String {
    #[cfg(unix)]
    {
        let name = rustix::system::uname();
        let name = name.nodename().to_string_lossy().into_owned();
        if !name.is_empty() {
            return name;
        }
    }
    crate::system::variable("COMPUTERNAME").unwrap_or_else(|| "unnamed".to_owned())
}

/// Opens a file that only its owner may read, for writing.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a folder, and those above it, that only its owner may enter.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// True when others than the owner may read a file.
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// True for a folder that belongs to who runs this.
pub(crate) fn is_own(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::symlink_metadata(path)
            .is_ok_and(|meta| meta.is_dir() && meta.uid() == rustix::process::getuid().as_raw())
    }
    #[cfg(not(unix))]
    {
        path.is_dir()
    }
}

/// What tells two files of one name apart: the inode, where there is one.
pub(crate) fn file_number(meta: &std::fs::Metadata) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        meta.ino()
    }
    #[cfg(not(unix))]
    {
        let _ = meta;
        0
    }
}

/// True while a process runs. Where that cannot be asked, it is taken to run.
pub(crate) fn is_running(pid: u32, started: Option<u64>) -> bool {
    #[cfg(target_os = "linux")]
    {
        match started_at(pid) {
            None => false,
            // A later process got the number.
            Some(now) => started.is_none_or(|before| before == now),
        }
    }
    #[cfg(all(unix, not(target_os = "linux")))]
    {
        let _ = started;
        i32::try_from(pid)
            .ok()
            .and_then(rustix::process::Pid::from_raw)
            .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
    }
    #[cfg(not(unix))]
    {
        let _ = (pid, started);
        true
    }
}

/// When a process started, in the system's own count: with the number, it names the process for good.
pub(crate) fn started_at(pid: u32) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name of the program may hold anything: what follows the last bracket counts from field 3 (proc(5)).
        let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
        let state = fields.next()?;
        // Dead, but not yet waited for.
        if matches!(state, "Z" | "X") {
            return None;
        }
        fields.nth(18)?.parse().ok()
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = pid;
        None
    }
}

/// Starts this program anew, in a session of its own, so that it outlives who started it.
pub(crate) fn spawn_detached(program: &Path, arguments: &[&std::ffi::OsStr]) -> io::Result<()> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // A signal to the caller's group does not reach it, from its first moment on.
        command.process_group(0);
        if Path::new("/").is_dir() {
            command.current_dir("/");
        }
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        // DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP.
        command.creation_flags(0x0000_0008 | 0x0000_0200);
    }
    command.spawn().map(drop)
}

/// Leaves the session of whoever started this process. True where that was needed and done.
pub(crate) fn leave_session() -> bool {
    #[cfg(unix)]
    {
        rustix::process::setsid().is_ok()
    }
    #[cfg(not(unix))]
    {
        true
    }
}

/// Writes what a folder lists to the disk: a file renamed into it is there after a power cut.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        File::open(path)?.sync_all()
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}
