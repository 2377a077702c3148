//! People of a workspace, signed in.

use argus_store::{Account, Grant, Role};
use serde_json::{Value, json};

use super::Server;
use super::http::{Reply, ask};

/// Somebody with a cookie.
pub(crate) struct Person {
    pub(crate) account: Account,
    pub(crate) cookie: String,
}

impl Server {
    /// A member of the workspace "default", signed in.
    pub(crate) async fn member(&self, role: Role, projects: Option<&[&str]>) -> Person {
        let count = self.store.accounts().unwrap().len();
        let email = format!("{}-{count}@example.org", role.as_str());
        let account = self.store.create_account(&email, "Somebody", None).unwrap();
        // A workspace has an owner before it has anybody else.
        if role != Role::Owner && self.workspace().members().unwrap().is_empty() {
            let owner = self
                .store
                .create_account("first@example.org", "First", None)
                .unwrap();
            self.store.make_first_owner(&owner.id).unwrap();
        }
        let grant = Grant {
            role,
            projects: projects.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        };
        self.workspace()
            .put_member(&account.id, &grant, &argus_store::Actor::system())
            .unwrap();
        self.signed_in(account).await
    }

    /// Signs an account in by a one-time link.
    pub(crate) async fn signed_in(&self, account: Account) -> Person {
        let token = self.bound.links.sign_in(&account.id);
        let reply = self
            .post(None, "/api/v1/links/accept", &json!({"token": token}))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        Person {
            cookie: cookie_of(&reply),
            account,
        }
    }

    /// Reads a path of the API.
    pub(crate) async fn get(&self, cookie: Option<&str>, path: &str) -> Reply {
        ask(self.address, "GET", path, &headers(cookie), "").await
    }

    /// Sends JSON to a path of the API, as the server's own page does.
    pub(crate) async fn post(&self, cookie: Option<&str>, path: &str, body: &Value) -> Reply {
        self.send("POST", cookie, path, body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        cookie: Option<&str>,
        path: &str,
        body: &Value,
    ) -> Reply {
        let mut headers = headers(cookie);
        headers.push(("sec-fetch-site".to_owned(), "same-origin".to_owned()));
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        ask(self.address, method, path, &headers, &body.to_string()).await
    }
}

fn headers(cookie: Option<&str>) -> Vec<(String, String)> {
    cookie
        .map(|cookie| ("cookie".to_owned(), cookie.to_owned()))
        .into_iter()
        .collect()
}

/// The cookie that an answer sets, as a browser sends it back.
pub(crate) fn cookie_of(reply: &Reply) -> String {
    let set = reply.header("set-cookie");
    set.split(';').next().unwrap().to_owned()
}
