//! A site in one string: `//- /_posts/2024-01-02-a.md` begins a file, `$0` is the cursor.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

/// A site on disk, gone when this is dropped.
pub struct Fixture {
    _folder: TempDir,
    root: PathBuf,
    /// Every file: its path with a leading `/`, and its text without the cursor.
    pub files: Vec<(String, String)>,
    cursor: Option<(String, usize)>,
}

impl Fixture {
    pub fn new(text: &str) -> Self {
        Fixture::below(text, "")
    }

    /// A site in a folder of this name.
    pub fn below(text: &str, folder: &str) -> Self {
        let temporary = TempDir::new().unwrap();
        let root = temporary.path().join(folder);
        let mut fixture = Fixture { _folder: temporary, root, files: Vec::new(), cursor: None };
        for part in text.split("//- ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            let mut text = text.to_owned();
            if let Some(at) = text.find("$0") {
                text.replace_range(at..at + 2, "");
                assert!(fixture.cursor.replace((path.to_owned(), at)).is_none(), "two cursors");
            }
            fixture.files.push((path.to_owned(), text));
        }
        fs::create_dir_all(&fixture.root).unwrap();
        for (path, text) in &fixture.files {
            write(&fixture.path(path), text);
        }
        fixture
    }

    pub fn root(&self) -> PathBuf {
        self.root.clone()
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(&file[1..])
    }

    pub fn uri(&self, file: &str) -> String {
        Url::from_file_path(self.path(file)).unwrap().into()
    }

    pub fn text(&self, file: &str) -> &str {
        &self.files.iter().find(|(path, _)| path == file).unwrap().1
    }

    pub fn write(&self, file: &str, text: &str) {
        write(&self.path(file), text);
    }

    /// The cursor as parameters of a request, in UTF-8 columns.
    pub fn cursor(&self) -> Value {
        let (file, at) = self.cursor.as_ref().expect("a cursor");
        let before = &self.text(file)[..*at];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        json!({"textDocument": {"uri": self.uri(file)}, "position": {"line": line, "character": column}})
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
