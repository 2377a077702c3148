//! Turns that were judged, to be quoted: the newest judgements, wrong and good in turns, so that neither hides the other.

use argus_session::time::rfc3339;
use argus_store::Workspace;

use super::data::ReportSample;
use crate::run::SaidVerdict;
use crate::{ExportError, Said, clean};

/// Turns of each verdict.
const OF_EACH_MAX: usize = 4;
/// Longest quote, in characters.
const QUOTE_CHARACTERS_MAX: usize = 600;

/// The turns to be quoted.
#[derive(Debug, Default)]
pub(super) struct Samples {
    wrong: Vec<(String, SaidVerdict)>,
    good: Vec<(String, SaidVerdict)>,
}

impl Samples {
    /// Looks at what was said of a session; keeps the newest.
    pub(super) fn see(&mut self, session: &str, said: &Said) {
        for verdict in &said.verdicts {
            let kept = match verdict.verdict.as_str() {
                "wrong" => &mut self.wrong,
                "good" => &mut self.good,
                _ => continue,
            };
            if verdict.current && verdict.turn.is_some() {
                kept.push((session.to_owned(), verdict.clone()));
                kept.sort_by_key(|(_, verdict)| std::cmp::Reverse(verdict.at_us));
                kept.truncate(OF_EACH_MAX);
            }
        }
    }

    /// The turns with their texts.
    pub(super) fn quoted(&self, workspace: &Workspace) -> Result<Vec<ReportSample>, ExportError> {
        let mut samples = Vec::new();
        for (session, verdict) in self.wrong.iter().chain(&self.good) {
            let turns = workspace.turns(session)?;
            let Some(turn) = turns
                .into_iter()
                .find(|turn| Some(&turn.id) == verdict.turn.as_ref())
            else {
                continue;
            };
            let turn = workspace.with_texts(turn, usize::MAX);
            let quote = |text: Option<argus_session::document::Text>| {
                text.and_then(|text| text.text)
                    .map(|text| clean::cut(&text, QUOTE_CHARACTERS_MAX))
            };
            samples.push(ReportSample {
                session: session.clone(),
                number: turn.index + 1,
                verdict: verdict.verdict.clone(),
                reason: verdict.reason.clone(),
                by: verdict.by.clone(),
                at: rfc3339(verdict.at_us),
                prompt: quote(turn.prompt.text),
                answer: quote(turn.answer),
                turn: turn.id,
            });
        }
        Ok(samples)
    }
}
