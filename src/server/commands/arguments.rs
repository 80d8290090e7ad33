//! The arguments of commands.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Url};

/// The form of [`File`], for a message.
pub(super) const URI: &str = "\"file:///site/_posts/2026-01-31-a.md\"";

/// A file that a command is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum File {
    Uri(Url),
    Named {
        uri: Url,
        #[serde(default)]
        show: bool,
    },
}

impl File {
    pub(super) fn uri(&self) -> &Url {
        match self {
            File::Uri(uri) | File::Named { uri, .. } => uri,
        }
    }

    pub(super) fn show(&self) -> bool {
        matches!(self, File::Named { show: true, .. })
    }
}

/// The argument of a command. `form` shows one in the message where it is missing or another.
pub(super) fn one<T: DeserializeOwned>(params: &ExecuteCommandParams, form: &str) -> Result<T> {
    let wrong =
        || Error::invalid_params(format!("`{}` takes one argument of this form: {form}", params.command));
    let first = params.arguments.first().ok_or_else(wrong)?;
    T::deserialize(first).map_err(|_| wrong())
}

/// The same where it may be left out.
pub(super) fn maybe_one<T: DeserializeOwned>(params: &ExecuteCommandParams, form: &str) -> Result<Option<T>> {
    match params.arguments.first() {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(_) => one(params, form).map(Some),
    }
}
