//! The commands of the plugin: `/argus:private`, `/argus:resume`, `/argus:status`, `/argus:login`. A hook answers them before
//! they reach a model, so they work without one.

use argus_session::{Clock, Random};
use serde_json::{Map, Value};

use crate::config::{Config, OptOut};
use crate::event::Event;
use crate::hello::Hello;
use crate::paths::StateFolder;
use crate::privacy::{self, Privacy};
use crate::status::Report;
use crate::{follower, login};

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PluginCommand {
    Private,
    Resume,
    Status,
    Login,
}

/// The command that a hook's input is of.
pub(crate) fn of(input: &Map<String, Value>) -> Option<PluginCommand> {
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    if text("hook_event_name") != Some("UserPromptExpansion") {
        return None;
    }
    match text("command_name")?.strip_prefix("argus:")? {
        "private" => Some(PluginCommand::Private),
        "resume" => Some(PluginCommand::Resume),
        "status" => Some(PluginCommand::Status),
        "login" => Some(PluginCommand::Login),
        _ => None,
    }
}

/// Does what a command says, and gives the words for the person.
pub(crate) fn run(
    command: PluginCommand,
    config: &Config,
    input: &Map<String, Value>,
    clock: &dyn Clock,
    random: &dyn Random,
) -> String {
    let folder = match StateFolder::open(&config.server_id()) {
        Ok(folder) => folder,
        Err(error) => return format!("Argus: nothing can be kept on this machine: {error}"),
    };
    let event = Event::of_hook(input, clock, random);
    let session_id = event.session_id.clone().unwrap_or_default();
    match command {
        PluginCommand::Status => format!(
            "Argus\n{}",
            Report::new(config, &folder).text(Some(&session_id))
        ),
        PluginCommand::Login => login::begin_for_plugin(config, &folder),
        PluginCommand::Private => {
            let said = say_private(&folder, config, &session_id, &event, clock);
            wake(&folder, &event);
            said
        }
        PluginCommand::Resume => {
            let said = take_back(config, &folder, &event);
            wake(&folder, &event);
            said
        }
    }
}

fn wake(folder: &StateFolder, event: &Event) {
    // Without the event the follower looks at what is private all the same.
    let _ = event.leave(folder);
    follower::wake(folder, None);
}

fn say_private(
    folder: &StateFolder,
    config: &Config,
    session_id: &str,
    event: &Event,
    clock: &dyn Clock,
) -> String {
    let hello = Hello::known(folder, config);
    let notice = hello
        .notice
        .map(|notice| format!(" {notice}"))
        .unwrap_or_default();
    if hello.opt_out == OptOut::Forbidden {
        return format!(
            "Argus: sessions cannot be made private here, by your organisation's policy.{notice} This session is captured as before."
        );
    }
    let said = privacy::change_all(&config.server_id(), |privacy| {
        privacy.say(session_id, Some(&event.process), clock.now_us());
    });
    match said {
        Err(error) => format!(
            "Argus: the word could not be kept on this machine ({error}): this session is NOT private."
        ),
        Ok(()) if hello.opt_out == OptOut::ContentOff => format!(
            "Argus: the content of this session is off. What was captured of it is erased; that it took place is kept, by your \
             organisation's policy.{notice} It holds in this process, also after /clear, until /argus:resume."
        ),
        Ok(()) => format!(
            "Argus: this session is private. Nothing more of it leaves this machine, what waited is gone, and what was sent is \
             erased on the server as soon as it is reached.{notice} It holds in this process, also after /clear, until /argus:resume."
        ),
    }
}

fn take_back(config: &Config, folder: &StateFolder, event: &Event) -> String {
    let held =
        Privacy::read(folder).is_ok_and(|privacy| privacy.holds_for(&event.process, event.at_us));
    let taken = privacy::change_all(&config.server_id(), |privacy| {
        privacy.take_back(&event.process);
    });
    match taken {
        Err(error) => format!("Argus: the word could not be taken back: {error}"),
        Ok(()) if held => "Argus: capture goes on with the next session of this process (after /clear, or a new one). What was private stays private.".to_owned(),
        Ok(()) => "Argus: nothing was private in this process.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plugins_own_commands_are_taken() {
        let input = |event: &str, name: &str| {
            serde_json::json!({"hook_event_name": event, "command_name": name})
                .as_object()
                .cloned()
                .unwrap()
        };
        assert_eq!(
            of(&input("UserPromptExpansion", "argus:private")),
            Some(PluginCommand::Private)
        );
        for (event, name) in [
            ("UserPromptExpansion", "argus:other"),
            ("UserPromptExpansion", "private"),
            ("UserPromptSubmit", "argus:private"),
        ] {
            assert_eq!(of(&input(event, name)), None);
        }
    }
}
