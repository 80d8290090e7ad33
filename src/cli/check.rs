//! `masthead check`: every problem of a site, as a compiler would report it.
