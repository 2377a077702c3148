//! Sessions with texts of the test's own, as a transcript has them.

use argus_session::source::transcript::TranscriptFile;
use argus_store::Delivery;
use serde_json::{Value, json};

use super::{PATIENCE, Server};

impl Server {
    /// A session of a project with three turns, each with a call of a tool; every text names its turn.
    pub(crate) fn put_session(&self, session: &str, project: &str) {
        let mut lines = Vec::new();
        for turn in 1..=3 {
            lines.extend(turn_lines(session, turn));
        }
        self.put_transcript(session, project, &lines);
    }

    /// A prompt that is told of later.
    pub(crate) fn put_prompt(&self, session: &str, project: &str, id: &str, text: &str) {
        let line = json!({"type": "user", "uuid": format!("{session}-{id}"), "parentUuid": format!("{session}-3-a"),
            "promptId": format!("{session}-{id}-p"), "sessionId": session, "timestamp": "2026-11-10T11:00:00Z",
            "message": {"role": "user", "content": text}});
        self.put_transcript(session, project, &[line]);
    }

    /// Lines of a transcript.
    pub(crate) fn put_transcript(&self, session: &str, project: &str, lines: &[Value]) {
        let delivery = Delivery {
            projects: vec![project.to_owned()],
            key_id: None,
            user: None,
        };
        let workspace = self.workspace();
        let mut file = TranscriptFile::new(session, None, "file", [0; 32]);
        let batch = lines
            .iter()
            .enumerate()
            .map(|(place, line)| {
                let item = file
                    .item(line.to_string().as_bytes(), place as u64)
                    .unwrap();
                workspace.prepare(item, &delivery).unwrap()
            })
            .collect();
        workspace.append(batch).unwrap();
        assert!(workspace.wait_projected(PATIENCE));
    }
}

/// The texts of a turn, which no other turn has.
pub(crate) fn texts(turn: u32) -> [String; 5] {
    ["prompt", "thought", "input", "output", "answer"]
        .map(|what| format!("the-{what}-of-turn-{turn}"))
}

/// The lines of one turn: prompt, thought, call, result, answer.
pub(crate) fn turn_lines(session: &str, turn: u32) -> Vec<Value> {
    let [prompt, thought, input, output, answer] = texts(turn);
    let id = |what: &str| format!("{session}-{turn}-{what}");
    let parent = (turn > 1).then(|| format!("{session}-{}-a", turn - 1));
    let at = |second: u32| format!("2026-11-10T10:{:02}:{second:02}Z", turn);
    let assistant = |uuid: String, parent: String, second: u32, block: Value| {
        json!({"type": "assistant", "uuid": uuid, "parentUuid": parent, "sessionId": session, "requestId": id("req"),
               "timestamp": at(second), "message": {"id": id("m"), "role": "assistant", "model": "claude-opus-5-5",
               "content": [block], "usage": {"input_tokens": 3, "output_tokens": 4}}})
    };
    vec![
        json!({"type": "user", "uuid": id("u"), "parentUuid": parent, "promptId": id("p"), "sessionId": session,
               "timestamp": at(0), "cwd": "/home/dev/the-folder", "version": "2.1.330", "entrypoint": "cli",
               "message": {"role": "user", "content": prompt}}),
        assistant(
            id("t"),
            id("u"),
            1,
            json!({"type": "thinking", "thinking": thought}),
        ),
        assistant(
            id("c"),
            id("t"),
            2,
            json!({"type": "tool_use", "id": id("use"), "name": "Bash", "input": {"command": input}}),
        ),
        json!({"type": "user", "uuid": id("r"), "parentUuid": id("c"), "promptId": id("p"), "sessionId": session,
               "timestamp": at(3), "message": {"role": "user", "content": [
                   {"type": "tool_result", "tool_use_id": id("use"), "content": output}]},
               "toolUseResult": {"stdout": output, "stderr": ""}}),
        assistant(id("a"), id("r"), 4, json!({"type": "text", "text": answer})),
    ]
}
