//! First-turn acceptance: what a person did with an answer, told from what they did next.
//!
//! Three-valued, with the signals that say so. It never guesses: where neither an act nor words settle it, the answer is
//! [`Acceptance::Unknown`], and stays out of every rate. Only a person's acts count: what a rule, a hook or the mode decided is
//! nobody's judgement, and silence is no judgement either. The words by which a reply
//! is read stand in [`mod@words`], by language.

mod said;
mod words;

use serde::{Deserialize, Serialize};

pub use said::Said;
use words::Cue;

/// What became of an answer.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Acceptance {
    /// The person took it: says so, uses it, or goes on from it.
    Accepted,
    /// The person sent it back: corrects, asks again, undoes, interrupts, rejects.
    NotAccepted,
    /// Nothing that the person did settles it.
    #[default]
    Unknown,
}

impl Acceptance {
    /// Every word.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::NotAccepted, Self::Unknown];

    /// The name used in the document and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::Unknown => "unknown",
        }
    }
}

/// What tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Signal {
    /// The person stopped the turn.
    Interrupted,
    /// The person said no to a tool call.
    RejectedByUser,
    /// The person went back to before the turn.
    Rewound,
    /// The person undid what was done, by a command of their own.
    Undone,
    /// The person approved the plan.
    PlanApproved,
    /// The person committed or published what was done, by a command of their own.
    Committed,
    /// The next prompt names a fault or corrects.
    Corrected,
    /// The next prompt wants it done again, or in another way.
    AskedAgain,
    /// The next prompt is nearly the same as this one.
    Rephrased,
    /// The person gave up on it.
    GaveUp,
    /// The next prompt thanks, praises or says that it was used.
    Thanked,
    /// The next prompt goes on to something else, or further.
    WentOn,
}

/// What was made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Judged {
    /// `accepted`, `not_accepted` or `unknown`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub acceptance: Acceptance,
    /// What says so, in order; absent where nothing does.
    #[serde(
        default,
        rename = "acceptance_signals",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub signals: Vec<Signal>,
}

/// What is known of a turn and of what its person did after it.
#[derive(Debug, Clone, Default)]
pub struct Seen<'a> {
    /// What was asked.
    pub prompt: Option<&'a Said>,
    /// What was answered last.
    pub answer: Option<&'a Said>,
    /// The assistant broke off, refused, or nothing came.
    pub failed: bool,
    /// The person stopped it.
    pub interrupted: bool,
    /// The person said no to a tool call.
    pub rejected_by_user: bool,
    /// The person approved the plan that was the answer.
    pub approved_plan: bool,
    /// The person went back to before it.
    pub rewound: bool,
    /// No person sits before it: what follows may be a script's.
    pub is_headless: bool,
    /// The person's next acts, in order.
    pub next: Vec<Next<'a>>,
}

