//! What a scenario makes the client do, as far as it can be told from the scenario alone.

use std::path::Path;

use argus_e2e::Result;
use serde_json::Value;

/// The address that is typed in a scenario, and what is stored in its place.
const ADDRESS: (&str, &str) = ("jane.doe@example.com", "[redacted:email]");

/// A scenario file of the kit.
pub(crate) struct Scenario {
    scripts: Vec<Script>,
    /// The prompts that are typed, in order, as they are stored.
    pub(crate) prompts: Vec<String>,
}

/// What the model answers to one prompt.
pub(crate) struct Script {
    matches: String,
    replies: Vec<Vec<Value>>,
}

/// A tool call that the model asks for.
pub(crate) struct Call<'a> {
    pub(crate) name: &'a str,
    pub(crate) input: &'a Value,
}

impl Scenario {
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let value: Value =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let scripts = value["prompts"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|prompt| Script {
                matches: prompt["match"].as_str().unwrap_or_default().to_owned(),
                replies: serde_json::from_value(prompt["replies"].clone()).unwrap_or_default(),
            })
            .collect();
        let prompts = value["runs"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(typed)
            .map(|prompt| prompt.replace(ADDRESS.0, ADDRESS.1))
            .collect();
        Ok(Self { scripts, prompts })
    }

    /// The model's last words to a prompt.
    pub(crate) fn answer(&self, prompt: &str) -> Option<&str> {
        let script = self
            .scripts
            .iter()
            .find(|script| prompt.contains(&script.matches))?;
        script
            .replies
            .last()?
            .iter()
            .find_map(|block| block["text"].as_str())
    }

    /// Every tool call of the scenario, sub-agents' too.
    pub(crate) fn calls(&self) -> Vec<Call<'_>> {
        self.blocks()
            .filter_map(|block| {
                Some(Call {
                    name: block["tool"].as_str()?,
                    input: &block["input"],
                })
            })
            .collect()
    }

    /// Everything that the model says, sub-agents' too.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.blocks()
            .filter_map(|block| block["text"].as_str())
            .collect()
    }

    /// Requests to the model.
    pub(crate) fn requests(&self) -> usize {
        self.scripts.iter().map(|script| script.replies.len()).sum()
    }

    fn blocks(&self) -> impl Iterator<Item = &Value> {
        self.scripts
            .iter()
            .flat_map(|script| &script.replies)
            .flatten()
    }
}

/// The prompts of one run: its argument, or the messages on its standard input.
fn typed(run: &Value) -> Vec<String> {
    let lines = run["stdin"].as_str().unwrap_or_default().lines();
    let messages = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    run["prompt"]
        .as_str()
        .map(str::to_owned)
        .into_iter()
        .chain(
            messages
                .filter_map(|message| message["message"]["content"].as_str().map(str::to_owned)),
        )
        .collect()
}
