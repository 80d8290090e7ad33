//! What an author does in an editor, from its start on, with the time of each step.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use url::Url;

use crate::client::Client;
use crate::echo::Echo;
use crate::generate::{self, Site};
use crate::process;

/// How many keys are typed, hovers are asked for, and so on.
const REPEATS: usize = 200;

/// How many bursts there are in a session, each of [`REPEATS`] changes.
const BURSTS: usize = 5;

/// The time between two questions whether all is read.
const POLL: Duration = Duration::from_millis(4);

/// What is typed again and again into the list of tags.
const TYPED: [char; 6] = ['サ', 'ー', 'バ', 'r', 'u', 's'];

/// The times of one session.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// From the start of the process to the answer to `initialize`.
    pub initialize: Duration,
    /// From the opening of a malformed post to its findings, while the site is being read.
    pub first_diagnostics: Duration,
    /// From the start of the process to an answer that counts all posts.
    pub ready: Duration,
    /// The server's processor time until then.
    pub ready_cpu: Duration,
    /// Resident bytes then.
    pub memory: usize,
    /// A character typed in the list of tags, then completion.
    pub key: Vec<Duration>,
    /// As many keys where the server does nothing, between those.
    pub echo: Vec<Duration>,
    /// A character typed, to the findings of that version.
    pub diagnostics: Vec<Duration>,
    /// A hover over a tag.
    pub hover: Vec<Duration>,
    /// 200 changes without a pause, then completion.
    pub burst: Vec<Duration>,
    /// All places of a tag that about 10,000 posts have, where the server offers them.
    pub references: Option<Long>,
    /// The edits that rename it, likewise.
    pub rename: Option<Long>,
    /// Resident bytes at the end.
    pub memory_at_end: usize,
}

/// The time of an answer of megabytes.
#[derive(Clone, Copy, Debug)]
pub struct Long {
    /// To its first line: the rest is the writing of it.
    pub first: Duration,
    /// To its end.
    pub whole: Duration,
}

/// A document that the session has open.
struct Document {
    uri: String,
    version: i64,
    /// Where the next character is typed, in UTF-16 code units.
    line: u32,
    character: u32,
}

/// Runs one session in a site.
pub fn run(server: &Path, site: &Site) -> Times {
    let mut times = Times::default();
    let mut client = Client::start(server);
    let (capabilities, at) = client.request("initialize", initialize(site));
    times.initialize = at - client.started;
    client.notify("initialized", json!({}));

    let malformed = (0..site.posts).find(|n| generate::is_malformed(*n)).unwrap_or_default();
    let text = format!(
        "---\ntitle: \"閉じていない\ntags: [AI、日記]\n---\n\n{}",
        generate::body(malformed, site.posts)
    );
    let (broken, sent) = open(&mut client, site, malformed, &text);
    let (findings, at) = client.diagnostics(&broken.uri, 1);
    assert!(findings > 0, "the malformed post has no findings");
    times.first_diagnostics = at - sent;

    let most_used = generate::tag(0);
    let own = (0..site.posts).find(|n| generate::has_tag(*n, 0)).unwrap_or_default();
    let head = format!("---\nlayout: post\ntitle: 速さを測る\ntags: [{most_used}, ");
    let text = format!("{head}]\n---\n\n{}", generate::body(own, site.posts));
    let (mut document, _) = open(&mut client, site, own, &text);
    document.line = 3;
    document.character = head.lines().last().map_or(0, |line| line.encode_utf16().count() as u32);
    let over_tag = json!({"textDocument": {"uri": document.uri}, "position": {"line": 3, "character": 8}});

    let full = format!(" {} posts", site.uses[0]);
    loop {
        let (hover, at) = client.request("textDocument/hover", over_tag.clone());
        if hover["contents"]["value"].as_str().is_some_and(|text| text.contains(&full)) {
            times.ready = at - client.started;
            break;
        }
        assert!(client.started.elapsed() < Duration::from_secs(600), "never ready: {hover}");
        std::thread::sleep(POLL);
    }
    times.ready_cpu = process::cpu(client.process_id());
    times.memory = process::resident(client.process_id());
    std::thread::sleep(Duration::from_millis(200));

    let mut echo = Echo::start();
    for _ in 0..REPEATS / TYPED.len() {
        for c in TYPED {
            let sent = document.insert(&mut client, c);
            times.key.push(document.complete(&mut client) - sent);
        }
        document.delete(&mut client, TYPED.len() as u32);
        document.complete(&mut client);
        times.echo.extend(std::iter::repeat_with(|| echo.key()).take(TYPED.len()));
    }
    echo.end();
    for _ in 0..REPEATS / TYPED.len() {
        for c in TYPED {
            let sent = document.insert(&mut client, c);
            times.diagnostics.push(client.diagnostics(&document.uri, document.version).1 - sent);
        }
        document.delete(&mut client, TYPED.len() as u32);
        client.diagnostics(&document.uri, document.version);
    }
    for _ in 0..REPEATS {
        let sent = Instant::now();
        times.hover.push(client.request("textDocument/hover", over_tag.clone()).1 - sent);
    }
    for _ in 0..BURSTS {
        let sent = Instant::now();
        for n in 0..REPEATS {
            document.insert(&mut client, TYPED[n % TYPED.len()]);
        }
        times.burst.push(document.complete(&mut client) - sent);
        document.delete(&mut client, REPEATS as u32);
        document.complete(&mut client);
    }
    over_all_posts(&mut client, site, &capabilities["capabilities"], &mut times);
    times.memory_at_end = process::resident(client.process_id());
    client.end();
    times
}

