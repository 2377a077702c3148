//! The capture plugin that the server hands out.

use std::io::{Cursor, Read as _};

use argus_server::plugin::own_platform;
use argus_server::{PluginConfig, ServerConfig};
use argus_store::{Actor, CapturePolicy, CaptureRule, KeyScope, OptOut, Role};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::Server;
use crate::support::http::Reply;

/// A server with a client for one platform, and the folder that it lies in.
async fn server() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    put_client(&folder, "a program");
    let server = Server::configured(ServerConfig {
        plugin: PluginConfig {
            client_folders: vec![folder.path().to_owned()],
            ..PluginConfig::default()
        },
        ..ServerConfig::default()
    })
    .await;
    (server, folder)
}

fn put_client(folder: &tempfile::TempDir, content: &str) {
    let own = folder.path().join("linux-aarch64");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("argus-capture"), content).unwrap();
}

fn link(server: &Server, project: &str) -> (String, String) {
    let projects = [project.to_owned()];
    let made = server.store.create_key(
        "default",
        KeyScope::Download,
        &projects,
        None,
        &Actor::system(),
    );
    let made = made.unwrap();
    (made.id, format!("/plugin/default/{}", made.token))
}

/// The files of an archive, with their modes.
fn files(reply: &Reply) -> Vec<(String, u32, Vec<u8>)> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/zip");
    let mut archive = zip::ZipArchive::new(Cursor::new(reply.body.clone())).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (
                file.name().unwrap().into_owned(),
                file.unix_mode().unwrap() & 0o777,
                content,
            )
        })
        .collect()
}

