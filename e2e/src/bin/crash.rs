//! The server is killed in the middle of taking batches, again and again. Nothing that it acknowledged may be missing
//! afterwards, and nothing that was sent twice may be there twice.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::mpsc::{Sender as Signal, channel};
use std::time::Duration;

use argus_e2e::{
    Argus, Random, Result, Sender, Server, api_request_log, fresh_seed, logs_request, options,
    required,
};
use serde_json::{Value, json};

/// Connections that send at the same time.
const SENDERS: usize = 3;
/// A round whose server acknowledges nothing for this long has failed.
const STALLED: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    match run() {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("crash: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String> {
    let options = options(std::env::args().skip(1))?;
    let number = |name: &str| {
        required(&options, name)
            .and_then(|text| text.parse().map_err(|_| format!("--{name} takes a number")))
    };
    let rounds: u64 = number("rounds")?;
    let seed: u64 = number("seed").unwrap_or_else(|_| fresh_seed());
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(required(&options, "argus")?, folder.path().join("data"));
    let key = argus.ingest_key()?;
    println!("{rounds} rounds, seed {seed}");

    let (mut acknowledged, mut unanswered) = (0, 0);
    for round in 0..rounds {
        let mut random = Random::new(seed.wrapping_add(round));
        let done = one(&argus, &key, round, &mut random)
            .map_err(|error| format!("round {round} of seed {seed}: {error}"))?;
        acknowledged += done.acknowledged;
        unanswered += done.unanswered;
    }
    let doctor = argus.json(&["doctor", "--json"])?;
    let stored: u64 = doctor["records"]
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values)
        .filter_map(Value::as_u64)
        .sum();
    if stored != (acknowledged + unanswered) as u64 {
        return Err(format!(
            "{acknowledged} acknowledged and {unanswered} sent again, but {stored} records are stored"
        ));
    }
    Ok(format!(
        "killed {rounds} times: {acknowledged} acknowledged records all there, {unanswered} without an answer sent again, none doubled"
    ))
}

struct Done {
    acknowledged: usize,
    unanswered: usize,
}

/// Serves, sends, kills, and checks; then sends again what had no answer, and one batch that had, and checks again.
fn one(argus: &Argus, key: &str, round: u64, random: &mut Random) -> Result<Done> {
    let server = Server::start(argus)?;
    let batches_before_kill = random.below(10);
    let largest_batch = 1 + random.below(40);
    let (signal, acknowledgements) = channel();
    let mut lanes: Vec<Lane> = Vec::new();
    std::thread::scope(|scope| -> Result<()> {
        let running: Vec<_> = (0..SENDERS)
            .map(|number| {
                let mut lane = Lane::new(round, number, random.next(), largest_batch);
                let (sender, signal) = (Sender::new(server.url(), key), signal.clone());
                scope.spawn(move || {
                    lane.send_until_it_dies(&sender, &signal);
                    lane
                })
            })
            .collect();
        drop(signal);
        for _ in 0..batches_before_kill {
            acknowledgements
                .recv_timeout(STALLED)
                .map_err(|_| "the server acknowledged nothing".to_owned())??;
        }
        server.kill()?;
        for lane in running {
            lanes.push(lane.join().map_err(|_| "a sender panicked".to_owned())?);
        }
        Ok(())
    })?;

    let server = Server::start(argus)?;
    server.projected()?;
    for lane in &lanes {
        let stored = lane.stored(argus)?;
        let lost: Vec<&String> = lane
            .acknowledged()
            .filter(|id| !stored.contains_key(*id))
            .collect();
        if !lost.is_empty() {
            return Err(format!(
                "{} was acknowledged and lost: {lost:?}",
                lane.session
            ));
        }
    }
    let sender = Sender::new(server.url(), key);
    for lane in &lanes {
        let again = lane
            .batches
            .iter()
            .filter(|batch| !batch.acknowledged)
            .chain(lane.batches.first());
        for batch in again {
            let (status, answer) = batch.send(&sender)?;
            if status != 200 {
                return Err(format!("sent again and refused: {status} {answer}"));
            }
        }
    }
    server.projected()?;
    for lane in &lanes {
        let stored = lane.stored(argus)?;
        let sent: BTreeSet<&String> = lane
            .batches
            .iter()
            .flat_map(|batch| &batch.requests)
            .collect();
        if !stored.keys().eq(sent.iter().copied()) {
            return Err(format!(
                "{}: {} sent, {} stored",
                lane.session,
                sent.len(),
                stored.len()
            ));
        }
        if let Some((id, count)) = stored.iter().find(|(_, count)| **count != 1) {
            return Err(format!("{}: {id} is there {count} times", lane.session));
        }
    }
    server.stop()?;
    Ok(Done {
        acknowledged: lanes.iter().flat_map(Lane::acknowledged).count(),
        unanswered: lanes
            .iter()
            .flat_map(|lane| &lane.batches)
            .filter(|batch| !batch.acknowledged)
            .map(|batch| batch.requests.len())
            .sum(),
    })
}

