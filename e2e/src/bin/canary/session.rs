//! The session: what is typed, what the scripted model answers, and what lies in the folder, with a secret in every place
//! that the client tells of. A place is marked by the word `at-PLACE`, which stays readable: so that it can be told that the
//! place was seen at all.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::canaries::Canaries;
use crate::secrets::{
    ANTHROPIC, AWS, BEARER, DATABRICKS, DIGITAL_OCEAN, Form, GITLAB, GOOGLE, HUGGING_FACE, NPM,
    OPENAI, PYPI, SLACK, STRIPE, VAULT,
};

/// A scenario of the kit and the places that it has secrets in.
pub(crate) struct Session {
    pub(crate) scenario: Value,
    pub(crate) places: BTreeSet<String>,
}

/// Puts secrets into places.
struct Planting<'a> {
    canaries: &'a mut Canaries,
    places: BTreeSet<String>,
}

impl Planting<'_> {
    /// Words with a new secret of this form, and the shared one.
    fn words(&mut self, place: &str, form: Form) -> String {
        let mark = self.mark(place);
        let secret = self.canaries.plant(place, form);
        format!("{mark} {secret} and {}", self.canaries.shared())
    }

    /// A new secret alone.
    fn secret(&mut self, place: &str, form: Form) -> String {
        self.canaries.plant(place, form)
    }

    fn mark(&mut self, place: &str) -> String {
        self.places.insert(place.to_owned());
        mark(place)
    }
}

/// The word that marks a place.
pub(crate) fn mark(place: &str) -> String {
    format!("at-{place}.")
}

/// The session of this name. `key` is the one that telemetry is sent with: it may be in a text as well.
pub(crate) fn session(name: &str, canaries: &mut Canaries, key: &str) -> Session {
    let mut plant = Planting {
        canaries,
        places: BTreeSet::new(),
    };
    let mut files = serde_json::Map::new();
    let mut replies = said(&mut plant);
    replies.extend(ran(&mut plant, &mut files));
    replies.extend(read_and_written(&mut plant, &mut files));
    replies.extend(asked_elsewhere(&mut plant));
    replies.push(json!([{"text": plant.words("last-answer", SLACK)}]));
    let person = format!(
        "{}, {}",
        plant.secret("prompt-email", Form::Email),
        plant.secret("prompt-card", Form::Card)
    );
    let prompt = format!(
        "Rotate the keys: {}. Telemetry goes out with {key}. Write to {person}.",
        plant.words("prompt", ANTHROPIC)
    );
    let slash = plant.words("slash", GITLAB);
    let error = plant.words("api-error", STRIPE);
    let resource = format!(
        "note={}{}",
        plant.mark("resource"),
        plant.secret("resource", HUGGING_FACE)
    );
    let scenario = json!({
        "name": name,
        "about": "secrets in every place",
        "allow": ["Bash", "Read", "Edit", "Write", "Task", "Agent", "mcp__ledger"],
        "deny": ["Bash(curl:*)", "WebFetch"],
        "env": {"OTEL_RESOURCE_ATTRIBUTES": resource, "CLAUDE_CODE_MAX_RETRIES": "1"},
        "files": files,
        "runs": [
            {"prompt": prompt},
            {"prompt": format!("/hello {slash}"), "args": ["--resume", "{{SESSION:0}}"]},
            {"prompt": "Ask what fails.", "args": ["--resume", "{{SESSION:0}}"], "expect_rc": 1},
        ],
        "prompts": [
            {"name": "sub-agent", "match": "SUB-TASK", "replies": sub_agent(&mut plant)},
            {"name": "fails", "match": "Ask what fails", "replies": [[{"error": {"status": 400, "type": "invalid_request_error", "message": error}}]]},
            {"name": "slash", "match": "at-slash.", "replies": [[{"text": "Hello."}]]},
            {"name": "main", "match": "Rotate the keys", "replies": replies},
        ],
    });
    Session {
        scenario,
        places: plant.places,
    }
}

/// What the model thinks and says.
fn said(plant: &mut Planting<'_>) -> Vec<Value> {
    let branch = format!("{}{}", plant.mark("branch"), plant.secret("branch", NPM));
    vec![json!([
        {"thinking": plant.words("thinking", OPENAI)},
        {"text": plant.words("text", STRIPE)},
        {"tool": "Bash", "input": {"command": format!("git checkout -q -b fix/{branch}"), "description": plant.words("description", DATABRICKS)}},
    ])]
}

