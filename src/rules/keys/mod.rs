//! Keys: misspelt, in the wrong case, no text, without effect, against the site's habit.

pub mod idle_key;
pub mod key_number;
pub mod key_type;
pub(crate) mod known;
pub mod layout_type;
pub mod missing_layout;
pub mod misspelt_key;
pub mod usual_key;
pub mod wrong_case;

use super::Input;
use super::loaded::{pair, pairs};
use crate::post::front_matter::scalar::Pair;
use crate::site::Site;

/// How many posts may have a key that still counts as a slip of the pen.
const MOST_SLIPS: usize = 2;

/// How many times a key is used for one use of its misspelling.
const MANY_TIMES: usize = 20;

fn uses(site: &Site, key: &str) -> usize {
    site.field(key).map_or(0, |field| field.posts)
}

/// The pairs of keys that nobody reads, as far as is known: neither Jekyll nor a well-known plugin, and at most
/// [`MOST_SLIPS`] posts of the site have them.
fn odd_keys<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a str, &'a Pair)> {
    let site = input.site;
    pairs(input)
        .filter_map(|pair| Some((pair.key.value.as_str()?, pair)))
        .filter(move |(key, _)| !known::is_known(key) && uses(site, key) <= MOST_SLIPS)
}

/// The keys that `key` can be a slip of: those of Jekyll, the usual ones, the site's own; none that the post has.
fn meant<'a>(input: &Input<'a>, key: &str) -> impl Iterator<Item = &'a str> {
    let input = *input;
    let least = MANY_TIMES * uses(input.site, key);
    let own = input.site.own_fields().filter(move |field| field.posts >= least).map(|field| &*field.name);
    let fixed = known::JEKYLL_KEYS.iter().chain(known::USUAL_KEYS).copied();
    fixed.chain(own).filter(move |candidate| pair(&input, candidate).is_none())
}
