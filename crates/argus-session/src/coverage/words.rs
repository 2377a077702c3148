//! The reasons in words.

use super::Groups;
use crate::document::ReasonCode;

/// Of a session that one kind of witness tells of.
pub(super) fn one_witness(groups: Groups) -> &'static str {
    match groups {
        Groups::TRANSCRIPT => {
            "what the client wrote down is the only witness: nobody else could say that something is missing"
        }
        Groups::HOOKS => {
            "hooks are the only witness: nobody else could say that something is missing"
        }
        Groups::TELEMETRY => {
            "telemetry is the only witness: nobody else could say that something is missing"
        }
        _ => {
            "Anthropic's records are the only witness: nobody else could say that something is missing"
        }
    }
}

/// A reason in a sentence, without its full stop.
pub(super) fn sentence(code: ReasonCode, count: u64) -> String {
    let counted = |one: &str| {
        if count == 1 {
            format!("1 {one}")
        } else {
            format!("{count} {one}s")
        }
    };
    match code {
        ReasonCode::Lost => format!("the capture client lost {}", counted("item")),
        ReasonCode::NoTranscript => {
            "the capture client was at work, and there is no transcript".to_owned()
        }
        ReasonCode::TurnsNotInTranscript => {
            format!("{} missing in the transcript", counted("turn"))
        }
        ReasonCode::CallsNotInTranscript => {
            format!("{} missing in the transcript", counted("tool call"))
        }
        ReasonCode::AgentsNotInTranscript => {
            format!("{} without a transcript", counted("sub-agent"))
        }
        ReasonCode::TurnsNotInTelemetry => format!("{} missing in telemetry", counted("turn")),
        ReasonCode::CallsNotInTelemetry => format!("{} missing in telemetry", counted("tool call")),
        ReasonCode::EventsMissing => format!(
            "{} of telemetry missing, by their numbers",
            counted("event")
        ),
        ReasonCode::HooksQuiet => format!("{} answered after the last hook fired", counted("turn")),
        ReasonCode::OneWitness => "one witness only".to_owned(),
        ReasonCode::NothingTold => "no witness tells what was asked, said or done".to_owned(),
        ReasonCode::NothingCompared => {
            "several witnesses, and no turn or call by which they can be compared".to_owned()
        }
        ReasonCode::Agreed => format!(
            "{} agree on every turn and call",
            counted("witness").replace("witnesss", "witnesses")
        ),
        ReasonCode::CallsWithoutHooks => {
            format!(
                "{} without a hook: hooks may be switched on for some tools only",
                counted("tool call")
            )
        }
        ReasonCode::CallsWithoutId => format!(
            "{} without an id in telemetry: they cannot be compared",
            counted("tool call")
        ),
        ReasonCode::EarlierEventsElsewhere => format!(
            "the first events of {} stand under another session id, or were not seen",
            counted("process").replace("processs", "processes")
        ),
    }
}
