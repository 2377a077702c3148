//! `argus-capture`: follows Claude Code and Cowork sessions on this machine and ships them, redacted, to an Argus server.

use std::process::ExitCode;

fn main() -> ExitCode {
    argus_capture::run()
}
