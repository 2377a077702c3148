//! The real client in a session that has secrets in every place; what it tells of it, by telemetry in three encodings, by
//! hooks and by transcript, goes to a running server with its log at its loudest. No piece of any secret may be in the data
//! folder, in the log or in an answer of the API afterwards, and one secret has one fingerprint wherever it came from.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod canaries;
mod deliver;
mod secrets;
mod session;
mod stored;
mod walk;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{ExitCode, Stdio};

use argus_e2e::{
    Argus, Content, Hooks, Kit, Person, Protocol, Result, Run, Sender, Server, Telemetry,
    fresh_seed, options, required,
};
use canaries::{Canaries, Leak, Search};
use session::{Session, mark, session};
use walk::Answer;

/// How telemetry is sent.
const RUNS: [(&str, Protocol, Content); 3] = [
    ("canary-json", Protocol::Json, Content::Raw),
    ("canary-protobuf", Protocol::Protobuf, Content::Full),
    ("canary-grpc", Protocol::Grpc, Content::Full),
];
/// Sessions that one source alone tells of.
const BY_TRANSCRIPT: &str = "00000000-0000-4000-8000-000000000001";
const BY_HOOKS: &str = "00000000-0000-4000-8000-000000000002";
/// The placeholder of the secret that is in every place, up to its fingerprint.
const SHARED: &str = "[redacted:github-token:";
/// What can be guessed has a type and no fingerprint.
const WITHOUT_FINGERPRINT: [&str; 2] = ["[redacted:email]", "[redacted:payment-card]"];

