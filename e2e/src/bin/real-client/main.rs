//! The real client, offline against the scripted model, sends its telemetry to a running server; then its transcript is
//! imported. The merged document is held against the scenario that the model followed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod check;
mod scenario;

use std::process::ExitCode;

use argus_e2e::{
    Argus, Content, Hooks, Kit, Protocol, Result, Server, Telemetry, options, required,
};
use scenario::Scenario;

/// What is run: the whole of one prompt in every encoding, with and without content; then sub-agents, failures and a
/// conversation of several sessions.
const RUNS: [(&str, Protocol, Content); 9] = [
    ("tools", Protocol::Json, Content::Full),
    ("tools", Protocol::Json, Content::Off),
    ("tools", Protocol::Protobuf, Content::Full),
    ("tools", Protocol::Protobuf, Content::Off),
    ("tools", Protocol::Grpc, Content::Full),
    ("tools", Protocol::Grpc, Content::Off),
    ("subagent", Protocol::Protobuf, Content::Off),
    ("failures", Protocol::Grpc, Content::Full),
    ("resumed", Protocol::Json, Content::Off),
];

fn main() -> ExitCode {
    match all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("real-client: {error}");
            ExitCode::FAILURE
        }
    }
}

fn all() -> Result<()> {
    let options = options(std::env::args().skip(1))?;
    let (program, claude) = (required(&options, "argus")?, required(&options, "claude")?);
    let kit = Kit::new(required(&options, "kit")?, claude)?;
    let mut failed = 0;
    for (name, protocol, content) in RUNS {
        let outcome = one(program, &kit, name, protocol, content);
        match &outcome {
            Ok(seen) => println!("ok      {name} {protocol} content {content}: {seen}"),
            Err(error) => println!("FAILED  {name} {protocol} content {content}: {error}"),
        }
        failed += usize::from(outcome.is_err());
    }
    println!(
        "real client: {} passed, {failed} failed",
        RUNS.len() - failed
    );
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} of {} runs failed", RUNS.len()))
    }
}

fn one(
    program: &str,
    kit: &Kit,
    name: &str,
    protocol: Protocol,
    content: Content,
) -> Result<String> {
    let scenario = Scenario::read(&kit.scenario(name))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(program, folder.path().join("data"));
    let key = argus.ingest_key()?;
    let server = Server::start(&argus)?;
    let run = kit.run(
        name,
        &folder.path().join("run"),
        Telemetry {
            url: server.url(),
            key: &key,
            protocol,
            content,
        },
        Hooks::Off,
    )?;
    server.projected()?;
    let by_telemetry = documents(&argus)?;
    check::by_telemetry(&scenario, &by_telemetry, content)
        .map_err(|error| format!("telemetry alone: {error}"))?;

    let transcripts = run.transcripts.to_string_lossy();
    argus.run(&["import", &transcripts, "--project", "e2e"])?;
    server.projected()?;
    let merged = documents(&argus)?;
    let seen = check::merged(&scenario, &run.project, &merged, &by_telemetry)
        .map_err(|error| format!("merged: {error}"))?;

    let again = argus.run(&["import", &transcripts, "--project", "e2e"])?;
    if !again.contains(" 0 new records") {
        return Err(format!(
            "imported twice, there should be nothing new: {again}"
        ));
    }
    server.stop()?;
    argus.run(&["doctor"])?;
    Ok(seen)
}

/// Every listed session's document, the oldest first.
fn documents(argus: &Argus) -> Result<Vec<serde_json::Value>> {
    let listed = argus.run(&["sessions", "--json"])?;
    let mut documents = Vec::new();
    for line in listed.lines() {
        let row: serde_json::Value =
            serde_json::from_str(line).map_err(|error| error.to_string())?;
        let id = row["id"]
            .as_str()
            .ok_or("a session without an id is listed")?;
        documents.push(argus.json(&["session", "show", id, "--json"])?);
    }
    documents.sort_by_key(|document| document["started_at"].as_str().map(str::to_owned));
    Ok(documents)
}
