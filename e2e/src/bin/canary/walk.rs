//! Everything that the API says of the sessions: every reading route is asked, for every session and step, and all of every
//! long answer is read.

use std::collections::BTreeSet;

use argus_e2e::{Person, Result};
use serde_json::Value;

const WORKSPACE: &str = "/api/v1/workspaces/default";
/// Texts of a step.
const FIELDS: [&str; 5] = ["text", "input", "output", "result", "error"];
/// What the names of a filter can be.
const NAMES: [&str; 10] = [
    "project", "user", "model", "tool", "skill", "outcome", "version", "surface", "tag", "reviewer",
];
/// The route that never ends: it is read from the beginning to the server's end by the one who runs this.
const STREAM: &str = "/api/v1/workspaces/{workspace}/events";
/// The plugin's files, which hold what the workspace set up and nothing that was captured.
const PLUGIN_FILES: [&str; 4] = [
    "/plugin/{workspace}/argus-plugin.zip",
    "/plugin/{workspace}/{token}/argus-plugin.zip",
    "/plugin/{workspace}/marketplace.json",
    "/plugin/{workspace}/{token}/marketplace.json",
];
/// Formats of exports, and of csv its tables.
const EXPORTS: [&str; 6] = [
    "html",
    "md",
    "jsonl",
    "csv&table=sessions",
    "csv&table=turns",
    "csv&table=steps",
];
/// A hash of nothing.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// How many of a list are asked for at once.
const PAGE: usize = 38;

/// An answer and what it answers.
pub(crate) struct Answer {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// A walk through the API.
pub(crate) struct Walk<'a> {
    person: &'a Person,
    asked: BTreeSet<String>,
    answers: Vec<Answer>,
}

/// All answers that there are.
///
/// # Errors
/// The server refused one, or has a reading route that this does not know.
pub(crate) fn walk(person: &Person) -> Result<Vec<Answer>> {
    let mut walk = Walk {
        person,
        asked: PLUGIN_FILES
            .into_iter()
            .chain([STREAM])
            .map(str::to_owned)
            .collect(),
        answers: Vec::new(),
    };
    for path in ["sign-in", "self", "self/sign-ins", "workspaces"] {
        walk.ask(&format!("/api/v1/{path}"), "", &[], "")?;
    }
    walk.workspace()?;
    for id in walk.sessions()? {
        walk.session(&id)?;
    }
    for path in ["/metrics", "/api/openapi.json"] {
        walk.read(path)?;
    }
    walk.knows_every_route()?;
    Ok(walk.answers)
}