fn main() -> ExitCode {
    match run() {
        Ok(seen) => {
            println!("canary: {seen}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("canary: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String> {
    let options = options(std::env::args().skip(1))?;
    let seed = match required(&options, "seed") {
        Ok(text) => text.parse().map_err(|_| "--seed takes a number")?,
        Err(_) => fresh_seed(),
    };
    let kit = Kit::new(required(&options, "kit")?, required(&options, "claude")?)?;
    println!("canary: seed {seed}");
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(required(&options, "argus")?, folder.path().join("data"));
    let log = folder.path().join("serve.log");
    let mut canaries = Canaries::new(seed);

    let key = argus.ingest_key()?;
    let (_, secret) = key.rsplit_once('_').ok_or("a key has no secret part")?;
    canaries.know("ingest key", secret);
    let file = fs::File::create(&log).map_err(|error| error.to_string())?;
    let server = Server::start_logging(&argus, "trace", Stdio::from(file))?;
    let person = Person::owner(&server)?;
    let stream = {
        let person = person.clone();
        std::thread::spawn(move || person.get("/api/v1/workspaces/default/events"))
    };

    let mut places = BTreeSet::new();
    let mut fingerprints = BTreeSet::new();
    for (name, protocol, content) in RUNS {
        let session = session(name, &mut canaries, &key);
        let telemetry = Telemetry {
            url: server.url(),
            key: &key,
            protocol,
            content,
        };
        let run = play(&kit, folder.path(), name, &session, telemetry)?;
        server.projected()?;
        let id = session_id(&run)?;
        fingerprints.extend(one_fingerprint(&argus, &id, &format!("{protocol}"))?);
        deliver(&argus, &server, &key, &run, &id, folder.path())?;
        places.extend(session.places);
    }
    for (id, source) in [(BY_TRANSCRIPT, "transcript"), (BY_HOOKS, "hooks")] {
        fingerprints.extend(one_fingerprint(&argus, id, source)?);
    }
    if fingerprints.len() != 1 {
        return Err(format!(
            "one secret has these fingerprints: {fingerprints:?}"
        ));
    }

    let mut answers = walk::walk(&person)?;
    answers.extend(printed(&argus)?);
    let unseen = unseen(&places, &answers, &person)?;
    let search = canaries.search()?;
    let mut leaks = stored::leaks(&person, &canaries, &search)?;
    server.stop()?;
    let (_, events) = stream
        .join()
        .map_err(|_| "the reader of events panicked")??;
    answers.push(Answer {
        path: "events".to_owned(),
        bytes: events,
    });
    let (more, searched) = searched(&search, &answers, &log, argus.data())?;
    leaks.extend(more);
    leaks.sort();
    leaks.dedup();
    report(&leaks, &unseen)?;
    Ok(format!(
        "{} places in {} sessions, {searched}: no secret",
        places.len(),
        RUNS.len() + 2
    ))
}

/// Runs the client.
fn play(
    kit: &Kit,
    folder: &Path,
    name: &str,
    session: &Session,
    telemetry: Telemetry<'_>,
) -> Result<Run> {
    let scenario = folder.join(format!("{name}.json"));
    fs::write(&scenario, session.scenario.to_string()).map_err(|error| error.to_string())?;
    kit.run(
        &scenario.to_string_lossy(),
        &folder.join(name),
        telemetry,
        Hooks::Recorded,
    )
}

/// The id of the one session of a run.
fn session_id(run: &Run) -> Result<String> {
    let calls = deliver::read(&run.hooks)?;
    calls
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|call| call["body"]["session_id"].as_str().map(str::to_owned))
        .ok_or_else(|| "no hook call names its session".to_owned())
}

/// Transcript and hooks: into the run's session, and each alone into one of its own.
fn deliver(
    argus: &Argus,
    server: &Server,
    key: &str,
    run: &Run,
    id: &str,
    folder: &Path,
) -> Result<()> {
    let sender = Sender::new(server.url(), key);
    deliver::transcripts(argus, &run.transcripts)?;
    deliver::hooks(&sender, &deliver::read(&run.hooks)?)?;
    let copy = folder.join("copy");
    deliver::transcripts_of(&run.transcripts, &copy, id, BY_TRANSCRIPT)?;
    deliver::transcripts(argus, &copy)?;
    deliver::hooks(&sender, &deliver::hooks_of(run, id, BY_HOOKS)?)?;
    server.projected()
}

/// The fingerprints of the shared secret in a session's document.
fn one_fingerprint(argus: &Argus, id: &str, source: &str) -> Result<BTreeSet<String>> {
    let document = argus.run(&["session", "show", id, "--json"])?;
    let found: BTreeSet<String> = document
        .split(SHARED)
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(fingerprint, _)| fingerprint.to_owned())
        .collect();
    if found.is_empty() {
        return Err(format!(
            "by {source}: the secret that is in every place left no placeholder"
        ));
    }
    Ok(found)
}

/// What the command line prints of every session.
fn printed(argus: &Argus) -> Result<Vec<Answer>> {
    let mut answers = Vec::new();
    let listed = argus.run(&["sessions", "--json"])?;
    for line in listed.lines() {
        let row: serde_json::Value =
            serde_json::from_str(line).map_err(|error| error.to_string())?;
        let id = row["id"].as_str().ok_or("a session has no id")?;
        for form in ["--json", "--full"] {
            answers.push(Answer {
                path: format!("argus session show {id} {form}"),
                bytes: argus.run(&["session", "show", id, form])?.into_bytes(),
            });
        }
    }
    answers.push(Answer {
        path: "argus sessions --json".to_owned(),
        bytes: listed.into_bytes(),
    });
    Ok(answers)
}

/// Places, and kinds of what can be guessed, of which neither an answer nor a stored record tells: what was not captured
/// proves nothing.
fn unseen(places: &BTreeSet<String>, answers: &[Answer], person: &Person) -> Result<Vec<String>> {
    let is_told = |word: &str| {
        let finder = aho_corasick::AhoCorasick::new([word]);
        finder.is_ok_and(|finder| answers.iter().any(|answer| finder.is_match(&answer.bytes)))
    };
    let mut unseen: Vec<String> = WITHOUT_FINGERPRINT.map(str::to_owned).into();
    unseen.extend(places.iter().map(|place| mark(place)));
    unseen.retain(|word| !is_told(word));
    let mut stored_nowhere = Vec::new();
    for word in unseen {
        if !stored::holds(person, &word)? {
            stored_nowhere.push(word);
        }
    }
    Ok(stored_nowhere)
}

/// Looks for every secret in the answers, in the log and in every file of the data folder.
fn searched(
    search: &Search,
    answers: &[Answer],
    log: &Path,
    data: &Path,
) -> Result<(Vec<Leak>, String)> {
    let mut leaks: Vec<Leak> = answers
        .iter()
        .flat_map(|answer| search.leaks(&answer.path, &answer.bytes))
        .collect();
    let mut bytes = 0;
    let mut files = vec![log.to_owned()];
    stored::files_below(data, &mut files)?;
    for path in &files {
        let content = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        bytes += content.len();
        leaks.extend(search.leaks(&path.to_string_lossy(), &content));
    }
    let searched = format!(
        "{} answers, {} files of {} MB",
        answers.len(),
        files.len(),
        bytes / 1_000_000
    );
    Ok((leaks, searched))
}

fn report(leaks: &[Leak], unseen: &[String]) -> Result<()> {
    for leak in leaks {
        println!("LEAK    {leak}");
    }
    for word in unseen {
        println!("UNSEEN  {word}");
    }
    if leaks.is_empty() && unseen.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} leaks; {} places or types were not captured",
        leaks.len(),
        unseen.len()
    ))
}
