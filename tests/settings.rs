//! What an editor's settings ask of the rules.

mod common;

use common::{Client, Fixture, Kind};
use serde_json::{Value, json};

const POST: &str = "/_posts/2024-01-02-a.md";

/// Waits until these are the findings, each a code and its severity.
async fn wait_for(client: &mut Client, expected: &[(&str, i64)]) {
    let shown = |found: &[Value]| -> Vec<(String, Option<i64>)> {
        found
            .iter()
            .map(|one| (one["code"].as_str().unwrap_or_default().to_owned(), one["severity"].as_i64()))
            .collect()
    };
    let expected: Vec<_> = expected.iter().map(|(code, level)| ((*code).to_owned(), Some(*level))).collect();
    client.wait_for_push(&format!("{expected:?}"), |push| shown(&push.2) == expected).await;
    client.pushes.clear();
}

#[tokio::test(flavor = "multi_thread")]
async fn severities_come_at_the_start_and_change_later_and_the_site_comes_first() {
    let fixture = Fixture::new(
        "//- /_config.yml\ntitle: 日記\n//- /masthead.toml\n[rules]\nempty-title = \"information\"\n//- /_posts/2024-01-02-a.md\n---\ntitle:\ntags: [旅]\ntags: [旅]\n---\n",
    );
    let mut params = Kind::Helix.params(Some(&fixture.root()));
    params["initializationOptions"] = json!({"rules": {"duplicate-key": "hint", "empty-title": "error"}});
    let mut client = Client::raw();
    client.initialize(params).await;
    let uri = fixture.uri(POST);
    client.open(&uri, fixture.text(POST)).await;
    wait_for(&mut client, &[("empty-title", 3), ("duplicate-key", 4)]).await;

    let change = |settings: Value| json!({"settings": settings});
    let off = change(json!({"masthead": {"rules": {"duplicate-key": "off"}}}));
    client.notify("workspace/didChangeConfiguration", off).await;
    wait_for(&mut client, &[("empty-title", 3)]).await;

    // Settings that do not speak of rules leave them as they are.
    client.notify("workspace/didChangeConfiguration", change(Value::Null)).await;
    let loud = change(json!({"rules": {"duplicate-key": "loud"}}));
    client.notify("workspace/didChangeConfiguration", loud).await;
    wait_for(&mut client, &[("empty-title", 3), ("duplicate-key", 2)]).await;
    client.finish().await;
}
