//! The server on a disk that fills up and is cleared again. While it is full, deliveries are answered with 503 and the server
//! is alive but not ready; afterwards it goes on by itself, and holds exactly what it acknowledged. The disk is a tmpfs
//! in a mount namespace of its own, which Linux gives root, or anyone where user namespaces are allowed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use argus_e2e::{Result, Sender, api_request_log, logs_request, options, required};
use serde_json::Value;

/// Times that the disk fills up.
const ROUNDS: u64 = 3;
/// Records of one delivery.
const RECORDS: u64 = 40;
/// Deliveries that are tried before one has to have found the disk full.
const DELIVERIES_MAX: u64 = 400;

/// What runs beside the server, on its disk. The server's end ends it.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=24m tmpfs "$1" || exit 77
"$2" key create --project disk --data "$1/data" 2>/dev/null
"$2" serve --data "$1/data" --listen 127.0.0.1:0 --log off &
server=$!
while read -r word; do
    case $word in
        fill) dd if=/dev/zero of="$1/filler" bs=16k 2>/dev/null; echo filled ;;
        free) rm -f "$1/filler"; echo freed ;;
        stop) kill $server; wait $server; "$2" doctor --json --data "$1/data"; exit ;;
    esac
done
"#;

fn main() -> ExitCode {
    match run() {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("disk-full: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String> {
    let options = options(std::env::args().skip(1))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut disk = Disk::start(required(&options, "argus")?, folder.path())?;
    let key = disk.line()?;
    let listening = disk.line()?;
    let url = listening
        .strip_prefix("listening on ")
        .ok_or_else(|| format!("argus serve said \"{listening}\""))?;
    // A fresh data folder has no owner: what is said of that comes before anything else.
    for expected in ["nobody can sign in yet", "/link#"] {
        let said = disk.line()?;
        if !said.contains(expected) {
            return Err(format!("argus serve said \"{said}\", not how to sign in"));
        }
    }
    let sender = Sender::new(url, &key);
    let (mut acknowledged, mut refused) = (0, 0);
    let mut next = 0;
    for round in 0..ROUNDS {
        let fail = |what: String| Err(format!("round {round}: {what}"));
        for _ in 0..5 {
            deliver(&sender, next)?.acknowledged()?;
            acknowledged += RECORDS;
            next += 1;
        }
        disk.tell("fill", "filled")?;
        let mut found_full = false;
        for _ in 0..DELIVERIES_MAX {
            match deliver(&sender, next)? {
                Answer::Acknowledged => {
                    acknowledged += RECORDS;
                    next += 1;
                }
                Answer::Unavailable(why) if why.contains("full") => {
                    found_full = true;
                    refused += 1;
                    break;
                }
                Answer::Unavailable(why) => return fail(format!("503 for another reason: {why}")),
            }
        }
        if !found_full {
            return fail("the disk never was full".to_owned());
        }
        let health = (status(url, "/healthz")?, status(url, "/readyz")?);
        if health != (200, 503) {
            return fail(format!("alive and ready are {health:?} on a full disk"));
        }
        disk.tell("free", "freed")?;
        if status(url, "/readyz")? != 200 {
            return fail("not ready though there is room again".to_owned());
        }
        // What was refused is sent again, as a client does.
        deliver(&sender, next)?.acknowledged()?;
        acknowledged += RECORDS;
        next += 1;
    }
    disk.write("stop")?;
    let doctor: Value =
        serde_json::from_str(&disk.line()?).map_err(|error| format!("argus doctor: {error}"))?;
    let stored = doctor["records"]["otel_log"].as_u64().unwrap_or(0);
    if stored != acknowledged {
        return Err(format!("{acknowledged} acknowledged, {stored} stored"));
    }
    Ok(format!(
        "the disk was full {ROUNDS} times: {refused} deliveries refused, {acknowledged} records acknowledged, {stored} stored"
    ))
}

#[derive(Debug)]
enum Answer {
    Acknowledged,
    Unavailable(String),
}

impl Answer {
    fn acknowledged(self) -> Result<()> {
        match self {
            Self::Acknowledged => Ok(()),
            other => Err(format!("{other:?} where there is room")),
        }
    }
}

fn deliver(sender: &Sender, delivery: u64) -> Result<Answer> {
    let records: Vec<Value> = (0..RECORDS)
        .map(|place| {
            let number = delivery * RECORDS + place;
            let request = format!("req_{number}");
            api_request_log(
                "disk",
                "prompt",
                &request,
                number,
                1_795_348_896_351_000_000 + number,
            )
        })
        .collect();
    let body = logs_request(&records);
    let (status, text) = sender.post("/v1/logs", "application/json", &body)?;
    match status {
        200 => Ok(Answer::Acknowledged),
        503 => Ok(Answer::Unavailable(text)),
        other => Err(format!("HTTP {other} on a disk that fills up: {text}")),
    }
}

fn status(url: &str, path: &str) -> Result<u16> {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build();
    let agent: ureq::Agent = config.into();
    let answer = agent
        .get(format!("{url}{path}"))
        .call()
        .map_err(|error| error.to_string())?;
    Ok(answer.status().as_u16())
}

/// The script on its disk.
struct Disk {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Disk {
    fn start(argus: &str, folder: &std::path::Path) -> Result<Self> {
        let is_root = Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
        let mut command = Command::new("unshare");
        if !is_root {
            command.args(["--user", "--map-root-user"]);
        }
        let mut child = command
            .args(["--mount", "--", "sh", "-c", SCRIPT, "sh"])
            .arg(folder)
            .arg(argus)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("unshare (of util-linux) is needed: {error}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no way to the script".to_owned());
        };
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
        })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(0) => Err(
                "a disk of its own could not be made: run as root, or allow user namespaces"
                    .to_owned(),
            ),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn write(&mut self, word: &str) -> Result<()> {
        writeln!(self.input, "{word}").map_err(|error| error.to_string())
    }

    fn tell(&mut self, word: &str, expected: &str) -> Result<()> {
        self.write(word)?;
        let line = self.line()?;
        if line == expected {
            Ok(())
        } else {
            Err(format!("the script said \"{line}\""))
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The script ends with its input; the server with the script's process group would outlive a kill of the shell
        // alone, so it is asked first. Both fail when they have ended, which is as well.
        drop(writeln!(self.input, "stop"));
        let mut rest = String::new();
        drop(self.output.read_line(&mut rest));
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
