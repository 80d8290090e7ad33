//! The URL that Jekyll makes of a post. Source: Jekyll `url.rb`, `drops/url_drop.rb`.

pub mod bad_permalink;
pub mod empty_slug;
pub mod not_text;
pub mod same_url;
pub mod unknown_placeholder;

use std::borrow::Cow;

use super::Input;
use super::spots::said;
use crate::jekyll::place::Place;
use crate::jekyll::reading;
use crate::post::front_matter::Value;

/// The template of the post's URL: its own permalink, else the site's.
fn template<'a>(input: &Input<'a>) -> Option<Cow<'a, str>> {
    let config = input.site.config();
    match said(input).data.get("permalink").filter(|value| value.is_truthy()) {
        Some(Value::String(own)) => Some((**own).into()),
        Some(_) => None,
        None => reading::template(config, Place::of(input.path, config).collection()).ok(),
    }
}
