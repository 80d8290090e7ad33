//! Links over the wire: what can be opened, and the edits that a rename of a file asks for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use serde_json::json;

const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-京都.md
---
title: 京都
---
//- /_posts/2024-01-03-b.md
---
title: b
---
🎉 [a]({% post_url 2024-01-02-京都 %})
";

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_keeps_its_links() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (old, new) =
        (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/旅/2024-01-02-kyoto.md"));
    let linking = fixture.uri("/_posts/2024-01-03-b.md");
    client.open(&old, fixture.text("/_posts/2024-01-02-京都.md")).await;
    client.wait_for_label(&old, 1, 0, "title").await;
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let mut edit = json!(null);
    for _ in 0..400 {
        edit = client.request("workspace/willRenameFiles", renames.clone()).await;
        if !edit.is_null() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], json!(linking), "{edit}");
    // The emoji is two units of UTF-16.
    let range = json!({"start": {"line": 3, "character": 19}, "end": {"line": 3, "character": 32}});
    assert_eq!(change["edits"], json!([{"range": range, "newText": "旅/2024-01-02-kyoto"}]));
    client.open(&linking, fixture.text("/_posts/2024-01-03-b.md")).await;
    let params = json!({"textDocument": {"uri": linking}});
    let links = client.request("textDocument/documentLink", params).await;
    assert_eq!(links, json!([{"range": range, "target": old}]));
    client.finish().await;
}