impl Walk<'_> {
    /// Asks a route and gives its answer; 404 is none. `route` is as the API's description has it below the workspace.
    fn ask(
        &mut self,
        base: &str,
        route: &str,
        values: &[(&str, &str)],
        query: &str,
    ) -> Result<Option<Value>> {
        let described = base.replacen("/default", "/{workspace}", 1) + route;
        self.asked.insert(described);
        let mut path = format!("{base}{route}");
        for (name, value) in values {
            path = path.replace(&format!("{{{name}}}"), &in_path(value));
        }
        let bytes = self.read(&format!("{path}{query}"))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()))
    }

    fn read(&mut self, path: &str) -> Result<Option<&[u8]>> {
        let (status, bytes) = self.person.get(path)?;
        if status != 200 && status != 404 {
            let answer = String::from_utf8_lossy(&bytes);
            return Err(format!("GET {path}: {status} {answer}"));
        }
        self.answers.push(Answer {
            path: path.to_owned(),
            bytes,
        });
        let answer = self.answers.last().map(|answer| answer.bytes.as_slice());
        Ok(answer.filter(|_| status == 200))
    }

    fn workspace(&mut self) -> Result<()> {
        for route in [
            "",
            "/projects",
            "/members",
            "/invitations",
            "/keys",
            "/redaction",
            "/redaction/counts",
            "/capture-policy",
            "/tombstones",
            "/views",
            "/devices",
            "/plugin",
            "/skills",
            "/mcp-servers",
            "/coverage",
            "/rubrics",
            "/reviewers",
            "/mentions",
            "/queues",
            "/my-queue",
            "/gold",
            "/agreement",
            "/rates",
            "/shares",
        ] {
            self.ask(WORKSPACE, route, &[], "")?;
        }
        for route in ["/queues/{queue}", "/queues/{queue}/items"] {
            self.ask(WORKSPACE, route, &[("queue", "none")], "")?;
        }
        self.ask(WORKSPACE, "/queue-items/{item}", &[("item", "none")], "")?;
        for rubric in ["compliance", "none"] {
            self.ask(WORKSPACE, "/rubrics/{rubric}", &[("rubric", rubric)], "")?;
        }
        // No client told of any: what there would be of one is asked for all the same.
        let of = [("skill", "none"), ("hash", NO_HASH)];
        for route in ["", "/text"] {
            let route = format!("/skills/{{skill}}/versions/{{hash}}{route}");
            self.ask(WORKSPACE, &route, &of, "?path=SKILL.md")?;
        }
        let query = "?q=a*%20OR%20the%20OR%20redacted&limit=100&hits=50";
        self.ask(WORKSPACE, "/search", &[], query)?;
        // Nobody shared anything.
        self.ask(
            WORKSPACE,
            "/shares/{share}/openings",
            &[("share", "none")],
            "",
        )?;
        self.ask(
            WORKSPACE,
            "/share-previews/{preview}",
            &[("preview", "none")],
            "",
        )?;
        self.ask("/share", "/{token}", &[("token", "none")], "")?;
        for page in ["/report", "/report.html"] {
            self.ask(WORKSPACE, page, &[], "?from=2020-01-01&to=2040-01-01")?;
        }
        for key in NAMES {
            self.ask(WORKSPACE, "/names/{key}", &[("key", key)], "?limit=200")?;
        }
        Ok(())
    }

    /// The ids of all sessions.
    fn sessions(&mut self) -> Result<Vec<String>> {
        let listed = self.ask(WORKSPACE, "/sessions", &[], "?limit=100")?;
        let ids = strings(listed.as_ref(), "/id");
        if ids.is_empty() {
            return Err("no session is listed".to_owned());
        }
        Ok(ids)
    }

    fn session(&mut self, id: &str) -> Result<()> {
        let of = [("session", id)];
        self.exports(id)?;
        for route in ["", "/errors", "/step-kinds", "/conversation", "/reviews"] {
            self.ask(WORKSPACE, &format!("/sessions/{{session}}{route}"), &of, "")?;
        }
        let query = "?q=a*%20OR%20the&limit=200";
        self.ask(WORKSPACE, "/sessions/{session}/find", &of, query)?;
        for route in ["/timeline", "/uses"] {
            self.ask(WORKSPACE, &format!("/sessions/{{session}}{route}"), &of, "")?;
        }
        self.records(id)?;
        self.files(id)?;
        for turn in self.all("/sessions/{session}/turns", &of, "", "/id")? {
            self.ask(
                WORKSPACE,
                "/sessions/{session}/turns/{turn}",
                &[of[0], ("turn", &turn)],
                "",
            )?;
        }
        for step in self.all(
            "/sessions/{session}/steps",
            &of,
            "&text_bytes_max=65536",
            "/step/id",
        )? {
            self.step(id, &step)?;
        }
        Ok(())
    }

    fn records(&mut self, session: &str) -> Result<()> {
        let route = "/sessions/{session}/records";
        for record in self.all(route, &[("session", session)], "", "/id")? {
            let of = [("session", session), ("record", record.as_str())];
            for part in ["", "/download"] {
                self.ask(WORKSPACE, &format!("{route}/{{record}}{part}"), &of, "")?;
            }
        }
        Ok(())
    }

    fn files(&mut self, session: &str) -> Result<()> {
        let (route, of) = ("/sessions/{session}/files", [("session", session)]);
        let files = self.ask(WORKSPACE, route, &of, "")?;
        let mut paths = strings(files.as_ref(), "/path");
        // Where nothing was changed, the route is asked all the same.
        paths.push("none".to_owned());
        for path in paths {
            let query = format!("?path={}", in_path(&path));
            self.ask(WORKSPACE, &format!("{route}/diff"), &of, &query)?;
        }
        Ok(())
    }

    /// A session in every format that it leaves in.
    fn exports(&mut self, id: &str) -> Result<()> {
        for what in EXPORTS {
            let query = format!("?format={what}&session={}", in_path(id));
            self.ask(WORKSPACE, "/export", &[], &query)?;
        }
        Ok(())
    }

    fn step(&mut self, session: &str, step: &str) -> Result<()> {
        let of = [("session", session), ("step", step)];
        let route = "/sessions/{session}/steps/{step}";
        self.ask(WORKSPACE, route, &of, "")?;
        self.ask(WORKSPACE, &format!("{route}/records"), &of, "")?;
        for field in FIELDS {
            let mut offset = Some(0);
            while let Some(from) = offset {
                let query = format!("?field={field}&offset={from}&length=1048576");
                let piece = self.ask(WORKSPACE, &format!("{route}/content"), &of, &query)?;
                offset = piece.and_then(|piece| piece["next_offset"].as_u64());
            }
            let query = format!("?field={field}");
            self.ask(WORKSPACE, &format!("{route}/download"), &of, &query)?;
        }
        Ok(())
    }

    /// The ids of everything in a list that comes in pages; `id` leads to an item's.
    fn all(
        &mut self,
        route: &str,
        of: &[(&str, &str)],
        query: &str,
        id: &str,
    ) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        loop {
            let page = format!("?offset={}&limit={PAGE}{query}", ids.len());
            let more = self.ask(WORKSPACE, route, of, &page)?;
            let more = strings(more.as_ref(), id);
            if more.is_empty() {
                return Ok(ids);
            }
            ids.extend(more);
        }
    }

    /// A route that is added to the API has to be added here.
    fn knows_every_route(&self) -> Result<()> {
        let described = self
            .answers
            .last()
            .and_then(|answer| serde_json::from_slice::<Value>(&answer.bytes).ok())
            .ok_or("the API's description is no JSON")?;
        let unknown: Vec<&String> = described["paths"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(path, route)| !route["get"].is_null() && !self.asked.contains(*path))
            .map(|(path, _)| path)
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(format!("the walk does not ask these routes: {unknown:?}"))
        }
    }
}

/// What a pointer leads to in every item of a list.
fn strings(list: Option<&Value>, pointer: &str) -> Vec<String> {
    list.and_then(|list| list["items"].as_array())
        .into_iter()
        .flatten()
        .filter_map(|item| match item.pointer(pointer)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

/// A value as a segment of a path.
fn in_path(value: &str) -> String {
    value
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
