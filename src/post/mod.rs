//! One post, from its text alone. Knows nothing of the site, its config or the post's path, and never fails:
//! whatever the text is, there is a [`Post`] with its problems.

pub mod body;
pub mod counts;
pub mod encoding;
pub mod front_matter;
mod gist;
pub mod lead;
pub mod links;
pub mod liquid;
pub mod name;

use std::sync::{Arc, OnceLock};

pub use body::Body;
pub use counts::Counts;
pub use front_matter::FrontMatter;
use front_matter::Tree;
pub use links::{Link, LinkKind};

/// A parsed post. All spans in it are bytes of [`Post::text`].
#[derive(Debug)]
pub struct Post {
    /// The whole text: BOM, CRLF and all.
    pub text: Arc<str>,
    /// The block at its top.
    pub front_matter: FrontMatter,
    body: OnceLock<Box<Body>>,
}

impl Post {
    /// Reads a text. Never fails and never panics.
    pub fn parse(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let front_matter = FrontMatter::parse(&text);
        Post { text, front_matter, body: OnceLock::new() }
    }

    /// Reads a text for its values only: see [`FrontMatter::parse_values`]. Never fails and never panics.
    pub fn parse_values(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let front_matter = FrontMatter::parse_values(&text);
        Post { text, front_matter, body: OnceLock::new() }
    }

    /// Reads a text that is nothing but YAML, such as `_config.yml`, as one block. Never fails and never panics.
    pub fn parse_yaml(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let front_matter = FrontMatter::parse_yaml(&text);
        Post { text, front_matter, body: OnceLock::new() }
    }

    /// What stands where in the front matter, made when it is first asked for.
    pub fn tree(&self) -> &Tree {
        self.front_matter.tree(&self.text)
    }

    /// What stands below the front matter, read when it is first asked for.
    pub fn body(&self) -> &Body {
        self.body.get_or_init(|| Box::new(Body::parse(&self.text, self.front_matter.fence.body_start)))
    }

    /// How its body begins: [`lead::lead`], read anew each time.
    pub fn lead(&self) -> String {
        lead::lead(&self.text, self.front_matter.fence.body_start)
    }

    /// Gives back the memory of [`Post::body`], which is read again when it is asked for.
    pub fn forget_body(&mut self) {
        self.body.take();
    }

    /// How much there is to read in it: counted anew each time.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.text, self.front_matter.fence.body_start)
    }

    /// All its links: those of the front matter, then those of the body.
    pub fn links(&self) -> Vec<Link> {
        let mut links = links::of_front_matter(&self.text, &self.front_matter);
        links.extend(&self.body().links);
        links
    }
}