/// References and rename of the tag that is nearest to 10,000 posts.
fn over_all_posts(client: &mut Client, site: &Site, offered: &Value, times: &mut Times) {
    let rank = (0..site.uses.len()).min_by_key(|rank| site.uses[*rank].abs_diff(10_000)).unwrap_or_default();
    let Some(n) = (0..site.posts).rev().find(|n| generate::has_tag(*n, rank)) else { return };
    let text = format!("---\ntitle: 言及\ntags: [{}]\n---\n", generate::tag(rank));
    let (document, _) = open(client, site, n, &text);
    let place = json!({
        "textDocument": {"uri": document.uri},
        "position": {"line": 2, "character": 8},
        "context": {"includeDeclaration": true},
        "newName": "新しい名前",
    });
    let mut timed = |method: &str, provider: &str| {
        let offer = &offered[provider];
        if offer.is_null() || *offer == json!(false) {
            return None;
        }
        let sent = Instant::now();
        let whole = client.request(method, place.clone()).1 - sent;
        Some(Long { first: client.began - sent, whole })
    };
    times.references = timed("textDocument/references", "referencesProvider");
    times.rename = timed("textDocument/rename", "renameProvider");
}

fn initialize(site: &Site) -> Value {
    let text = include_str!("../../tests/common/clients/vscode.json");
    let mut params: Value = serde_json::from_str(text).expect("JSON");
    let root = Url::from_directory_path(&site.root).expect("an absolute path");
    params["processId"] = json!(std::process::id());
    params["rootUri"] = json!(root);
    params["workspaceFolders"] = json!([{"uri": root, "name": "site"}]);
    params
}

fn open(client: &mut Client, site: &Site, n: usize, text: &str) -> (Document, Instant) {
    let uri = Url::from_file_path(site.root.join(generate::path(n))).expect("an absolute path").to_string();
    let sent = Instant::now();
    let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
    client.notify("textDocument/didOpen", json!({"textDocument": item}));
    (Document { uri, version: 1, line: 0, character: 0 }, sent)
}

impl Document {
    /// Types a character, and gives the moment before.
    fn insert(&mut self, client: &mut Client, c: char) -> Instant {
        let sent = Instant::now();
        self.change(client, 0, &c.to_string());
        self.character += c.len_utf16() as u32;
        sent
    }

    /// Takes back the last characters, each of which is one UTF-16 code unit.
    fn delete(&mut self, client: &mut Client, count: u32) {
        self.change(client, count, "");
        self.character -= count;
    }

    fn change(&mut self, client: &mut Client, back: u32, text: &str) {
        self.version += 1;
        let range = json!({
            "start": {"line": self.line, "character": self.character - back},
            "end": {"line": self.line, "character": self.character},
        });
        let params = json!({
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": range, "text": text}],
        });
        client.notify("textDocument/didChange", params);
    }

    /// Completes at the cursor, and gives the moment of the answer.
    fn complete(&self, client: &mut Client) -> Instant {
        let position = json!({"line": self.line, "character": self.character});
        let params = json!({"textDocument": {"uri": self.uri}, "position": position});
        client.request("textDocument/completion", params).1
    }
}
