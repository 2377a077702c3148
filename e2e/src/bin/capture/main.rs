//! The capture client on the real Claude Code client: whole sessions arrive, nothing is lost or doubled, whatever is killed or
//! away meanwhile; the word `private` holds; and nobody who works notices any of it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod arrive;
mod private;
mod setup;
mod unseen;

use std::process::ExitCode;

use argus_e2e::{Kit, Result, options, required};
use setup::Programs;

/// A case: its name, and what it does.
type Case = (&'static str, fn(&Programs) -> Result<String>);

const CASES: [Case; 17] = [
    ("tools, skills and MCP arrive", arrive::tools),
    ("sub-agents arrive", arrive::sub_agents),
    ("sessions that go on and a fork arrive", arrive::resumed),
    ("a server that is away loses nothing", arrive::server_away),
    ("a killed follower loses nothing", arrive::follower_killed),
    ("a killed client loses nothing", arrive::client_killed),
    ("a full disk loses nothing", arrive::full_disk),
    ("a home that cannot be written to", arrive::read_only_home),
    ("two sessions at once arrive", arrive::two_at_once),
    ("a terminal session arrives", arrive::terminal),
    ("Cowork's sessions arrive", arrive::cowork),
    ("no secret leaves the machine", arrive::no_secret),
    ("a session is private from its first word", private::before),
    ("a session is made private in its middle", private::between),
    ("a session is made private after it", private::after),
    (
        "the word holds after /clear until it is taken back",
        private::process,
    ),
    (
        "what the client prints is what it prints without",
        unseen::unchanged,
    ),
];

fn main() -> ExitCode {
    match all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("capture: {error}");
            ExitCode::FAILURE
        }
    }
}

fn all() -> Result<()> {
    let options = options(std::env::args().skip(1))?;
    let programs = Programs {
        argus: required(&options, "argus")?.to_owned(),
        capture: required(&options, "capture")?.into(),
        plugin: required(&options, "plugin")?.into(),
        kit: Kit::new(required(&options, "kit")?, required(&options, "claude")?)?,
    };
    let only = required(&options, "only").ok();
    let (mut passed, mut failed) = (0, 0);
    for (name, case) in CASES {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        match case(&programs) {
            Ok(seen) => {
                passed += 1;
                println!("ok      {name}: {seen}");
            }
            Err(error) => {
                failed += 1;
                println!("FAILED  {name}: {error}");
            }
        }
    }
    println!("capture: {passed} passed, {failed} failed");
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} cases failed"))
    }
}
