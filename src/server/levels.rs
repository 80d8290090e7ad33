//! What an author's editor asks of the rules: `rules`, an object of severities by code, among the initialization options
//! and in `workspace/didChangeConfiguration`, there also below `masthead`.

use serde_json::Value;

use crate::rules;
use crate::site::Levels;
use crate::site::settings::Level;

/// The severities in a client's settings; none where they do not speak of rules, so that what was said before stands.
/// What is no rule or no severity counts for nothing, and the log says so.
pub fn of(settings: &Value) -> Option<Levels> {
    let own = settings.get("masthead").unwrap_or(settings);
    let rules = own.get("rules")?.as_object()?;
    let read = rules.iter().filter_map(|(code, name)| {
        let level = name.as_str().and_then(Level::named);
        if level.is_none() {
            let names: Vec<&str> = Level::ALL.iter().map(|level| level.0).collect();
            tracing::warn!(
                "masthead.rules: {name} is no severity for {code}. There are {}.",
                names.join(", ")
            );
        } else if !rules::all().any(|rule| rule.code == code) {
            tracing::warn!("masthead.rules: there is no rule {code}.");
        }
        Some((code.clone(), level?))
    });
    Some(read.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn they_stand_at_the_top_or_below_our_name() {
        let expected: Levels = [("duplicate-key".to_owned(), Level::Hint)].into();
        let rules = json!({"rules": {"duplicate-key": "hint", "no-front-matter": "loud", "lone-cr": 1}});
        assert_eq!(of(&rules), Some(expected.clone()));
        assert_eq!(of(&json!({"masthead": rules})), Some(expected));
        assert_eq!(of(&json!({"rules": {}})), Some(Levels::new()));
        for silent in [json!(null), json!({}), json!({"masthead": {}}), json!({"rules": "off"})] {
            assert_eq!(of(&silent), None, "{silent}");
        }
    }
}
