//! The hash map of the site's index: persistent, and with a hash that is quick for the few letters of a name.

use foldhash::quality::RandomState;
use imbl::shared_ptr::DefaultSharedPtr;

/// A map of which a changed copy shares all but what changed.
pub(super) type HashMap<K, V> = imbl::GenericHashMap<K, V, RandomState, DefaultSharedPtr>;
