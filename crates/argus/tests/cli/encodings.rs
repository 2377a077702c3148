//! The same task through OTLP as JSON, protobuf and gRPC: one session.

use serde_json::{Value, json};

use crate::support::{Home, root};

/// What three runs of one task share: everything but ids, times and what the client counted differently.
fn shape(recording: &str) -> Value {
    let home = Home::new();
    let exports = root().join(recording).join("otlp");
    home.import(&[exports.to_str().unwrap()]);
    let head = home.run(&["sessions", "--json"]).json();
    let document = home.session(head["id"].as_str().unwrap());
    let pick = |from: &Value, names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), from[*name].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let mut turns = Vec::new();
    for turn in document["turns"].as_array().unwrap() {
        let steps: Vec<Value> = turn["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| {
                json!({
                    "step": pick(step, &["kind", "text", "name", "is_error", "skill", "witnesses"]),
                    "tool": pick(&step["tool"], &["name", "input", "output", "is_error", "error", "decision", "decision_source", "mcp"]),
                    "model_request": pick(&step["model_request"], &["model", "input_tokens", "cache_read_tokens", "query_source", "stop_reason"]),
                })
            })
            .collect();
        turns.push(json!({
            "prompt": pick(&turn["prompt"], &["text", "kind"]),
            "answer": turn["answer"]["text"], "outcome": turn["outcome"], "steps": steps,
        }));
    }
    let mut head = pick(
        &document,
        &[
            "client",
            "models",
            "sources",
            "skills",
            "mcp_servers",
            "agents",
            "totals",
        ],
    );
    for counted_by_chance in ["output_tokens", "cost_nanousd"] {
        head["totals"]
            .as_object_mut()
            .unwrap()
            .remove(counted_by_chance);
    }
    // The recordings are of three runs.
    for server in head["mcp_servers"].as_array_mut().unwrap() {
        server.as_object_mut().unwrap().remove("last_used_at");
    }
    json!({"head": head, "turns": turns})
}

#[test]
fn json_protobuf_and_grpc_agree() {
    let json = shape("e2e/recordings/tools");
    assert_eq!(json["turns"][0]["steps"].as_array().unwrap().len(), 19);
    for other in [
        "e2e/recordings/tools--protobuf",
        "e2e/recordings/tools--grpc",
    ] {
        assert_eq!(shape(other), json, "{other}");
    }
}
