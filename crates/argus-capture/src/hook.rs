//! A hook call of Claude Code: leaves an event, sees to it that a follower runs, and is gone. It prints nothing and never
//! fails: what goes wrong here must not be seen in a session.

use std::io::{Read as _, Write as _};
use std::path::Path;

use argus_session::{Clock, Random};
use serde_json::{Map, Value};

use crate::config::{self, Config};
use crate::event::Event;
use crate::paths::StateFolder;
use crate::privacy::Privacy;
use crate::{follower, plugin_command, system};

/// Most of a hook's input that is read: what an event holds stands at its beginning or is short.
const INPUT_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Takes a hook call from standard input.
pub(crate) fn run(config: Option<&Path>) {
    // Whoever sees a panic here is a person in the middle of their work.
    std::panic::set_hook(Box::new(|_| {}));
    let _ = std::panic::catch_unwind(|| take(config));
}

fn take(named: Option<&Path>) {
    let mut input = Vec::new();
    if std::io::stdin()
        .lock()
        .take(INPUT_BYTES_MAX)
        .read_to_end(&mut input)
        .is_err()
    {
        return;
    }
    let Ok(Value::Object(input)) = serde_json::from_slice(&input) else {
        return;
    };
    let (clock, random) = (system::SystemClock, system::SystemRandom);
    let config = config::find(named);
    if let Some(command) = plugin_command::of(&input) {
        let said = match &config {
            Ok(config) => plugin_command::run(command, config, &input, &clock, &random),
            Err(error) => format!("Argus: {error}"),
        };
        block(&said);
        return;
    }
    if let Ok(config) = config {
        config::remember(&config);
        leave(&config, named, &input, &clock, &random);
    }
}

fn leave(
    config: &Config,
    named: Option<&Path>,
    input: &Map<String, Value>,
    clock: &dyn Clock,
    random: &dyn Random,
) {
    let Ok(folder) = StateFolder::open(&config.server_id()) else {
        return;
    };
    let event = Event::of_hook(input, clock, random);
    keep_private(&folder, &event);
    // The transcript is on the disk, whether or not this is: a follower finds it.
    let _ = event.leave(&folder);
    follower::wake(&folder, named);
}

/// The word that was given in a process holds for the sessions that it begins: at once, whatever the follower is at.
fn keep_private(folder: &StateFolder, event: &Event) {
    let Some(session_id) = &event.session_id else {
        return;
    };
    let holds = Privacy::read(folder).is_ok_and(|privacy| {
        privacy.holds_for(&event.process, event.at_us) && !privacy.is_silent(session_id)
    });
    if holds && event.name != "SessionEnd" {
        // Where it cannot be written, the follower sees to it.
        let _ = Privacy::change(folder, |privacy| {
            privacy.say(session_id, None, event.at_us);
        });
    }
}

/// Ends a command that the person typed here: its text goes to them and not to the model.
fn block(said: &str) {
    let answer = serde_json::json!({"decision": "block", "reason": said});
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{answer}").and_then(|()| out.flush());
}