/// Commands, what they print plain and in disguise, and what they fail with.
fn ran(plant: &mut Planting<'_>, files: &mut serde_json::Map<String, Value>) -> Vec<Value> {
    let yaml = format!(
        "# {}\ndatabase:\n  user: app\n  password: \"{}\"\n  url: postgres://app:{}@db.internal:5432/main\nsession: {}\n",
        plant.words("bash-output", VAULT),
        plant.secret("bash-output-password", Form::Password),
        plant.secret("bash-output-url", Form::PlainPassword),
        plant.secret("bash-output-jwt", Form::Jwt),
    );
    files.insert("config/settings.yml".to_owned(), yaml.into());
    let disguised = format!(
        "DEPLOY_TOKEN={}\nFTP_PASSWORD={}\n",
        plant.secret("disguised", GITLAB),
        plant.secret("disguised-password", Form::PlainPassword)
    );
    files.insert("config/deploy.txt".to_owned(), disguised.into());
    let failure = format!(
        "fatal: Authentication failed for 'https://deploy:{}@git.internal/x.git' {}\n",
        plant.secret("bash-error-url", Form::PlainPassword),
        plant.words("bash-error", PYPI)
    );
    files.insert("config/failure.txt".to_owned(), failure.into());
    let bash = |command: String| json!([{"tool": "Bash", "input": {"command": command, "description": "Look"}}]);
    let command = format!(
        "export API_TOKEN={} && echo {}",
        plant.secret("bash-command-export", Form::PlainPassword),
        plant.words("bash-command", GOOGLE)
    );
    let in_python = |expression: &str| {
        format!(
            "python3 -c \"import json, urllib.parse; t = open('config/deploy.txt').read(); print({expression})\""
        )
    };
    vec![
        bash(command),
        bash("cat config/settings.yml".to_owned()),
        bash("grep --color=always -n 'password\\|[a-z]*@db' config/settings.yml".to_owned()),
        bash(format!(
            "echo {} && base64 -w0 config/deploy.txt",
            plant.mark("base64")
        )),
        bash(in_python("json.dumps({'file': json.dumps({'text': t})})")),
        bash(in_python("'GET /?q=' + urllib.parse.quote(t, safe='')")),
        bash(in_python("t.replace(chr(10), chr(13) + chr(10))")),
        bash("cat config/failure.txt >&2; exit 3".to_owned()),
    ]
}

/// Files that are read, written and edited, by their names too.
fn read_and_written(
    plant: &mut Planting<'_>,
    files: &mut serde_json::Map<String, Value>,
) -> Vec<Value> {
    let environment = format!(
        "# {}\nDB_PASSWORD={}\nMAIL_SALT='{}'\nAWS_ACCESS_KEY_ID={}\nGITHUB_TOKEN={}\n",
        plant.mark("env-file"),
        plant.secret("env-file-password", Form::PlainPassword),
        plant.secret("env-file-salt", Form::Password),
        plant.secret("env-file-key", AWS),
        plant.canaries.shared(),
    );
    files.insert(".env".to_owned(), environment.into());
    files.insert(
        "keys/id_rsa".to_owned(),
        plant.secret("key-file", Form::Pem).into(),
    );
    let backup = format!(
        "{}\nthe old key:\n\n{}\n",
        plant.words("key-block", AWS),
        plant.secret("key-block", Form::Pem)
    );
    files.insert("notes/backup.txt".to_owned(), backup.into());
    let name = format!(
        "notes/{}{}.txt",
        plant.mark("file-name"),
        plant.secret("file-name", HUGGING_FACE)
    );
    files.insert(name.clone(), "nothing in it\n".into());
    let missing = format!(
        "notes/{}{}.txt",
        plant.mark("missing-file"),
        plant.secret("missing-file", DIGITAL_OCEAN)
    );
    let old = format!("API_KEY = \"{}\"", plant.secret("edit-old", OPENAI));
    let new = format!(
        "API_KEY = \"{}\"  # {}",
        plant.secret("edit-new", Form::PlainPassword),
        plant.words("edit", OPENAI)
    );
    files.insert(
        "src/client.py".to_owned(),
        format!("{old}\nprint(API_KEY)\n").into(),
    );
    let written = format!(
        "# {}\n[smtp]\nuser = \"post\"\npassword = \"{}\"\n",
        plant.words("write", DATABRICKS),
        plant.secret("write-password", Form::Password)
    );
    let read = |path: &str| json!({"tool": "Read", "input": {"file_path": format!("{{{{PROJECT}}}}/{path}")}});
    vec![
        json!([
            read(".env"),
            read("keys/id_rsa"),
            read("notes/backup.txt"),
            read(&name),
            read("src/client.py"),
        ]),
        json!([read(&missing)]),
        json!([
            {"tool": "Edit", "input": {"file_path": "{{PROJECT}}/src/client.py", "old_string": old, "new_string": new}},
            {"tool": "Write", "input": {"file_path": "{{PROJECT}}/config/mail.toml", "content": written}},
        ]),
    ]
}

/// What is asked of a server of tools, of a sub-agent and of the web.
fn asked_elsewhere(plant: &mut Planting<'_>) -> Vec<Value> {
    let url = format!(
        "https://files.internal/{}?access_token={}",
        plant.mark("url"),
        plant.secret("url", Form::PlainPassword)
    );
    let with_password = format!(
        "https://reader:{}@files.internal/",
        plant.secret("url-password", Form::PlainPassword)
    );
    let curl = format!(
        "curl -sS -H 'Authorization: Bearer {}' https://files.internal/{}",
        plant.secret("header", BEARER),
        plant.mark("header")
    );
    vec![
        json!([{"tool": "mcp__ledger__lookup", "input": {"invoice": plant.words("mcp", ANTHROPIC)}}]),
        json!([{"tool": "Agent", "input": {
            "description": "Look through the keys",
            "subagent_type": "general-purpose",
            "prompt": format!("SUB-TASK: {}", plant.words("agent-prompt", STRIPE)),
            "run_in_background": false,
        }}]),
        json!([
            {"tool": "WebFetch", "input": {"url": url, "prompt": "What is there?"}},
            {"tool": "WebFetch", "input": {"url": with_password, "prompt": "And there?"}},
        ]),
        json!([{"tool": "Bash", "input": {"command": curl, "description": "Denied by a rule"}}]),
    ]
}

/// What the sub-agent does and answers.
fn sub_agent(plant: &mut Planting<'_>) -> Value {
    json!([
        [{"tool": "Bash", "input": {"command": format!("echo '{}'", plant.words("agent-output", DIGITAL_OCEAN)), "description": "Look"}}],
        [{"text": plant.words("agent-answer", NPM)}],
    ])
}
