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
    // Most posts lack none.
    let lacking = input.site.own_keys().filter(|key| lacks(key));
    let is_usual = |key: &&str| input.site.field(key).is_some_and(|field| nearly_all(field.posts));
    let mut missing: Vec<&str> = lacking.filter(is_usual).collect();
    if missing.is_empty() {
        return;
    }
    missing.sort_unstable();
    let message = format!("Nearly all posts of this site have {}, and this one does not.", listed(missing));
    found.push(finding(&RULE, head(input), message));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::Fixture;

    fn found(own: &str, config: &str, others: &[(&str, usize)]) -> Vec<String> {
        let mut site = format!("//- /_posts/2024-01-15-a.md\n---\n{own}\n---\n本文\n");
        for (at, (other, count)) in others.iter().enumerate() {
            for day in 0..*count {
                let (month, day) = (at * 2 + day / 20 + 1, day % 20 + 1);
                site += &format!("//- /_posts/2023-{month:02}-{day:02}-b.md\n---\n{other}\n---\n本文\n");
            }
        }
        let found = Fixture::new(&format!("{site}//- /_config.yml\n{config}")).check();
        found.into_iter().filter(|found| found.code == "usual-key").map(|found| found.message).collect()
    }

    #[test]
    fn what_nearly_all_have_is_missed() {
        let usual = "title: 題\ndescription: 東京\nimage: a.png";
        let said = ["Nearly all posts of this site have `description` and `image`, and this one does not."];
        assert_eq!(found("title: 題", "", &[(usual, 40)]), said);
        // Below twenty posts nothing is usual, and nothing is that a tenth do without.
        assert_eq!(found("title: 題", "", &[(usual, 18)]), [""; 0]);
        assert_eq!(found("title: 題", "", &[(usual, 36), ("title: 題", 4)]), [""; 0]);
    }

    #[test]
    fn what_is_there_otherwise_is_not_missed() {
        let defaults = "defaults:\n- scope: {path: ''}\n  values: {layout: post}\n";
        assert_eq!(found("title: 題", defaults, &[("title: 題\nlayout: post", 40)]), [""; 0]);
        for (own, usual) in
            [("tag: a", "tags: [a]"), ("category: a", "categories: a"), ("author: 花子", "authors: [花子]")]
        {
            assert_eq!(found(own, "", &[(usual, 40)]), [""; 0], "{own}");
        }
        assert_eq!(found("title: \"x", "", &[("mood: a", 40)]), [""; 0]);
    }
}