/// One act of the person's after a turn.
#[derive(Debug, Clone, Copy)]
pub enum Next<'a> {
    /// A prompt, and how long after the turn, microseconds.
    Prompt(&'a Said, i64),
    /// A command of the shell that the person typed (`!git commit`).
    Command(&'a Said),
}

/// A day: who asks the same again later runs a recurring job.
const DAY_US: i64 = 86_400_000_000;

/// Judges one turn.
#[must_use]
pub fn judge(seen: &Seen<'_>) -> Judged {
    let mut signals = Vec::new();
    let prompts: Vec<(&Said, i64)> = seen
        .next
        .iter()
        .filter_map(|next| match next {
            Next::Prompt(said, after_us) => Some((*said, *after_us)),
            Next::Command(_) => None,
        })
        .collect();
    let words = prompts
        .first()
        .map_or((Reading::Nothing, None), |(said, after_us)| {
            read(seen, said, *after_us)
        });
    if seen.is_headless {
        // A script goes on by itself; a person who comes back to it says what was wrong.
        return match words {
            (Reading::Against, Some(signal)) => said_so(Acceptance::NotAccepted, vec![signal]),
            _ => Judged::default(),
        };
    }
    let undone = commands(seen).any(|said| said.has(Cue::UndoCommand));
    let committed = commands(seen).any(|said| said.has(Cue::CommitCommand));
    for (holds, signal) in [
        (seen.interrupted, Signal::Interrupted),
        (seen.rejected_by_user, Signal::RejectedByUser),
        (undone, Signal::Undone),
    ] {
        if holds {
            signals.push(signal);
        }
    }
    if !signals.is_empty() {
        // An act against it stands, unless words explain it away.
        return match words.0 {
            Reading::For if !undone => {
                signals.extend(words.1);
                said_so(Acceptance::Accepted, signals)
            }
            Reading::Excused => Judged::default(),
            _ => {
                signals.extend(words.1);
                said_so(Acceptance::NotAccepted, signals)
            }
        };
    }
    if seen.rewound {
        // Going back alone tells little: what is asked instead does.
        return match words {
            (Reading::Against, Some(signal)) => {
                said_so(Acceptance::NotAccepted, vec![Signal::Rewound, signal])
            }
            _ => Judged::default(),
        };
    }
    // A fault that is found later beats an earlier thank-you.
    let late = prompts
        .iter()
        .skip(1)
        .take(LATER_MAX)
        .any(|(said, _)| said.has(Cue::HoldOn) && said.has_any(&[Cue::Fault, Cue::Redo]));
    if late {
        return said_so(Acceptance::NotAccepted, vec![Signal::Corrected]);
    }
    match words {
        (Reading::Against, Some(signal)) => said_so(Acceptance::NotAccepted, vec![signal]),
        (Reading::For, Some(signal)) => {
            let committed = committed.then_some(Signal::Committed);
            said_so(
                Acceptance::Accepted,
                committed.into_iter().chain([signal]).collect(),
            )
        }
        (Reading::Nothing | Reading::Unsettled, _) if committed || seen.approved_plan => {
            let signal = if committed {
                Signal::Committed
            } else {
                Signal::PlanApproved
            };
            said_so(Acceptance::Accepted, vec![signal])
        }
        _ => Judged::default(),
    }
}

/// How many further prompts are looked at for a fault that was found later.
const LATER_MAX: usize = 2;

fn said_so(acceptance: Acceptance, signals: Vec<Signal>) -> Judged {
    Judged {
        acceptance,
        signals,
    }
}

fn commands<'a>(seen: &'a Seen<'_>) -> impl Iterator<Item = &'a Said> {
    seen.next.iter().filter_map(|next| match next {
        Next::Command(said) => Some(*said),
        Next::Prompt(..) => None,
    })
}

/// How a reply reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// There is none.
    Nothing,
    /// It sends the answer back.
    Against,
    /// It takes it.
    For,
    /// It says that the cause lies elsewhere.
    Excused,
    /// It does not settle it.
    Unsettled,
}

/// Reads the next prompt. The first rule that holds decides.
fn read(seen: &Seen<'_>, reply: &Said, after_us: i64) -> (Reading, Option<Signal>) {
    let asked_back = seen.answer.is_some_and(|answer| answer.has(Cue::Asks));
    let offered = seen.answer.is_some_and(|answer| answer.has(Cue::Offers));
    let against = |signal| (Reading::Against, Some(signal));
    if reply.has(Cue::Excuse) {
        return (Reading::Excused, None);
    }
    if asked_back && !offered {
        // The turn only asked: an answer to it judges nothing, annoyance does.
        return if reply.has(Cue::Annoyed) {
            against(Signal::Corrected)
        } else {
            (Reading::Unsettled, None)
        };
    }
    if reply.has(Cue::Dropped) {
        return (Reading::Unsettled, None);
    }
    if reply.has(Cue::GiveUp) {
        return against(Signal::GaveUp);
    }
    let praised = reply.has(Cue::Praise);
    if reply.has_any(&[Cue::Fault, Cue::Annoyed]) && !reply.has(Cue::NoFault) {
        return against(Signal::Corrected);
    }
    if reply.has(Cue::Redo) && !praised && !reply.has(Cue::NoFault) {
        return against(Signal::AskedAgain);
    }
    if reply.has(Cue::Defer) {
        return (Reading::Unsettled, None);
    }
    if let Some(prompt) = seen.prompt
        && reply.resembles(prompt)
    {
        return if after_us >= DAY_US {
            (Reading::Unsettled, None)
        } else {
            against(Signal::Rephrased)
        };
    }
    if praised || reply.has_any(&[Cue::Used, Cue::NoFault]) {
        // "Great, but …" names something: what, is not told by these words.
        return if reply.has(Cue::But) && !reply.has(Cue::NoFault) {
            (Reading::Unsettled, None)
        } else {
            (Reading::For, Some(Signal::Thanked))
        };
    }
    if seen.failed {
        return (Reading::Unsettled, None);
    }
    if offered && reply.has_any(&[Cue::Yes, Cue::No]) && !answer_failed(seen) {
        return (Reading::For, Some(Signal::WentOn));
    }
    if reply.has(Cue::Further) && !answer_failed(seen) {
        return (Reading::For, Some(Signal::WentOn));
    }
    (Reading::Unsettled, None)
}

fn answer_failed(seen: &Seen<'_>) -> bool {
    seen.answer.is_some_and(|answer| answer.has(Cue::CouldNot))
}

#[cfg(test)]
mod tests;
