//! `usual-key`: the post lacks a key that nearly all posts of the site have.

use crate::post::front_matter::Load;
use crate::rules::loaded::{finding, pair};
use crate::rules::spots::head;
use crate::rules::words::listed;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// Twenty posts with the keys `title` and `mood`.
macro_rules! posts {
    ($($day:literal),*) => {
        concat!($("//- /_posts/2023-01-", $day, "-b.md\n---\ntitle: Hi\nmood: fine\n---\nText\n"),*)
    };
}

/// The rule.
pub const RULE: Rule = Rule {
    code: "usual-key",
    severity: Severity::Hint,
    summary: "The post lacks a key that nearly all posts of the site have.",
    example: concat!(
        "//- /_posts/2024-01-15-a.md\n---\ntitle: Hello\n---\nText\n",
        posts!(
            "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "16", "17",
            "18", "19", "20", "21"
        ),
    ),
    check,
};

/// Below so many posts nothing is usual.
const FEWEST_POSTS: usize = 20;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let posts = input.site.post_count();
    if *input.kind != FileKind::Post || input.post.front_matter.load != Load::Mapping || posts < FEWEST_POSTS
    {
        return;
    }
    let nearly_all = |count: usize| count * 20 >= posts * 19;
    let lacks = |key: &str| {
        let other = match key {
            "tags" => "tag",
            "categories" => "category",
            "authors" => "author",
            key => key,
        };
        input.reading.data.get(key).is_none() && pair(input, other).is_none()
    };
    let fields = input.site.fields().filter(|field| nearly_all(field.posts) && lacks(&field.name));
    let mut missing: Vec<&str> = fields.map(|field| &*field.name).collect();
    if missing.is_empty() {
        return;
    }
    missing.sort_unstable();
    let message = format!("Nearly all posts of this site have {}, and this one does not.", listed(missing));
    found.push(finding(&RULE, head(input), message));
}