fn json_of(files: &[(String, u32, Vec<u8>)], name: &str) -> Value {
    let (_, _, content) = files.iter().find(|(path, ..)| path == name).unwrap();
    serde_json::from_slice(content).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_gives_a_plugin_that_delivers_for_its_project() {
    let (server, _folder) = server().await;
    let (_, link) = link(&server, "alpha");
    let marketplace = server.get(None, &format!("{link}/marketplace.json")).await;
    assert_eq!(marketplace.status, 200, "{}", marketplace.text());
    let marketplace = marketplace.json();
    let plugin = &marketplace["plugins"][0];
    assert_eq!(
        (marketplace["name"].as_str(), plugin["name"].as_str()),
        (Some("argus"), Some("argus"))
    );
    assert_eq!(
        plugin["source"]["url"].as_str().unwrap(),
        format!("http://{}{link}/argus-plugin.zip", server.address)
    );

    let archive = server.get(None, &format!("{link}/argus-plugin.zip")).await;
    assert_eq!(
        plugin["source"]["sha256"].as_str().unwrap(),
        hex::encode(Sha256::digest(&archive.body))
    );
    let files = files(&archive);
    let names: Vec<&str> = files.iter().map(|(name, ..)| name.as_str()).collect();
    for needed in [
        ".claude-plugin/plugin.json",
        "hooks/hooks.json",
        "commands/private.md",
        "README.md",
        "LICENSE",
    ] {
        assert!(names.contains(&needed), "{needed} is missing: {names:?}");
    }
    assert!(
        !names.contains(&"client/fallback.sh"),
        "nobody allowed the fallback"
    );
    let mode = |name: &str| files.iter().find(|(path, ..)| path == name).unwrap().1;
    assert_eq!(mode("client/argus-capture.sh"), 0o755);
    assert_eq!(mode("client/linux-aarch64/argus-capture"), 0o755);
    assert_eq!(mode("README.md"), 0o644);

    let manifest = json_of(&files, ".claude-plugin/plugin.json");
    assert_eq!(manifest["version"], plugin["version"]);
    let config = json_of(&files, "argus.json");
    assert_eq!(config["endpoint"], format!("http://{}", server.address));
    assert_eq!(config["project"], "alpha");
    assert_eq!(config["opt_out"], "allowed");
    assert_eq!(config["bundle_version"], plugin["version"]);
    let grant = server
        .store
        .find_key(config["key"].as_str().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(grant.scope, KeyScope::Ingest);
    assert_eq!(
        (grant.projects, grant.user),
        (vec!["alpha".to_owned()], None)
    );
    assert_eq!(
        config["line_key"].as_str().unwrap(),
        hex::encode(server.workspace().line_key())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_content_is_the_same_archive_and_another_content_another_version() {
    let (server, folder) = server().await;
    let (_, link) = link(&server, "alpha");
    let path = format!("{link}/argus-plugin.zip");
    let version = |reply: &Reply| {
        json_of(&files(reply), ".claude-plugin/plugin.json")["version"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = server.get(None, &path).await;
    let again = server.get(None, &path).await;
    assert_eq!(first.body, again.body);
    let keys = server.workspace().keys().unwrap().len();

    put_client(&folder, "another program");
    let with_another_client = server.get(None, &path).await;
    assert_ne!(version(&first), version(&with_another_client));

    let policy = CapturePolicy {
        workspace: CaptureRule {
            opt_out: OptOut::Forbidden,
            notice: Some("Ask Sam.".to_owned()),
        },
        ..CapturePolicy::default()
    };
    let workspace = server.workspace();
    workspace
        .set_capture_policy(&policy, 0, &Actor::system())
        .unwrap();
    let with_another_policy = server.get(None, &path).await;
    assert_ne!(version(&with_another_client), version(&with_another_policy));
    let config = json_of(&files(&with_another_policy), "argus.json");
    assert_eq!(
        (config["opt_out"].as_str(), config["notice"].as_str()),
        (Some("forbidden"), Some("Ask Sam."))
    );
    assert_eq!(
        workspace.keys().unwrap().len(),
        keys,
        "none of this makes a key"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_replaced_and_a_revoked_link_is_none() {
    let (server, _folder) = server().await;
    let (link_id, link) = link(&server, "alpha");
    let path = format!("{link}/argus-plugin.zip");
    let key = |reply: &Reply| {
        json_of(&files(reply), "argus.json")["key"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = key(&server.get(None, &path).await);
    let id = server.store.find_key(&first).unwrap().unwrap().key_id;
    server
        .store
        .revoke_key("default", &id, &Actor::system())
        .unwrap();
    let second = key(&server.get(None, &path).await);
    assert_ne!(first, second);
    assert!(server.store.find_key(&second).unwrap().is_some());

    server
        .store
        .revoke_key("default", &link_id, &Actor::system())
        .unwrap();
    for file in ["argus-plugin.zip", "marketplace.json"] {
        let refused = server.get(None, &format!("{link}/{file}")).await;
        assert_eq!(refused.status, 404, "{}", refused.text());
        assert!(!refused.text().contains("argus_dk_"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_nothing_else_and_other_keys_open_no_plugin() {
    let (server, _folder) = server().await;
    let (_, link) = link(&server, "alpha");
    let token = link.rsplit('/').next().unwrap().to_owned();
    let bearer = [("authorization".to_owned(), format!("Bearer {token}"))];
    for (method, path) in [
        ("GET", "/api/v1/workspaces/default/sessions"),
        ("POST", "/v1/envelopes"),
        ("POST", "/v1/logs"),
        ("POST", "/v1/capture/hello"),
        ("GET", "/plugin/default/argus-plugin.zip?project=alpha"),
    ] {
        let refused = crate::support::http::ask(server.address, method, path, &bearer, "{}").await;
        assert_eq!(refused.status, 403, "{method} {path}: {}", refused.text());
    }
    for other in [server.key.clone(), server.reading_key()] {
        let refused = server
            .get(None, &format!("/plugin/default/{other}/argus-plugin.zip"))
            .await;
        assert_eq!(refused.status, 404);
    }
    let elsewhere = link.replace("/default/", "/other/");
    let refused = server
        .get(None, &format!("{elsewhere}/argus-plugin.zip"))
        .await;
    assert_eq!(refused.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_gets_it_in_the_browser_within_the_own_projects() {
    let (server, _folder) = server().await;
    let owner = server.member(Role::Owner, None).await;
    let admin = server.member(Role::Admin, Some(&["alpha"])).await;
    let at = |project: &str| format!("/plugin/default/argus-plugin.zip?project={project}");
    let archive = server.get(Some(&owner.cookie), &at("beta")).await;
    assert_eq!(json_of(&files(&archive), "argus.json")["project"], "beta");
    assert_eq!(
        server.get(Some(&admin.cookie), &at("alpha")).await.status,
        200
    );
    assert_eq!(
        server.get(Some(&admin.cookie), &at("beta")).await.status,
        403
    );
    for (wrong, status) in [("", 400), ("a%20b", 400), ("alpha&more=1", 400)] {
        let refused = server.get(Some(&owner.cookie), &at(wrong)).await;
        assert_eq!(refused.status, status, "{wrong}: {}", refused.text());
    }
    // A page elsewhere that sends the browser here.
    let before = server.acts();
    let headers = [
        ("cookie".to_owned(), owner.cookie.clone()),
        ("sec-fetch-site".to_owned(), "cross-site".to_owned()),
    ];
    let sent = crate::support::http::ask(server.address, "GET", &at("gamma"), &headers, "").await;
    assert_eq!((sent.status.as_u16(), server.acts()), (403, before));

    let about = server
        .get(Some(&owner.cookie), "/api/v1/workspaces/default/plugin")
        .await
        .json();
    assert_eq!(about["platforms"], serde_json::json!(["linux-aarch64"]));
    assert_eq!(about["missing"].as_array().unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_client_there_is_no_plugin_unless_the_fallback_is_allowed() {
    let plain = Server::start().await;
    let (_, of_plain) = link(&plain, "alpha");
    let refused = plain
        .get(None, &format!("{of_plain}/argus-plugin.zip"))
        .await;
    assert_eq!(refused.status, 404);
    assert!(refused.text().contains("capture_clients"));

    let allowing = Server::configured(ServerConfig {
        plugin: PluginConfig {
            allow_fallback: true,
            ca_pem: Some("PEM".to_owned()),
            ..PluginConfig::default()
        },
        ..ServerConfig::default()
    })
    .await;
    let (_, of_allowing) = link(&allowing, "alpha");
    let found = files(
        &allowing
            .get(None, &format!("{of_allowing}/argus-plugin.zip"))
            .await,
    );
    assert_eq!(json_of(&found, "argus.json")["ca_pem"], "PEM");
    assert!(found.iter().any(|(name, ..)| name == "client/fallback.sh"));
    assert!(
        own_platform().is_some_and(|own| { !found.iter().any(|(name, ..)| name.contains(own)) })
    );
}
