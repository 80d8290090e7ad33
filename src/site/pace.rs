//! How fast the site's own `reading_time`s are: what its posts say of their length against what is counted.

use std::collections::BTreeMap;

use super::settings::ReadingSpeed;
use crate::post::front_matter::scalar::Pair;
use crate::post::front_matter::{Mapping, Node, Value};
use crate::post::{Counts, Post};

/// The spellings of the key that are common.
pub const KEYS: [&str; 5] = ["reading_time", "read_time", "reading-time", "readingTime", "readtime"];

/// The longest time that is believed, in minutes.
const MAX_MINUTES: f64 = 600.0;

/// The shortest time that says something of the speed: a shorter one is mostly rounding.
const MIN_SAMPLE_MINUTES: f64 = 3.0;

/// From how many posts on a site has a speed of its own.
const FEWEST_POSTS: u32 = 10;

/// How many steps a ratio takes to double.
const STEPS: f64 = 16.0;

/// How far a ratio may be from the usual one where all posts agree, as a factor.
pub const FAR: f64 = 2.0;

/// The pair that says how long the post takes to read, and the minutes that it says.
pub fn claim(front_matter: &Mapping) -> Option<(&Pair, f64)> {
    let pair = KEYS.iter().find_map(|key| front_matter.get_pair(key))?;
    Some((pair, minutes(&pair.value)?))
}

/// A number, or a text that begins with one: `8 min read`, `8分`.
fn minutes(node: &Node) -> Option<f64> {
    let said = match &node.value {
        Value::Integer(number) => number.get() as f64,
        Value::Float(number) => *number,
        Value::String(text) => {
            let text = text.trim_start().trim_start_matches(['約', '~']).trim_start();
            let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
            // A time of day, a range, hours: not for us to read.
            let rest = text[end..].trim_start();
            let plain = rest.is_empty() || rest.starts_with(['m', 'M', '分']);
            text[..end].parse().ok().filter(|_| plain)?
        }
        _ => return None,
    };
    (said > 0.0 && said <= MAX_MINUTES).then_some(said)
}

/// The minutes that a text takes at a speed, parts of one too.
pub fn counted(counts: Counts, speed: ReadingSpeed) -> f64 {
    counts.cjk as f64 / speed.characters.max(1) as f64 + counts.words as f64 / speed.words.max(1) as f64
}

/// What one post says of the site's speed: how the time that is counted at the default speed stands to the one that
/// it claims, in steps of a logarithm. None for a post that says nothing.
pub fn sample(post: &Post) -> Option<i16> {
    let (_, said) = claim(&post.front_matter.values)?;
    if said < MIN_SAMPLE_MINUTES {
        return None;
    }
    step(counted(post.counts(), ReadingSpeed::default()) / said)
}

fn step(ratio: f64) -> Option<i16> {
    (ratio > 0.0).then(|| (ratio.log2() * STEPS).round().clamp(-1000.0, 1000.0) as i16)
}

/// All samples of a site. Cheap to clone; a change costs one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// How many posts are at each step: some hundred steps at the most.
    steps: imbl::OrdMap<i16, u32>,
    posts: u32,
}

/// The range in which a site's own times lie. At the default speed, a text that takes `t` minutes is said to take
/// `t / usual`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// The usual ratio of the counted time to the one that is said.
    pub ratio: f64,
    /// How far from that a ratio may be, as a factor: the more the posts differ, the more.
    pub tolerance: f64,
}

impl Pace {
    /// A post had the sample `old` and has `new`.
    pub(super) fn replace(&mut self, old: Option<i16>, new: Option<i16>) {
        if old == new {
            return;
        }
        if let Some(step) = new {
            *self.steps.entry(step).or_insert(0) += 1;
            self.posts += 1;
        }
        if let Some(step) = old {
            match self.steps.get_mut(&step) {
                Some(posts) if *posts > 1 => *posts -= 1,
                _ => drop(self.steps.remove(&step)),
            }
            self.posts = self.posts.saturating_sub(1);
        }
    }

    /// What is usual; none where too few posts say so. The median, and three times the distance of the quartiles:
    /// neither minds a few posts that are wrong.
    pub fn usual(&self) -> Option<Usual> {
        if self.posts < FEWEST_POSTS {
            return None;
        }
        let steps: BTreeMap<i16, u32> = self.steps.iter().map(|(step, posts)| (*step, *posts)).collect();
        let at = |share: f64| {
            let rank = (f64::from(self.posts) * share) as u32;
            let mut before = 0;
            let mut found = steps.iter().filter(|(_, posts)| {
                before += **posts;
                before > rank
            });
            found.next().map(|(step, _)| f64::from(*step))
        };
        let (low, middle, high) = (at(0.25)?, at(0.5)?, at(0.75)?);
        let factor = |steps: f64| (steps / STEPS).exp2();
        Some(Usual { ratio: factor(middle), tolerance: factor(3.0 * (high - low)).max(FAR) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str) -> Option<f64> {
        let post = Post::parse(format!("---\nreading_time: {value}\n---\n"));
        claim(&post.front_matter.values).map(|(_, minutes)| minutes)
    }

    #[test]
    fn what_is_said_in_many_ways() {
        for (value, minutes) in [
            ("8", Some(8.0)),
            ("2.5", Some(2.5)),
            ("\"8\"", Some(8.0)),
            ("8 min read", Some(8.0)),
            ("約8分", Some(8.0)),
            ("5-8 min", None),
            ("1 hour", None),
            ("", None),
            ("true", None),
            ("0", None),
            ("-3", None),
            ("99999", None),
            (".inf", None),
            ("[8]", None),
        ] {
            assert_eq!(said(value), minutes, "{value}");
        }
    }

    fn pace(ratios: &[f64]) -> Pace {
        let mut pace = Pace::default();
        ratios.iter().for_each(|ratio| pace.replace(None, step(*ratio)));
        pace
    }

    #[test]
    fn a_few_wrong_posts_change_nothing() {
        let mut ratios = vec![0.9, 1.0, 1.0, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0];
        assert_eq!(pace(&ratios).usual(), None);
        ratios.extend([20.0, 0.01]);
        assert_eq!(pace(&ratios).usual(), Some(Usual { ratio: 1.0, tolerance: 2.0 }));
        let scattered: Vec<f64> = (0..20).map(|i| 2f64.powi(i % 5)).collect();
        assert!(pace(&scattered).usual().unwrap().tolerance > 30.0);
    }

    #[test]
    fn what_goes_leaves_nothing() {
        let mut changed = pace(&[1.0, 1.0, 2.0]);
        changed.replace(step(1.0), step(4.0));
        changed.replace(step(2.0), None);
        assert_eq!(changed, pace(&[4.0, 1.0]));
    }
}