/// What one connection sent: everything belongs to one session.
struct Lane {
    session: String,
    form: Form,
    random: Random,
    largest_batch: u64,
    batches: Vec<Batch>,
}

#[derive(Clone, Copy)]
enum Form {
    Otlp,
    Envelopes,
}

struct Batch {
    form: Form,
    body: Vec<u8>,
    requests: Vec<String>,
    acknowledged: bool,
}

impl Lane {
    fn new(round: u64, number: usize, seed: u64, largest_batch: u64) -> Self {
        Self {
            session: format!("00000000-0000-4000-8000-{round:06}{number:06}"),
            form: if number == 0 {
                Form::Envelopes
            } else {
                Form::Otlp
            },
            random: Random::new(seed),
            largest_batch,
            batches: Vec::new(),
        }
    }

    /// Sends until a batch gets no answer; that one stays unacknowledged. An answer other than 200 goes to the signal.
    fn send_until_it_dies(&mut self, sender: &Sender, signal: &Signal<Result<()>>) {
        let mut next = 0;
        loop {
            let count = 1 + self.random.below(self.largest_batch);
            let mut batch = Batch::new(self.form, &self.session, next..next + count);
            next += count;
            let answer = batch.send(sender);
            batch.acknowledged = matches!(answer, Ok((200, _)));
            self.batches.push(batch);
            let outcome = match answer {
                Ok((200, _)) => Ok(()),
                Ok((status, text)) => Err(format!("refused: {status} {text}")),
                Err(_) => return,
            };
            let go_on = outcome.is_ok();
            if signal.send(outcome).is_err() && !go_on {
                return;
            }
        }
    }

    fn acknowledged(&self) -> impl Iterator<Item = &String> {
        self.batches
            .iter()
            .filter(|batch| batch.acknowledged)
            .flat_map(|batch| &batch.requests)
    }

    /// The model requests of the merged session, and how many records each was made from.
    fn stored(&self, argus: &Argus) -> Result<BTreeMap<String, usize>> {
        if self.batches.iter().all(|batch| !batch.acknowledged)
            && argus
                .json(&["session", "show", &self.session, "--json"])
                .is_err()
        {
            return Ok(BTreeMap::new());
        }
        let document = argus.json(&["session", "show", &self.session, "--json"])?;
        let mut found = BTreeMap::new();
        for step in document["turns"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|turn| turn["steps"].as_array().into_iter().flatten())
        {
            if let (Some("model_request"), Some(id), Some(records)) = (
                step["kind"].as_str(),
                step["request_id"].as_str(),
                step["records"].as_array(),
            ) {
                *found.entry(id.to_owned()).or_default() += records.len();
            }
        }
        Ok(found)
    }
}

impl Batch {
    fn new(form: Form, session: &str, numbers: std::ops::Range<u64>) -> Self {
        let requests: Vec<String> = numbers
            .clone()
            .map(|number| format!("req_{}_{number}", &session[24..]))
            .collect();
        let body = match form {
            Form::Otlp => logs_request(
                &numbers
                    .zip(&requests)
                    .map(|(number, request)| {
                        api_request_log(
                            session,
                            "11111111-1111-4111-8111-111111111111",
                            request,
                            number,
                            1_795_348_382_000_000_000 + number * 1_000_000,
                        )
                    })
                    .collect::<Vec<_>>(),
            ),
            Form::Envelopes => {
                let envelopes: Vec<Value> = numbers
                    .zip(&requests)
                    .map(|(number, request)| answer_envelope(session, request, number))
                    .collect();
                json!({"envelopes": envelopes}).to_string().into_bytes()
            }
        };
        Self {
            form,
            body,
            requests,
            acknowledged: false,
        }
    }

    fn send(&self, sender: &Sender) -> Result<(u16, String)> {
        let path = match self.form {
            Form::Otlp => "/v1/logs",
            Form::Envelopes => "/v1/envelopes",
        };
        sender.post(path, "application/json", &self.body)
    }
}

/// An assistant line of a transcript, as a capture client delivers it.
fn answer_envelope(session: &str, request: &str, number: u64) -> Value {
    json!({
        "version": 1,
        "source": "transcript",
        "session_id": session,
        "body": {
            "type": "assistant",
            "uuid": format!("{}-{number:012}", &session[..23]).replacen("00000000", &session[28..36], 1),
            "parentUuid": null,
            "sessionId": session,
            "timestamp": "2026-11-22T11:53:02.305Z",
            "requestId": request,
            "message": {"id": format!("msg_{request}"), "role": "assistant", "model": "claude-opus-5-5", "content": [{"type": "text", "text": format!("answer {number}")}], "usage": {"input_tokens": 1, "output_tokens": 1}},
        },
    })
}
