//! What an editor has of a document: its text, its cursor, and its way of counting columns.

use masthead::text::{LineIndex, Position, PositionEncoding};
use serde_json::{Value, json};

use super::Client;

/// An editor's buffer with its cursor, a byte offset.
pub struct Buffer {
    pub text: String,
    pub cursor: usize,
    pub version: i64,
    pub encoding: PositionEncoding,
}

impl Buffer {
    pub fn position(&self, offset: usize) -> Value {
        let position = LineIndex::new(&self.text).position(&self.text, offset, self.encoding);
        json!({ "line": position.line, "character": position.column })
    }

    pub fn offset(&self, position: &Value) -> usize {
        let number = |name: &str| u32::try_from(position[name].as_u64().unwrap()).unwrap();
        let position = Position { line: number("line"), column: number("character") };
        LineIndex::new(&self.text).offset(&self.text, position, self.encoding)
    }

    /// A line, from 0, without its line break.
    pub fn line(&self, line: usize) -> &str {
        self.text.lines().nth(line).unwrap()
    }

    /// Replaces bytes, tells the server, and sets the cursor behind.
    pub async fn replace(&mut self, client: &mut Client, uri: &str, from: usize, to: usize, new: &str) {
        let range = json!({ "start": self.position(from), "end": self.position(to) });
        self.text.replace_range(from..to, new);
        self.cursor = from + new.len();
        self.version += 1;
        client.change(uri, self.version, json!([{ "range": range, "text": new }])).await;
    }

    /// Makes a text edit of the server.
    pub async fn accept(&mut self, client: &mut Client, uri: &str, edit: &Value) {
        let from = self.offset(&edit["range"]["start"]);
        let to = self.offset(&edit["range"]["end"]);
        self.replace(client, uri, from, to, edit["newText"].as_str().unwrap()).await;
    }

    /// Makes the edits of a workspace edit that is about this document alone, in whichever form it comes.
    pub async fn apply(&mut self, client: &mut Client, uri: &str, edit: &Value) {
        let edits = match &edit["documentChanges"] {
            Value::Array(changes) => {
                assert_eq!((&changes[0]["textDocument"]["uri"], changes.len()), (&json!(uri), 1));
                assert_eq!(changes[0]["textDocument"]["version"], self.version);
                &changes[0]["edits"]
            }
            _ => &edit["changes"][uri],
        };
        let mut edits = edits.as_array().unwrap().clone();
        edits.sort_by_key(|edit| self.offset(&edit["range"]["start"]));
        for edit in edits.iter().rev() {
            self.accept(client, uri, edit).await;
        }
    }
}
